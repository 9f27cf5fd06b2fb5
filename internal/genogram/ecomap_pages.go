package genogram

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// ecoView is the ecomap of a case, and what was typed where the form was refused.
type ecoView struct {
	Case casefile.Case
	List []Surrounding
	Form web.Form
	Err  error
}

var (
	systemWords   = i18n.Family("ecomap.kind.")
	strengthWords = i18n.Family("ecomap.strength.")
	flowWords     = i18n.Family("ecomap.flow.")
)

func (p *Pages) ecomap(w http.ResponseWriter, r *http.Request) error {
	return p.showEcomap(w, r, web.Form{}, nil)
}

func (p *Pages) showEcomap(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := ecoView{Case: c, Form: f, Err: refused}
	if v.List, err = p.service.Surroundings(r.Context(), a, c.ID); err != nil {
		return err
	}
	info := web.PageInfo{Title: c.Number, Active: "cases", Err: refused}
	return web.ShowPage(w, r, info, p.cases.Frame(r.Context(), c, "ekomap", refused, ecoBody(v)))
}

func (p *Pages) surround(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	x := Surrounding{Kind: f.Line("kind"), Strength: f.Line("strength"), Flow: f.Line("flow"), Told: Told{Name: f.Line("name"), Note: f.Line("note")}}
	return p.workOn(w, r, f, func(a access.Actor, id db.ID) error { return p.service.Surround(r.Context(), a, id, x) })
}

func (p *Pages) endSurrounding(w http.ResponseWriter, r *http.Request) error {
	system, err := web.PathID(r, "system")
	if err != nil {
		return err
	}
	return p.workOn(w, r, web.Form{}, func(a access.Actor, id db.ID) error { return p.service.EndSurrounding(r.Context(), a, id, system) })
}

// workOn runs an act on the case and comes back to its ecomap.
func (p *Pages) workOn(w http.ResponseWriter, r *http.Request, f web.Form, do func(a access.Actor, id db.ID) error) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), id)
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		return p.showEcomap(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "ecomap_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/ekomap")
}

func (v ecoView) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/ekomap" + part }

func (v ecoView) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

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

func (v ecoView) typed(name, otherwise string) string {
	if v.Form.Values != nil {
		return v.Form.Line(name)
	}
	return otherwise
}

func (v ecoView) rows(ctx context.Context) (rows [][]ui.Cell) {
	for _, x := range v.List {
		row := []ui.Cell{{Text: x.Name}, {Text: systemWords.T(ctx, x.Kind)}, {Text: strengthWords.T(ctx, x.Strength)}, {Text: flowWords.T(ctx, x.Flow)}, {Text: x.Note}}
		if v.mayWrite() {
			row = append(row, ui.Cell{Body: endForm(v, x)})
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

func options(ctx context.Context, codes []string, words i18n.Family) (list []ui.Option) {
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: words.T(ctx, code)})
	}
	return list
}
