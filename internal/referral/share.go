package referral

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/region"
)

// Fields of a client that may go along with a referral, in the order they are offered: the least telling first.
var Fields = []string{"called", "age", "sex", "contact", "languages", "disability", "village", "categories", "risk", "name", "birth_date",
	"phone", "address", "nik"}

// Least are the fields that go along unless somebody chooses otherwise.
var Least = []string{"called", "age", "contact"}

// Datum is one field as it was when it was sent.
type Datum struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// Shared is what a partner reads of a referral: a copy made when it was sent, and nothing else of the case.
type Shared struct {
	Words
	Data      []Datum `json:"data"`
	Worker    string  `json:"worker"` // who to ask at the office
	WantedOn  db.Date `json:"wanted_on,omitempty"`
	Transport bool    `json:"transport,omitempty"`
}

// checkFields refuses fields that are not offered.
func checkFields(list []string) *fault.Error {
	for _, f := range list {
		if !slices.Contains(Fields, f) {
			return fault.Field("fields", "unknown", "referral.field_unknown")
		}
	}
	return nil
}

// subject is who is referred, as the sender may know them.
type subject struct {
	c         casefile.Case
	person    person.Person // of a case with one person; empty for groups and families
	doNotCall bool
	today     db.Date
	label     func(category string) string
}

// share copies the chosen fields. One that has nothing to say is left out; one that must not leave is refused.
func (x subject) share(fields []string) (list []Datum, err error) {
	var c fault.Checks
	for _, field := range Fields {
		if !slices.Contains(fields, field) {
			continue
		}
		if why := x.barred(field); why != "" {
			c.Field(true, "fields", "barred", why)
			continue
		}
		if value := x.value(field); value != "" {
			list = append(list, Datum{field, value})
		}
	}
	return list, c.Err()
}

// barred tells why a field must not leave: an address that is confidential, a telephone that is not to be called, a name that
// is protected from the sender as well.
func (x subject) barred(field string) string {
	p := x.person
	switch {
	case (field == "address" || field == "village") && p.Confidential:
		return "referral.address_confidential"
	case field == "phone" && x.doNotCall:
		return "referral.phone_silent"
	case (field == "name" || field == "nik") && p.Protected && p.Sealed.RealName == "":
		return "referral.name_protected"
	}
	return ""
}

func (x subject) value(field string) string {
	p := x.person
	switch field {
	case "called":
		return x.called()
	case "age":
		if age, ok := p.Age(x.today); ok {
			return strconv.Itoa(age)
		}
	case "sex":
		return p.Sex
	case "contact":
		return x.contact()
	case "languages":
		return p.Languages
	case "disability":
		return p.Disability
	case "village":
		return placeOf(p.Home())
	case "categories":
		return x.categories()
	case "risk":
		return x.c.Risk
	case "name":
		return x.fullName()
	case "birth_date":
		return string(p.BirthDate)
	case "phone":
		return x.phones(func(n person.Phone) string { return n.Number })
	case "address":
		return x.address()
	case "nik":
		return p.Sealed.NIK
	}
	return ""
}

// called is the name for every day: an alias where the identity is protected, else how the person is called.
func (x subject) called() string {
	p := x.person
	switch {
	case p.ID.IsZero():
		return x.c.Client.Name
	case p.Protected:
		return p.Name
	case p.CallName != "":
		return p.CallName
	}
	first, _, _ := strings.Cut(p.Name, " ")
	return first
}

func (x subject) fullName() string {
	switch {
	case x.person.ID.IsZero():
		return x.c.Client.Name
	case x.person.Protected:
		return x.person.Sealed.RealName
	}
	return x.person.Name
}

// contact is when the client may be reached; the number itself is a field of its own.
func (x subject) contact() string {
	if x.doNotCall {
		return "office"
	}
	if hours := x.phones(func(n person.Phone) string { return n.Hours }); hours != "" {
		return hours
	}
	return "office"
}

func (x subject) phones(say func(person.Phone) string) string {
	var list []string
	for _, n := range x.person.Sealed.Phones {
		if said := say(n); n.SafeToCall && said != "" {
			list = append(list, said)
		}
	}
	return strings.Join(list, ", ")
}

func (x subject) categories() string {
	list := make([]string, len(x.c.Categories))
	for i, code := range x.c.Categories {
		list[i] = x.label(code)
	}
	return strings.Join(list, ", ")
}

func (x subject) address() string {
	s := x.person.Sealed
	parts := []string{s.Street}
	if s.RT != "" || s.RW != "" {
		parts = append(parts, strings.TrimSpace("RT "+s.RT+" RW "+s.RW))
	}
	parts = append(parts, s.Landmark, placeOf(x.person.Home()))
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

func placeOf(village string) string {
	name, _ := region.Name(village)
	return name
}

// dayOf is the office's day at an instant.
func dayOf(at db.Time, zone *time.Location) db.Date { return db.DayOf(at.Time, zone) }
