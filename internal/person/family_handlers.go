package person

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// finderSize is how many people a search inside a form shows; whoever is not among them is looked for by more words.
const finderSize = 10

func (p *Pages) today(a access.Actor) db.Date { return db.DayOf(p.service.now(), a.Office.Zone) }

// look searches for people inside a form; those chosen already are left out.
func (p *Pages) look(ctx context.Context, query string, chosen []Member) (finder, error) {
	v := finder{Query: query, Looked: query != ""}
	if !v.Looked {
		return v, nil
	}
	found, _, err := p.service.Search(ctx, access.From(ctx), Search{Query: query, Limit: finderSize})
	for _, f := range found {
		if !(Family{Members: chosen}).has(f.ID) {
			v.Found = append(v.Found, f)
		}
	}
	return v, err
}

func (p *Pages) newFamily(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	v := familyForm{Action: "/keluarga/baru", Family: Family{Name: q.Line("nama")}}
	if id := q.ID("orang"); !id.IsZero() {
		m := Member{Role: "head", SameHouse: true}
		m.ID = id
		v.Members = []Member{m}
	}
	return p.showFamilyForm(w, r, v)
}

// showFamilyForm draws the form with whom was chosen and found; those the actor may not know fall out.
func (p *Pages) showFamilyForm(w http.ResponseWriter, r *http.Request, v familyForm) (err error) {
	a := access.From(r.Context())
	v.Region, v.Today = a.Office.Region, p.today(a)
	if v.Members, err = p.service.named(r.Context(), a, v.Members); err != nil {
		return err
	}
	if v.Finder, err = p.look(r.Context(), v.Finder.Query, v.Members); err != nil {
		return err
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), v.titleKey()), Active: "people", Err: v.Err}
	if v.Err == nil && len(v.Twins) > 0 {
		info.Status = http.StatusConflict
	}
	return web.ShowPage(w, r, info, familyFormPage(v))
}

func (p *Pages) addFamily(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := familyForm{Action: "/keluarga/baru", Family: readFamily(f, Family{}), Members: readMembers(f)}
	if f.Line("act") == "find" {
		v.Finder.Query = f.Line("q")
		return p.showFamilyForm(w, r, v)
	}
	v.Family.Members = v.Members
	added, err := p.service.AddFamily(r.Context(), access.From(r.Context()), v.Family, f.Checked("accept"))
	if _, ok := fault.As(err); ok || len(added.Twins) > 0 {
		v.Err, v.Twins = err, added.Twins
		return p.showFamilyForm(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "family_added")
	return web.Redirect(w, r, "/keluarga/"+added.Family.ID.String())
}

// openedFamily is the family of an address for the one who asks.
func (p *Pages) openedFamily(r *http.Request) (access.Actor, Family, error) {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return a, Family{}, err
	}
	f, err := p.service.Family(r.Context(), a, id, "page")
	return a, f, err
}

func (p *Pages) family(w http.ResponseWriter, r *http.Request) error {
	return p.showFamily(w, r, nil, web.Form{})
}

func (p *Pages) showFamily(w http.ResponseWriter, r *http.Request, refused error, typed web.Form) error {
	a, f, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	v := familyView{Family: f, Actor: a, Today: p.today(a), Err: refused, Form: typed}
	if v.Marks, err = p.service.Marks(r.Context(), a, memberIDs(f.Members)); err != nil {
		return err
	}
	if v.Relations, err = p.service.RelationsAmong(r.Context(), a, f.Members); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.family.title"), Active: "people", Err: refused}, familyPage(v))
}

func (p *Pages) editFamilyPage(w http.ResponseWriter, r *http.Request) error {
	_, f, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	return p.showFamilyForm(w, r, familyForm{Family: f, Members: f.Members, Hidden: f.home != f.Village, Action: r.URL.Path})
}

func (p *Pages) editFamily(w http.ResponseWriter, r *http.Request) error {
	a, stands, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	typed := readFamily(f, stands)
	typed.Version = f.Version()
	err = p.service.ChangeFamily(r.Context(), a, typed)
	if e, ok := fault.As(err); ok {
		if e.Code == "version_changed" {
			typed.Version = stands.Version
		}
		return p.showFamilyForm(w, r, familyForm{Family: typed, Members: stands.Members, Hidden: stands.home != stands.Village, Action: r.URL.Path, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "family_changed")
	return web.Redirect(w, r, "/keluarga/"+stands.ID.String())
}

func (p *Pages) newMember(w http.ResponseWriter, r *http.Request) error {
	_, f, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	return p.showMember(w, r, memberForm{Family: f, Member: Member{Role: "child", SameHouse: true}})
}

func (p *Pages) showMember(w http.ResponseWriter, r *http.Request, v memberForm) (err error) {
	if v.Finder, err = p.look(r.Context(), v.Finder.Query, v.Family.Members); err != nil {
		return err
	}
	v.Today = p.today(access.From(r.Context()))
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.family.title"), Active: "people", Err: v.Err}, memberPage(v))
}

func (p *Pages) addMember(w http.ResponseWriter, r *http.Request) error {
	a, family, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	m, err := readMember(f, f.ID("person"))
	v := memberForm{Family: family, Member: m, Form: f, Finder: finder{Query: f.Line("q")}}
	if f.Line("act") == "find" {
		return p.showMember(w, r, v)
	}
	return p.putMember(w, r, a, v, err)
}

// putMember keeps a part that was read, and comes back to the family.
func (p *Pages) putMember(w http.ResponseWriter, r *http.Request, a access.Actor, v memberForm, err error) error {
	if err == nil {
		err = p.service.SetMember(r.Context(), a, v.Family.ID, v.Member)
	}
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		v.Err = err
		return p.showMember(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "family_changed")
	return web.Redirect(w, r, "/keluarga/"+v.Family.ID.String())
}

// openedMember is someone's part in the family of an address.
func (p *Pages) openedMember(r *http.Request) (access.Actor, memberForm, error) {
	a, f, err := p.openedFamily(r)
	v := memberForm{Family: f, Known: true}
	if err != nil {
		return a, v, err
	}
	id, err := web.PathID(r, "person")
	for _, m := range f.Members {
		if m.ID == id {
			v.Member = m
			return a, v, err
		}
	}
	return a, v, fault.NotFound()
}

func (p *Pages) memberPage(w http.ResponseWriter, r *http.Request) error {
	_, v, err := p.openedMember(r)
	if err != nil {
		return err
	}
	return p.showMember(w, r, v)
}

func (p *Pages) editMember(w http.ResponseWriter, r *http.Request) error {
	a, v, err := p.openedMember(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	found := v.Member.Found
	v.Member, err = readMember(f, found.ID)
	v.Member.Found, v.Form = found, f
	return p.putMember(w, r, a, v, err)
}

func (p *Pages) relateMembers(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a, family, err := p.openedFamily(r)
	if err != nil {
		return err
	}
	x, err := readRelation(f)
	if err == nil {
		err = p.service.Relate(r.Context(), a, x)
	}
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.showFamily(w, r, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, "relation_kept")
	return web.Redirect(w, r, "/keluarga/"+family.ID.String())
}

// unrelate takes a relation away and comes back to where one stood.
func (p *Pages) unrelate(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	if err := p.service.Unrelate(r.Context(), access.From(r.Context()), id); err != nil {
		return err
	}
	web.Say(w, "relation_removed")
	return web.Redirect(w, r, web.LocalPath(f.Get("back"), "/keluarga"))
}
