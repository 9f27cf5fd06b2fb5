package inbound

import (
	"context"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// onPage rows stand on one page of a list.
const onPage = 30

func (p *Pages) list(w http.ResponseWriter, r *http.Request) (err error) {
	q, a := web.Query(r), access.From(r.Context())
	v := listView{Owed: q.Line("tampil") != "semua", Actor: a, Now: p.now()}
	f := Filter{Owed: v.Owed, Limit: onPage}
	f.readCursor(q.Line("cursor"))
	if v.List, v.More, err = p.service.List(r.Context(), a, f); err != nil {
		return err
	}
	if v.Waiting, v.Late, err = p.service.CountOwed(r.Context(), a, mostCounted); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.title"), Active: "requests"}, listPage(v))
}

// mostCounted are counted for the chip.
const mostCounted = 100

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request) error {
	return p.showNew(w, r, web.Form{Values: url.Values{"kind": {referral.KindReferral}, "urgency": {"week"}}}, nil)
}

func (p *Pages) showNew(w http.ResponseWriter, r *http.Request, f web.Form, refused error) (err error) {
	v := newView{Form: f, Err: refused}
	if v.Partners, err = p.partners(r.Context()); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.new"), Active: "requests", Err: refused}, newPage(v))
}

// mostPartners stand in the list of senders to choose from; others are typed.
const mostPartners = 200

func (p *Pages) partners(ctx context.Context) ([]partner.Partner, error) {
	a := access.From(ctx)
	if !a.Can(access.PartnerRead) {
		return nil, nil
	}
	return p.directory.Partners(ctx, a, partner.Place{}, false, mostPartners)
}

func (p *Pages) record(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	h, err := readHanded(f, access.From(r.Context()))
	var x In
	if err == nil {
		x, err = p.service.Record(r.Context(), access.From(r.Context()), h)
	}
	if web.Refused(err) {
		return p.showNew(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "referral_in_recorded")
	return web.Redirect(w, r, "/permintaan/"+x.Request.String())
}

// one is the referral in the address, as its request is reached.
func (p *Pages) one(r *http.Request) (cardView, error) {
	v := cardView{Actor: access.From(r.Context()), Now: p.now()}
	id, err := web.PathID(r, "id")
	if err != nil {
		return v, err
	}
	v.Whole, v.Known, v.OfCase, err = p.service.One(r.Context(), v.Actor, id)
	return v, err
}

func (p *Pages) tellPage(w http.ResponseWriter, r *http.Request) error {
	return p.showTell(w, r, web.Form{}, nil)
}

func (p *Pages) showTell(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	v, err := p.one(r)
	if err != nil {
		return err
	}
	v.Form, v.Err = f, refused
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.tell"), Active: "requests", Err: refused}, tellPage(v))
}

func (p *Pages) tell(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.service.Tell(r.Context(), access.From(r.Context()), id, Telling{To: f.Line("to"), Reason: f.Line("reason"), Outcome: f.Line("outcome"),
		Words: f.Text("words"), How: f.Line("how"), Agreed: f.Checked("agreed_words"), Version: f.Version()})
	if web.Refused(err) {
		return p.showTell(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "sender_told")
	return p.toRequest(w, r, id)
}

// toRequest goes back to the request of a referral.
func (p *Pages) toRequest(w http.ResponseWriter, r *http.Request, id db.ID) error {
	whole, _, _, err := p.service.One(r.Context(), access.From(r.Context()), id)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/permintaan/"+whole.Request.String())
}

func (p *Pages) personPage(w http.ResponseWriter, r *http.Request) error {
	return p.showPerson(w, r, cardView{})
}

// showPerson asks whether who was sent along is written down; typed holds what was refused, and the likely twins.
func (p *Pages) showPerson(w http.ResponseWriter, r *http.Request, typed cardView) error {
	v, err := p.one(r)
	if err != nil {
		return err
	}
	if v.Known {
		return fault.Conflict("person_known", "intake.person_known")
	}
	v.Form, v.Err, v.Twins = typed.Form, typed.Err, typed.Twins
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.person"), Active: "requests", Err: v.Err}, personPage(v))
}

func (p *Pages) takeOver(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	out, err := p.service.TakeOver(r.Context(), access.From(r.Context()), id, Copy{Name: f.Line("name"), Existing: f.ID("person"), Accept: f.Checked("accept")})
	switch {
	case web.Refused(err) && !fault.Is(err, "person_known"), err == nil && out.Person.IsZero():
		return p.showPerson(w, r, cardView{Form: f, Err: err, Twins: out.Twins})
	case err != nil:
		return err
	}
	web.Say(w, "person_taken_over")
	return p.toRequest(w, r, id)
}
