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
// One looks before one creates: Add refuses likely twins until the one who enters says they are different people. Two
// records of one person are merged and unmerged again (Merge, Unmerge); nothing of either is lost, see
// docs/adr/0009-merging.md.
package person

import (
	"slices"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person/nik"
	"teduh/internal/person/phone"
	"teduh/internal/region"
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
	DiedPrecision  string // "day", "month", "year", "unknown" (dead, but nobody knows since when) or empty
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

// Sexes and the precisions are the closed sets; empty means not stated.
var (
	Sexes           = []string{"f", "m", ""}
	BirthPrecisions = []string{"day", "month", "year", "estimate", ""}
	DeathPrecisions = []string{"day", "month", "year", "unknown", ""}
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
	if today.Format("01-02") < birth.Format("01-02") {
		years--
	}
	return years, true
}

// Tidy brings what was typed into its normal form. What is malformed stays as typed; Warnings tells of it.
func (p *Person) Tidy() {
	for _, line := range []*string{&p.Name, &p.CallName, &p.BirthPlace, &p.Work, &p.Sealed.RealName, &p.Sealed.Street, &p.Sealed.Landmark} {
		*line = oneLine(*line)
	}
	p.tidyAliases()
	p.tidyNumbers()
	switch {
	case p.BirthDate == "":
		p.BirthPrecision = ""
	case p.BirthPrecision == "":
		p.BirthPrecision = "day"
	}
	switch {
	case p.DiedOn == "" && p.DiedPrecision != "unknown":
		p.DiedPrecision = ""
	case p.DiedOn != "" && (p.DiedPrecision == "" || p.DiedPrecision == "unknown"):
		p.DiedPrecision = "day"
	}
	if !p.Protected {
		p.Sealed.RealName = ""
	}
	p.tidyAddress()
}

func (p *Person) tidyAliases() {
	var kept []string
	for _, a := range p.Aliases {
		if a = oneLine(a); a != "" && a != p.Name && !slices.Contains(kept, a) {
			kept = append(kept, a)
		}
	}
	p.Aliases = kept
}

func (p *Person) tidyNumbers() {
	p.Sealed.NIK, p.Sealed.KK = nik.Normalise(p.Sealed.NIK), nik.Normalise(p.Sealed.KK)
	var kept []Phone
	for _, f := range p.Sealed.Phones {
		if f.Number, _ = phone.Normalise(f.Number); f.Number == "" {
			continue
		}
		if !slices.ContainsFunc(kept, func(k Phone) bool { return k.Number == f.Number }) {
			kept = append(kept, f)
		}
	}
	p.Sealed.Phones = kept
}

// tidyAddress keeps the village where it belongs: readable, or sealed when the address is confidential.
func (p *Person) tidyAddress() {
	switch {
	case p.Confidential && p.Village != "":
		p.Sealed.Village, p.Village = p.Village, ""
	case !p.Confidential && p.Village == "":
		p.Village, p.Sealed.Village = p.Sealed.Village, ""
	case !p.Confidential:
		p.Sealed.Village = ""
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Check names what is wrong; today is the day in the office's zone.
func (p Person) Check(today db.Date) error {
	var c fault.Checks
	c.Add(web.Length("name", p.Name, 1, web.MaxName))
	c.Add(web.Length("call_name", p.CallName, 0, web.MaxName))
	c.Add(web.Length("real_name", p.Sealed.RealName, 0, web.MaxName))
	c.Field(len(p.Aliases) > maxAliases, "aliases", "too_many", "person.aliases.too_many", "max", maxAliases)
	for _, a := range p.Aliases {
		c.Add(web.Length("aliases", a, 0, web.MaxName))
	}
	c.Field(!slices.Contains(Sexes, p.Sex), "sex", "unknown", "error.choice")
	p.checkDays(&c, today)
	p.checkAddress(&c)
	c.Field(len(p.Sealed.Phones) > maxPhones, "phones", "too_many", "person.phones.too_many", "max", maxPhones)
	for _, f := range p.Sealed.Phones {
		c.Add(web.Length("phones", f.Number, 0, web.MaxLine))
		c.Add(web.Length("phones", f.Hours, 0, web.MaxLine))
	}
	for _, l := range p.lines() {
		c.Add(web.Length(l.field, l.text, 0, web.MaxLine))
	}
	return c.Err()
}

// More of them than these say that something was pasted that is no list of names or numbers.
const (
	maxAliases = 20
	maxPhones  = 10
)

type line struct{ field, text string }

// lines are the single lines with the common limit, in the order of the form.
func (p Person) lines() []line {
	return []line{{"nik", p.Sealed.NIK}, {"kk", p.Sealed.KK}, {"birth_place", p.BirthPlace}, {"religion", p.Religion},
		{"marital", p.Marital}, {"education", p.Education}, {"work", p.Work}, {"disability", p.Disability},
		{"languages", p.Languages}, {"welfare_status", p.WelfareStatus}, {"aid", p.Aid}, {"address.rw", p.Sealed.RW},
		{"address.rt", p.Sealed.RT}, {"address.street", p.Sealed.Street}, {"address.landmark", p.Sealed.Landmark},
		{"address.point", p.Sealed.Point}, {"emergency", p.Sealed.Emergency}}
}

func (p Person) checkDays(c *fault.Checks, today db.Date) {
	c.Field(!slices.Contains(BirthPrecisions, p.BirthPrecision), "birth_precision", "unknown", "error.choice")
	if p.BirthDate != "" {
		_, err := db.ParseDate(string(p.BirthDate))
		c.Field(err != nil, "birth_date", "impossible", "person.birth.impossible")
		c.Field(err == nil && p.BirthDate > today, "birth_date", "future", "person.birth.future")
		c.Field(err == nil && p.BirthDate < "1870-01-01", "birth_date", "too_early", "person.birth.early")
	}
	c.Field(!slices.Contains(DeathPrecisions, p.DiedPrecision), "died_precision", "unknown", "error.choice")
	if p.DiedOn != "" {
		_, err := db.ParseDate(string(p.DiedOn))
		c.Field(err != nil || p.DiedOn > today || p.diedBeforeBirth(), "died_on", "impossible", "person.death.impossible")
	}
}

// Dead tells whether the person has died, on a day that is known or not.
func (p Person) Dead() bool { return p.DiedOn != "" || p.DiedPrecision == "unknown" }

// diedBeforeBirth compares the two days as far as both are known.
func (p Person) diedBeforeBirth() bool {
	n := min(knownLetters(p.BirthPrecision), knownLetters(p.DiedPrecision), len(p.BirthDate), len(p.DiedOn))
	return p.DiedOn[:n] < p.BirthDate[:n]
}

// knownLetters is how much of 2006-01-02 a precision vouches for.
func knownLetters(precision string) int {
	switch precision {
	case "year", "estimate":
		return len("2006")
	case "month":
		return len("2006-01")
	}
	return len("2006-01-02")
}

func (p Person) checkAddress(c *fault.Checks) {
	home := p.Home()
	level, ok := region.LevelOf(home)
	c.Field(home != "" && (!ok || level != region.Village || !region.Valid(home)), "address.village_code", "unknown", "person.village.unknown")
}

// Warning is something doubtful about a fact that was kept as it was typed.
type Warning struct {
	Field string
	Code  string // catalog key "person.warning." + Code
}

// Warnings tells what a person should look at once more: numbers of the wrong form, a NIK that says another birth or sex.
func (p Person) Warnings() []Warning {
	var list []Warning
	for _, w := range nik.Check(p.Sealed.NIK, p.knownBirth(), nikSexes[p.Sex]) {
		list = append(list, Warning{Field: "nik", Code: "nik_" + string(w)})
	}
	if p.Sealed.KK != "" && (len(onlyDigits(p.Sealed.KK)) != nik.Length || len(p.Sealed.KK) != nik.Length) {
		list = append(list, Warning{Field: "kk", Code: "kk_form"})
	}
	for _, f := range p.Sealed.Phones {
		if _, ok := phone.Normalise(f.Number); !ok {
			list = append(list, Warning{Field: "phones", Code: "phone_form"})
			break
		}
	}
	return list
}

var nikSexes = map[string]string{"m": nik.Male, "f": nik.Female}

// knownBirth is the birth date as far as it is known: 1990-05-01, 1990-05, 1990 or nothing.
func (p Person) knownBirth() string {
	if len(p.BirthDate) != len("2006-01-02") {
		return ""
	}
	switch p.BirthPrecision {
	case "day":
		return string(p.BirthDate)
	case "month":
		return string(p.BirthDate[:7])
	case "year":
		return string(p.BirthDate[:4])
	}
	return ""
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
	Address  string    `json:"address,omitempty"`
	Contacts []Contact `json:"contacts,omitempty"`
}

// Contact is someone who speaks for a group, organisation or community.
type Contact struct {
	Name  string `json:"name"`
	Role  string `json:"role,omitempty"`
	Phone string `json:"phone,omitempty"`
}
