package access

import (
	"strings"
	"time"
	"unicode/utf8"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Account is a user as those who manage accounts see it.
type Account struct {
	ID         db.ID
	Email      string
	Name       string
	Language   string
	Profession string
	Disabled   bool
	HasSecret  bool // a password was set
	MadeUp     bool
	Version    int64
	Grants     []Grant
}

// Grant is a role held over a unit.
type Grant struct {
	ID       db.ID
	Role     Role
	Unit     db.ID
	UnitName string
	Villages []string // kelurahan codes of a facilitator
	Partner  db.ID    // whose user it makes, with the role of a partner
}

// Unit is a node of the tree nation → province → regency → office.
type Unit struct {
	ID      db.ID
	Parent  db.ID
	Kind    string
	Name    string
	Region  string
	Zone    string
	Prefix  string
	MadeUp  bool
	Version int64
}

// Office makes the unit a place to act from.
func (u Unit) Office() Office {
	zone, err := time.LoadLocation(u.Zone)
	if err != nil {
		zone = time.UTC // zones are checked when a unit is written; a missing zone database must not stop the work
	}
	return Office{ID: u.ID, Name: u.Name, Kind: u.Kind, Region: u.Region, Prefix: u.Prefix, Zone: zone, MadeUp: u.MadeUp}
}

// Zones are the three zones of Indonesia.
var Zones = []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}

// UnitKinds in their order.
var UnitKinds = []string{"nation", "province", "regency", "office"}

// NewAccount is what it takes to make a user.
type NewAccount struct {
	Email      string
	Name       string
	Language   string
	Profession string // in the office's own words; may be empty
	MadeUp     bool
}

// Check tidies the input and names what is wrong.
func (n *NewAccount) Check() error {
	var c fault.Checks
	n.Email, n.Name = strings.TrimSpace(n.Email), strings.Join(strings.Fields(n.Name), " ")
	if n.Language == "" {
		n.Language = "id"
	}
	c.Field(!plausibleEmail(n.Email), "email", "bad_email", "access.email.bad")
	c.Add(checkName(n.Name))
	c.Field(utf8.RuneCountInString(n.Profession) > 200, "profession", "too_long", "error.too_long", "max", 200)
	c.Field(n.Language != "id" && n.Language != "en", "language", "unknown", "error.choice")
	return c.Err()
}

func checkName(name string) *fault.Error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return fault.Field("name", "required", "error.required")
	case n > 200:
		return fault.Field("name", "too_long", "error.too_long", "max", 200)
	}
	return nil
}

func plausibleEmail(s string) bool {
	account, host, ok := strings.Cut(s, "@")
	return ok && account != "" && len(s) <= 200 && strings.Contains(host, ".") && !strings.ContainsAny(s, " \t\r\n<>,;\"") &&
		!strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") && !strings.Contains(host, "@")
}

// emailKey is the form accounts are found by.
func emailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// nameKey is the form lists of workers sort by.
func nameKey(name string) string { return strings.ToLower(name) }

// Login is a signed-in session of a worker.
type Login struct {
	ID        db.ID
	Device    string
	Shared    bool
	CreatedAt db.Time
	SeenAt    db.Time
	EndsAt    db.Time
}

// How long a sign-in lasts: the whole is 12 hours at most; a shared desk ends after 30 idle minutes.
const (
	LoginLasts   = 12 * time.Hour
	SharedIdle   = 30 * time.Minute
	linkLasts    = 48 * time.Hour
	seenEvery    = time.Minute
	slowWindow   = 15 * time.Minute
	freeAttempts = 5
	// A whole office may stand behind one address of the network.
	freeFromAddress = 30
)
