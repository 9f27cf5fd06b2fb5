package supervision

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	cases   *casefile.Pages
	access  *access.Service
}

// NewPages makes the pages and puts their parts on the case page.
func NewPages(s *Service, cases *casefile.Pages, acc *access.Service) *Pages {
	p := &Pages{service: s, cases: cases, access: acc}
	cases.AddTab(casefile.Tab{Path: "konferensi", Rest: true, LabelKey: "supervision.tab.conference"})
	cases.AddTab(casefile.Tab{Path: "supervisi", Rest: true, LabelKey: "supervision.tab.notes", For: guided})
	cases.AddPanel(p.approvalPanel)
	return p
}

// guided are those for whom notes of supervision are: the one in charge, and whoever may supervise.
func guided(a access.Actor, c casefile.Case) bool {
	return a.Can(access.CaseSupervise) || c.Worker.ID == a.User
}

// Routes of supervision.
func (p *Pages) Routes() []web.Route {
	read, work, lead, own := string(access.CaseRead), string(access.CaseWork), string(access.CaseSupervise), string(access.CompetenceOwn)
	return []web.Route{
		{Method: "GET", Path: "/tim", Permission: string(access.TeamRead), Handle: p.team},
		{Method: "GET", Path: "/kasus/{id}/supervisi", Permission: read, Handle: p.notes},
		{Method: "POST", Path: "/kasus/{id}/supervisi", Permission: lead, Handle: p.writeNote},
		{Method: "POST", Path: "/kasus/{id}/supervisi/{guidance}/coret", Permission: lead, Handle: p.strikeNote},
		{Method: "GET", Path: "/kasus/{id}/telaah", Permission: read, Handle: p.review},
		{Method: "GET", Path: "/kasus/{id}/konferensi", Permission: read, Handle: p.conferences},
		{Method: "POST", Path: "/kasus/{id}/konferensi", Permission: read, Handle: p.holdConference},
		{Method: "GET", Path: "/kasus/{id}/konferensi/{conference}/cetak", Permission: read, Handle: p.printConference},
		{Method: "POST", Path: "/kasus/{id}/konferensi/{conference}/coret", Permission: read, Handle: p.strikeConference},
		{Method: "GET", Path: "/kasus/{id}/pengesahan", Permission: read, Handle: p.approvals},
		{Method: "POST", Path: "/kasus/{id}/pengesahan", Permission: work, Handle: p.ask},
		{Method: "POST", Path: "/kasus/{id}/pengesahan/{approval}", Permission: lead, Handle: p.decide},
		{Method: "GET", Path: "/kompetensi", Permission: own, Handle: p.ownCompetence},
		{Method: "GET", Path: "/kompetensi/{user}", Permission: own, Handle: p.competence},
		{Method: "POST", Path: "/kompetensi/{user}/profesi", Permission: string(access.TeamRead), Handle: p.setProfession},
		{Method: "POST", Path: "/kompetensi/{user}/izin", Permission: own, Handle: p.addLicence},
		{Method: "POST", Path: "/kompetensi/{user}/pelatihan", Permission: own, Handle: p.addTraining},
		{Method: "POST", Path: "/kompetensi/{user}/hapus/{entry}", Permission: own, Handle: p.endEntry},
	}
}
