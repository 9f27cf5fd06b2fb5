package unit

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/web"
)

// Gate is a demand of a stage that an office may switch off.
type Gate struct{ Stage, Code string }

// Pages are the handlers of the settings.
type Pages struct {
	service *Service
	access  *access.Service
	gates   []Gate
	place   func(region string) string
}

// NewPages makes the pages; gates are those that the domains ask for, place names a region.
func NewPages(s *Service, acc *access.Service, gates []Gate, place func(region string) string) *Pages {
	return &Pages{service: s, access: acc, gates: slices.DeleteFunc(gates, isApproval), place: place}
}

// Routes of the settings.
func (p *Pages) Routes() []web.Route {
	settings := string(access.OfficeSettings)
	return []web.Route{
		{Method: "GET", Path: "/pengaturan", Permission: settings, Handle: p.index},
		{Method: "GET", Path: "/pengaturan/kantor", Permission: settings, Handle: p.officePage},
		{Method: "POST", Path: "/pengaturan/kantor", Permission: settings, Handle: p.office},
		{Method: "GET", Path: "/pengaturan/{bagian}", Permission: settings, Handle: p.partPage},
		{Method: "POST", Path: "/pengaturan/{bagian}", Permission: settings, Handle: p.change},
	}
}

// slugs are the addresses of the areas.
var slugs = map[string]string{"kategori": "categories", "layanan": "services", "tahap": "stages", "urgensi": "urgency", "tanda-bahaya": "danger",
	"piket": "duty", "kalender": "calendar", "nomor-darurat": "emergency", "aturan": "rules", "bimbingan-lanjut": "follow_up",
	"supervisi": "guidance"}

func slugOf(area string) string {
	for slug, of := range slugs {
		if of == area {
			return slug
		}
	}
	return ""
}

func (p *Pages) colleagues(ctx context.Context, a access.Actor) ([]access.Colleague, error) {
	all, err := p.access.Colleagues(ctx, a)
	if err != nil {
		return nil, err
	}
	var list []access.Colleague
	for _, c := range all {
		for _, role := range c.Roles {
			if role.Allows(access.RequestRead) {
				list = append(list, c)
				break
			}
		}
	}
	return list, nil
}
