package importer

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/bulk"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

const maxColumns = bulk.MaxColumns

var (
	kindWords   = i18n.Family("list.kind.")
	kindHints   = i18n.Family("list.kind_hint.")
	stateWords  = i18n.Family("list.state.")
	columnWords = i18n.Family("import.column.")
	whyWords    = i18n.Family("list.why.")
)

// indexView is the page on which a list is chosen.
type indexView struct {
	Kind  string
	Lists []List
	Err   error
}

func kindOptions(ctx context.Context) []ui.Option {
	var list []ui.Option
	for _, k := range Kinds {
		list = append(list, ui.Option{Value: k, Label: kindWords.T(ctx, k), Hint: kindHints.T(ctx, k)})
	}
	return list
}

// columnNames are what a list of a kind may hold, in words.
func columnNames(ctx context.Context, kind string) string {
	var names []string
	for _, code := range Columns(kind) {
		names = append(names, columnWords.T(ctx, code))
	}
	return strings.Join(names, ", ")
}

func href(l List, rest string) string { return "/impor/" + l.ID.String() + rest }

func stateMark(ctx context.Context, l List) ui.Mark {
	m := ui.Mark{Text: stateWords.T(ctx, l.State), Tone: ui.Neutral}
	switch l.State {
	case StateDone:
		m.Tone, m.Icon = ui.Green, "check"
	case StateReady, StateChecking, StateWriting:
		m.Tone = ui.Amber
	case StateRefused, StateFailed:
		m.Tone = ui.Coral
	}
	return m
}

func listRow(ctx context.Context, l List) ui.RowProps {
	mark := stateMark(ctx, l)
	return ui.RowProps{Title: l.Name, Href: href(l, ""), Icon: kindIcons[l.Kind], Lines: []string{kindWords.T(ctx, l.Kind) + " · " + l.ByName + ", " + i18n.DateTime(ctx, l.At.Time)},
		Marks: []ui.Mark{mark}}
}

var kindIcons = map[string]string{PeopleSheet: "users", CasesSheet: "folder-heart"}

// listView is one list from the upload to its end.
type listView struct {
	List
	Rows, Of int64 // how far it is on this machine
	Query    web.Form
	Err      error
}

func (v listView) href(rest string) string { return href(v.List, rest) }

// progressWords say how far a list is, as far as this machine knows.
func (v listView) progressWords(ctx context.Context) string {
	switch {
	case v.Of > 0:
		return i18n.T(ctx, "list.progress_of", "rows", i18n.Number(ctx, v.Rows), "of", i18n.Number(ctx, v.Of))
	case v.Rows > 0:
		return i18n.T(ctx, "list.progress", "rows", i18n.Number(ctx, v.Rows))
	case v.Written > 0:
		return i18n.T(ctx, "list.progress", "rows", i18n.Number(ctx, v.Written))
	}
	return ""
}

func (v listView) progress(ctx context.Context) ui.ProgressProps {
	p := ui.ProgressProps{ID: "progress", Label: stateWords.T(ctx, v.State), Words: v.progressWords(ctx), Value: int(v.Rows), Max: int(v.Of)}
	if p.Max == 0 {
		p.Value, p.Max = 0, 1
	}
	return p
}

func countFigures(ctx context.Context, l List) []ui.Figure {
	r := l.Report
	newKey := "list.count.new"
	if l.State == StateDone {
		newKey = "list.count.taken"
	}
	return []ui.Figure{{Label: i18n.T(ctx, "list.count.rows"), Value: i18n.Number(ctx, r.Rows)}, {Label: i18n.T(ctx, newKey), Value: i18n.Number(ctx, r.New)},
		{Label: i18n.T(ctx, "list.count.known"), Value: i18n.Number(ctx, r.Known)}, {Label: i18n.T(ctx, "list.count.bad"), Value: i18n.Number(ctx, r.Bad)}}
}

// meaningOptions are what a column may stand for.
func meaningOptions(ctx context.Context, kind string) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "list.column_none")}}
	for _, code := range Columns(kind) {
		list = append(list, ui.Option{Value: code, Label: columnWords.T(ctx, code)})
	}
	return list
}

// example is what stands first in a column.
func (v listView) example(ctx context.Context, column int) string {
	for _, row := range v.Report.First {
		if text := at(row, column); text != "" {
			return i18n.T(ctx, "list.example", "text", text)
		}
	}
	return i18n.T(ctx, "list.example_none")
}

// title is a column's title, or its number where it has none.
func (v listView) title(ctx context.Context, column int) string {
	if t := v.Report.Columns[column].Title; t != "" {
		return t
	}
	return i18n.T(ctx, "list.column_untitled", "n", column+1)
}

func (v listView) firstTable(ctx context.Context) ui.TableProps {
	t := ui.TableProps{ID: "t-first", Caption: i18n.T(ctx, "list.first")}
	for i := range v.Report.Columns {
		t.Columns = append(t.Columns, ui.Column{Text: v.title(ctx, i)})
	}
	for _, row := range v.Report.First {
		var cells []ui.Cell
		for i := range v.Report.Columns {
			cells = append(cells, ui.Cell{Text: at(row, i)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// findings is a page of findings.
type findings struct {
	ID    string
	Name  string // of the place in the address
	Title string
	From  int
	Findings
}

const findingsShown = 50

func (v listView) findings(ctx context.Context, name string) findings {
	f := findings{ID: "h-" + name, Name: name, Title: i18n.T(ctx, "list.problems"), Findings: v.Report.Problems}
	if name == "catatan" {
		f.Title, f.Findings = i18n.T(ctx, "list.notes"), v.Report.Notes
	}
	f.From = min(max(v.Query.Int(name, 0), 0), len(f.Problems))
	return f
}

func (f findings) next() string {
	if to := f.From + findingsShown; to < len(f.Problems) {
		return "?" + f.Name + "=" + strconv.Itoa(to) + "#" + f.ID
	}
	return ""
}

func (v listView) findingsTable(ctx context.Context, f findings) ui.TableProps {
	t := ui.TableProps{ID: "t-" + f.Name, Caption: i18n.T(ctx, "list.shown", "what", f.Title, "from", f.From+1, "to", min(f.From+findingsShown, len(f.Problems)), "of", i18n.Number(ctx, f.Total)),
		Columns: []ui.Column{{Text: i18n.T(ctx, "list.col.row")}, {Text: i18n.T(ctx, "list.col.column")}, {Text: i18n.T(ctx, "list.col.words")}}}
	for _, p := range f.Problems[f.From:min(f.From+findingsShown, len(f.Problems))] {
		line := lineWord(p.Line)
		if line == "" {
			line = i18n.T(ctx, "list.whole")
		}
		t.Rows = append(t.Rows, []ui.Cell{{Text: line}, {Text: v.titleOf(ctx, p.Column)}, {Text: i18n.T(ctx, p.Key, p.Args...)}})
	}
	return t
}

// titleOf is what the list calls a column, or our word for one that is missing.
func (v listView) titleOf(ctx context.Context, code string) string {
	title := v.Report.Title(code)
	if title == code && columnWords.Has(code) {
		return columnWords.T(ctx, code)
	}
	return title
}

func twinWords(ctx context.Context, t Twin) string {
	if t.Other == 0 {
		return i18n.T(ctx, "list.twin_office", "why", whyWords.T(ctx, t.Why))
	}
	return i18n.T(ctx, "list.twin_row", "row", t.Other, "why", whyWords.T(ctx, t.Why))
}

func twinLines(ctx context.Context, r Report) []string {
	var lines []string
	for _, t := range r.Twins {
		lines = append(lines, i18n.T(ctx, "list.row", "row", t.Line)+": "+twinWords(ctx, t))
	}
	if more := r.TwinTotal - len(r.Twins); more > 0 {
		lines = append(lines, i18n.T(ctx, "list.twins_more", "n", more))
	}
	return lines
}
