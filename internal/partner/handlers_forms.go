package partner

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// mostChoices partners stand to choose from where a service is said to be one's.
const mostChoices = 300

func (p *Pages) newPartner(w http.ResponseWriter, r *http.Request) error {
	return p.showPartnerForm(w, r, formView{Form: empty()})
}

// showPartnerForm shows the form of a new partner, or of one that stands.
func (p *Pages) showPartnerForm(w http.ResponseWriter, r *http.Request, v formView) (err error) {
	ctx := r.Context()
	v.Actor = access.From(ctx)
	if v.Action == "" {
		v.Title, v.Action, v.Back = i18n.T(ctx, "partner.new"), listAddress, backTo(ctx)
	}
	if !v.Own {
		if v.Units, err = p.access.Units(ctx); err != nil {
			return err
		}
	}
	active := navigation
	if v.Own {
		active = ownNavigation
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Title, Active: active, Err: v.Err}, partnerFormPage(v))
}

func (p *Pages) addPartner(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	x, err := readPartner(f)
	if err == nil {
		x.ID, err = p.directory.AddPartner(r.Context(), access.From(r.Context()), x)
	}
	if web.Refused(err) {
		return p.showPartnerForm(w, r, formView{Form: f, Err: err})
	}
	return done(w, r, err, "partner_saved", listAddress+"/"+x.ID.String())
}

func (p *Pages) editPartner(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	return p.showPartnerEdit(w, r, id, formView{})
}

// showPartnerEdit shows the form of a partner as it stands, or as it was typed.
func (p *Pages) showPartnerEdit(w http.ResponseWriter, r *http.Request, id db.ID, v formView) error {
	ctx, a := r.Context(), access.From(r.Context())
	x, err := p.directory.Partner(ctx, a, id)
	if err != nil {
		return err
	}
	if v.Form.Values == nil {
		v.Form = partnerForm(x)
	}
	shown := entryView{Partner: x, Actor: a, Own: v.Own, Now: p.directory.now()}
	v.Title, v.Action = i18n.T(ctx, "partner.edit"), shown.href("/ubah")
	v.Back = ui.Link{Text: x.Name, Href: shown.href("")}
	v.Keeps, v.Sealed = x.Address.Visibility == Hidden && !v.Own, x.Address.Visibility == Hidden && v.Own
	if v.lostRace() {
		v.Theirs = append(shown.facts(ctx), ui.Fact{Label: i18n.T(ctx, "partner.field.description"), Value: x.Description})
		v.Form.Set("version", partnerForm(x).Get("version"))
	}
	return p.showPartnerForm(w, r, v)
}

func (p *Pages) changePartner(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	return p.savePartner(w, r, id, formView{Form: f})
}

func (p *Pages) savePartner(w http.ResponseWriter, r *http.Request, id db.ID, v formView) error {
	x, err := readPartner(v.Form)
	if x.ID = id; err == nil {
		err = p.directory.ChangePartner(r.Context(), access.From(r.Context()), x)
	}
	if web.Refused(err) {
		v.Err = err
		return p.showPartnerEdit(w, r, id, v)
	}
	return done(w, r, err, "partner_saved", entryView{Partner: x, Own: v.Own}.href(""))
}

func (p *Pages) newService(w http.ResponseWriter, r *http.Request) error {
	f := empty()
	if id := web.Query(r).ID("mitra"); !id.IsZero() {
		x, err := p.directory.Partner(r.Context(), access.From(r.Context()), id)
		if err != nil {
			return err
		}
		f.Set("partner_id", id.String())
		f.Set("visibility", x.Visibility)
	}
	return p.showServiceForm(w, r, formView{Form: f})
}

func (p *Pages) showServiceForm(w http.ResponseWriter, r *http.Request, v formView) (err error) {
	ctx := r.Context()
	v.Actor = access.From(ctx)
	if v.Action == "" {
		v.Title, v.Action, v.Back = i18n.T(ctx, "partner.service_new"), serviceAddress, backTo(ctx)
	}
	active := ownNavigation
	if !v.Own {
		active = navigation
		if v.Choices, err = p.directory.Partners(ctx, v.Actor, Place{}, false, mostChoices); err != nil {
			return err
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Title, Active: active, Err: v.Err}, serviceFormPage(v))
}

func (p *Pages) addService(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	x, err := readService(f)
	if err == nil {
		x.ID, err = p.directory.AddService(r.Context(), access.From(r.Context()), x)
	}
	if web.Refused(err) {
		return p.showServiceForm(w, r, formView{Form: f, Err: err})
	}
	return done(w, r, err, "service_saved", serviceAddress+"/"+x.ID.String())
}

func (p *Pages) editService(w http.ResponseWriter, r *http.Request) error {
	return p.showServiceEdit(w, r, formView{})
}

func (p *Pages) showServiceEdit(w http.ResponseWriter, r *http.Request, v formView) error {
	ctx, a := r.Context(), access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	x, err := p.directory.Service(ctx, a, id)
	if err != nil {
		return err
	}
	if v.Form.Values == nil {
		v.Form = serviceForm(x)
	}
	shown := offerView{Service: x, Actor: a, Own: v.Own, Now: p.directory.now()}
	v.Title, v.Action = i18n.T(ctx, "partner.service_edit"), shown.href("/ubah")
	v.Back = ui.Link{Text: x.Name, Href: shown.href("")}
	hidden := x.OwnPlace && x.Address.Visibility == Hidden
	v.Keeps, v.Sealed = hidden && !v.Own, hidden && v.Own
	if v.lostRace() {
		v.Theirs = append(shown.facts(ctx), ui.Fact{Label: i18n.T(ctx, "partner.field.description"), Value: x.Description})
		v.Form.Set("version", serviceForm(x).Get("version"))
	}
	return p.showServiceForm(w, r, v)
}

func (p *Pages) changeService(w http.ResponseWriter, r *http.Request) error {
	return p.saveService(w, r, false)
}

func (p *Pages) saveService(w http.ResponseWriter, r *http.Request, own bool) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	x, err := readService(f)
	if x.ID = id; err == nil {
		err = p.directory.ChangeService(r.Context(), access.From(r.Context()), x)
	}
	if web.Refused(err) {
		return p.showServiceEdit(w, r, formView{Form: f, Err: err, Own: own})
	}
	return done(w, r, err, "service_saved", offerView{Service: x, Own: own}.href(""))
}

// ownNavigation is the entry of the partner's own side.
const ownNavigation = "own_services"

// owns is the partner whose user the actor is; a user that nobody has connected with a partner has none.
func owns(a access.Actor) (db.ID, error) {
	if a.Partner.IsZero() {
		return a.Partner, fault.NotFound()
	}
	return a.Partner, nil
}

func (p *Pages) ownEntry(w http.ResponseWriter, r *http.Request) error {
	id, err := owns(access.From(r.Context()))
	if err != nil {
		return err
	}
	return p.showPartner(w, r, id, entryView{Own: true})
}

func (p *Pages) editOwn(w http.ResponseWriter, r *http.Request) error {
	id, err := owns(access.From(r.Context()))
	if err != nil {
		return err
	}
	return p.showPartnerEdit(w, r, id, formView{Own: true})
}

func (p *Pages) changeOwn(w http.ResponseWriter, r *http.Request) error {
	id, err := owns(access.From(r.Context()))
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	return p.savePartner(w, r, id, formView{Form: f, Own: true})
}

func (p *Pages) checkOwn(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := owns(a)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err == nil {
		err = p.directory.CheckPartner(r.Context(), a, id, f.Version())
	}
	if web.Refused(err) {
		return p.showPartner(w, r, id, entryView{Own: true, Err: err})
	}
	return done(w, r, err, "entry_checked", ownAddress)
}

func (p *Pages) ownOffer(w http.ResponseWriter, r *http.Request) error {
	return p.showOffer(w, r, offerView{Own: true})
}

func (p *Pages) editOwnService(w http.ResponseWriter, r *http.Request) error {
	return p.showServiceEdit(w, r, formView{Own: true})
}

func (p *Pages) changeOwnService(w http.ResponseWriter, r *http.Request) error {
	return p.saveService(w, r, true)
}

func (p *Pages) tellOwnFree(w http.ResponseWriter, r *http.Request) error { return p.free(w, r, true) }

func (p *Pages) checkOwnService(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.directory.CheckService(r.Context(), access.From(r.Context()), id, f.Version())
	if web.Refused(err) {
		return p.showOffer(w, r, offerView{Own: true, Err: err})
	}
	return done(w, r, err, "entry_checked", ownAddress+"/"+id.String())
}
