package referral

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Panel is a card of a referral's page that another package draws; nil draws nothing.
type Panel func(ctx context.Context, a access.Actor, x Whole) (templ.Component, error)

// Pages are the office's side of referrals.
type Pages struct {
	service *Service
	cases   *casefile.Pages
	main    []Panel // below the conversation
	side    []Panel
}

// tab is the part of the case page; form the draft of a new referral.
const (
	tab  = "rujukan"
	form = "referral"
)

// NewPages makes the pages and puts their tab on the case page.
func NewPages(s *Service, cases *casefile.Pages) *Pages {
	cases.AddTab(casefile.Tab{Path: tab, LabelKey: "referral.title"})
	cases.KeepDraft(form, "asked", "why", "summary", "companion")
	return &Pages{service: s, cases: cases}
}

// AddPanel puts a card of another package below the conversation.
func (p *Pages) AddPanel(panel Panel) { p.main = append(p.main, panel) }

// AddSide puts a card of another package beside it.
func (p *Pages) AddSide(panel Panel) { p.side = append(p.side, panel) }

// Routes of the office's referrals.
func (p *Pages) Routes() []web.Route {
	read, refer := string(access.CaseRead), string(access.ReferralRefer)
	return []web.Route{
		{Method: "GET", Path: "/rujukan", Permission: read, Handle: p.list},
		{Method: "GET", Path: "/rujukan/papan", Permission: string(access.TeamRead), Handle: p.board},
		{Method: "GET", Path: "/rujukan/{id}", Permission: read, Handle: p.show},
		{Method: "GET", Path: "/rujukan/{id}/ubah", Permission: refer, Handle: p.edit},
		{Method: "POST", Path: "/rujukan/{id}/ubah", Permission: refer, Handle: p.change},
		{Method: "POST", Path: "/rujukan/{id}/langkah", Permission: refer, Handle: p.move},
		{Method: "POST", Path: "/rujukan/{id}/pesan", Permission: refer, Handle: p.message},
		{Method: "POST", Path: "/rujukan/{id}/lainnya", Permission: refer, Handle: p.cancelSiblings},
		{Method: "GET", Path: "/kasus/{id}/" + tab, Permission: read, Handle: p.ofCase},
		{Method: "GET", Path: "/kasus/{id}/rujuk", Permission: refer, Handle: p.refer},
		{Method: "POST", Path: "/kasus/{id}/rujuk", Permission: refer, Handle: p.send},
	}
}
