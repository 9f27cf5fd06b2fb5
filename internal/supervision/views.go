package supervision

import (
	"context"
	"strconv"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// casesOf is the list of a worker's open cases; what narrows it further.
func casesOf(l casefile.Load, what string) string {
	return "/kasus?milik=semua&status=open&petugas=" + l.Worker.ID.String() + what
}

// number of cases that leads to their list; none leads nowhere.
func number(ctx context.Context, n int, href string) ui.Cell {
	c := ui.Cell{Text: i18n.Number(ctx, n)}
	if n > 0 {
		c.Href = href
	}
	return c
}

func teamTable(ctx context.Context, v teamView) ui.ListTableProps {
	t := ui.ListTableProps{Caption: i18n.T(ctx, "supervision.caption"), First: i18n.T(ctx, "supervision.worker"), Columns: []string{
		i18n.T(ctx, "supervision.weight"), i18n.T(ctx, "supervision.open"), i18n.T(ctx, "supervision.high"), i18n.T(ctx, "supervision.gates"),
		i18n.T(ctx, "supervision.quiet"), i18n.T(ctx, "supervision.unsigned"), i18n.T(ctx, "supervision.last")}}
	for _, l := range v.Loads {
		t.Rows = append(t.Rows, ui.ListRow{Title: l.Worker.Name, Cells: []ui.Cell{{Body: loadBar(l, v.Most)}, number(ctx, l.Open, casesOf(l, "")),
			number(ctx, l.High, casesOf(l, "&risiko=high")), number(ctx, l.Gates, casesOf(l, "&perlu="+casefile.NeedGate)),
			number(ctx, l.Quiet, casesOf(l, "&perlu="+casefile.NeedQuiet)), number(ctx, l.Unsigned, casesOf(l, "&perlu="+casefile.NeedSign)),
			{Text: lastWords(ctx, v.Supervised[l.Worker.ID]), Href: "/kompetensi/" + l.Worker.ID.String()}}})
	}
	return t
}

func figures(ctx context.Context, v teamView) []ui.Figure {
	return []ui.Figure{{Label: i18n.T(ctx, "supervision.open"), Value: i18n.Number(ctx, v.All.Open)}, {Label: i18n.T(ctx, "supervision.high"), Value: i18n.Number(ctx, v.All.High)},
		{Label: i18n.T(ctx, "supervision.gates"), Value: i18n.Number(ctx, v.All.Gates)}, {Label: i18n.T(ctx, "supervision.quiet"), Value: i18n.Number(ctx, v.All.Quiet)},
		{Label: i18n.T(ctx, "supervision.unsigned"), Value: i18n.Number(ctx, v.All.Unsigned)}}
}

// points are the weights of a set of codes in words: «Asesmen 2, Intervensi 3».
func points(words func(code string) string, codes []string, weights map[string]int) (lines []string) {
	for _, code := range codes {
		lines = append(lines, words(code)+" "+strconv.Itoa(weights[code]))
	}
	return lines
}

// lastWords say when someone was last supervised.
func lastWords(ctx context.Context, at db.Time) string {
	if at.IsZero() {
		return i18n.T(ctx, "supervision.never")
	}
	return i18n.Date(ctx, at.Time)
}

var (
	kindWords     = i18n.Family("supervision.approval.kind.")
	licenceWords  = i18n.Family("supervision.licence.")
	noteKindWords = i18n.Family("case.note_kind.")
	aimWords      = i18n.Family("practice.aim.")
)

// ApprovalRow is a request to answer as a list shows it.
func ApprovalRow(ctx context.Context, x Waiting) ui.RowProps {
	return ui.RowProps{Title: kindWords.T(ctx, x.Kind) + ": " + x.Item.ClientName, Href: "/kasus/" + x.Case.String() + "/pengesahan", Icon: "badge-check", Tone: ui.Amber,
		Lines: []string{x.Item.Number + ", " + i18n.T(ctx, "supervision.approval.asked", "name", x.AskedBy.Name, "when", i18n.DateTime(ctx, x.AskedAt.Time))}}
}

// ExpiringRow is a licence to renew as a list shows it.
func ExpiringRow(ctx context.Context, x Expiring, today db.Date) ui.RowProps {
	return ui.RowProps{Title: i18n.T(ctx, "supervision.licence.renew", "kind", licenceWords.T(ctx, x.Kind), "name", x.Worker.Name), Href: "/kompetensi/" + x.Worker.ID.String(),
		Icon: "id-card", Tone: ui.Amber, Marks: []ui.Mark{expiryMark(ctx, x.Licence, today)}}
}

func expiryMark(ctx context.Context, l Licence, today db.Date) ui.Mark {
	switch {
	case l.ExpiresOn == "":
		return ui.Mark{Text: i18n.T(ctx, "supervision.licence.for_life"), Tone: ui.Green}
	case l.ExpiresOn < today:
		return ui.Mark{Text: i18n.T(ctx, "supervision.licence.expired", "day", i18n.Day(ctx, l.ExpiresOn)), Tone: ui.Coral, Icon: "triangle-alert"}
	case l.Expires(today):
		return ui.Mark{Text: i18n.T(ctx, "supervision.licence.until", "day", i18n.Day(ctx, l.ExpiresOn)), Tone: ui.Amber, Icon: "clock"}
	}
	return ui.Mark{Text: i18n.T(ctx, "supervision.licence.until", "day", i18n.Day(ctx, l.ExpiresOn)), Tone: ui.Green}
}
