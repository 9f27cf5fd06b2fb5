package inbound

import (
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/referral"
	"teduh/internal/web"
)

func (p *Pages) ours(w http.ResponseWriter, r *http.Request) (err error) {
	after, err := db.ParseID(web.Query(r).Line("cursor"))
	if err != nil {
		after = db.ID{}
	}
	v := oursView{Now: p.now()}
	if v.List, v.More, err = p.service.Ours(r.Context(), access.From(r.Context()), after, onPage); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.ours"), Active: "handed_in"}, oursPage(v))
}

func (p *Pages) own(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v := cardView{Actor: access.From(r.Context()), Now: p.now()}
	if v.Whole, err = p.service.Own(r.Context(), v.Actor, id); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Number, Active: "handed_in"}, ownPage(v))
}

func (p *Pages) newOwn(w http.ResponseWriter, r *http.Request) error {
	return p.showOwn(w, r, web.Form{Values: url.Values{"kind": {referral.KindReferral}, "urgency": {"week"}}}, nil)
}

func (p *Pages) showOwn(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.hand_in"), Active: "handed_in", Err: refused},
		newOwnPage(newView{Form: f, Err: refused, Own: true, Office: access.From(r.Context()).Office.Name}))
}

func (p *Pages) handIn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	h, err := readHanded(f, a)
	var x In
	if err == nil {
		x, err = p.service.HandIn(r.Context(), a, h)
	}
	if web.Refused(err) {
		return p.showOwn(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "handed_in")
	return web.Redirect(w, r, Own+"/"+x.ID.String())
}
