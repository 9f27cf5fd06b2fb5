package person

import (
	"context"
	"encoding/json"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/web"
)

const pageSize = 50

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	v := listView{Show: q.Line("tampil"), Search: Search{Query: q.Line("q"), Village: q.Line("kelurahan"), After: readPlace(q.Get("cursor")), Limit: pageSize}}
	return p.showList(w, r, v)
}

// find searches for what must not stand in an address; what may is sent on to its own address.
func (p *Pages) find(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := listView{Show: f.Line("tampil"), Search: Search{Query: f.Line("q"), Limit: pageSize}, Posted: true}
	if !Sensitive(v.Search.Query) {
		return web.Redirect(w, r, v.address(Place{}))
	}
	return p.showList(w, r, v)
}

// showList shows people, families, or groups, organisations and communities.
func (p *Pages) showList(w http.ResponseWriter, r *http.Request, v listView) error {
	ctx := r.Context()
	v.Actor = access.From(ctx)
	v.Today = p.today(v.Actor)
	last, more, err := p.fillList(ctx, &v)
	if err != nil {
		return err
	}
	if v.Marks, err = p.service.Marks(ctx, v.Actor, idsOf(v.Found)); err != nil {
		return err
	}
	if more && !v.Posted && (v.Search.Query == "" || v.Show == "") {
		v.Next = v.address(last)
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "person.list.title"), Active: "people"}, listPage(v))
}

// fillList reads the page of the list and says where it ends.
func (p *Pages) fillList(ctx context.Context, v *listView) (last Place, more bool, err error) {
	switch v.Show {
	case showFamilies:
		v.Families, more, err = p.service.Families(ctx, v.Actor, v.Search)
		if n := len(v.Families); n > 0 {
			last = Place{NameKey: v.Families[n-1].NameKey, ID: v.Families[n-1].ID}
		}
	case showBodies:
		v.Bodies, more, err = p.service.BodyList(ctx, v.Actor, v.Search)
		if n := len(v.Bodies); n > 0 {
			last = Place{NameKey: v.Bodies[n-1].NameKey, ID: v.Bodies[n-1].ID}
		}
	default:
		v.Show = ""
		v.Found, more, err = p.service.Search(ctx, v.Actor, v.Search)
		if n := len(v.Found); n > 0 {
			last = Place{NameKey: v.Found[n-1].NameKey, ID: v.Found[n-1].ID}
		}
	}
	return last, more, err
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

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error { return p.showPerson(w, r, nil) }

// showPerson shows a person; refused tells what was not taken of a form on the page.
func (p *Pages) showPerson(w http.ResponseWriter, r *http.Request, refused error) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	who, err := p.service.Get(r.Context(), a, id, "page")
	if err != nil {
		return err
	}
	v := personView{Person: who, Actor: a, Today: p.today(a), Case: web.Query(r).ID("kasus"), Err: refused}
	marks, err := p.service.Marks(r.Context(), a, []db.ID{who.ID})
	if err != nil {
		return err
	}
	v.Marks = marks[who.ID]
	if v.Families, err = p.service.FamiliesOf(r.Context(), a, who.ID); err != nil {
		return err
	}
	if v.Relations, err = p.service.Relations(r.Context(), a, who.ID); err != nil {
		return err
	}
	if v.Mergings, err = p.service.Mergings(r.Context(), a, who.ID); err != nil {
		return err
	}
	if v.Readings, err = p.service.ReadingsOf(r.Context(), a, who.ID); err != nil {
		return err
	}
	for _, panel := range p.panels {
		drawn, err := panel(r.Context(), a, id)
		if err != nil {
			return err
		}
		if drawn != nil {
			v.Panels = append(v.Panels, drawn)
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.title"), Active: "people", Err: refused}, personPage(v))
}

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request) error {
	return p.showForm(w, r, formView{Person: Person{Name: web.Query(r).Line("nama")}, Action: "/orang/baru"})
}

func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, v formView) error {
	a := access.From(r.Context())
	v.Region, v.Today = a.Office.Region, p.today(a)
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), v.titleKey()), Active: "people", Err: v.Err, Status: v.status(),
		Scripts: []string{"suggest.js"}}, formPage(v))
}

func (p *Pages) add(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	typed, err := readPerson(f, Person{}, p.today(access.From(r.Context())))
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
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	stands, err := p.service.Get(r.Context(), a, id, "page")
	if err != nil {
		return err
	}
	typed, err := readPerson(f, stands, p.today(a))
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

// suggestVillages answers the type-ahead of a kelurahan anywhere in the country.
func (p *Pages) suggestVillages(w http.ResponseWriter, r *http.Request) error {
	type item struct {
		Value string `json:"value"`
		Label string `json:"label"`
		Note  string `json:"note"`
	}
	items := []item{}
	for _, found := range region.Search(web.Query(r).Line("q"), "", 500) {
		if path := region.Path(found.Code); len(path) == int(region.Village) && len(items) < 10 {
			items = append(items, item{found.Code, found.Name, path[2].Name + ", " + path[1].Name})
		}
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]any{"items": items})
}
