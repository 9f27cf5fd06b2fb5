package calendar

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	access  *access.Service
	now     func() time.Time
}

// NewPages makes the pages.
func NewPages(s *Service, acc *access.Service) *Pages {
	return &Pages{service: s, access: acc, now: s.now}
}

// Routes of the calendar.
func (p *Pages) Routes() []web.Route {
	read, write := string(access.CalendarRead), string(access.CalendarWrite)
	return []web.Route{
		{Method: "GET", Path: "/jadwal", Permission: read, Handle: p.calendar},
		{Method: "GET", Path: "/jadwal/cetak", Permission: read, Handle: p.print},
		{Method: "GET", Path: "/jadwal/minggu.ics", Permission: read, Handle: p.week},
		{Method: "GET", Path: "/jadwal/baru", Permission: write, Handle: p.newPage},
		{Method: "POST", Path: "/jadwal/baru", Permission: write, Handle: p.make},
		{Method: "GET", Path: "/jadwal/{id}", Permission: read, Handle: p.open},
		{Method: "GET", Path: "/jadwal/{id}/ubah", Permission: write, Handle: p.editPage},
		{Method: "POST", Path: "/jadwal/{id}/ubah", Permission: write, Handle: p.edit},
		{Method: "POST", Path: "/jadwal/{id}/keadaan", Permission: write, Handle: p.settle},
	}
}

// OnCase is the card of the case page with the next appointments.
func (p *Pages) OnCase(ctx context.Context, a access.Actor, c casefile.Case) (templ.Component, error) {
	if !a.Can(access.CalendarRead) {
		return nil, nil
	}
	list, err := p.service.OfCase(ctx, a, c)
	if err != nil {
		return nil, err
	}
	v := panelView{List: list, Now: p.now(), Reader: a}
	if c.Writes && a.Can(access.CalendarWrite) {
		v.Add = "/jadwal/baru?kasus=" + c.ID.String()
	}
	return panel(v), nil
}

// OnDay is the card of the day page: today's appointments of one's own on a line of time.
func (p *Pages) OnDay(ctx context.Context, a access.Actor) (templ.Component, error) {
	if !a.Can(access.CalendarRead) {
		return nil, nil
	}
	v := agendaView{Now: p.now()}
	today, zone := db.DayOf(v.Now, a.Office.Zone), a.Office.Zone
	found, err := p.service.Between(ctx, a, Span{From: db.At(today.In(zone)), To: db.At(today.AddDays(1).In(zone)), Worker: a.User})
	for _, x := range found.List {
		if x.State != Cancelled {
			v.List = append(v.List, x)
		}
	}
	return agendaCard(v), err
}

// OnRequest is the card of the page of a request.
func (p *Pages) OnRequest(ctx context.Context, a access.Actor, q intake.Request) (templ.Component, error) {
	if !a.Can(access.CalendarRead) {
		return nil, nil
	}
	list, err := p.service.OfRequest(ctx, a, q)
	if err != nil {
		return nil, err
	}
	v := panelView{List: list, Now: p.now(), Reader: a}
	if a.Can(access.RequestHandle) && a.Can(access.CalendarWrite) {
		v.Add = "/jadwal/baru?permintaan=" + q.ID.String()
	}
	return panel(v), nil
}

// OnPerson is the card of a person's page.
func (p *Pages) OnPerson(ctx context.Context, a access.Actor, id db.ID) (templ.Component, error) {
	if !a.Can(access.CalendarRead) {
		return nil, nil
	}
	coming, gone, err := p.service.OfPerson(ctx, a, id)
	if err != nil {
		return nil, err
	}
	v := panelView{List: coming, Gone: gone, Now: p.now(), Reader: a, Numbered: true}
	if a.Can(access.CalendarWrite) {
		v.Add = "/jadwal/baru?orang=" + id.String()
	}
	return panel(v), nil
}
