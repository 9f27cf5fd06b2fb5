package access

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/web"
)

// CookieName of the sign-in; behind https it carries the __Host- prefix, which binds it to this very host.
const CookieName = "teduh"

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	secure  bool
	place   func(region string) string
	offered func(ctx context.Context, a Actor) ([]PartnerChoice, error)
}

// PartnerChoice is a partner whose user an account may be.
type PartnerChoice struct {
	ID   db.ID
	Name string
}

// OfferPartners hands in the partners of an actor's office that stand to choose from.
func (p *Pages) OfferPartners(offered func(ctx context.Context, a Actor) ([]PartnerChoice, error)) {
	p.offered = offered
}

// NewPages makes the pages; secure tells that people come by https, place names a region.
func NewPages(s *Service, secure bool, place func(region string) string) *Pages {
	return &Pages{service: s, secure: secure, place: place}
}

// Routes of signing in and of one's own account.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: "/masuk", Permission: string(Public), Handle: p.signInPage},
		{Method: "POST", Path: "/masuk", Permission: string(Public), Handle: p.signIn},
		{Method: "GET", Path: "/masuk/tautan/{token}", Permission: string(Public), Handle: p.linkPage},
		{Method: "POST", Path: "/masuk/tautan/{token}", Permission: string(Public), Handle: p.useLink},
		{Method: "POST", Path: "/keluar", Permission: string(SignedIn), Handle: p.signOut},
		{Method: "POST", Path: "/bahasa", Permission: string(Public), Handle: p.language},
		{Method: "GET", Path: "/profil", Permission: string(SignedIn), Handle: p.profile},
		{Method: "POST", Path: "/profil/sandi", Permission: string(SignedIn), Handle: p.password},
		{Method: "POST", Path: "/profil/masuk/{id}/akhiri", Permission: string(SignedIn), Handle: p.endLogin},
		{Method: "POST", Path: "/profil/masuk/akhiri-lain", Permission: string(SignedIn), Handle: p.endOthers},
		{Method: "POST", Path: "/profil/token", Permission: string(SignedIn), Handle: p.makeToken},
		{Method: "POST", Path: "/profil/token/{id}/cabut", Permission: string(SignedIn), Handle: p.endToken},
		{Method: "GET", Path: "/pengguna", Permission: string(AccountManage), Handle: p.accounts},
		{Method: "POST", Path: "/pengguna", Permission: string(AccountManage), Handle: p.addAccount},
		{Method: "GET", Path: "/pengguna/{id}", Permission: string(AccountManage), Handle: p.account},
		{Method: "POST", Path: "/pengguna/{id}/peran", Permission: string(AccountManage), Handle: p.grant},
		{Method: "POST", Path: "/pengguna/{id}/cabut", Permission: string(AccountManage), Handle: p.revoke},
		{Method: "POST", Path: "/pengguna/{id}/nonaktif", Permission: string(AccountManage), Handle: p.disable},
		{Method: "POST", Path: "/pengguna/{id}/aktif", Permission: string(AccountManage), Handle: p.enable},
		{Method: "POST", Path: "/pengguna/{id}/tautan", Permission: string(AccountManage), Handle: p.link},
		{Method: "POST", Path: "/pengguna/{id}/supervisor", Permission: string(AccountManage), Handle: p.supervise},
		{Method: "GET", Path: "/unit", Permission: string(UnitManage), Handle: p.unitsPage},
		{Method: "POST", Path: "/unit", Permission: string(UnitManage), Handle: p.addUnit},
	}
}
