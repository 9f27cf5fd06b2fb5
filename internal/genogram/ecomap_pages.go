package genogram

import (
	"net/http"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// ecoView is the ecomap of a case as it stands or stood on a day, and what was typed where the form was refused.
type ecoView struct {
	Case   casefile.Case
	All    Ecomap
	List   []Surrounding // those that are drawn
	Day    db.Date       // of a former map; empty for the present one
	Change Surrounding   // the system the form changes; zero for a new one
	Undo   bool
	Zone   *time.Location
	Form   web.Form
	Err    error
}

var (
	systemWords   = i18n.Family("ecomap.kind.")
	strengthWords = i18n.Family("ecomap.strength.")
	flowWords     = i18n.Family("ecomap.flow.")
)

func (p *Pages) ecomap(w http.ResponseWriter, r *http.Request) error {
	return p.showEcomap(w, r, web.Form{}, db.ID{}, nil)
}

// ecoOpened reads the map of an address: as it is, or as it was on its day.
func (p *Pages) ecoOpened(r *http.Request) (v ecoView, err error) {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return v, err
	}
	v = ecoView{Case: c, Zone: a.Office.Zone}
	if v.All, err = p.service.Surroundings(r.Context(), a, c.ID); err != nil {
		return v, err
	}
	v.Undo, v.List = v.All.Undoable(a), v.All.Now()
	if day := web.Query(r).Line("pada"); day != "" {
		v.Day = db.Date(day)
		if !slices.Contains(v.All.Days(v.Zone), v.Day) {
			return v, fault.NotFound()
		}
		v.List = v.All.On(v.Day, v.Zone)
	}
	return v, nil
}

// showEcomap draws the page; change is the system that a refused form was to change.
func (p *Pages) showEcomap(w http.ResponseWriter, r *http.Request, f web.Form, change db.ID, refused error) error {
	v, err := p.ecoOpened(r)
	if err != nil {
		return err
	}
	v.Form, v.Err = f, refused
	if change.IsZero() {
		change = web.Query(r).ID("ubah")
	}
	if i := slices.IndexFunc(v.List, func(x Surrounding) bool { return x.ID == change }); i >= 0 {
		v.Change = v.List[i]
	}
	info := web.PageInfo{Title: v.Case.Number, Active: "cases", Err: refused, Scripts: []string{"genogram.js"}}
	return web.ShowPage(w, r, info, p.cases.Frame(r.Context(), v.Case, "ekomap", refused, ecoBody(v)))
}

// ecoFile is the map as a file of its own, where the client has agreed that data leave. Its name tells nobody's.
func (p *Pages) ecoFile(w http.ResponseWriter, r *http.Request) error {
	v, err := p.ecoOpened(r)
	if err != nil {
		return err
	}
	if let, err := p.cases.LetOut(w, r, v.Case, "data"); err != nil || !let {
		return err
	}
	sendSVG(w, "ekomap.svg")
	return drawing.EcoFile(v.sheet(r.Context()), v.Case.Client.Name, v.words(r.Context())).Render(r.Context(), w)
}

// sendSVG begins the answer with a drawing to be kept.
func sendSVG(w http.ResponseWriter, name string) {
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
}

func readSurrounding(f web.Form) Surrounding {
	return Surrounding{Kind: f.Line("kind"), Strength: f.Line("strength"), Flow: f.Line("flow"), Told: Told{Name: f.Line("name"), Note: f.Line("note")}}
}

func (p *Pages) surround(w http.ResponseWriter, r *http.Request) error {
	return p.workOn(w, r, db.ID{}, func(a access.Actor, id db.ID, f web.Form) error {
		_, err := p.service.Surround(r.Context(), a, id, readSurrounding(f))
		return err
	})
}

func (p *Pages) changeSurrounding(w http.ResponseWriter, r *http.Request) error {
	system, err := web.PathID(r, "system")
	if err != nil {
		return err
	}
	return p.workOn(w, r, system, func(a access.Actor, id db.ID, f web.Form) error {
		x := readSurrounding(f)
		x.ID = system
		_, err := p.service.ChangeSurrounding(r.Context(), a, id, x)
		return err
	})
}

func (p *Pages) endSurrounding(w http.ResponseWriter, r *http.Request) error {
	system, err := web.PathID(r, "system")
	if err != nil {
		return err
	}
	return p.workOn(w, r, db.ID{}, func(a access.Actor, id db.ID, _ web.Form) error {
		return p.service.EndSurrounding(r.Context(), a, id, system)
	})
}

func (p *Pages) undoSurrounding(w http.ResponseWriter, r *http.Request) error {
	return p.workOn(w, r, db.ID{}, func(a access.Actor, id db.ID, _ web.Form) error {
		return p.service.UndoSurrounding(r.Context(), a, id)
	})
}

// workOn runs an act on the case and comes back to its ecomap; change is the system that the form changes.
func (p *Pages) workOn(w http.ResponseWriter, r *http.Request, change db.ID, do func(a access.Actor, id db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), id, f)
	if web.Refused(err) {
		return p.showEcomap(w, r, f, change, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "ecomap_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/ekomap")
}
