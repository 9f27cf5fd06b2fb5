package access

import (
	"teduh/internal/web"
)

// CookieName of the sign-in; behind https it carries the __Host- prefix, which binds it to this very host.
const CookieName = "teduh"

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	secure  bool
	place   func(region string) string
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
	}
}
