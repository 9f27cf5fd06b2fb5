// Package day is the page a worker's day begins with: what needs doing first, sorted by what hurts most if it is left, new
// requests, the tasks due, and the own cases gone quiet. Those who lead see how the work lies on the team beside it.
//
// It keeps nothing of its own; everything comes from the services of the domains, in the actor's scope. Another package
// puts a card of its own there by AddPanel. A role whose screens come with a later release lands on a page that says so
// plainly.
package day

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/supervision"
	"teduh/internal/web"
)

// Panel is a card of the day page that another package draws; nil draws nothing.
type Panel func(ctx context.Context, a access.Actor) (templ.Component, error)

// Services are whom the page asks.
type Services struct {
	Cases     *casefile.Service
	Requests  *intake.Service
	Practice  *practice.Service
	Guidance  *supervision.Service
	Referrals *referral.Service
	Now       func() time.Time
}

// Pages are the handlers of this package.
type Pages struct {
	Services
	panels []Panel
}

// NewPages makes the pages.
func NewPages(s Services) *Pages { return &Pages{Services: s} }

// AddPanel puts a card of another package above the lists of the day, such as the appointments.
func (p *Pages) AddPanel(panel Panel) { p.panels = append(p.panels, panel) }

// Routes of the day.
func (p *Pages) Routes() []web.Route {
	return []web.Route{{Method: "GET", Path: "/{$}", Permission: string(access.SignedIn), Handle: p.today}}
}

// What the page shows of each kind; the lists behind hold the rest.
const (
	shown       = 8
	shownFirst  = 12 // of what needs doing
	tasksWithin = 7  // days
)

// Anchor of what needs doing first, for the bell of the top bar.
const Anchor = "perlu-tindakan"

func (p *Pages) today(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	v := view{Actor: a, Now: p.Now()}
	info := web.PageInfo{Title: i18n.T(r.Context(), "day.title"), Active: "today"}
	if start := startOf(a); start != "" {
		return web.Redirect(w, r, start)
	}
	if !a.Can(access.CaseRead) {
		return web.ShowPage(w, r, info, laterPage(v))
	}
	v.Leads = a.Can(access.TeamRead)
	v.Team = v.Leads && web.Query(r).Line("tampil") != "saya"
	fill := p.fillOwn
	if v.Team {
		fill = p.fillTeam
	}
	if err := fill(r.Context(), &v); err != nil {
		return err
	}
	for _, panel := range p.panels {
		drawn, err := panel(r.Context(), a)
		if err != nil {
			return err
		}
		if drawn != nil {
			v.Panels = append(v.Panels, drawn)
		}
	}
	return web.ShowPage(w, r, info, todayPage(v))
}

// startOf is where the day begins for those whose work stands on a page of its own.
func startOf(a access.Actor) string {
	switch {
	case a.Can(access.CaseRead):
		return ""
	case a.Can(access.RequestRead):
		return "/permintaan"
	case a.Can(access.AccountManage):
		return "/pengguna"
	case a.Can(access.ReferralReceive):
		return "/rujukan-masuk"
	}
	return ""
}
