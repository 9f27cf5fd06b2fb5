package casefile

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

type listView struct {
	List   List
	Filter Filter
	Values url.Values
	Mine   bool
	Next   string
	Now    time.Time
	Actor  access.Actor
	Region string
	Staff  []access.Colleague
	Shelf  Shelf
	Marks  map[db.ID][]person.Mark // by client
	Err    error
}

// query are the filters of the address, without the place in the list.
func (v listView) query() url.Values { return onlyFilters(v.Values) }

// with is the list's address with one filter changed and from its beginning.
func (v listView) with(name, value string) string {
	q := v.query()
	q.Set(name, value)
	return listAddress + "?" + q.Encode()
}

func (v listView) without(name string) string {
	q := v.query()
	q.Del(name)
	if len(q) == 0 {
		q.Set("status", v.Filter.Status) // an address of its own, so that the default view does not step in
	}
	return listAddress + "?" + q.Encode()
}

func (v listView) chips(ctx context.Context) []ui.Chip {
	chips := []ui.Chip{}
	if v.Actor.Can(access.CaseWork) {
		chips = append(chips, ui.Chip{Text: i18n.T(ctx, "case.list.mine"), Href: v.with("milik", "saya"), Current: v.Mine},
			ui.Chip{Text: i18n.T(ctx, "case.list.office"), Href: v.with("milik", "semua"), Current: !v.Mine && v.Filter.Worker.IsZero()})
	}
	return append(chips, ui.Chip{Text: i18n.T(ctx, "case.list.open"), Href: v.with("status", "open"), Current: v.Filter.Status == "open"},
		ui.Chip{Text: i18n.T(ctx, "case.list.closed"), Href: v.with("status", "closed"), Current: v.Filter.Status == "closed"},
		ui.Chip{Text: i18n.T(ctx, "case.list.any_status"), Href: v.with("status", ""), Current: v.Filter.Status == ""})
}

// active are the filters that narrow the list; pressing one takes it away.
func (v listView) active(ctx context.Context) (chips []ui.Chip) {
	add := func(name, words string) {
		chips = append(chips, ui.Chip{Text: words, Href: v.without(name), Current: true, Remove: true})
	}
	if v.Filter.Query != "" {
		add("q", "«"+v.Filter.Query+"»")
	}
	if v.Filter.Stage != "" {
		add("tahap", StageWord(ctx, v.Filter.Stage))
	}
	if v.Filter.Risk != "" && riskWords.Has(v.Filter.Risk) {
		add("risiko", riskWords.T(ctx, v.Filter.Risk))
	}
	if v.Filter.Category != "" {
		add("kategori", unit.From(ctx).Category(ctx, v.Filter.Category))
	}
	if name, ok := region.Name(v.Filter.Village); ok {
		add("kelurahan", name)
	}
	if level := strconv.Itoa(v.Filter.Confidentiality); v.Filter.Confidentiality != 0 && secrecyWords.Has(level) {
		add("rahasia", secrecyWords.T(ctx, level))
	}
	if need := v.Values.Get("perlu"); needWords.Has(need) {
		add("perlu", needWords.T(ctx, need))
	}
	for _, c := range v.Staff {
		if v.Values.Get("petugas") == c.ID.String() {
			add("petugas", c.Name)
		}
	}
	return chips
}

func (v listView) saved() []ui.Chip {
	chips := make([]ui.Chip, len(v.Shelf.Views))
	for i, s := range v.Shelf.Views {
		chips[i] = ui.Chip{Text: s.Name, Href: listAddress + "?" + s.Query, Current: s.Query == v.query().Encode()}
	}
	return chips
}

func sortOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, []string{NewestFirst, OldestFirst, LatestChange, Quietest}, sortWords)
}

var (
	sortWords = i18n.Family("case.sort.")
	needWords = i18n.Family("case.need.")
)

func needOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, []string{NeedGate, NeedQuiet, NeedSign}, needWords)
}

func (v listView) sort() string {
	if v.Filter.Sort == "" {
		return NewestFirst
	}
	return v.Filter.Sort
}

func columnOptions(ctx context.Context) []ui.Option { return ui.Options(ctx, Columns, columnWords) }

// table is the list as the reader's columns show it.
func (v listView) table(ctx context.Context) ui.ListTableProps {
	t := ui.ListTableProps{Caption: i18n.T(ctx, "case.list.title"), First: columnWords.T(ctx, "client")}
	for _, code := range v.Shelf.Columns {
		t.Columns = append(t.Columns, columnWords.T(ctx, code))
	}
	for _, i := range v.List.Items {
		row := ui.ListRow{Title: itemTitle(i), Marks: person.MarkPills(ctx, v.Marks[i.ClientID])}
		if i.ClientName != "" {
			row.Under = i.Number
		}
		if v.Actor.Can(access.CaseRead) {
			row.Href = listAddress + "/" + i.ID.String()
		}
		if i.Confidentiality == Secret {
			row.Marks = append(row.Marks, SecretMark(ctx))
		}
		for _, code := range v.Shelf.Columns {
			row.Cells = append(row.Cells, v.cell(ctx, code, i))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v listView) cell(ctx context.Context, code string, i Item) ui.Cell {
	switch code {
	case "stage":
		return ui.Cell{Text: StateWords(ctx, i)}
	case "risk":
		return riskCell(ctx, i)
	case "category":
		if i.MainCategory == "" {
			return ui.Cell{}
		}
		return ui.Cell{Text: unit.From(ctx).Category(ctx, i.MainCategory)}
	case "worker":
		return ui.Cell{Text: i.Worker.Name}
	case "village":
		name, _ := region.Name(i.Village)
		return ui.Cell{Text: name}
	case "opened":
		return ui.Cell{Text: i18n.Day(ctx, i.OpenedOn)}
	case "changed":
		return ui.Cell{Body: ui.Near(i.UpdatedAt.Time, v.Now)}
	case "status":
		return ui.Cell{Text: statusWords.T(ctx, i.Status)}
	}
	return ui.Cell{Text: secrecyWords.T(ctx, strconv.Itoa(i.Confidentiality))}
}

func riskCell(ctx context.Context, i Item) ui.Cell {
	if i.Risk == "" || i.Risk == "none" {
		return ui.Cell{}
	}
	m := riskMark(ctx, i.Risk)
	if m.Full {
		m.Full, m.Tone = false, ui.Coral
	}
	return ui.Cell{Body: ui.Pill(m)}
}

// marks tell where a case stands, in a list on another page.
func (v listView) marks(ctx context.Context, i Item) []ui.Mark {
	marks := []ui.Mark{{Text: StageWord(ctx, i.Stage), Line: true}}
	if i.Status == "closed" {
		marks = []ui.Mark{{Text: i18n.T(ctx, "case.mark.closed"), Icon: "check", Tone: ui.Green}}
	}
	if i.Confidentiality == Secret {
		marks = append(marks, SecretMark(ctx))
	}
	if i.Risk != "none" && i.Risk != "" {
		m := riskMark(ctx, i.Risk)
		m.Full, m.Tone = false, map[bool]ui.Tone{true: ui.Coral, false: m.Tone}[i.Risk == "high"]
		marks = append(marks, m)
	}
	return marks
}

func itemTitle(i Item) string {
	if i.ClientName == "" {
		return i.Number
	}
	return i.ClientName
}

// exportLink is the whole list as a file of a kind.
func (v listView) exportLink(kind string) string {
	q := v.query()
	q.Set("format", kind)
	return listAddress + "/ekspor?" + q.Encode()
}

func riskOptions(ctx context.Context) []ui.Option {
	list := slices.Clone(Risks)
	slices.Reverse(list)
	return ui.Options(ctx, list, riskWords)
}

func levelOptions(ctx context.Context) []ui.Option {
	return ui.Options(ctx, []string{"1", "2", "3"}, secrecyWords)
}

// clientMarks are the safety marks of the clients of a list that are people, each for its audience.
func (s *Service) clientMarks(ctx context.Context, a access.Actor, items []Item) (map[db.ID][]person.Mark, error) {
	var clients []db.ID
	for _, i := range items {
		if i.ClientKind == "individual" {
			clients = append(clients, i.ClientID)
		}
	}
	var people map[db.ID]db.ID
	err := s.db.Read(ctx, func(r db.Reader) (err error) {
		people, err = person.PeopleOfClients(ctx, r, clients)
		return err
	})
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, 0, len(people))
	for _, id := range people {
		ids = append(ids, id)
	}
	marks, err := s.people.Marks(ctx, a, ids)
	out := map[db.ID][]person.Mark{}
	for client, id := range people {
		out[client] = marks[id]
	}
	return out, err
}
