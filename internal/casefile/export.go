package casefile

import (
	"context"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/region"
	"teduh/internal/unit"
)

// exportAtOnce is how many rows leave with one question to the database.
const exportAtOnce = 200

// exportColumns are the facts of a case that leave with its list; nothing that was sealed is among them.
var exportColumns = []string{"number", "client", "status", "stage", "risk", "category", "village", "worker", "confidentiality", "opened", "changed"}

// Export writes every case of a list, not only its first page, within the actor's scope; a client who has not agreed to that
// stays unnamed. That each was read, and why, is in
// the log before its row leaves. It tells how many there were.
func (s *Service) Export(ctx context.Context, a access.Actor, f Filter, out bulk.Out) (n int, err error) {
	if err := a.Require(access.CaseExport); err != nil {
		return 0, err
	}
	head := make([]string, len(exportColumns))
	for i, c := range exportColumns {
		head[i] = columnWords.T(ctx, c)
	}
	if err := out.Row(head); err != nil {
		return 0, err
	}
	f.After, f.Limit, f.Total = Place{}, exportAtOnce, false
	for {
		list, err := s.List(ctx, a, f)
		if err != nil {
			return n, err
		}
		if err := s.logExport(ctx, a, list.Items); err != nil {
			return n, err
		}
		let, err := s.letting(ctx, a, "data", idsOf(list.Items))
		if err != nil {
			return n, err
		}
		for _, i := range list.Items {
			if !let[i.ID] {
				i.ClientName = i18n.T(ctx, "case.export_withheld")
			}
			if err := out.Row(exportRow(ctx, a, i)); err != nil {
				return n, err
			}
		}
		n += len(list.Items)
		if !list.More {
			return n, out.Close()
		}
		last := list.Items[len(list.Items)-1]
		f.After = Place{Day: last.OpenedOn, At: last.UpdatedAt, ID: last.ID}
	}
}

func idsOf(items []Item) []db.ID {
	ids := make([]db.ID, len(items))
	for i, c := range items {
		ids[i] = c.ID
	}
	return ids
}

func (s *Service) logExport(ctx context.Context, a access.Actor, items []Item) error {
	batch := make([]journal.Reading, len(items))
	for i, c := range items {
		batch[i] = journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "case", Subject: c.ID, Case: c.ID, Why: journal.WhyExport, Origin: "export"}
	}
	return s.journal.LogAllNow(ctx, batch)
}

func exportRow(ctx context.Context, a access.Actor, i Item) []string {
	village, _ := region.Name(i.Village)
	category := ""
	if i.MainCategory != "" {
		category = unit.From(ctx).Category(ctx, i.MainCategory)
	}
	return []string{i.Number, i.ClientName, statusWords.T(ctx, i.Status), StageWord(ctx, i.Stage), riskWords.T(ctx, i.Risk), category, village,
		i.Worker.Name, secrecyWords.T(ctx, strconv.Itoa(i.Confidentiality)), string(i.OpenedOn), i.UpdatedAt.In(a.Office.Zone).Format("2006-01-02 15:04")}
}

var (
	columnWords = i18n.Family("case.column.")
	statusWords = i18n.Family("case.status.")
)
