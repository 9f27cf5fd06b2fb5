// Package partner is the directory of the office's network: organisations (Partner), and what each offers (Service): to whom,
// where, when, at what cost, and whether there is a place today.
//
// An entry is public, internal or hidden. Hidden entries are there for those alone who keep the directory; what is internal, for
// those who may read it; what is public may be told to anyone. An address has a visibility of its own: a hidden one is sealed
// under the vault key of what it belongs to, stands in no list and in no search, and is opened one at a time, with the name of
// whoever opened it kept in the log of readings (Directory.Address).
//
// Directory is what can be done. Search orders services by how well they fit what is asked, with the reasons (Fit). A partner's
// own users reach their partner's entry and services alone (access.Actor.Partner), without the office's remarks and without any
// hidden address. An entry says when it was last checked; after StaleAfter days it is asked about again (Stale).
//
// A service is found by its name within the office and made when it is not known yet; whose it is may be said later. The
// package knows no case: who was sent to a service is kept by referral, which stands above it.
package partner

import (
	"slices"
	"strings"

	"teduh/internal/db"
	"teduh/internal/partner/hours"
)

// The visibilities, from the widest to the narrowest.
const (
	Public   = "public"
	Internal = "internal"
	Hidden   = "hidden"
)

// Visibilities in their order.
var Visibilities = []string{Public, Internal, Hidden}

// narrower is the narrower of two visibilities.
func narrower(a, b string) string {
	return Visibilities[max(0, slices.Index(Visibilities, a), slices.Index(Visibilities, b))]
}

// Kinds of organisations.
var Kinds = []string{"hospital", "health_centre", "police", "legal_aid", "shelter", "women_children", "social_office", "education", "religious",
	"foundation", "community", "court", "employment", "civil_registry", "other"}

// PSKSKinds are the sources of social welfare a partner may be.
var PSKSKinds = []string{"social_worker", "community_worker", "disaster_team", "welfare_body", "youth_body", "lk3", "pioneer_family", "community_base",
	"women_leader", "social_guide", "district_worker", "business"}

// Languages that a service may be given in, by their ISO 639 codes and for signs «sgn».
var Languages = []string{"id", "ms", "en", "zh", "nan", "yue", "jv", "btk", "bug", "min", "su", "sgn"}

// StaleAfter is how many days an entry is taken at its word.
const StaleAfter = 90

// Partner is an organisation of the network.
type Partner struct {
	ID          db.ID
	Office      db.ID
	Name        string
	Kind        string
	PSKS        string // the source of social welfare it is; may be empty
	Description string
	Website     string
	Remarks     string // the office's own; never for the partner
	Contacts    []Contact
	Address     Address
	Visibility  string
	Agreement   Agreement
	Checked     Checked
	EndedAt     db.Time
	Unit        db.ID // another office of this installation, where the partner is one
	ChangedAt   db.Time
	Version     int64
}

// Contact is whom one asks for.
type Contact struct {
	Name  string
	Role  string
	Phone string // E.164 where it is a number
	Email string
}

// Empty tells whether nothing of a contact is known.
func (c Contact) Empty() bool { return c == Contact{} }

// Address is where something stands. Of a hidden one nothing but its visibility is read, unless it was opened.
type Address struct {
	Street     string
	Village    string // code
	Point      *Point
	Visibility string
}

// Point of the earth, in degrees.
type Point struct{ Lat, Lon float64 }

// Empty tells whether nothing of an address is known, or nothing is told.
func (a Address) Empty() bool { return a.Street == "" && a.Village == "" && a.Point == nil }

// Agreement is the memorandum the office has with a partner.
type Agreement struct {
	Number      string
	From, Until db.Date
}

// On tells whether it holds on a day.
func (g Agreement) On(day db.Date) bool {
	return g.Number != "" && g.From <= day && (g.Until == "" || day <= g.Until)
}

// Checked is when an entry was last looked through, and by whom; a person's name is told on the office's side alone.
type Checked struct {
	On   db.Date
	By   db.ID
	Name string
}

// Stale tells whether an entry is to be asked about.
func (c Checked) Stale(today db.Date) bool { return c.On < today.AddDays(-StaleAfter) }

// Service is what a partner offers.
type Service struct {
	ID          db.ID
	Office      db.ID
	Partner     db.ID  // zero until it is known
	PartnerName string // as it is called
	PartnerKind string
	Name        string
	Description string
	For         Audience
	Cost        string // free, paid, insurance or not said
	CostWords   string
	Documents   string // that are needed
	Hours       hours.Week
	Capacity    *int
	Free        *int // places now
	FreeAt      db.Time
	Languages   []string
	Wheelchair  bool
	Promises    map[string]int // hours of opening time until it answers, by urgency
	Contact     Contact
	OwnPlace    bool // it stands elsewhere than its partner
	Address     Address
	Visibility  string
	Checked     Checked
	EndedAt     db.Time
	ChangedAt   db.Time
	Version     int64
}

// Audience is who a service is for; what is not said is not asked.
type Audience struct {
	AgeFrom, AgeTo *int
	Sex            string
	Needs          []string // categories of the office's list
	Areas          []string // regions it serves: codes of any level
}

// Costs of a service.
var Costs = []string{"free", "insurance", "paid"}

// ServiceKey is the form a service is found by: small letters, words apart by one space.
func ServiceKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }
