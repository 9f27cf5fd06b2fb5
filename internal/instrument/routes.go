package instrument

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	cases   *casefile.Pages
	secure  bool
	base    string // the address people use
}

// NewPages makes the pages and puts their tab on the case page.
func NewPages(s *Service, cases *casefile.Pages, secure bool, base string) *Pages {
	cases.AddTab(casefile.Tab{Path: "instrumen", LabelKey: "instrument.tab"})
	p := &Pages{service: s, cases: cases, secure: secure, base: base}
	cases.KeepDraftIf(fillDraft, p.keepsDraft)
	return p
}

// Routes of instruments: in a case, of the office, and a client's own.
func (p *Pages) Routes() []web.Route {
	read, work, settings, public := string(access.CaseRead), string(access.CaseWork), string(access.OfficeSettings), string(access.Public)
	return []web.Route{
		{Method: "GET", Path: "/kasus/{id}/instrumen", Permission: read, Handle: p.results},
		{Method: "GET", Path: "/kasus/{id}/instrumen/isi", Permission: work, Handle: p.fillPage},
		{Method: "POST", Path: "/kasus/{id}/instrumen/isi", Permission: work, Handle: p.fill},
		{Method: "POST", Path: "/kasus/{id}/instrumen/tanya", Permission: work, Handle: p.ask},
		{Method: "GET", Path: "/kasus/{id}/instrumen/{answering}", Permission: read, Handle: p.one},
		{Method: "POST", Path: "/kasus/{id}/instrumen/{answering}/coret", Permission: work, Handle: p.strike},
		{Method: "GET", Path: "/instrumen", Permission: settings, Handle: p.editions},
		{Method: "POST", Path: "/instrumen", Permission: settings, Handle: p.bring},
		{Method: "GET", Path: "/instrumen/{name}/{edition}", Permission: settings, Handle: p.preview},
		{Method: "POST", Path: "/instrumen/{name}/{edition}", Permission: settings, Handle: p.setState},
		{Method: "GET", Path: "/instrumen/{name}/{edition}/{document}", Permission: settings, Handle: p.file},
		{Method: "GET", Path: "/instrumen/{name}/kata", Permission: settings, Handle: p.wordsPage},
		{Method: "POST", Path: "/instrumen/{name}/kata", Permission: settings, Handle: p.word},
		{Method: "GET", Path: "/isi/{token}", Permission: public, Handle: p.sheet},
		{Method: "POST", Path: "/isi/{token}", Permission: public, Handle: p.answer},
		{Method: "POST", Path: "/isi/{token}/kirim", Permission: public, Handle: p.send},
	}
}
