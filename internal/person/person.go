// Package person keeps the people an office knows, their families, and the clients it serves.
//
// A Person is anyone with facts worth keeping; everything but the name may be missing. NIK, family card, phones, street
// and the real name of a protected person are sealed under the person's own key (Sealed); the rest is readable because
// lists sort and search by it. A Client is who a case is about: an individual or a family among these people, or a group,
// an organisation or a community.
//
// People are found by the beginnings of the words of their names (see names), by NIK and by phone. A person known only
// through cases that the reader may not see is not found: Level and the person's readers, kept by SetReaders, say so in
// SQL, together with access.Scope.
//
// One looks before one creates: Add refuses likely twins until the one who enters says they are different people.
package person

import (
	"slices"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// Person is what the office knows of someone.
type Person struct {
	ID             db.ID
	Office         db.ID
	Name           string // as spoken; the alias where the identity is protected
	CallName       string
	Aliases        []string
	Sex            string // "m", "f" or not stated
	BirthDate      db.Date
	BirthPrecision string // "day", "month", "year", "estimate" or empty
	BirthPlace     string
	Village        string // region code; empty when unknown, and for readers of lists when the address is confidential
	Confidential   bool   // the address is: it stands in Sealed alone
	Protected      bool   // the identity is: Name is an alias, Sealed.RealName the name
	Religion       string
	Marital        string
	Education      string
	Work           string
	Disability     string
	Languages      string
	WelfareStatus  string // standing in DTSEN/DTKS, as told
	Aid            string
	DiedOn         db.Date
	ExternalID     string // the number in an imported list
	MadeUp         bool
	Level          int // 1 to 3: the lowest confidentiality among what links the office to this person
	CreatedAt      db.Time
	UpdatedAt      db.Time
	Version        int64
	Sealed         Sealed
}

// Sealed is what stands under the person's key.
type Sealed struct {
	NIK       string  `json:"nik,omitempty"`
	KK        string  `json:"kk,omitempty"`
	Phones    []Phone `json:"phones,omitempty"`
	Village   string  `json:"village,omitempty"` // only for a confidential address
	RW        string  `json:"rw,omitempty"`
	RT        string  `json:"rt,omitempty"`
	Street    string  `json:"street,omitempty"`
	Landmark  string  `json:"landmark,omitempty"`
	Point     string  `json:"point,omitempty"` // "latitude,longitude" in degrees, WGS 84
	RealName  string  `json:"real_name,omitempty"`
	Emergency string  `json:"emergency,omitempty"`
}

// Phone is a number and how safe it is.
type Phone struct {
	Number        string `json:"number"`
	SafeToCall    bool   `json:"safe_to_call"`
	SafeToMessage bool   `json:"safe_to_message,omitempty"`
	Hours         string `json:"hours,omitempty"`
}

// Sexes and BirthPrecisions are the closed sets; empty means not stated.
var (
	Sexes           = []string{"f", "m", ""}
	BirthPrecisions = []string{"day", "month", "year", "estimate", ""}
)

// Home is the village of the address, wherever it stands.
func (p Person) Home() string {
	if p.Confidential {
		return p.Sealed.Village
	}
	return p.Village
}

// Age in whole years on a day, false when the birth is unknown.
func (p Person) Age(on db.Date) (int, bool) {
	birth, today := p.BirthDate.In(time.UTC), on.In(time.UTC)
	if birth.IsZero() || today.IsZero() || today.Before(birth) {
		return 0, false
	}
	years := today.Year() - birth.Year()
	if today.YearDay() < time.Date(today.Year(), birth.Month(), birth.Day(), 0, 0, 0, 0, time.UTC).YearDay() {
		years--
	}
	return years, true
}

// Tidy brings what was typed into its normal form.
func (p *Person) Tidy() {
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	p.CallName = strings.Join(strings.Fields(p.CallName), " ")
	p.Aliases = slices.DeleteFunc(p.Aliases, func(a string) bool { return strings.TrimSpace(a) == "" })
	if p.BirthDate != "" && p.BirthPrecision == "" {
		p.BirthPrecision = "day"
	}
	if p.Confidential && p.Village != "" {
		p.Sealed.Village, p.Village = p.Village, ""
	}
	p.Sealed.Phones = slices.DeleteFunc(p.Sealed.Phones, func(f Phone) bool { return strings.TrimSpace(f.Number) == "" })
}

// Check names what is wrong; today is the day in the office's zone.
func (p Person) Check(today db.Date) error {
	var c fault.Checks
	c.Add(web.Length("name", p.Name, 1, web.MaxName))
	c.Add(web.Length("call_name", p.CallName, 0, web.MaxName))
	for _, a := range p.Aliases {
		c.Add(web.Length("aliases", a, 0, web.MaxName))
	}
	c.Field(!slices.Contains(Sexes, p.Sex), "sex", "unknown", "error.choice")
	c.Field(!slices.Contains(BirthPrecisions, p.BirthPrecision), "birth_precision", "unknown", "error.choice")
	if p.BirthDate != "" {
		_, err := db.ParseDate(string(p.BirthDate))
		c.Field(err != nil, "birth_date", "impossible", "person.birth.impossible")
		c.Field(p.BirthDate > today, "birth_date", "future", "person.birth.future")
		c.Field(p.BirthDate < "1870-01-01", "birth_date", "too_early", "person.birth.early")
	}
	c.Field(p.DiedOn != "" && (p.DiedOn > today || p.BirthDate != "" && p.DiedOn < p.BirthDate), "died_on", "impossible", "person.death.impossible")
	for field, line := range map[string]string{"birth_place": p.BirthPlace, "work": p.Work, "street": p.Sealed.Street,
		"landmark": p.Sealed.Landmark, "disability": p.Disability, "languages": p.Languages, "aid": p.Aid, "emergency": p.Sealed.Emergency} {
		c.Add(web.Length(field, line, 0, web.MaxLine))
	}
	return c.Err()
}

// ClientKinds are the five kinds of client.
var ClientKinds = []string{"individual", "family", "group", "organisation", "community"}

// Client is who a case is about.
type Client struct {
	ID       db.ID
	Kind     string
	Name     string
	Person   db.ID // of an individual
	Family   db.ID
	BodyKind string // of a group, organisation or community: school, RT, workplace …
	Village  string
	Members  int
	Sealed   ClientSealed
	Version  int64
}

// ClientSealed is what stands under the key of a group, organisation or community.
type ClientSealed struct {
	Address  string `json:"address,omitempty"`
	Contacts string `json:"contacts,omitempty"`
}
