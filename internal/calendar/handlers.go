package calendar

import (
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// show reads what the address asks for: whose time, on which day or in which week.
func (p *Pages) show(r *http.Request) (calendarView, error) {
	ctx, a := r.Context(), access.From(r.Context())
	v, err := readView(web.Query(r), a, p.now())
	if err != nil {
		return v, err
	}
	if v.Staff, err = p.colleagues(r, a); err != nil {
		return v, err
	}
	if who := web.Query(r).Line("siapa"); strings.Contains(who, "@") {
		span := v.span()
		if err := p.service.whose(ctx, a, who, &span); err != nil {
			return v, err
		}
		v.Worker = span.Worker
	}
	slice, err := p.service.Between(ctx, a, v.span())
	v.List = slice.List
	return v, err
}

func (p *Pages) calendar(w http.ResponseWriter, r *http.Request) error {
	v, err := p.show(r)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "calendar.title"), Active: "calendar"}, calendarPage(v))
}

func (p *Pages) print(w http.ResponseWriter, r *http.Request) error {
	v, err := p.show(r)
	if err != nil {
		return err
	}
	plain := ui.PlainProps{Title: i18n.T(r.Context(), "calendar.title"), Office: v.Actor.Office.Name, Home: v.href(nil)}
	return web.Render(w, r, http.StatusOK, printPage(v, plain))
}

// colleagues are those who have a calendar; of a large office none are offered, and one is named by e-mail.
func (p *Pages) colleagues(r *http.Request, a access.Actor) (list []access.Colleague, err error) {
	all, err := p.access.Offered(r.Context(), a)
	for _, c := range all {
		for _, role := range c.Roles {
			if role.Allows(access.CalendarRead) {
				list = append(list, c)
				break
			}
		}
	}
	return list, err
}

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request) error {
	a, q := access.From(r.Context()), web.Query(r)
	return p.showForm(w, r, a, newForm(q, a, p.now()), nil)
}

// showForm shows the form of a new or a changed appointment as it stands.
func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, a access.Actor, v formView, refused error) (err error) {
	if v.Staff, err = p.colleagues(r, a); err != nil {
		return err
	}
	v.Err = refused
	if e, ok := fault.As(refused); ok {
		v.Warnings, _ = e.Data.([]Warning) // other refusals carry no warnings
	}
	if v.Head, err = p.service.subjectHead(r.Context(), a, v.Subject); err != nil {
		return err
	}
	title := "calendar.new"
	if !v.ID.IsZero() {
		title = "calendar.change"
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), title), Active: "calendar", Err: refused}, formPage(v))
}

func (p *Pages) make(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), access.From(r.Context())
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := readForm(f)
	from, to, err := v.times(a.Office.Zone)
	var made Appointment
	if err == nil {
		v.Subject, err = p.service.named(ctx, a, v.Subject, v.Number)
	}
	if err == nil {
		made, err = p.service.Make(ctx, a, Order{Kind: v.Kind, From: from, To: to, Subject: v.Subject, Workers: v.Workers, Told: v.Told, Accept: v.Accept})
	}
	if _, ok := fault.As(err); ok {
		return p.showForm(w, r, a, v, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "appointment_made")
	return web.Redirect(w, r, "/jadwal/"+made.ID.String())
}

// opened is the appointment of an address for the one who asks; the reading is logged.
func (p *Pages) opened(r *http.Request) (access.Actor, Appointment, error) {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return a, Appointment{}, err
	}
	found, err := p.service.Get(r.Context(), a, id, "page")
	return a, found, err
}

func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	a, found, err := p.opened(r)
	if err != nil {
		return err
	}
	return p.showOne(w, r, openView{Appointment: found, Actor: a, Now: p.now()})
}

func (p *Pages) showOne(w http.ResponseWriter, r *http.Request, v openView) error {
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "calendar.one"), Active: "calendar", Err: v.Err}, openPage(v))
}

func (p *Pages) editPage(w http.ResponseWriter, r *http.Request) error {
	a, found, err := p.opened(r)
	if err == nil && !found.Writes {
		err = fault.Forbidden()
	}
	if err != nil {
		return err
	}
	return p.showForm(w, r, a, formOf(found, a.Office.Zone), nil)
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	a, found, err := p.opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := readForm(f)
	v.ID, v.Subject, v.Whole = found.ID, found.Subject, found.Knows == Whole
	from, to, err := v.times(a.Office.Zone)
	if err == nil {
		e := Edit{Kind: &v.Kind, From: &from, To: &to, Accept: v.Accept, Version: f.Version()}
		if len(v.Workers) > 0 {
			e.Workers = &v.Workers
		}
		if v.Whole {
			e.Title, e.About, e.Place = &v.Title, &v.About, &v.Place
		}
		_, err = p.service.Change(r.Context(), a, found.ID, e)
	}
	if e, ok := fault.As(err); ok {
		v.Version = f.Version()
		if e.Code == "version_changed" {
			v.Theirs, v.Version = &found, found.Version
		}
		return p.showForm(w, r, a, v, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "appointment_changed")
	return web.Redirect(w, r, "/jadwal/"+found.ID.String())
}

func (p *Pages) settle(w http.ResponseWriter, r *http.Request) error {
	a, found, err := p.opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	state, word := f.Line("state"), f.Line("word")
	_, err = p.service.Change(r.Context(), a, found.ID, Edit{State: &state, Word: &word, Accept: true, Version: f.Version()})
	if _, ok := fault.As(err); ok {
		return p.showOne(w, r, openView{Appointment: found, Actor: a, Now: p.now(), Typed: word, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "appointment_"+state)
	return web.Redirect(w, r, "/jadwal/"+found.ID.String())
}

// week sends the reader's own week to another calendar. It leaves the office's walls, so it says when and nothing else.
func (p *Pages) week(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	v, err := readView(web.Query(r), a, p.now())
	if err != nil {
		return err
	}
	v.Week, v.Worker = true, a.User
	slice, err := p.service.Between(r.Context(), a, v.span())
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="jadwal-`+strings.ReplaceAll(string(v.first()), "-", "")+`.ics"`)
	_, err = w.Write([]byte(iCalendar(slice.List, i18n.T(r.Context(), "calendar.ics"), p.now())))
	return err
}

// parseWorker is the colleague of an address; what is no key is nobody.
func parseWorker(text string) db.ID {
	id, err := db.ParseID(text)
	if err != nil {
		return db.NewID()
	}
	return id
}
