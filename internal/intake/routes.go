package intake

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/person"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	access  *access.Service
	people  *person.Service
	cases   *casefile.Service
	now     func() time.Time
	again   func(*http.Request) (access.Actor, error)
	panels  []Panel
	doors   []Door
}

// Panel is a card of the page of a request that another package draws; nil draws nothing.
type Panel func(ctx context.Context, a access.Actor, q Request) (templ.Component, error)

// Door is a way in that another package keeps, for those who hold its permission.
type Door struct {
	Label      func(ctx context.Context, a access.Actor) string // with what waits behind it
	Icon       string
	Href       string
	New        bool // leads to a form, and stands above that of a new request; else above the list
	Permission access.Permission
}

// AddDoor puts the way to another package's door above the list of requests and the form of a new one.
func (p *Pages) AddDoor(d Door) { p.doors = append(p.doors, d) }

// doorsOf are the doors an actor may use.
func (p *Pages) doorsOf(a access.Actor, toNew bool) (list []Door) {
	for _, d := range p.doors {
		if d.New == toNew && a.Can(d.Permission) {
			list = append(list, d)
		}
	}
	return list
}

// AddPanel puts a card of another package below a request.
func (p *Pages) AddPanel(panel Panel) { p.panels = append(p.panels, panel) }

// Beside are what the pages show of other domains, and how it is asked again who listens to alerts.
type Beside struct {
	Access *access.Service
	People *person.Service
	Cases  *casefile.Service
	Again  func(*http.Request) (access.Actor, error)
}

// NewPages makes the pages.
func NewPages(s *Service, b Beside) *Pages {
	return &Pages{service: s, access: b.Access, people: b.People, cases: b.Cases, now: s.now, again: b.Again}
}

// Routes of requests.
func (p *Pages) Routes() []web.Route {
	read, record := string(access.RequestRead), string(access.RequestRecord)
	handle, triage := string(access.RequestHandle), string(access.RequestTriage)
	return []web.Route{
		{Method: "GET", Path: "/permintaan", Permission: read, Handle: p.list},
		{Method: "GET", Path: "/permintaan/baru", Permission: record, Handle: p.newPage},
		{Method: "POST", Path: "/permintaan/baru", Permission: record, Handle: p.record},
		{Method: "GET", Path: "/permintaan/formulir", Permission: record, Handle: p.blank},
		{Method: "GET", Path: "/permintaan/register", Permission: read, Handle: p.register},
		{Method: "GET", Path: "/permintaan/{id}", Permission: read, Handle: p.open},
		{Method: "POST", Path: "/permintaan/{id}/ambil", Permission: handle, Handle: p.take},
		{Method: "POST", Path: "/permintaan/{id}/kontak", Permission: handle, Handle: p.contact},
		{Method: "POST", Path: "/permintaan/{id}/urgensi", Permission: handle, Handle: p.urgency},
		{Method: "POST", Path: "/permintaan/{id}/putuskan", Permission: triage, Handle: p.triage},
		{Method: "GET", Path: "/peringatan", Permission: read, Handle: p.alerts},
	}
}
