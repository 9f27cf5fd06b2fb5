package partner

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person/phone"
	"teduh/internal/region"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// Limits of what an entry holds.
const (
	MaxContacts = 10
	MaxNeeds    = 60
	MaxAreas    = 40
	MaxPlaces   = 10_000
	MaxAge      = 120
	MaxPromise  = 400 // hours of opening time
	maxWords    = 5_000
	maxPhone    = 40
)

// tidy brings what was typed to one form, and check names what is wrong with it.
func (p *Partner) tidy() {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	p.Description, p.Remarks, p.Website = strings.TrimSpace(p.Description), strings.TrimSpace(p.Remarks), strings.TrimSpace(p.Website)
	p.Contacts = slices.DeleteFunc(slices.Clone(p.Contacts), Contact.Empty)
	for i := range p.Contacts {
		p.Contacts[i].tidy()
	}
	p.Address.tidy()
	p.Kind, p.Visibility = orElse(p.Kind, "other"), orElse(p.Visibility, Internal)
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func (c *Contact) tidy() {
	c.Name, c.Role, c.Email = strings.Join(strings.Fields(c.Name), " "), strings.TrimSpace(c.Role), strings.TrimSpace(c.Email)
	c.Phone, _ = phone.Normalise(c.Phone) // what is no number is kept as typed
}

func (a *Address) tidy() {
	a.Street, a.Visibility = strings.TrimSpace(a.Street), orElse(a.Visibility, Internal)
}

func (p Partner) check() error {
	var c fault.Checks
	c.Add(web.Length("name", p.Name, 1, web.MaxName))
	c.Field(!slices.Contains(Kinds, p.Kind), "kind", "unknown", "error.choice")
	c.Field(p.PSKS != "" && !slices.Contains(PSKSKinds, p.PSKS), "psks", "unknown", "error.choice")
	c.Add(web.Length("description", p.Description, 0, maxWords))
	c.Add(web.Length("remarks", p.Remarks, 0, maxWords))
	c.Field(p.Website != "" && !isWebsite(p.Website), "website", "bad_address", "partner.error.website")
	c.Field(!slices.Contains(Visibilities, p.Visibility), "visibility", "unknown", "error.choice")
	c.Field(len(p.Contacts) > MaxContacts, "contacts", "too_many", "partner.error.contacts", "max", MaxContacts)
	for _, x := range p.Contacts {
		x.check(&c, "contacts")
	}
	p.Address.check(&c)
	p.Agreement.check(&c)
	return c.Err()
}

func isWebsite(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= web.MaxLine && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Hostname(), ".") && u.User == nil
}

func (c Contact) check(checks *fault.Checks, field string) {
	if c.Empty() {
		return
	}
	checks.Field(c.Name == "" && c.Role == "", field, "required", "partner.error.contact_name")
	for _, line := range []string{c.Name, c.Role, c.Email} {
		checks.Add(web.Length(field, line, 0, web.MaxName))
	}
	checks.Add(web.Length(field, c.Phone, 0, maxPhone))
	if c.Email != "" {
		at, err := mail.ParseAddress(c.Email)
		checks.Field(err != nil || at.Address != c.Email, field, "bad_email", "partner.error.email")
	}
}

func (a Address) check(c *fault.Checks) {
	c.Add(web.Length("street", a.Street, 0, web.MaxLine))
	c.Field(a.Village != "" && !region.IsVillage(a.Village), "village_code", "unknown", "partner.error.village")
	c.Field(!slices.Contains(Visibilities, a.Visibility), "address_visibility", "unknown", "error.choice")
	if p := a.Point; p != nil {
		c.Field(!(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180), "point", "impossible", "partner.error.point")
	}
}

func (g Agreement) check(c *fault.Checks) {
	c.Add(web.Length("agreement_number", g.Number, 0, web.MaxName))
	for _, x := range []struct {
		field string
		day   db.Date
	}{{"agreement_from", g.From}, {"agreement_until", g.Until}} {
		if x.day != "" {
			_, err := db.ParseDate(string(x.day))
			c.Field(err != nil, x.field, "bad_date", "partner.error.date")
		}
	}
	c.Field(g.Until != "" && g.Until < g.From, "agreement_until", "before_begin", "partner.error.agreement_ends")
	c.Field(g.Number == "" && (g.From != "" || g.Until != ""), "agreement_number", "required", "partner.error.agreement_number")
	c.Field(g.Number != "" && g.From == "", "agreement_from", "required", "partner.error.agreement_from")
}

func (x *Service) tidy() {
	x.Name = strings.Join(strings.Fields(x.Name), " ")
	x.Description, x.CostWords, x.Documents = strings.TrimSpace(x.Description), strings.TrimSpace(x.CostWords), strings.TrimSpace(x.Documents)
	x.For.Needs, x.For.Areas, x.Languages = once(x.For.Needs), outermost(once(x.For.Areas)), once(x.Languages)
	x.Contact.tidy()
	x.Address.tidy()
	x.Visibility = orElse(x.Visibility, Internal)
	if !x.OwnPlace {
		x.Address = Address{Visibility: Internal}
	}
}

// once sorts codes and keeps each once.
func once(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// outermost leaves out regions that lie in another one of the list; the codes are sorted, so that the wider ones come first.
func outermost(codes []string) (kept []string) {
	for _, code := range codes {
		if !slices.ContainsFunc(kept, func(outer string) bool { return strings.HasPrefix(code, outer+".") }) {
			kept = append(kept, code)
		}
	}
	return kept
}

// check names what is wrong; categories are those of the office, kept those that the service named before.
func (x Service) check(settings *unit.Settings, kept []string) error {
	var c fault.Checks
	c.Add(web.Length("name", x.Name, 1, web.MaxName))
	c.Add(web.Length("description", x.Description, 0, maxWords))
	c.Add(web.Length("cost_words", x.CostWords, 0, web.MaxLine))
	c.Add(web.Length("documents", x.Documents, 0, maxWords))
	c.Field(x.Cost != "" && !slices.Contains(Costs, x.Cost), "cost", "unknown", "error.choice")
	c.Field(!slices.Contains(Visibilities, x.Visibility), "visibility", "unknown", "error.choice")
	c.Field(strings.ContainsFunc(strings.Join(x.Languages, ""), notSmall) || slices.ContainsFunc(x.Languages, func(l string) bool { return !slices.Contains(Languages, l) }),
		"languages", "unknown", "error.choice")
	x.For.check(&c, settings, kept)
	c.Field(x.Hours.Check() != nil, "hours", "impossible", "partner.error.hours")
	x.checkPlaces(&c)
	x.checkPromises(&c)
	x.Contact.check(&c, "contact")
	x.Address.check(&c)
	return c.Err()
}

func notSmall(r rune) bool { return r < 'a' || r > 'z' }

func (f Audience) check(c *fault.Checks, settings *unit.Settings, kept []string) {
	impossible := func(age *int) bool { return age != nil && (*age < 0 || *age > MaxAge) }
	c.Field(impossible(f.AgeFrom), "age_from", "impossible", "partner.error.age", "max", MaxAge)
	c.Field(impossible(f.AgeTo), "age_to", "impossible", "partner.error.age", "max", MaxAge)
	c.Field(f.AgeFrom != nil && f.AgeTo != nil && *f.AgeFrom > *f.AgeTo, "age_to", "before_begin", "partner.error.ages")
	c.Field(!slices.Contains([]string{"", "f", "m"}, f.Sex), "sex", "unknown", "error.choice")
	c.Field(len(f.Needs) > MaxNeeds || slices.ContainsFunc(f.Needs, func(code string) bool {
		return !settings.CategoryKnown(code) && !slices.Contains(kept, code)
	}), "needs", "unknown", "partner.error.needs")
	c.Field(len(f.Areas) > MaxAreas, "areas", "too_many", "partner.error.areas_many", "max", MaxAreas)
	c.Field(slices.ContainsFunc(f.Areas, func(code string) bool { return !region.Valid(code) }), "areas", "unknown", "partner.error.areas")
}

func (x Service) checkPlaces(c *fault.Checks) {
	impossible := func(n *int) bool { return n != nil && (*n < 0 || *n > MaxPlaces) }
	c.Field(impossible(x.Capacity), "capacity", "impossible", "partner.error.places", "max", MaxPlaces)
	c.Field(impossible(x.Free), "free", "impossible", "partner.error.places", "max", MaxPlaces)
	c.Field(x.Free != nil && x.Capacity != nil && *x.Free > *x.Capacity, "free", "over_capacity", "partner.error.free")
}

func (x Service) checkPromises(c *fault.Checks) {
	for urgency, n := range x.Promises {
		c.Field(!slices.Contains(unit.Urgencies, urgency), "promises", "unknown", "error.choice")
		c.Field(n < 1 || n > MaxPromise, "promises", "impossible", "partner.error.promise", "max", MaxPromise)
	}
}
