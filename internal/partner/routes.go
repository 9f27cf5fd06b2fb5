package partner

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	directory *Directory
	access    *access.Service
}

// NewPages makes the pages.
func NewPages(d *Directory, accounts *access.Service) *Pages { return &Pages{d, accounts} }

// asOwn lets a partner's user act as nothing but that, whatever else the account may do at the office: what is the partner's own
// is written as the partner may write it.
func asOwn(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a := access.From(r.Context())
		own := access.NewActor(a.User, a.Name, a.Office, access.Partner)
		own.Partner, own.Language = a.Partner, a.Language
		return h(w, r.WithContext(access.With(r.Context(), own)))
	}
}

// Routes of the directory, and of what a partner's own people keep fresh.
func (p *Pages) Routes() []web.Route {
	read, write, own := string(access.PartnerRead), string(access.PartnerWrite), string(access.PartnerOwn)
	return []web.Route{
		{Method: "GET", Path: listAddress, Permission: read, Handle: p.list},
		{Method: "GET", Path: listAddress + "/baru", Permission: write, Handle: p.newPartner},
		{Method: "POST", Path: listAddress, Permission: write, Handle: p.addPartner},
		{Method: "GET", Path: listAddress + "/{id}", Permission: read, Handle: p.entry},
		{Method: "GET", Path: listAddress + "/{id}/ubah", Permission: write, Handle: p.editPartner},
		{Method: "POST", Path: listAddress + "/{id}/ubah", Permission: write, Handle: p.changePartner},
		{Method: "POST", Path: listAddress + "/{id}/diperiksa", Permission: write, Handle: p.partnerAct("entry_checked", p.directory.CheckPartner)},
		{Method: "POST", Path: listAddress + "/{id}/akhiri", Permission: write, Handle: p.partnerAct("entry_ended", p.directory.EndPartner)},
		{Method: "POST", Path: listAddress + "/{id}/aktifkan", Permission: write, Handle: p.partnerAct("entry_returned", p.directory.ReturnPartner)},
		{Method: "POST", Path: listAddress + "/{id}/alamat", Permission: write, Handle: p.openAddress},
		{Method: "GET", Path: serviceAddress + "/baru", Permission: write, Handle: p.newService},
		{Method: "POST", Path: serviceAddress, Permission: write, Handle: p.addService},
		{Method: "GET", Path: serviceAddress + "/{id}", Permission: read, Handle: p.offer},
		{Method: "GET", Path: serviceAddress + "/{id}/ubah", Permission: write, Handle: p.editService},
		{Method: "POST", Path: serviceAddress + "/{id}/ubah", Permission: write, Handle: p.changeService},
		{Method: "POST", Path: serviceAddress + "/{id}/kosong", Permission: write, Handle: p.tellFree},
		{Method: "POST", Path: serviceAddress + "/{id}/diperiksa", Permission: write, Handle: p.serviceAct("entry_checked", p.directory.CheckService)},
		{Method: "POST", Path: serviceAddress + "/{id}/akhiri", Permission: write, Handle: p.serviceAct("entry_ended", p.directory.EndService)},
		{Method: "POST", Path: serviceAddress + "/{id}/aktifkan", Permission: write, Handle: p.serviceAct("entry_returned", p.directory.ReturnService)},
		{Method: "POST", Path: serviceAddress + "/{id}/alamat", Permission: write, Handle: p.openServiceAddress},
		{Method: "GET", Path: ownAddress, Permission: own, Handle: asOwn(p.ownEntry)},
		{Method: "GET", Path: ownAddress + "/ubah", Permission: own, Handle: asOwn(p.editOwn)},
		{Method: "POST", Path: ownAddress + "/ubah", Permission: own, Handle: asOwn(p.changeOwn)},
		{Method: "POST", Path: ownAddress + "/diperiksa", Permission: own, Handle: asOwn(p.checkOwn)},
		{Method: "GET", Path: ownAddress + "/{id}", Permission: own, Handle: asOwn(p.ownOffer)},
		{Method: "GET", Path: ownAddress + "/{id}/ubah", Permission: own, Handle: asOwn(p.editOwnService)},
		{Method: "POST", Path: ownAddress + "/{id}/ubah", Permission: own, Handle: asOwn(p.changeOwnService)},
		{Method: "POST", Path: ownAddress + "/{id}/kosong", Permission: own, Handle: asOwn(p.tellOwnFree)},
		{Method: "POST", Path: ownAddress + "/{id}/diperiksa", Permission: own, Handle: asOwn(p.checkOwnService)},
	}
}
