package intake

import (
	"net/http"
	"net/url"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/unit"
	"teduh/internal/web"
)

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	v, err := p.listView(r)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "intake.title"), Active: "requests"}, listPage(v))
}

// listView reads the list as the address asks for it.
func (p *Pages) listView(r *http.Request) (listView, error) {
	a, q := access.From(r.Context()), web.Query(r)
	v := listView{Actor: a, Now: p.now(), Values: url.Values{}, Doors: p.doorsOf(a, false)}
	for _, name := range []string{"tampil", "kelurahan", "pintu"} {
		if q.Line(name) != "" {
			v.Values.Set(name, q.Line(name))
		}
	}
	f := Filter{Village: q.Line("kelurahan"), Channel: q.Line("pintu"), Limit: 30, Total: true, After: readPlace(q.Line("cursor"))}
	switch v.tab() {
	case "dihubungi":
		f.State = Contacted
	case "saya":
		f.Mine = true
	case "selesai":
		f.State = Decided
	default:
		f.State = New
	}
	var err error
	if v.List, err = p.service.List(r.Context(), a, f); err != nil {
		return v, err
	}
	v.Waiting, v.Late, err = p.service.Waiting(r.Context(), a)
	if v.List.More {
		v.Next = placeOf(v.List.Items[len(v.List.Items)-1], f)
	}
	return v, err
}

func placeOf(q Request, f Filter) string {
	if f.byClock() {
		return web.Cursor(q.RespondBy.UTC().Format(time.RFC3339Nano), q.ID.String())
	}
	return web.Cursor("", q.ID.String())
}

func readPlace(cursor string) (p Place) {
	parts, ok := web.ReadCursor(cursor, 2)
	if !ok {
		return p
	}
	id, err := db.ParseID(parts[1])
	if err != nil {
		return p
	}
	t, err := time.Parse(time.RFC3339Nano, parts[0])
	if err != nil && parts[0] != "" {
		return p
	}
	return Place{At: db.At(t), ID: id}
}

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request) error {
	f := web.Form{Values: url.Values{"person_id": {r.URL.Query().Get("orang")}}}
	return p.showNew(w, r, f, nil)
}

func (p *Pages) showNew(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	a := access.From(r.Context())
	v := newView{Actor: a, Form: f, Err: refused, Doors: p.doorsOf(a, true)}
	if id := f.ID("person_id"); !id.IsZero() && a.Can(access.PersonRead) {
		known, err := p.people.Get(r.Context(), a, id, "request")
		if err != nil && !fault.Is(err, "not_found") {
			return err
		}
		v.Person = known
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "intake.new"), Active: "requests", Err: refused}, newPage(v))
}

func (p *Pages) record(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	q, err := readRequest(f, a)
	if err == nil {
		q, err = p.service.Record(r.Context(), a, q)
	}
	if _, ok := fault.As(err); ok {
		return p.showNew(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "request_recorded")
	if !a.Can(access.RequestRead) {
		return web.Redirect(w, r, "/")
	}
	return web.Redirect(w, r, "/permintaan/"+q.ID.String())
}

func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, web.Form{}, nil)
}

// show draws an open request beside the list; f and refused hold what a form could not keep.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v := openView{Form: f, Err: refused}
	if v.Request, err = p.service.Get(r.Context(), a, id, "page"); err != nil {
		return err
	}
	if v.listView, err = p.listView(r); err != nil {
		return err
	}
	if err := p.fill(r, a, &v); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Request.Number, Active: "requests", Err: refused}, openPage(v))
}

// fill reads what stands beside a request: tries, earlier requests, likely people, their cases, colleagues.
func (p *Pages) fill(r *http.Request, a access.Actor, v *openView) (err error) {
	ctx, q := r.Context(), v.Request
	if v.Contacts, err = p.service.Contacts(ctx, a, q.ID); err != nil {
		return err
	}
	if v.Earlier, err = p.service.Earlier(ctx, a, q); err != nil {
		return err
	}
	if v.Staff, err = p.access.Colleagues(ctx, a); err != nil {
		return err
	}
	if v.Units, err = p.access.Units(ctx); err != nil {
		return err
	}
	for _, panel := range p.panels {
		drawn, err := panel(ctx, a, q)
		if err != nil {
			return err
		}
		if drawn != nil {
			v.Panels = append(v.Panels, drawn)
		}
	}
	if v.Seers, err = p.seers(ctx, a, q, v.Staff); err != nil {
		return err
	}
	if err := p.fillPeople(r, a, v); err != nil {
		return err
	}
	if q.Case.IsZero() || !a.Can(access.CaseRead) {
		return nil
	}
	v.Case, err = p.cases.Get(ctx, a, q.Case, "request")
	if fault.Is(err, "not_found") {
		err = nil
	}
	return err
}

// fillPeople finds whom the request is about, or who may be it, and the cases of theirs that the reader may see.
func (p *Pages) fillPeople(r *http.Request, a access.Actor, v *openView) (err error) {
	ctx, q := r.Context(), v.Request
	people := []db.ID{}
	if !q.Person.IsZero() {
		v.Person, err = p.people.Get(ctx, a, q.Person, "request")
		if err != nil && !fault.Is(err, "not_found") {
			return err
		}
		people = append(people, q.Person)
	} else if a.Can(access.PersonWrite) {
		if v.Twins, err = p.people.Twins(ctx, a, aboutWhom(q)); err != nil {
			return err
		}
		for _, t := range v.Twins {
			if !t.Hidden {
				people = append(people, t.ID)
			}
		}
	}
	for _, id := range people {
		list, err := p.cases.List(ctx, a, casefile.Filter{Person: id, Limit: 5})
		if err != nil {
			return err
		}
		v.Cases = append(v.Cases, list.Items...)
	}
	return nil
}

// aboutWhom is what a request knows of the person it is about, for finding likely records.
func aboutWhom(q Request) person.Person {
	p := person.Person{Name: q.Told.About, Village: q.Village}
	if q.Kind == "help_self" {
		if p.Name == "" {
			p.Name = q.Told.Reporter.Name
		}
	}
	if q.Told.Reporter.Phone != "" {
		p.Sealed.Phones = []person.Phone{{Number: q.Told.Reporter.Phone}}
	}
	return p
}

// act runs a form's act and comes back to the request; what was refused is shown with everything typed.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, said string, do func(a access.Actor, id db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), id, f)
	if web.Refused(err) {
		return p.show(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, web.LocalPath(f.Get("back"), "/permintaan/"+id.String()))
}

func (p *Pages) take(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "request_taken", func(a access.Actor, id db.ID, f web.Form) error {
		_, err := p.service.Take(r.Context(), a, id, f.Line("who"), 0)
		return err
	})
}

func (p *Pages) contact(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "contact_saved", func(a access.Actor, id db.ID, f web.Form) error {
		c, err := readContact(f, a)
		if err != nil {
			return err
		}
		_, err = p.service.Contact(r.Context(), a, id, c)
		return err
	})
}

func (p *Pages) urgency(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "urgency_saved", func(a access.Actor, id db.ID, f web.Form) error {
		_, err := p.service.SetUrgency(r.Context(), a, id, f.Line("urgency"), f.Line("reason"), f.Version())
		return err
	})
}

func (p *Pages) triage(w http.ResponseWriter, r *http.Request) error {
	var opened db.ID
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	d := readDecision(f)
	if d.Case, err = p.caseByNumber(r, a, f, d.Case); err == nil {
		d.Duplicate, err = p.requestByNumber(r, a, f, d.Duplicate)
	}
	if err == nil {
		var out Outcome
		out, err = p.service.Triage(r.Context(), a, id, d)
		opened = out.Case
	}
	if web.Refused(err) {
		return p.show(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "request_decided")
	if !opened.IsZero() {
		return web.Redirect(w, r, "/kasus/"+opened.String())
	}
	return web.Redirect(w, r, "/permintaan/"+id.String())
}

// caseByNumber finds the case that was named by its number in place of being chosen.
func (p *Pages) caseByNumber(r *http.Request, a access.Actor, f web.Form, chosen db.ID) (db.ID, error) {
	number := f.Line("case_number")
	if !chosen.IsZero() || number == "" {
		return chosen, nil
	}
	list, err := p.cases.List(r.Context(), a, casefile.Filter{Query: number, Limit: 2})
	if err != nil || len(list.Items) != 1 {
		return chosen, missing("case_id", "intake.case.which", err)
	}
	return list.Items[0].ID, nil
}

func (p *Pages) requestByNumber(r *http.Request, a access.Actor, f web.Form, chosen db.ID) (db.ID, error) {
	number := f.Line("request_number")
	if !chosen.IsZero() || number == "" {
		return chosen, nil
	}
	found, err := p.service.ByNumber(r.Context(), a, number)
	if err != nil {
		return chosen, missing("request_id", "intake.duplicate.which", err)
	}
	return found, nil
}

// blank is the form to print for a day without power.
func (p *Pages) blank(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, blankPage(access.From(r.Context()), unit.From(r.Context())))
}

// register is the day's list to print.
func (p *Pages) register(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	day, ok := web.Query(r).Day("tanggal")
	if !ok || day == "" {
		day = db.DayOf(p.now(), a.Zone())
	}
	list, err := p.service.List(r.Context(), a, Filter{Day: day, Limit: 200})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, registerPage(registerView{Actor: a, Day: day, Items: list.Items, More: list.More}))
}
