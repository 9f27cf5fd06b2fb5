package casefile

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// aloneView is a secret case whose last named has left: its number, and who could be named.
type aloneView struct {
	Case   LeftAlone
	Staff  []ui.Option
	Chosen []string
	Err    error
}

func (p *Pages) nameAnewPage(w http.ResponseWriter, r *http.Request) error {
	return p.showNameAnew(w, r, nil, nil)
}

func (p *Pages) showNameAnew(w http.ResponseWriter, r *http.Request, chosen []string, refused error) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v := aloneView{Chosen: chosen, Err: refused}
	if v.Case, err = p.service.OneLeftAlone(r.Context(), a, id); err != nil {
		return err
	}
	staff, err := p.access.Colleagues(r.Context(), a)
	if err != nil {
		return err
	}
	for _, o := range colleagueOptions(staff) {
		if o.Value != a.User.String() {
			v.Staff = append(v.Staff, o)
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "today", Err: refused}, nameAnewPage(v))
}

func (p *Pages) nameAnew(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.service.NameAnew(r.Context(), access.From(r.Context()), id, f.All("named"))
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		return p.showNameAnew(w, r, f.All("named"), err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "named_anew")
	return web.Redirect(w, r, "/kasus/"+id.String())
}
