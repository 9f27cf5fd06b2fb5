package attachment

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Pages are the part of the case page that this package keeps.
type Pages struct {
	service *Service
	cases   *casefile.Pages
}

// NewPages makes the pages and puts their tab on the case page.
func NewPages(s *Service, cases *casefile.Pages) *Pages {
	cases.AddTab(casefile.Tab{Path: tabPath, LabelKey: "attachment.tab"})
	return &Pages{service: s, cases: cases}
}

const tabPath = "berkas"

// Routes of the files of a case.
func (p *Pages) Routes() []web.Route {
	read, work := string(access.CaseRead), string(access.CaseWork)
	return []web.Route{
		{Method: "GET", Path: "/kasus/{id}/berkas", Permission: read, Handle: p.list},
		{Method: "POST", Path: "/kasus/{id}/berkas", Permission: work, Handle: p.upload, MaxBody: MaxBody},
		{Method: "GET", Path: "/kasus/{id}/berkas/{file}", Permission: read, Handle: p.open},
		{Method: "GET", Path: "/kasus/{id}/berkas/{file}/coret", Permission: work, Handle: p.strikePage},
		{Method: "POST", Path: "/kasus/{id}/berkas/{file}/coret", Permission: work, Handle: p.strike},
	}
}
