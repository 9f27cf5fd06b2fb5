package person

import (
	"net/http"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// bodyForm is the form of a group, organisation or community.
type bodyForm struct {
	Client  Client
	Members string // as typed
	Action  string
	Region  string
	Twins   []Body
	Err     error
}

func (v bodyForm) titleKey() string {
	if v.Client.ID.IsZero() {
		return "person.body.new"
	}
	return "person.body.edit"
}

// contact is the one to show in a row of the form; there is always an empty row to type another into.
func (v bodyForm) contact(i int) Contact {
	if i < len(v.Client.Sealed.Contacts) {
		return v.Client.Sealed.Contacts[i]
	}
	return Contact{}
}

func (v bodyForm) rows() int { return min(len(v.Client.Sealed.Contacts)+1, mostContacts) }

// readBody reads what was typed; a number that is none is refused by the check.
func readBody(f web.Form, stands Client) (Client, string) {
	stands.Kind, stands.Name, stands.BodyKind, stands.Village = f.Line("kind"), f.Line("name"), f.Line("body_kind"), f.Line("village")
	stands.Sealed = ClientSealed{Address: f.Line("address")}
	for i := range mostContacts {
		n := strconv.Itoa(i)
		x := Contact{Name: f.Line("contact_name_" + n), Role: f.Line("contact_role_" + n), Phone: f.Line("contact_phone_" + n)}
		if x != (Contact{}) {
			stands.Sealed.Contacts = append(stands.Sealed.Contacts, x)
		}
	}
	typed := f.Line("members")
	stands.Members = 0
	if typed != "" {
		stands.Members = f.Int("members", -1)
	}
	return stands, typed
}

func (p *Pages) newBody(w http.ResponseWriter, r *http.Request) error {
	v := bodyForm{Client: Client{Kind: "group", BodyKind: "other", Name: web.Query(r).Line("nama")}, Action: "/klien/baru"}
	return p.showBodyForm(w, r, v)
}

func (p *Pages) showBodyForm(w http.ResponseWriter, r *http.Request, v bodyForm) error {
	v.Region = access.From(r.Context()).Office.Region
	info := web.PageInfo{Title: i18n.T(r.Context(), v.titleKey()), Active: "people", Err: v.Err}
	if v.Err == nil && len(v.Twins) > 0 {
		info.Status = http.StatusConflict
	}
	return web.ShowPage(w, r, info, bodyFormPage(v))
}

func (p *Pages) addBody(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := bodyForm{Action: "/klien/baru"}
	v.Client, v.Members = readBody(f, Client{})
	added, twins, err := p.service.AddBody(r.Context(), access.From(r.Context()), v.Client, f.Checked("accept"))
	if _, ok := fault.As(err); ok || len(twins) > 0 {
		v.Err, v.Twins = err, twins
		return p.showBodyForm(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "client_added")
	return web.Redirect(w, r, "/klien/"+added.ID.String())
}

// openedBody is the group, organisation or community of an address for the one who asks.
func (p *Pages) openedBody(r *http.Request) (access.Actor, Client, error) {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return a, Client{}, err
	}
	c, err := p.service.Body(r.Context(), a, id, "page")
	return a, c, err
}

func (p *Pages) body(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.openedBody(r)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.body.title"), Active: "people"}, bodyPage(c, a))
}

func (p *Pages) editBodyPage(w http.ResponseWriter, r *http.Request) error {
	_, c, err := p.openedBody(r)
	if err != nil {
		return err
	}
	return p.showBodyForm(w, r, bodyForm{Client: c, Members: countText(c.Members), Action: r.URL.Path})
}

func (p *Pages) editBody(w http.ResponseWriter, r *http.Request) error {
	a, stands, err := p.openedBody(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := bodyForm{Action: r.URL.Path}
	v.Client, v.Members = readBody(f, stands)
	v.Client.Version = f.Version()
	err = p.service.ChangeBody(r.Context(), a, v.Client)
	if e, ok := fault.As(err); ok {
		if v.Err = err; e.Code == "version_changed" {
			v.Client.Version = stands.Version
		}
		return p.showBodyForm(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "client_changed")
	return web.Redirect(w, r, "/klien/"+stands.ID.String())
}
