package search

import (
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// Address is where the search stands.
const Address = "/cari"

// Pages are the handlers of this package.
type Pages struct{ service *Service }

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{service: s} }

// Routes of the search.
func (p *Pages) Routes() []web.Route {
	use := string(access.SearchUse)
	return []web.Route{
		{Method: "GET", Path: Address, Permission: use, Handle: p.page},
		{Method: "POST", Path: Address, Permission: use, Handle: p.find},
		{Method: "POST", Path: Address + "/saran", Permission: use, Handle: p.suggest},
	}
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, web.Query(r).Line("q"))
}

// find searches for what must not stand in an address; what may is sent on to its own address.
func (p *Pages) find(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	query := f.Line("q")
	switch {
	case query == "":
		return web.Redirect(w, r, Address)
	case person.Sensitive(query):
		return p.show(w, r, query)
	}
	return web.Redirect(w, r, Address+"?"+url.Values{"q": {query}}.Encode())
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, query string) error {
	ctx, a := r.Context(), access.From(r.Context())
	if web.Length("q", query, 0, web.MaxName) != nil {
		query = ""
	}
	v := view{Query: query}
	var err error
	if query == "" {
		var opened []Opened
		opened, err = p.service.Lately(ctx, a)
		v.Groups = latelyGroups(ctx, opened)
	} else {
		var found Found
		found, err = p.service.Find(ctx, a, query, many)
		v.Groups = groups(ctx, a, found, query)
	}
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "search.title"), Query: query}, page(v))
}

// suggest answers what is typed so far with the list below the field.
func (p *Pages) suggest(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), access.From(r.Context())
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	query := f.Line("q")
	var list []ui.SearchGroup
	none := ""
	if query == "" {
		opened, err := p.service.Lately(ctx, a)
		if err != nil {
			return err
		}
		list = latelyGroups(ctx, opened)
	} else if web.Length("q", query, 0, web.MaxName) == nil {
		found, err := p.service.Find(ctx, a, query, few)
		if err != nil {
			return err
		}
		list, none = groups(ctx, a, found, query), i18n.T(ctx, "search.nothing")
	}
	return web.Render(w, r, http.StatusOK, ui.SearchList(list, none))
}
