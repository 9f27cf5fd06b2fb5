package genogram

import (
	"context"

	"teduh/internal/genogram/drawing"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

func (v ecoView) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/ekomap" + part }

// file is the address of the drawing that is shown.
func (v ecoView) file() string {
	if v.Day == "" {
		return v.href("/gambar.svg")
	}
	return v.href("/gambar.svg?pada=" + string(v.Day))
}

// action is where the form goes: a new system, or the one that is changed.
func (v ecoView) action() string {
	if v.Change.ID.IsZero() {
		return v.href("")
	}
	return v.href("/" + v.Change.ID.String() + "/ubah")
}

// mayWrite tells whether there is a form; a former map only shows.
func (v ecoView) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" && v.Day == "" }

func (v ecoView) sheet(ctx context.Context) drawing.EcoSheet {
	list := make([]drawing.System, len(v.List))
	for i, x := range v.List {
		list[i] = drawing.System{ID: x.ID.String(), Name: x.Name, Note: systemWords.T(ctx, x.Kind), Strength: x.Strength, Flow: x.Flow}
	}
	return drawing.Ecomap(list)
}

func (v ecoView) words(ctx context.Context) drawing.Words {
	return drawing.Words{ID: "ekomap", Title: i18n.T(ctx, "ecomap.title"), Desc: i18n.T(ctx, "ecomap.desc", "n", len(v.List))}
}

// typed is what stands in a field: what was refused, the system that is changed, or what a new one begins with.
func (v ecoView) typed(name, kept, fresh string) string {
	switch {
	case v.Form.Values != nil:
		return v.Form.Line(name)
	case !v.Change.ID.IsZero():
		return kept
	}
	return fresh
}

// days are the maps one may look at, the present one first.
func (v ecoView) days(ctx context.Context) []ui.Chip {
	list := []ui.Chip{{Text: i18n.T(ctx, "ecomap.today"), Href: v.href(""), Current: v.Day == ""}}
	for _, day := range v.All.Days(v.Zone) {
		list = append(list, ui.Chip{Text: i18n.Day(ctx, day), Href: v.href("?pada=" + string(day)), Current: v.Day == day})
	}
	return list
}

func (v ecoView) rows(ctx context.Context) (rows [][]ui.Cell) {
	for _, x := range v.List {
		row := []ui.Cell{{Text: x.Name}, {Text: systemWords.T(ctx, x.Kind)}, {Text: strengthWords.T(ctx, x.Strength)}, {Text: flowWords.T(ctx, x.Flow)}, {Text: x.Note}}
		if v.mayWrite() {
			row = append(row, ui.Cell{Body: rowActs(v, x)})
		}
		rows = append(rows, row)
	}
	return rows
}

func (v ecoView) columns(ctx context.Context) []ui.Column {
	list := []ui.Column{{Text: i18n.T(ctx, "ecomap.name")}, {Text: i18n.T(ctx, "ecomap.kind")}, {Text: i18n.T(ctx, "ecomap.strength")},
		{Text: i18n.T(ctx, "ecomap.flow")}, {Text: i18n.T(ctx, "ecomap.note")}}
	if v.mayWrite() {
		list = append(list, ui.Column{Text: i18n.T(ctx, "ecomap.act")})
	}
	return list
}

func ecoFormTitle(ctx context.Context, v ecoView) string {
	if v.Change.ID.IsZero() {
		return i18n.T(ctx, "ecomap.add")
	}
	return i18n.T(ctx, "ecomap.change_title", "name", v.Change.Name)
}
