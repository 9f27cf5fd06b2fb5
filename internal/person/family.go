package person

import (
	"slices"
	"unicode/utf8"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person/nik"
	"teduh/internal/region"
	"teduh/internal/web"
)

// Family is a family of the office: people with a part in it, one of them its contact person.
type Family struct {
	ID      db.ID
	Name    string
	KK      string // number of the family card; sealed
	Village string // empty where it would tell the confidential address of someone who lives there
	Contact db.ID
	Version int64
	Members []Member // those the reader may know
	Count   int      // how many of today's members the reader may know
	NameKey string
	home    string // the village as it is stored
}

// Member is someone's part in a family.
type Member struct {
	Found
	Role      string
	SameHouse bool
	From      db.Date
	To        db.Date // empty while it lasts
}

// Roles in a family, in the order of its list.
var Roles = []string{"head", "spouse", "child", "parent", "other"}

// Today tells whether the membership lasts.
func (m Member) Today() bool { return m.To == "" }

func (m Member) check(c *fault.Checks, today db.Date) {
	c.Field(!slices.Contains(Roles, m.Role), "role", "unknown", "error.choice")
	c.Field(m.From > today, "from", "future", "person.family.day_future")
	c.Field(m.To > today || m.To != "" && m.To < m.From, "to", "impossible", "person.family.end_impossible")
}

// tidy brings what was typed into its normal form.
func (f *Family) tidy() {
	f.Name, f.KK = oneLine(f.Name), nik.Normalise(f.KK)
}

// check names what is wrong with a family's own facts.
func (f Family) check() error {
	var c fault.Checks
	c.Add(web.Length("name", f.Name, 1, web.MaxName))
	c.Field(utf8.RuneCountInString(f.KK) > web.MaxLine, "kk", "too_long", "error.too_long", "max", web.MaxLine)
	c.Field(!knownVillage(f.Village), "village", "unknown", "person.village.unknown")
	return c.Err()
}

func knownVillage(code string) bool {
	level, ok := region.LevelOf(code)
	return code == "" || ok && level == region.Village && region.Valid(code)
}

// KKDoubtful tells that the number of the family card has not the form of one; it is kept as it was typed.
func (f Family) KKDoubtful() bool {
	return f.KK != "" && (len(f.KK) != nik.Length || len(onlyDigits(f.KK)) != nik.Length)
}

// has tells whether someone belongs to the family today.
func (f Family) has(person db.ID) bool {
	return slices.ContainsFunc(f.Members, func(m Member) bool { return m.ID == person && m.Today() })
}

// Relation ties two people. The one it starts from is the parent or the guardian; between equals it stands once.
type Relation struct {
	ID     db.ID
	From   db.ID
	To     db.ID
	Kind   string
	Manner string
	Since  db.Date
	Until  db.Date
	Names  [2]string // of From and To
}

// manners of each kind of relation.
var manners = map[string][]string{
	"parent":   {"biological", "adoptive", "step", "foster"},
	"spouse":   {"married", "separated", "divorced", "not_married"},
	"guardian": {"guardian"},
	"other":    {"sibling", "twin", "identical_twin", "relative", "other"},
}

// symmetrical relations mean the same seen from either side.
func symmetrical(kind string) bool { return kind == "spouse" || kind == "other" }

// tidy puts the lower id of a symmetrical relation first, so that it can stand only once.
func (r *Relation) tidy() {
	if symmetrical(r.Kind) && r.From.Compare(r.To) > 0 {
		r.From, r.To = r.To, r.From
	}
}

func (r Relation) check(today db.Date) error {
	var c fault.Checks
	c.Field(!slices.Contains(manners[r.Kind], r.Manner), "kind", "unknown", "error.choice")
	c.Field(r.From.IsZero(), "from", "required", "error.required")
	c.Field(r.To.IsZero(), "to", "required", "error.required")
	c.Field(!r.From.IsZero() && r.From == r.To, "to", "same", "person.relation.self")
	c.Field(r.Since > today, "since", "future", "person.family.day_future")
	c.Field(r.Until > today || r.Until != "" && r.Until < r.Since, "until", "impossible", "person.family.end_impossible")
	return c.Err()
}
