package letter

import (
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Pages are the letters' part of the case page, the office's list and settings, and the page that tells whether one is real.
type Pages struct {
	service *Service
	cases   *casefile.Pages
	now     func() time.Time
}

// tab is the part of the case page; form the draft of a letter.
const (
	tab  = "surat"
	form = "letter"
)

// NewPages makes the pages and puts their tab on the case page.
func NewPages(s *Service, cases *casefile.Pages, now func() time.Time) *Pages {
	cases.AddTab(casefile.Tab{Path: tab, LabelKey: "letter.tab", Rest: true})
	return &Pages{service: s, cases: cases, now: now}
}

// maxLogo is the most a form with a picture may hold, in bytes.
const maxLogo = 4 << 20

// Routes of letters.
func (p *Pages) Routes() []web.Route {
	read, write, settings := string(access.CaseRead), string(access.LetterWrite), string(access.OfficeSettings)
	at, office := "/kasus/{id}/"+tab, "/pengaturan/surat"
	return []web.Route{
		{Method: "GET", Path: "/surat", Permission: write, Handle: p.office},
		{Method: "GET", Path: "/surat/{code}", Permission: string(access.Public), Handle: p.check},
		{Method: "GET", Path: at, Permission: read, Handle: p.ofCase},
		{Method: "GET", Path: at + "/baru", Permission: write, Handle: p.compose},
		{Method: "POST", Path: at, Permission: write, Handle: p.write},
		{Method: "GET", Path: at + "/{letter}", Permission: read, Handle: p.one},
		{Method: "GET", Path: at + "/{letter}/surat.pdf", Permission: read, Handle: p.paper},
		{Method: "POST", Path: at + "/{letter}/tarik", Permission: write, Handle: p.withdraw},
		{Method: "GET", Path: office, Permission: settings, Handle: p.settings},
		{Method: "POST", Path: office, Permission: settings, Handle: p.save, MaxBody: maxLogo},
		{Method: "GET", Path: office + "/templat/{letterkind}", Permission: settings, Handle: p.template},
		{Method: "POST", Path: office + "/templat/{letterkind}", Permission: settings, Handle: p.publish},
	}
}
