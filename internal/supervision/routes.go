package supervision

import (
	"teduh/internal/access"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct{ service *Service }

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{service: s} }

// Routes of supervision.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: "/tim", Permission: string(access.TeamRead), Handle: p.team},
	}
}
