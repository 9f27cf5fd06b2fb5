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
	Roles  []RoleJSON `json:"roles" nullable:"false"`
	Office OfficeJSON `json:"office"`
}

// RoleJSON is a role held at a unit.
type RoleJSON struct {
	Role string   `json:"role" example:"worker"`
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
	Region   string `json:"region" doc:"region code" example:"21.72"`
	TimeZone string `json:"time_zone" example:"Asia/Jakarta"`
}

// Operations registers this package's operations.
func Operations(api *web.API, s *Service) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/me", Tags: []string{"account"}, Summary: "Who am I, with which roles, at which office"},
		string(SignedIn), func(ctx context.Context, _ *struct{}) (*struct{ Body MeJSON }, error) {
			a := From(ctx)
			grants, err := s.Grants(ctx, a)
			if err != nil {
				return nil, err
			}
			return &struct{ Body MeJSON }{Body: me(a, grants)}, nil
		})
}

func me(a Actor, grants []Grant) MeJSON {
	var m MeJSON
	m.User.ID, m.User.Name, m.User.Email = a.User.String(), a.Name, a.Email
	m.Office = OfficeJSON{ID: a.Office.ID.String(), Name: a.Office.Name, Region: a.Office.Region, TimeZone: a.Office.Zone.String()}
	m.Roles = []RoleJSON{}
	for _, g := range grants {
		m.Roles = append(m.Roles, RoleJSON{Role: string(g.Role), Unit: UnitJSON{ID: g.Unit.String(), Name: g.UnitName}})
	}
	return m
}
