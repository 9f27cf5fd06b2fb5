package partner

import (
	"context"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

const navigation = "partners"

// shownStale is how many entries of each kind the list of what is to be looked through shows.
const shownStale = 50

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, a, q := r.Context(), access.From(r.Context()), web.Query(r)
	v := listView{View: q.Line("lihat"), Actor: a, Values: q.Values, Ask: readAsk(q), Now: p.directory.now()}
	show := map[string]func(context.Context, *listView) error{viewPartners: p.partners, viewStale: p.stale, viewEnded: p.ended}[v.View]
	if show == nil {
		v.View, show = viewServices, p.services
	}
	err := show(ctx, &v)
	if err == nil {
		v.Stale, err = p.directory.CountStale(ctx, a)
	}
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "partner.title"), Active: navigation}, listPage(v))
}

func (p *Pages) services(ctx context.Context, v *listView) (err error) {
	if v.Found, err = p.directory.Search(ctx, v.Actor, v.Ask); err != nil {
		return err
	}
	v.Now = v.Found.At
	v.next(cursor(v.Found.At, v.Found.Next))
	return nil
}

// next is the address of the next part of the list.
func (v *listView) next(cursor string) {
	if cursor != "" {
		q := v.query()
		q.Set("cursor", cursor)
		v.Next = listAddress + "?" + q.Encode()
	}
}

func (p *Pages) partners(ctx context.Context, v *listView) (err error) {
	if v.Partners, err = p.directory.Partners(ctx, v.Actor, v.Ask.After, false, usualPage+1); err != nil || len(v.Partners) <= usualPage {
		return err
	}
	v.Partners = v.Partners[:usualPage]
	last := v.Partners[usualPage-1]
	v.next(cursor(v.Now, Place{Name: ServiceKey(last.Name), ID: last.ID}))
	return nil
}

func (p *Pages) stale(ctx context.Context, v *listView) error {
	st, err := p.directory.Stale(ctx, v.Actor, shownStale)
	v.Partners, v.Services = st.Partners, st.Services
	return err
}

// ended are the partners that ended on the first page, and the services page by page.
func (p *Pages) ended(ctx context.Context, v *listView) (err error) {
	if err := v.Actor.Require(access.PartnerWrite); err != nil {
		return err
	}
	if v.Ask.After.ID.IsZero() {
		if v.Partners, err = p.directory.Partners(ctx, v.Actor, Place{}, true, shownStale); err != nil {
			return err
		}
	}
	if v.Services, err = p.directory.Ended(ctx, v.Actor, v.Ask.After, usualPage+1); err != nil || len(v.Services) <= usualPage {
		return err
	}
	v.Services = v.Services[:usualPage]
	last := v.Services[usualPage-1]
	v.next(cursor(v.Now, Place{Name: ServiceKey(last.Name), ID: last.ID}))
	return nil
}

func (p *Pages) entry(w http.ResponseWriter, r *http.Request) error {
	return p.showEntry(w, r, entryView{})
}

// showEntry shows a partner; v holds an address that was opened, or what was refused.
func (p *Pages) showEntry(w http.ResponseWriter, r *http.Request, v entryView) (err error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	return p.showPartner(w, r, id, v)
}

func (p *Pages) showPartner(w http.ResponseWriter, r *http.Request, id db.ID, v entryView) (err error) {
	ctx := r.Context()
	v.Actor, v.Now = access.From(ctx), p.directory.now()
	if v.Partner, err = p.directory.Partner(ctx, v.Actor, id); err != nil {
		return err
	}
	if v.Services, err = p.directory.ServicesOf(ctx, v.Actor, id); err != nil {
		return err
	}
	active := navigation
	if v.Own {
		active = ownNavigation
	}
	return web.ShowPage(w, r, web.PageInfo{Title: pageName(ctx, v.Partner.Name, v.Partner.Visibility), Active: active, Err: v.Err}, entryPage(v))
}

// partnerAct runs a small act on an entry and comes back to it.
func (p *Pages) partnerAct(said string, act func(context.Context, access.Actor, db.ID, int64) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, f, err := web.PathForm(r, "id")
		if err != nil {
			return err
		}
		err = act(r.Context(), access.From(r.Context()), id, f.Version())
		if web.Refused(err) {
			return p.showEntry(w, r, entryView{Err: err})
		}
		return done(w, r, err, said, listAddress+"/"+id.String())
	}
}

// done goes on after an act.
func done(w http.ResponseWriter, r *http.Request, err error, said, to string) error {
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, to)
}

func (p *Pages) openAddress(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	at, err := p.directory.Address(r.Context(), access.From(r.Context()), id, "page")
	if err != nil {
		return err
	}
	return p.showEntry(w, r, entryView{Opened: &at})
}

func (p *Pages) offer(w http.ResponseWriter, r *http.Request) error {
	return p.showOffer(w, r, offerView{})
}

// showOffer shows a service; v holds an address that was opened, or what was refused.
func (p *Pages) showOffer(w http.ResponseWriter, r *http.Request, v offerView) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v.Actor, v.Now = access.From(ctx), p.directory.now()
	if v.Service, err = p.directory.Service(ctx, v.Actor, id); err != nil {
		return err
	}
	if !v.Service.Partner.IsZero() {
		if v.Partner, err = p.directory.Partner(ctx, v.Actor, v.Service.Partner); err != nil {
			return err
		}
	}
	active := navigation
	if v.Own {
		active = ownNavigation
	}
	return web.ShowPage(w, r, web.PageInfo{Title: pageName(ctx, v.Service.Name, narrower(v.Service.Visibility, v.Partner.Visibility)), Active: active, Err: v.Err}, offerPage(v))
}

func (p *Pages) serviceAct(said string, act func(context.Context, access.Actor, db.ID, int64) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, f, err := web.PathForm(r, "id")
		if err != nil {
			return err
		}
		err = act(r.Context(), access.From(r.Context()), id, f.Version())
		if web.Refused(err) {
			return p.showOffer(w, r, offerView{Err: err})
		}
		return done(w, r, err, said, serviceAddress+"/"+id.String())
	}
}

func (p *Pages) tellFree(w http.ResponseWriter, r *http.Request) error { return p.free(w, r, false) }

// free tells how many places are free, by one tap or by a number that was typed.
func (p *Pages) free(w http.ResponseWriter, r *http.Request, own bool) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	var c fault.Checks
	n := readNumber(f, "free", &c, fault.Field("free", "impossible", "partner.error.places", "max", MaxPlaces))
	c.Field(f.Line("free") == "", "free", "required", "partner.error.places", "max", MaxPlaces)
	if err = c.Err(); err == nil {
		err = p.directory.TellFree(r.Context(), access.From(r.Context()), id, *n, 0)
	}
	if web.Refused(err) {
		return p.showOffer(w, r, offerView{Err: err, Own: own})
	}
	back := serviceAddress
	if own {
		back = ownAddress
	}
	return done(w, r, err, "free_told", back+"/"+id.String())
}

func (p *Pages) openServiceAddress(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	at, err := p.directory.ServiceAddress(r.Context(), access.From(r.Context()), id, "page")
	if err != nil {
		return err
	}
	return p.showOffer(w, r, offerView{Opened: &at})
}

// empty is a form nothing was typed in.
func empty() web.Form {
	return web.Form{Values: url.Values{"visibility": {Internal}, "address_visibility": {Internal}, "kind": {"other"}}}
}

func backTo(ctx context.Context) ui.Link {
	return ui.Link{Text: i18n.T(ctx, "partner.title"), Href: listAddress}
}
