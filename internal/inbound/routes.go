package inbound

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// Start is the office's list of what others referred to it; Own is a partner's list of what it referred to the office.
const (
	Start = "/rujukan-dari-luar"
	Own   = "/rujukan-kami"

	keysPath = "/pengaturan/kunci"
)

// Pages are the handlers of this package.
type Pages struct {
	service   *Service
	directory *partner.Directory
	now       func() time.Time
}

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{service: s, directory: s.directory, now: s.now} }

// Routes of referrals to the office.
func (p *Pages) Routes() []web.Route {
	settings := string(access.OfficeSettings)
	read, handle, hand := string(access.RequestRead), string(access.RequestHandle), string(access.ReferralHandIn)
	return []web.Route{
		{Method: "GET", Path: Start, Permission: read, Handle: p.list},
		{Method: "GET", Path: Start + "/baru", Permission: handle, Handle: p.newPage},
		{Method: "POST", Path: Start + "/baru", Permission: handle, Handle: p.record},
		{Method: "GET", Path: Start + "/berkas", Permission: handle, Handle: p.filePage},
		{Method: "POST", Path: Start + "/berkas", Permission: handle, Handle: p.file},
		{Method: "POST", Path: Start + "/{id}/jawaban", Permission: handle, Handle: p.answer},
		{Method: "POST", Path: "/rujukan/{id}/berkas-rujukan", Permission: string(access.ReferralRefer), Handle: p.pack},
		{Method: "GET", Path: keysPath, Permission: settings, Handle: p.keys},
		{Method: "POST", Path: keysPath, Permission: settings, Handle: p.addKey},
		{Method: "POST", Path: keysPath + "/{key}/akhiri", Permission: settings, Handle: p.endKey},
		{Method: "GET", Path: Start + "/{id}/kabar", Permission: handle, Handle: p.tellPage},
		{Method: "POST", Path: Start + "/{id}/kabar", Permission: handle, Handle: p.tell},
		{Method: "GET", Path: Start + "/{id}/orang", Permission: string(access.PersonWrite), Handle: p.personPage},
		{Method: "POST", Path: Start + "/{id}/orang", Permission: string(access.PersonWrite), Handle: p.takeOver},
		{Method: "GET", Path: Own, Permission: hand, Handle: p.ours},
		{Method: "GET", Path: Own + "/baru", Permission: hand, Handle: p.newOwn},
		{Method: "POST", Path: Own + "/baru", Permission: hand, Handle: p.handIn},
		{Method: "GET", Path: Own + "/{id}", Permission: hand, Handle: p.own},
	}
}

// Doors lead to the list from the requests, and to the form from that of a new request.
func (p *Pages) Doors() []intake.Door {
	form := func(ctx context.Context, _ access.Actor) string { return i18n.T(ctx, "inbound.new") }
	return []intake.Door{{Label: p.waiting, Icon: "handshake", Href: Start, Permission: access.RequestHandle},
		{Label: form, Icon: "handshake", Href: Start + "/baru", New: true, Permission: access.RequestHandle}}
}

// waiting says how many senders wait for word. Without the number, should it fail, the way is still there.
func (p *Pages) waiting(ctx context.Context, a access.Actor) string {
	n, _, err := p.service.CountOwed(ctx, a, mostCounted)
	if err != nil || n == 0 {
		return i18n.T(ctx, "inbound.title")
	}
	return i18n.T(ctx, "inbound.waiting", "n", n)
}

// OnRequest is the card of the page of a request that others referred to the office.
func (p *Pages) OnRequest(ctx context.Context, a access.Actor, q intake.Request) (templ.Component, error) {
	if q.Channel != "referral_in" || !a.Can(access.RequestRead) {
		return nil, nil
	}
	w, err := p.service.OfRequest(ctx, a, q.ID)
	if fault.Is(err, "not_found") {
		return nil, nil // recorded as an ordinary request
	}
	return requestCard(cardView{Whole: w, Actor: a, Known: !q.Person.IsZero(), Case: q.Case, Now: p.now()}), err
}

// OnReferral is the card of a referral of ours that can go to an office elsewhere as a file, and whose answer comes as one.
func (p *Pages) OnReferral(ctx context.Context, a access.Actor, x referral.Whole) (templ.Component, error) {
	if x.Side != referral.OfficeSide || !x.In.Case.Writes || !x.Underway() || !a.Can(access.ReferralRefer) {
		return nil, nil
	}
	list, err := p.service.Receivers(ctx, a)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return packCard(packView{Referral: x.Referral, Keys: list}), nil
}

// mostOnDay are shown on the day page; the list behind holds the rest.
const mostOnDay = 6

// OnDay is the card of the day page: whose sender waits for word. Where nobody waits there is none.
func (p *Pages) OnDay(ctx context.Context, a access.Actor) (templ.Component, error) {
	if !a.Can(access.RequestHandle) {
		return nil, nil
	}
	list, more, err := p.service.List(ctx, a, Filter{Owed: true, Limit: mostOnDay})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return owedCard(listView{List: list, More: more, Now: p.now()}), nil
}
