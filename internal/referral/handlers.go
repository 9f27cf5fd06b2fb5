package referral

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) ofCase(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := caseView{Case: c, Actor: a, Now: p.service.now()}
	if v.List, err = p.service.List(r.Context(), a, c.ID); err != nil {
		return err
	}
	slices.Reverse(v.List)
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases"}, p.cases.Frame(r.Context(), c, tab, nil, caseBody(v)))
}

// toWork is the case in the address, for one who works on it.
func (p *Pages) toWork(r *http.Request) (access.Actor, casefile.Case, error) {
	a, c, err := p.cases.Opened(r)
	if err == nil && (!c.Writes || c.Status != "open") {
		err = fault.Forbidden()
	}
	return a, c, err
}

func (p *Pages) refer(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.toWork(r)
	if err != nil {
		return err
	}
	left, err := p.cases.Left(r.Context(), a, c, form)
	if err != nil {
		return err
	}
	v := orderView{Case: c, Actor: a, Form: left.Form, SavedAt: left.SavedAt}
	from, err := db.ParseID(r.URL.Query().Get("dari"))
	switch {
	case err == nil:
		if v.Form, err = p.again(r, a, c, from); err != nil {
			return err
		}
	case left.Values == nil:
		v.Form = web.Form{Values: url.Values{"kind": {KindReferral}, "urgency": {urgencyOf(c)}, "fields": Least, "companion": {a.Name}}}
	}
	return p.showOrder(w, r, v)
}

// again is the form of another try: all that was written before, without the service that was asked.
func (p *Pages) again(r *http.Request, a access.Actor, c casefile.Case, from db.ID) (web.Form, error) {
	x, err := p.service.Open(r.Context(), a, from)
	if err == nil && x.Case != c.ID {
		err = fault.NotFound()
	}
	if err != nil {
		return web.Form{}, err
	}
	f := orderForm(x.Referral)
	f.Del("services")
	return f, nil
}

// urgencyOf is what a new referral is taken for, by the case's risk.
func urgencyOf(c casefile.Case) string {
	if c.Risk == "high" {
		return "day"
	}
	return "week"
}

func (p *Pages) showOrder(w http.ResponseWriter, r *http.Request, v orderView) (err error) {
	if v.Offers, err = p.service.Offers(r.Context(), v.Actor, v.Case, v.Form.Line("find"), v.Form.All("services")); err != nil {
		return err
	}
	if v.Subject, err = p.service.Subject(r.Context(), v.Actor, v.Case.ID); err != nil {
		return err
	}
	if v.MayLeave, err = p.mayLeave(r, v); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err},
		p.cases.Frame(r.Context(), v.Case, tab, v.Err, orderBody(v)))
}

// mayLeave tells beforehand whether the client has agreed to be referred.
func (p *Pages) mayLeave(r *http.Request, v orderView) (bool, error) {
	err := p.service.cases.Leaving(r.Context(), v.Actor, v.Case.ID, "referral")
	if fault.Is(err, "consent_missing") {
		return false, nil
	}
	return err == nil, err
}

func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.toWork(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := orderView{Case: c, Actor: a, Form: f}
	if f.Line("act") == "filter" {
		return p.showOrder(w, r, v)
	}
	o, err := readOrder(f)
	var ids []db.ID
	if err == nil {
		act, said := p.service.Refer, "referral_sent"
		if f.Line("act") == "draft" {
			act, said = p.service.Draft, "referral_drafted"
		}
		if ids, err = act(r.Context(), a, c.ID, o); err == nil {
			web.Say(w, said)
		}
	}
	if web.Refused(err) {
		v.Err = err
		return p.showOrder(w, r, v)
	}
	if err != nil {
		return err
	}
	if len(ids) == 1 {
		return web.Redirect(w, r, address(ids[0], ""))
	}
	return web.Redirect(w, r, "/kasus/"+c.ID.String()+"/"+tab)
}

func address(id db.ID, part string) string {
	if part == "" {
		return "/rujukan/" + id.String()
	}
	return "/rujukan/" + id.String() + "/" + part
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	return p.showOne(w, r, id, wholeView{})
}

// showOne draws a referral; v holds what was refused of a form.
func (p *Pages) showOne(w http.ResponseWriter, r *http.Request, id db.ID, v wholeView) (err error) {
	ctx := r.Context()
	v.Actor, v.Now = access.From(ctx), p.service.now()
	if v.Whole, err = p.service.Open(ctx, v.Actor, id); err != nil {
		return err
	}
	before, err := db.ParseID(r.URL.Query().Get("sebelum"))
	if err != nil {
		before = db.ID{}
	}
	if v.Messages, v.Earlier, err = p.service.Messages(ctx, v.Actor, id, before); err != nil {
		return err
	}
	if v.Main, err = p.panels(r, v, p.main); err != nil {
		return err
	}
	if v.Side, err = p.panels(r, v, p.side); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Number, Active: "referrals", Err: v.Err}, wholePage(v))
}

func (p *Pages) panels(r *http.Request, v wholeView, all []Panel) (list []templ.Component, err error) {
	for _, panel := range all {
		c, err := panel(r.Context(), v.Actor, v.Whole)
		if err != nil {
			return nil, err
		}
		if c != nil {
			list = append(list, c)
		}
	}
	return list, nil
}

// onOne runs an act on a referral and comes back to it; what is refused is told beside what was typed.
func (p *Pages) onOne(w http.ResponseWriter, r *http.Request, said string, act func(a access.Actor, id db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = act(access.From(r.Context()), id, f)
	if web.Refused(err) {
		return p.showOne(w, r, id, wholeView{Err: err, Form: f})
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, address(id, ""))
}

func (p *Pages) move(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "referral_moved", func(a access.Actor, id db.ID, f web.Form) error {
		st, err := ReadStep(f)
		if err == nil {
			err = p.service.Move(r.Context(), a, id, st)
		}
		return err
	})
}

func (p *Pages) message(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "message_sent", func(a access.Actor, id db.ID, f web.Form) error {
		_, err := p.service.Write(r.Context(), a, id, f.Text("text"))
		return err
	})
}

func (p *Pages) cancelSiblings(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "siblings_cancelled", func(a access.Actor, id db.ID, f web.Form) error {
		ids, err := web.AddressIDs(f.All("sibling")...)
		if err == nil {
			err = p.service.CancelSiblings(r.Context(), a, id, ids)
		}
		return err
	})
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	return p.showEdit(w, r, id, nil, nil)
}

func (p *Pages) showEdit(w http.ResponseWriter, r *http.Request, id db.ID, typed *web.Form, refused error) error {
	a := access.From(r.Context())
	x, err := p.service.Open(r.Context(), a, id)
	if err != nil {
		return err
	}
	switch {
	case !x.In.Case.Writes:
		return fault.Forbidden()
	case x.Status != Draft:
		return illegal(x.Status)
	}
	v := orderView{Case: x.In.Case, Actor: a, Form: orderForm(x.Referral), Draft: x.Referral, Err: refused}
	if typed != nil {
		v.Form = *typed
	}
	return p.showOrder(w, r, v)
}

func (p *Pages) change(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	if f.Line("act") == "filter" {
		return p.showEdit(w, r, id, &f, nil)
	}
	a := access.From(r.Context())
	o, err := readOrder(f)
	if err == nil {
		err = p.service.ChangeDraft(r.Context(), a, id, f.Version(), o)
	}
	if err == nil && f.Line("act") == "send" {
		err = p.service.Move(r.Context(), a, id, Step{To: Sent})
	}
	if web.Refused(err) {
		return p.showEdit(w, r, id, &f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, map[bool]string{true: "referral_sent", false: "referral_drafted"}[f.Line("act") == "send"])
	return web.Redirect(w, r, address(id, ""))
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	q, a := web.Query(r), access.From(r.Context())
	v := listView{Filter: Filter{Group: q.Line("keadaan"), Mine: q.Line("milik") != "semua"}, Actor: a, Now: p.service.now()}
	if !v.known() {
		v.Group = ""
	}
	v.readCursor(q.Line("cursor"))
	found, err := p.service.Find(r.Context(), a, v.Filter)
	if err != nil {
		return err
	}
	v.Found = found
	if v.LateCount, err = p.service.CountLate(r.Context(), a, mostCounted); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "referral.title"), Active: "referrals"}, listPage(v))
}

// mostCounted late referrals are counted for the chip.
const mostCounted = 100
