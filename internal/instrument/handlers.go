package instrument

import (
	"net/http"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// caseView is what was answered in a case, and what a client can be asked.
type caseView struct {
	Case     casefile.Case
	People   []casefile.Involved
	Editions []Edition
	List     []Answering
	Form     web.Form
	Err      error
	Link     string // one that was just made
	Unsent   casefile.Left
}

func (v caseView) href(part string) string {
	return strings.TrimSuffix("/kasus/"+v.Case.ID.String()+"/instrumen/"+part, "/")
}

// mayWrite tells whether forms are shown.
func (v caseView) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

// view reads the case and the office's instruments, which every page of a case's answers needs.
func (p *Pages) view(r *http.Request) (v caseView, a access.Actor, err error) {
	if a, v.Case, err = p.cases.Opened(r); err != nil {
		return v, a, err
	}
	v.Editions, err = p.service.Editions(r.Context(), a)
	return v, a, err
}

func (p *Pages) results(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, caseView{})
}

// show lists what was answered; typed holds a link that was made, or a form that was refused.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, typed caseView) error {
	v, a, err := p.view(r)
	if err != nil {
		return err
	}
	v.Link, v.Form, v.Err = typed.Link, typed.Form, typed.Err
	if v.People, err = p.service.Cases.People(r.Context(), a, v.Case.ID); err != nil {
		return err
	}
	if v.List, err = p.service.Answered(r.Context(), a, v.Case.ID); err != nil {
		return err
	}
	if err := p.unsent(r, a, &v); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), v.Case, "instrumen", v.Err, resultsBody(v)))
}

// fillView is the form in which a worker notes answers.
type fillView struct {
	caseView
	Edition  Edition
	Language string
	SavedAt  time.Time // of what was left in it
}

// edition is what a form or an address asks for: «phq-9 1».
func edition(f web.Form) (name, version string) {
	name, version, _ = strings.Cut(f.Line("instrument"), " ")
	return name, version
}

func (p *Pages) fillPage(w http.ResponseWriter, r *http.Request) error {
	return p.showFill(w, r, web.Query(r), nil)
}

func (p *Pages) showFill(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	v, a, err := p.view(r)
	if err != nil {
		return err
	}
	if !v.mayWrite() {
		return fault.Forbidden()
	}
	v.Form, v.Err = f, refused
	fv := fillView{caseView: v, Language: f.Line("language")}
	if fv.Language == "" {
		fv.Language = Languages[0]
	}
	name, version := edition(f)
	if first := Offered(v.Editions); name == "" && len(first) > 0 {
		name, version = first[0].Name, first[0].Version
	}
	if fv.Edition, err = usable(v.Editions, name, version, fv.Language); err != nil {
		return err
	}
	fv.Form = named(f, fv.Edition, fv.Language)
	if refused == nil {
		if err := p.resume(r, a, &fv); err != nil {
			return err
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: refused}, p.cases.Frame(r.Context(), v.Case, "instrumen", refused, fillBody(fv)))
}

func (p *Pages) fill(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	x, err := p.fillAs(r, id, f)
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		return p.showFill(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "instrument_filled")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/instrumen/"+x.ID.String())
}

// fillAs keeps what a worker noted on the form of an edition.
func (p *Pages) fillAs(r *http.Request, id db.ID, f web.Form) (x Answering, err error) {
	a := access.From(r.Context())
	name, version := edition(f)
	e, err := p.service.Edition(r.Context(), a, name, version)
	if err != nil {
		return x, err
	}
	filling, err := readFilling(e, f)
	if err != nil {
		return x, err
	}
	return p.service.Fill(r.Context(), a, id, filling)
}

func readFilling(e Edition, f web.Form) (x Filling, err error) {
	x.Instrument, x.Edition = e.Name, e.Version
	x.Person, x.Language, x.Partly = f.ID("person"), f.Line("language"), f.Checked("partly")
	x.Answers = questions.Read(e.Form, f)
	day, ok := f.Day("answered_on")
	if !ok {
		return x, fault.Invalid(fault.Field("answered_on", "impossible", "case.day.impossible"))
	}
	x.AnsweredOn = day
	return x, nil
}

// ask makes a link for the client. On the worker's device the worker is signed out first: what the client holds leads nowhere
// but to the questions.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	q := Asking{Person: f.ID("person"), Language: f.Line("language"), Manner: f.Line("manner")}
	q.Instrument, q.Edition = edition(f)
	_, token, err := p.service.Ask(r.Context(), a, id, q)
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.show(w, r, caseView{Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	if q.Manner == OnTablet {
		return p.lend(w, r, a, token)
	}
	return p.show(w, r, caseView{Link: p.base + "/isi/" + token})
}

// lend signs the worker out of the device that the client is handed, and empties what its browser kept of the worker's forms.
func (p *Pages) lend(w http.ResponseWriter, r *http.Request, a access.Actor, token string) error {
	if err := p.service.Access.SignOut(r.Context(), a, db.ID{}); err != nil && !fault.Is(err, "not_found") {
		return err
	}
	http.SetCookie(w, access.EndCookie(p.secure))
	w.Header().Set("Clear-Site-Data", `"storage"`)
	return web.Redirect(w, r, "/isi/"+token)
}

// oneView is one filling of a case.
type oneView struct {
	caseView
	Answering Answering
	Edition   Edition
}

func (p *Pages) one(w http.ResponseWriter, r *http.Request) error { return p.showOne(w, r, nil) }

func (p *Pages) showOne(w http.ResponseWriter, r *http.Request, refused error) error {
	v, a, err := p.view(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "answering")
	if err != nil {
		return err
	}
	v.Err = refused
	one := oneView{caseView: v}
	if one.Answering, err = p.service.One(r.Context(), a, v.Case.ID, id); err != nil {
		return err
	}
	if one.Edition, err = pick(v.Editions, one.Answering.Instrument, one.Answering.Edition); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: refused}, p.cases.Frame(r.Context(), v.Case, "instrumen", refused, oneBody(one)))
}

func (p *Pages) strike(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	answering, f, err := web.PathForm(r, "answering")
	if err != nil {
		return err
	}
	err = p.service.Strike(r.Context(), access.From(r.Context()), id, answering, f.Line("reason"))
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.showOne(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "instrument_struck")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/instrumen")
}
