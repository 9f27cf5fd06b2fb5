package exchange

import (
	"context"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
	"teduh/internal/region"
)

var (
	costNames     = i18n.Family("partner.cost.")
	languageNames = i18n.Family("partner.language.")
)

// villageCodes is the kind of identifier by which a location says in which village it lies.
const villageCodes = "kode wilayah"

// teller makes HSDS of what is public. It is given partner.Told and partner.PublicPartners alone, which hold nothing else.
type teller struct {
	ctx    context.Context // in the language of the data
	places map[db.ID]place
}

// tellerFor reads the offices of some entries.
func (s *Service) tellerFor(ctx context.Context, offices ...db.ID) (teller, error) {
	t := teller{inData(ctx), map[db.ID]place{}}
	err := s.DB.Read(ctx, func(r db.Reader) error {
		for _, office := range offices {
			if _, known := t.places[office]; known {
				continue
			}
			p, err := s.placeOf(ctx, r, office)
			if err != nil {
				return err
			}
			t.places[office] = p
		}
		return nil
	})
	return t, err
}

// organization with everything it holds but its services.
func (t teller) organization(p partner.Partner) *hsds.Organization {
	o := &hsds.Organization{ID: p.ID.String(), Name: p.Name, Description: p.Description, Website: p.Website}
	settings := t.places[p.Office].settings
	o.Attributes = append(o.Attributes, word{kindTaxonomy, p.Kind, nobody}.attribute(t.ctx, p.ID, "organization", settings))
	if p.PSKS != "" {
		o.Attributes = append(o.Attributes, word{psksTaxonomy, p.PSKS, nobody}.attribute(t.ctx, p.ID, "organization", settings))
	}
	if !p.Address.Empty() {
		o.Locations = []hsds.Location{*t.location(p.ID, p.ID, p.Address)}
	}
	return o
}

// service with everything it holds, its organization too.
func (t teller) service(x partner.Told) *hsds.Service {
	s, of := x.Service, t.places[x.Service.Office]
	o := &hsds.Service{ID: s.ID.String(), OrganizationID: x.Partner.ID.String(), Name: s.Name, Description: s.Description, Status: "active",
		Email: s.Contact.Email, AssuredDate: string(s.Checked.On), LastModified: x.Changed().UTC().Format(time.RFC3339), Organization: t.organization(x.Partner)}
	o.MinimumAge, o.MaximumAge = age(s.For.AgeFrom), age(s.For.AgeTo)
	if s.For.Sex != "" {
		w := word{forTaxonomy, s.For.Sex, nobody}
		o.EligibilityDescription = sexNames.T(t.ctx, s.For.Sex)
		o.Attributes = append(o.Attributes, w.attribute(t.ctx, s.ID, "service", of.settings))
	}
	for _, code := range s.For.Needs {
		o.Attributes = append(o.Attributes, need(s.Office, code).attribute(t.ctx, s.ID, "service", of.settings))
	}
	t.cost(o, s)
	t.lists(o, s)
	o.Schedules = hsds.Schedules(s.Hours, of.zone, func(n int) string { return derived(s.ID, "schedule", strconv.Itoa(n)) })
	for i := range o.Schedules {
		o.Schedules[i].ServiceID = o.ID
	}
	if s.Contact.Phone != "" {
		o.Phones = []hsds.Phone{{ID: derived(s.ID, "phone", ""), ServiceID: o.ID, Number: s.Contact.Phone, Type: "voice", Description: s.Contact.Role}}
	}
	if at, public := x.At(); public {
		o.ServiceAtLocations = []hsds.ServiceAtLocation{{ID: placeID(s.ID), ServiceID: o.ID, Location: t.whereIs(x, at)}}
		o.ServiceAtLocations[0].LocationID = o.ServiceAtLocations[0].Location.ID
	}
	return o
}

// placeID is the key of the place at which a service is given.
func placeID(service db.ID) string { return derived(service, "place", "") }

func age(n *int) hsds.Number {
	if n == nil {
		return ""
	}
	return hsds.Number(strconv.Itoa(*n))
}

func (t teller) cost(o *hsds.Service, s partner.Service) {
	o.FeesDescription = s.CostWords
	if s.Cost == "" {
		return
	}
	c := hsds.CostOption{ID: derived(s.ID, "cost", ""), ServiceID: o.ID, Option: costNames.T(t.ctx, s.Cost)}
	if s.Cost == "free" {
		c.Amount, c.Currency = "0", "IDR"
	}
	o.CostOptions = []hsds.CostOption{c}
}

func (t teller) lists(o *hsds.Service, s partner.Service) {
	for _, code := range s.Languages {
		o.Languages = append(o.Languages, hsds.Language{ID: derived(s.ID, "language", code), ServiceID: o.ID, Name: languageNames.T(t.ctx, code), Code: code})
	}
	for _, line := range lines(s.Documents) {
		o.RequiredDocuments = append(o.RequiredDocuments, hsds.RequiredDocument{ID: derived(s.ID, "document", line), ServiceID: o.ID, Document: line})
	}
	for _, code := range s.For.Areas {
		name, _ := region.Name(code)
		o.ServiceAreas = append(o.ServiceAreas, hsds.ServiceArea{ID: derived(s.ID, "area", code), ServiceID: o.ID, Name: name, Extent: code, ExtentType: villageCodes})
	}
}

// lines of a text that say something, each once.
func lines(text string) (list []string) {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !seen[line] {
			seen[line] = true
			list = append(list, line)
		}
	}
	return list
}

// whereIs is where a service is given. Its location is its own, also where it is at its organization's address: who gets in with
// a wheelchair is known of the service.
func (t teller) whereIs(x partner.Told, at partner.Address) *hsds.Location {
	l := t.location(x.Service.ID, x.Partner.ID, at)
	if x.Service.Wheelchair {
		l.Accessibility = []hsds.Accessibility{{ID: derived(x.Service.ID, "wheelchair", ""), LocationID: l.ID, Description: i18n.T(t.ctx, "exchange.wheelchair")}}
	}
	return l
}

// location of an address that is public.
func (t teller) location(of, organization db.ID, at partner.Address) *hsds.Location {
	l := &hsds.Location{ID: derived(of, "location", ""), LocationType: "physical", OrganizationID: organization.String()}
	if at.Point != nil {
		l.Latitude, l.Longitude = degrees(at.Point.Lat), degrees(at.Point.Lon)
	}
	a := hsds.Address{ID: derived(of, "address", ""), LocationID: l.ID, Address1: at.Street, Country: "ID", AddressType: "physical"}
	if at.Village != "" {
		l.ExternalIdentifier, l.IdentifierType = at.Village, villageCodes
		for i, r := range region.Path(at.Village) {
			*[]*string{&a.StateProvince, &a.City, &a.Region, &a.Address2}[i] = r.Name
		}
	}
	if at.Street != "" || at.Village != "" {
		l.Addresses = []hsds.Address{a}
	}
	return l
}

func degrees(v float64) hsds.Number { return hsds.Number(strconv.FormatFloat(v, 'f', -1, 64)) }
