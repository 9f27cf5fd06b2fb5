package access

import (
	"net/http"
	"net/url"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

const accountsShown = 50

func (p *Pages) accounts(w http.ResponseWriter, r *http.Request) error {
	return p.showAccounts(w, r, web.Form{Values: url.Values{}}, nil)
}

func (p *Pages) showAccounts(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	a, ctx := From(r.Context()), r.Context()
	after, _ := web.ReadCursor(r.URL.Query().Get("cursor"), 1)
	v := accountsView{Form: f, Err: refused}
	var err error
	if v.List, err = p.service.Accounts(ctx, a, after[0], accountsShown+1); err != nil {
		return err
	}
	if len(v.List) > accountsShown {
		v.List = v.List[:accountsShown]
		v.Next = "/pengguna?" + url.Values{"cursor": {web.Cursor(v.List[accountsShown-1].Cursor())}}.Encode()
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "access.accounts.title"), Active: "accounts", Err: refused}, accountsPage(v))
}

// addAccount makes an account, gives it its first role and shows the link to sign in with, once.
func (p *Pages) addAccount(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := From(r.Context())
	id, err := p.service.AddUser(r.Context(), a, NewAccount{Email: f.Line("email"), Name: f.Line("name"), MadeUp: a.Office.MadeUp})
	if _, ok := fault.As(err); ok {
		return p.showAccounts(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "account_added")
	return web.Redirect(w, r, "/pengguna/"+id.String())
}

func (p *Pages) account(w http.ResponseWriter, r *http.Request) error {
	return p.showAccount(w, r, accountView{Form: web.Form{Values: url.Values{}}})
}

// showAccount shows one account; v holds what was refused, or a link that was just made.
func (p *Pages) showAccount(w http.ResponseWriter, r *http.Request, v accountView) error {
	a, ctx := From(r.Context()), r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v.Self = id == a.User
	v.Region = a.Office.Region
	if v.Account, err = p.service.Account(ctx, a, id); err != nil {
		return err
	}
	if v.Units, err = p.service.Units(ctx); err != nil {
		return err
	}
	if v.Supervisors, err = p.service.Supervisors(ctx, a, id); err != nil {
		return err
	}
	if v.Staff, err = p.service.Colleagues(ctx, a); err != nil {
		return err
	}
	if p.offered != nil {
		if v.Partners, err = p.offered(ctx, a); err != nil {
			return err
		}
	}
	v.Place, v.Office = p.place, a.Office.ID
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "access.account.title"), Active: "accounts", Err: v.Err}, accountDetails(v))
}

// onAccount runs a form's act on an account and comes back to it.
func (p *Pages) onAccount(w http.ResponseWriter, r *http.Request, said string, do func(a Actor, id db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = do(From(r.Context()), id, f)
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.showAccount(w, r, accountView{Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/pengguna/"+id.String())
}

func (p *Pages) grant(w http.ResponseWriter, r *http.Request) error {
	return p.onAccount(w, r, "role_granted", func(a Actor, id db.ID, f web.Form) error {
		return p.service.Grant(r.Context(), a, id, Grant{Role: Role(f.Line("role")), Unit: f.ID("unit"), Villages: f.All("villages"), Partner: f.ID("partner")})
	})
}

func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	return p.onAccount(w, r, "role_revoked", func(a Actor, id db.ID, f web.Form) error {
		return p.service.Revoke(r.Context(), a, id, Role(f.Line("role")), f.ID("unit"))
	})
}

func (p *Pages) disable(w http.ResponseWriter, r *http.Request) error {
	return p.onAccount(w, r, "account_disabled", func(a Actor, id db.ID, _ web.Form) error {
		return p.service.Disable(r.Context(), a, id)
	})
}

func (p *Pages) enable(w http.ResponseWriter, r *http.Request) error {
	return p.onAccount(w, r, "account_enabled", func(a Actor, id db.ID, _ web.Form) error {
		return p.service.Enable(r.Context(), a, id)
	})
}

// link makes a one-time link and shows it in the answer itself, so that it stands in no address and no log.
func (p *Pages) link(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	link, err := p.service.Link(r.Context(), From(r.Context()), id)
	if err != nil {
		return err
	}
	scheme := "http://"
	if p.secure {
		scheme = "https://"
	}
	return p.showAccount(w, r, accountView{Form: web.Form{Values: url.Values{}}, Link: scheme + r.Host + "/masuk/tautan/" + link})
}

func (p *Pages) supervise(w http.ResponseWriter, r *http.Request) error {
	return p.onAccount(w, r, "supervisors_saved", func(a Actor, id db.ID, f web.Form) error {
		return p.service.SetSupervisors(r.Context(), a, id, f.All("supervisors"))
	})
}

func (p *Pages) unitsPage(w http.ResponseWriter, r *http.Request) error {
	return p.showUnits(w, r, web.Form{Values: url.Values{}}, nil)
}

func (p *Pages) showUnits(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	units, err := p.service.Units(r.Context())
	if err != nil {
		return err
	}
	v := unitsView{Units: units, Form: f, Err: refused, Place: p.place}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "access.units.title"), Active: "units", Err: refused}, unitsPage(v))
}

func (p *Pages) addUnit(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	u := Unit{Parent: f.ID("parent"), Kind: f.Line("kind"), Name: f.Line("name"), Region: f.Line("region"), Zone: f.Line("zone"), Prefix: f.Line("prefix")}
	_, err = p.service.AddUnit(r.Context(), From(r.Context()), u)
	if _, ok := fault.As(err); ok {
		return p.showUnits(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "unit_added")
	return web.Redirect(w, r, "/unit")
}
