package access

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/web"
)

// MeJSON is the account behind a request.
type MeJSON struct {
	User struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Email string `json:"email"`
	} `json:"user"`
	Roles  []RoleJSON `json:"roles"`
	Office OfficeJSON `json:"office"`
}

// RoleJSON is a role held at a unit.
type RoleJSON struct {
	Role string   `json:"role"`
	Unit UnitJSON `json:"unit"`
}

// UnitJSON names a unit.
type UnitJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// OfficeJSON is the office the account stands at.
type OfficeJSON struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Region   string `json:"region" doc:"region code"`
	TimeZone string `json:"time_zone"`
}

// Operations registers this package's operations.
func Operations(api *web.API, _ *Service) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/me", Summary: "Who am I, with which roles, at which office"},
		string(SignedIn), func(ctx context.Context, _ *struct{}) (*struct{ Body MeJSON }, error) {
			return &struct{ Body MeJSON }{Body: me(From(ctx))}, nil
		})
}

func me(a Actor) MeJSON {
	var m MeJSON
	m.User.ID, m.User.Name, m.User.Email = a.User.String(), a.Name, a.Email
	m.Office = OfficeJSON{ID: a.Office.ID.String(), Name: a.Office.Name, Region: a.Office.Region, TimeZone: a.Office.Zone.String()}
	m.Roles = []RoleJSON{}
	for _, r := range a.Roles {
		m.Roles = append(m.Roles, RoleJSON{Role: string(r), Unit: UnitJSON{ID: m.Office.ID, Name: m.Office.Name}})
	}
	return m
}
