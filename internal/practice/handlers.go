package practice

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/web"
)

// view is a case's professional work, and what was typed where a form was refused.
type view struct {
	Case   casefile.Case
	Reader access.Actor
	Now    time.Time
	Work   Work
	Left   map[string]casefile.Left // in the forms of this part
	Posted string                   // the form that was refused; empty means none
	Form   web.Form                 // what stood in it
	Stands web.Form                 // what is kept, as the form shows it
	Err    error
}

func (v view) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + part }

// mayWrite tells whether forms are shown.
func (v view) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

// part is a tab of the case page and the forms in it whose text is kept as typed.
type part struct {
	path   string
	drafts []string
	body   func(view) templ.Component
}

var (
	besidePart = part{"asesmen", nil, besideBody}
	planPart   = part{"rencana", []string{goalDraft, reviewDraft}, planBody}
)

// Beside draws what stands beside the assessment of a case that was opened: consents and the safety plan.
func (p *Pages) Beside(ctx context.Context, a access.Actor, c casefile.Case) (templ.Component, error) {
	w, err := p.service.Work(ctx, a, c.ID)
	return besideCards(view{Case: c, Reader: a, Now: p.service.cases.Now(), Work: w}), err
}

func (p *Pages) plan(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, planPart, view{})
}

// opened reads the case of an address and its work into a view that may hold a refusal already.
func (p *Pages) opened(r *http.Request, v view) (view, error) {
	var err error
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil {
		return v, err
	}
	v.Now = p.service.cases.Now()
	v.Work, err = p.service.Work(r.Context(), v.Reader, v.Case.ID)
	return v, err
}

// show draws one part of the case; v holds what a form could not keep.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, at part, v view) error {
	v, err := p.opened(r, v)
	if err != nil {
		return err
	}
	if err := p.fillLeft(r.Context(), v.Reader, &v, at.drafts...); err != nil {
		return err
	}
	return p.frame(w, r, at.path, v, at.body(v))
}

// frame draws a body within the case page.
func (p *Pages) frame(w http.ResponseWriter, r *http.Request, path string, v view, body templ.Component) error {
	info := web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}
	return web.ShowPage(w, r, info, p.cases.Frame(r.Context(), v.Case, path, v.Err, body))
}

// posted is a form of a part of the case: its name, where it stands, and what is said when it was kept.
type posted struct {
	part part
	form string
	said string
}

// act runs a form's act and comes back to the part it stands in.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, x posted, do func(a access.Actor, id db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), id, f)
	if web.Refused(err) {
		return p.show(w, r, x.part, view{Posted: x.form, Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, x.said)
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+x.part.path)
}

func (p *Pages) fillScales(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, posted{planPart, scaleForm, "scales_saved"}, func(a access.Actor, id db.ID, f web.Form) error {
		return p.service.FillScales(r.Context(), a, id, readScales(f)...)
	})
}

// readScales takes the scales that were filled in.
func readScales(f web.Form) (list []Reading) {
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			if name := aim + "_" + moment; f.Line(name) != "" {
				list = append(list, Reading{aim, moment, f.Int(name, -1)})
			}
		}
	}
	return list
}

// closingScales puts the scales that were filled into the form that closes the case.
func (p *Pages) closingScales(ctx context.Context, a access.Actor, id db.ID, into url.Values) error {
	w, err := p.service.Work(ctx, a, id)
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			if value, ok := w.Scales[aim+" "+moment]; ok {
				into.Set(aim+"_"+moment, strconv.Itoa(value))
			}
		}
	}
	return err
}
