package partnerdesk

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/person/phone"
	"teduh/internal/referral"
	"teduh/internal/ui"
	"teduh/internal/web"
)

func officePath(id db.ID) string { return "/rujukan/" + id.String() }

// linkView is the card of a referral's link on the office's page.
type linkView struct {
	*Link
	Underway bool
	Base     string
	Address  string
	Contact  Contact
	Now      time.Time
}

func (v linkView) over() bool { return !v.EndsAt.After(v.Now) }

func (v linkView) makeWords(ctx context.Context) string {
	if v.Link == nil {
		return i18n.T(ctx, "partnerdesk.link.make")
	}
	return i18n.T(ctx, "partnerdesk.link.anew")
}

func (v linkView) facts(ctx context.Context) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "partnerdesk.link.address"), Body: ui.Verbatim(v.Address)},
		{Label: i18n.T(ctx, "partnerdesk.link.until"), Value: i18n.DateTime(ctx, v.EndsAt.Time)},
		{Label: i18n.T(ctx, "partnerdesk.link.mail"), Value: v.Mail}, {Label: i18n.T(ctx, "partnerdesk.link.phone"), Value: phone.Display(v.Phone)}}
	if !v.HasPIN() {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partnerdesk.link.pin"), Value: i18n.T(ctx, "partnerdesk.link.no_pin")})
	}
	for _, x := range v.Visitors {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partnerdesk.link.opened"),
			Value: i18n.T(ctx, "partnerdesk.link.opened_by", "name", x.Name, "when", i18n.DateTime(ctx, x.At.Time))})
	}
	return facts
}

// OnReferral draws the link on the office's page of a referral, for those who work on its case.
func (p *Pages) OnReferral(ctx context.Context, a access.Actor, x referral.Whole) (templ.Component, error) {
	if x.Shared == nil || !x.In.Case.Writes || !a.Can(access.ReferralRefer) {
		return nil, nil
	}
	l, err := p.service.Of(ctx, a, x.ID)
	if err != nil || l == nil && !x.Underway() {
		return nil, err
	}
	v := linkView{Link: l, Underway: x.Underway(), Base: officePath(x.ID), Now: p.now()}
	if l != nil {
		v.Address, v.Contact = p.service.BaseURL+l.Path(), l.Contact
	}
	return linkCard(v), nil
}

// madeView is a link with its PIN, shown in the answer itself: it stands in no address and no log.
type madeView struct {
	Made
	Number  string
	Office  string
	Address string
	Back    string
}

// halves writes a PIN as people say it.
func (v madeView) halves() string { return v.PIN[:3] + " " + v.PIN[3:] }

// text is ready to be sent by hand: number and link, never the PIN, a name or a problem.
func (v madeView) text(ctx context.Context) string {
	return i18n.T(ctx, "partnerdesk.link.message", "office", v.Office, "number", v.Number, "address", v.Address)
}

// contactView is the form of a link again.
type contactView struct {
	Base    string
	Contact Contact
	Err     error
}

func (p *Pages) makeLink(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	to := Contact{Mail: f.Line("mail"), Phone: f.Line("phone")}
	m, err := p.service.MakeLink(r.Context(), access.From(r.Context()), id, to)
	if web.Refused(err) {
		return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "partnerdesk.link.title"), Active: "referrals", Err: err},
			contactPage(contactView{officePath(id), to, err}))
	}
	return p.made(w, r, id, m, err)
}

func (p *Pages) newPIN(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	m, err := p.service.NewPIN(r.Context(), access.From(r.Context()), id)
	return p.made(w, r, id, m, err)
}

func (p *Pages) made(w http.ResponseWriter, r *http.Request, id db.ID, m Made, err error) error {
	if err != nil {
		return err
	}
	ctx, a := r.Context(), access.From(r.Context())
	x, err := p.service.Referrals.Open(ctx, a, id)
	if err != nil {
		return err
	}
	v := madeView{Made: m, Number: x.Number, Office: a.Office.Name, Address: p.absolute(r, m.Path()), Back: officePath(id)}
	return web.ShowPage(w, r, web.PageInfo{Title: x.Number, Active: "referrals"}, madePage(v))
}

func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err == nil {
		err = p.service.Revoke(r.Context(), access.From(r.Context()), id)
	}
	if err != nil {
		return err
	}
	web.Say(w, "link_revoked")
	return web.Redirect(w, r, officePath(id))
}
