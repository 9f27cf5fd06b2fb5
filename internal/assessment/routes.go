package assessment

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/practice"
	"teduh/internal/web"
)

// Pages are the assessment's part of the case page.
type Pages struct {
	service *Service
	work    *practice.Pages
	cases   *casefile.Pages
}

// NewPages makes the pages; what stands beside an assessment comes from the professional work.
func NewPages(s *Service, work *practice.Pages, cases *casefile.Pages) *Pages {
	p := &Pages{service: s, work: work, cases: cases}
	cases.KeepDraftIf(draftForm, p.keepsDraft)
	return p
}

// Routes of the assessment in a case.
func (p *Pages) Routes() []web.Route {
	read, work := string(access.CaseRead), string(access.CaseWork)
	return []web.Route{
		{Method: "GET", Path: "/kasus/{id}/asesmen", Permission: read, Handle: p.page},
		{Method: "POST", Path: "/kasus/{id}/asesmen", Permission: work, Handle: p.write},
		{Method: "POST", Path: "/kasus/{id}/asesmen/ditanya", Permission: work, Handle: p.asks},
		{Method: "POST", Path: "/kasus/{id}/asesmen/tujuan", Permission: work, Handle: p.makeGoal},
		{Method: "GET", Path: "/kasus/{id}/asesmen/cetak", Permission: read, Handle: p.print},
		{Method: "GET", Path: "/kasus/{id}/asesmen/dahulu", Permission: read, Handle: p.past},
	}
}
