package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/partner/hours"
	"teduh/internal/partner/hsds"
	"teduh/internal/region"
	"teduh/internal/web"
)

// taker makes entries of the directory of what another one told, as an office takes them.
type taker struct {
	ctx    context.Context // in the language of the data
	zone   hsds.Zone
	office access.Office
	shelf  partner.Shelf
	owners map[string]owner // partners by their key in the other directory
	lost   map[string]bool  // words that were told of already
	report *Report
}

// owner is a partner by its key in the other directory.
type owner struct {
	id   db.ID
	name string
	at   partner.Address
}

// words gathers what has no field of its own in the directory; it stands below the description.
type words struct {
	ctx  context.Context
	list []string
}

func (w *words) add(label, text string) {
	if text = strings.TrimSpace(text); text != "" {
		w.list = append(w.list, i18n.T(w.ctx, "exchange.line", "label", label, "text", text))
	}
}

// below a description.
func (w *words) below(description string) string {
	return strings.TrimSpace(strings.Join(append([]string{strings.TrimSpace(description)}, w.list...), "\n\n"))
}

// partnerOf makes a partner of an organization.
func (t *taker) partnerOf(o *hsds.Organization) partner.Partner {
	p := partner.Partner{Name: o.Name, Kind: "other", Website: website(o.Website)}
	w := words{ctx: t.ctx}
	w.add(i18n.T(t.ctx, "exchange.also"), o.AlternateName)
	if p.Website == "" {
		w.add(i18n.T(t.ctx, "exchange.website"), o.Website)
	}
	p.Description = w.below(o.Description)
	for _, a := range o.Attributes {
		if code := said(a, kindTaxonomy); slices.Contains(partner.Kinds, code) {
			p.Kind = code
		}
		if code := said(a, psksTaxonomy); slices.Contains(partner.PSKSKinds, code) {
			p.PSKS = code
		}
	}
	if len(o.Locations) > 0 {
		p.Address = addressOf(&o.Locations[0])
	}
	return p
}

// website takes an address that the directory keeps.
func website(s string) string {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		if utf8.RuneCountInString(s) <= web.MaxLine {
			return s
		}
	}
	return ""
}

// addressOf makes an address of a location; the village is known where the location says it.
func addressOf(l *hsds.Location) (at partner.Address) {
	if l.IdentifierType == villageCodes && region.IsVillage(l.ExternalIdentifier) {
		at.Village = l.ExternalIdentifier
	}
	if l.Latitude != "" && l.Longitude != "" {
		at.Point = &partner.Point{Lat: l.Latitude.Float(), Lon: l.Longitude.Float()}
	}
	if len(l.Addresses) == 0 {
		at.Street = l.Name
		return at
	}
	a := l.Addresses[0]
	parts := []string{a.Address1}
	if at.Village == "" { // else the rest is known by the village
		parts = append(parts, a.Address2, a.City, a.Region, a.StateProvince, a.PostalCode)
	}
	at.Street = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
	if utf8.RuneCountInString(at.Street) > web.MaxLine {
		at.Street = a.Address1
	}
	return at
}

// offer is a service at one of its places, with its key.
type offer struct {
	key     string
	service partner.Service
}

// offersOf makes services of one: the directory gives each place where something is offered an entry of its own.
func (t *taker) offersOf(s *hsds.Service, of owner) (list []offer) {
	places := s.ServiceAtLocations
	if len(places) == 0 {
		return []offer{{s.ID, t.offerOf(s, nil, of)}}
	}
	for i := range places {
		x := offer{s.ID, t.offerOf(s, &places[i], of)}
		if len(places) > 1 {
			x.key += "@" + places[i].ID
			if name := placeName(&places[i]); name != "" && utf8.RuneCountInString(s.Name+name)+3 <= web.MaxName {
				x.service.Name = s.Name + " – " + name
			}
		}
		list = append(list, x)
	}
	return list
}

func placeName(at *hsds.ServiceAtLocation) string {
	if at.Location != nil && at.Location.Name != "" {
		return at.Location.Name
	}
	return at.Description
}

func (t *taker) offerOf(s *hsds.Service, at *hsds.ServiceAtLocation, of owner) partner.Service {
	x := partner.Service{Partner: of.id, Name: s.Name, Documents: documents(s.RequiredDocuments), Checked: partner.Checked{On: db.Date(s.AssuredDate)}}
	w := words{ctx: t.ctx}
	w.add(i18n.T(t.ctx, "exchange.also"), s.AlternateName)
	x.For.AgeFrom, x.For.AgeTo = years(s.MinimumAge), years(s.MaximumAge)
	t.terms(&x, s)
	if x.For.Sex == "" {
		w.add(i18n.T(t.ctx, "exchange.eligible"), s.EligibilityDescription)
	}
	w.add(i18n.T(t.ctx, "exchange.apply"), s.ApplicationProcess)
	w.add(i18n.T(t.ctx, "exchange.wait"), s.WaitTime)
	w.add(i18n.T(t.ctx, "exchange.alert"), s.Alert)
	w.add(i18n.T(t.ctx, "exchange.interpreting"), s.InterpretationServices)
	w.add(i18n.T(t.ctx, "exchange.website"), s.URL)
	x.Contact = t.contactOf(s, at)
	x.Hours = t.hours(&w, s, at)
	t.costs(&x, &w, s)
	t.languages(&x, &w, s)
	t.areas(&x, &w, s)
	if at != nil && at.Location != nil {
		x.Wheelchair = len(at.Location.Accessibility) > 0
		if place := addressOf(at.Location); !place.Empty() && !sameAddress(place, of.at) {
			x.OwnPlace, x.Address = true, place
		}
	}
	x.Description = w.below(s.Description)
	return x
}

func sameAddress(a, b partner.Address) bool {
	if (a.Point == nil) != (b.Point == nil) || a.Point != nil && *a.Point != *b.Point {
		return false
	}
	return a.Street == b.Street && a.Village == b.Village
}

func documents(list []hsds.RequiredDocument) string {
	names := make([]string, len(list))
	for i, d := range list {
		names[i] = d.Document
	}
	return strings.Join(lines(strings.Join(names, "\n")), "\n")
}

func years(n hsds.Number) *int {
	if !n.Valid() {
		return nil
	}
	v := int(n.Float())
	return &v
}

// terms takes over what is said in our words; of others' words the report tells once each.
func (t *taker) terms(x *partner.Service, s *hsds.Service) {
	for _, a := range s.Attributes {
		code := said(a, needsTaxonomy)
		switch {
		case code != "" && t.shelf.NeedKnown(code):
			x.For.Needs = append(x.For.Needs, code)
		case slices.Contains(sexes, said(a, forTaxonomy)):
			x.For.Sex = said(a, forTaxonomy)
		case a.TaxonomyTerm != nil && !t.lost[a.TaxonomyTerm.ID]:
			t.lost[a.TaxonomyTerm.ID] = true
			t.report.add(Problem{Place: t.report.at, Path: "attributes", Key: "hsds.problem.unknown_term", Value: a.TaxonomyTerm.Name, Kept: true})
		}
	}
}

// contactOf is how it is reached: the place's own phone before the service's before the organization's.
func (t *taker) contactOf(s *hsds.Service, at *hsds.ServiceAtLocation) partner.Contact {
	c := partner.Contact{Email: s.Email}
	phones, people := s.Phones, s.Contacts
	if at != nil {
		phones, people = append(slices.Clone(at.Phones), phones...), append(slices.Clone(at.Contacts), people...)
		if at.Location != nil {
			phones = append(phones, at.Location.Phones...)
		}
	}
	for _, p := range people {
		if c.Name == "" {
			c.Name, c.Role = p.Name, p.Title
			phones = append(phones, p.Phones...)
		}
		if c.Email == "" {
			c.Email = p.Email
		}
	}
	if o := s.Organization; o != nil {
		phones = append(phones, o.Phones...)
		if c.Email == "" {
			c.Email = o.Email
		}
	}
	if len(phones) > 0 {
		c.Phone = phones[0].Number
		if c.Role == "" {
			c.Role = phones[0].Description
		}
	}
	if !c.Empty() && c.Name == "" && c.Role == "" {
		c.Role = i18n.T(t.ctx, "exchange.contact")
	}
	return c
}

// hours are those of the place, else the location's, else the service's; what no week can hold is put into words.
func (t *taker) hours(w *words, s *hsds.Service, at *hsds.ServiceAtLocation) (week hours.Week) {
	list := s.Schedules
	if at != nil && at.Location != nil && len(at.Location.Schedules) > 0 {
		list = at.Location.Schedules
	}
	if at != nil && len(at.Schedules) > 0 {
		list = at.Schedules
	}
	week, left := hsds.Week(list, t.zone)
	for _, x := range left {
		text := x.Description
		if text == "" {
			text = strings.TrimSpace(strings.Join([]string{x.Freq, x.ByDay, x.ByMonthDay, strings.Trim(x.OpensAt+"–"+x.ClosesAt, "–"), x.Notes}, " "))
		}
		w.add(i18n.T(t.ctx, "exchange.also_open"), text)
	}
	return week
}

func (t *taker) costs(x *partner.Service, w *words, s *hsds.Service) {
	x.CostWords = s.FeesDescription
	if utf8.RuneCountInString(x.CostWords) > web.MaxLine {
		w.add(i18n.T(t.ctx, "exchange.fees"), x.CostWords)
		x.CostWords = ""
	}
	for _, c := range s.CostOptions {
		for _, code := range partner.Costs {
			if c.Option == costNames.T(t.ctx, code) {
				x.Cost = code
			}
		}
		switch {
		case x.Cost != "":
		case c.Amount != "" && c.Amount.Float() == 0:
			x.Cost = "free"
		case c.Amount != "":
			x.Cost = "paid"
		}
		if x.CostWords == "" && c.AmountDescription != "" && utf8.RuneCountInString(c.AmountDescription) <= web.MaxLine {
			x.CostWords = c.AmountDescription
		}
	}
}

func (t *taker) languages(x *partner.Service, w *words, s *hsds.Service) {
	var others []string
	for _, l := range s.Languages {
		code, _, _ := strings.Cut(strings.ToLower(l.Code), "-")
		if slices.Contains(partner.Languages, code) {
			x.Languages = append(x.Languages, code)
		} else if name := strings.TrimSpace(l.Name); name != "" {
			others = append(others, name)
		}
	}
	w.add(i18n.T(t.ctx, "exchange.languages"), strings.Join(others, ", "))
}

func (t *taker) areas(x *partner.Service, w *words, s *hsds.Service) {
	var others []string
	for _, a := range s.ServiceAreas {
		if a.ExtentType == villageCodes && region.Valid(a.Extent) {
			x.For.Areas = append(x.For.Areas, a.Extent)
		} else if name := strings.TrimSpace(a.Name); name != "" {
			others = append(others, name)
		}
	}
	w.add(i18n.T(t.ctx, "exchange.area"), strings.Join(others, ", "))
}

// digest of what was told, by which it is known again.
func digest(thing any) []byte {
	raw, err := json.Marshal(thing)
	if err != nil {
		panic(err) // numbers and texts alone
	}
	sum := sha256.Sum256(raw)
	return sum[:16]
}
