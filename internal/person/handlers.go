package person

import (
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

const pageSize = 50

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	return p.showList(w, r, Search{Query: q.Line("q"), Village: q.Line("kelurahan"), After: readPlace(q.Get("cursor")), Limit: pageSize}, false)
}

// find searches for what must not stand in an address; what may is sent on to its own address.
func (p *Pages) find(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	query := f.Line("q")
	if len(onlyDigits(query)) < phoneLeast {
		return web.Redirect(w, r, "/keluarga?"+url.Values{"q": {query}}.Encode())
	}
	return p.showList(w, r, Search{Query: query, Limit: pageSize}, true)
}

func (p *Pages) showList(w http.ResponseWriter, r *http.Request, q Search, hidden bool) error {
	a := access.From(r.Context())
	found, more, err := p.service.Search(r.Context(), a, q)
	if err != nil {
		return err
	}
	v := listView{Found: found, Query: q.Query, Actor: a, Today: db.DayOf(p.service.now(), a.Office.Zone), Looked: q.Query != ""}
	if more && !hidden {
		last := found[len(found)-1]
		v.Next = "/keluarga?" + url.Values{"q": {q.Query}, "kelurahan": {q.Village}, "cursor": {web.Cursor(last.NameKey, last.ID.String())}}.Encode()
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.list.title"), Active: "people"}, listPage(v))
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
	return Place{NameKey: parts[0], ID: id}
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	who, err := p.service.Get(r.Context(), a, id, "page")
	if err != nil {
		return err
	}
	v := personView{Person: who, Actor: a, Today: db.DayOf(p.service.now(), a.Office.Zone)}
	for _, panel := range p.panels {
		drawn, err := panel(r.Context(), a, id)
		if err != nil {
			return err
		}
		if drawn != nil {
			v.Panels = append(v.Panels, drawn)
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.title"), Active: "people"}, personPage(v))
}

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request) error {
	return p.showForm(w, r, formView{Person: Person{Name: web.Query(r).Line("nama")}, Action: "/orang/baru"})
}

func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, v formView) error {
	a := access.From(r.Context())
	v.Region = a.Office.Region
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), v.titleKey()), Active: "people", Err: v.Err, Status: v.status()}, formPage(v))
}

func (p *Pages) add(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	typed, err := readPerson(f, Person{})
	v := formView{Person: typed, Action: "/orang/baru", Day: f}
	var added Added
	if err == nil {
		added, err = p.service.Add(r.Context(), access.From(r.Context()), typed, f.Checked("accept"))
	}
	if _, ok := fault.As(err); ok || len(added.Twins) > 0 {
		v.Err, v.Twins = err, added.Twins
		return p.showForm(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "person_added")
	return web.Redirect(w, r, "/orang/"+added.Person.ID.String())
}

func (p *Pages) editPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	who, err := p.service.Get(r.Context(), access.From(r.Context()), id, "page")
	if err != nil {
		return err
	}
	return p.showForm(w, r, formView{Person: who, Action: r.URL.Path})
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	stands, err := p.service.Get(r.Context(), a, id, "page")
	if err != nil {
		return err
	}
	typed, err := readPerson(f, stands)
	typed.Version = f.Version()
	if err == nil {
		_, err = p.service.Change(r.Context(), a, typed)
	}
	if e, ok := fault.As(err); ok {
		v := formView{Person: typed, Action: r.URL.Path, Err: err, Day: f}
		if e.Code == "version_changed" {
			v.Stands, v.Person.Version = &stands, stands.Version
		}
		return p.showForm(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "person_changed")
	return web.Redirect(w, r, "/orang/"+id.String())
}
