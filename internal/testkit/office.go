package testkit

import (
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Clock stands still until a story moves it. It begins on 24 November 2026, 09.00 in Jakarta.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock at the beginning.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)} }

// Now is the time of the story.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add lets time go by.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Office is an office with someone in every role, and an office next door.
type Office struct {
	Clock   *Clock
	DB      *db.DB
	Vault   *vault.Vault
	Journal *journal.Journal
	Access  *access.Service
	Units   *unit.Service
	People  *person.Service
	Network *partner.Directory
	ID      db.ID
	Partner db.ID // whose user «partner» is
	actors  map[string]access.Actor
}

// staff are the people of the office by the word a story calls them; «other» works at the office next door.
var staff = map[string]access.Role{"head": access.Head, "head2": access.Head, "supervisor": access.Supervisor, "worker": access.Worker,
	"worker2": access.Worker, "psychologist": access.Psychologist, "intake": access.Intake, "facilitator": access.Facilitator,
	"partner": access.Partner, "viewer": access.Viewer, "upper": access.Upper, "admin": access.Admin, "auditor": access.Auditor, "dpo": access.DPO}

// NewOffice makes LK3 with its staff in a fresh database.
func NewOffice(t testing.TB, d *db.DB) *Office {
	t.Helper()
	v, err := vault.New([]byte("a master key of a test, 32 bytes"))
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{Clock: NewClock(), DB: d, Vault: v, actors: map[string]access.Actor{}}
	o.Journal = journal.New(d, o.Clock.Now)
	t.Cleanup(o.Journal.Close)
	o.Access = access.NewService(d, o.Journal, v, o.Clock.Now)
	o.Units = unit.NewService(d, o.Journal)
	o.Network = partner.NewDirectory(partner.Needs{DB: d, Journal: o.Journal, Vault: v, Office: o.Units, Now: o.Clock.Now})
	o.Access.KnowPartners(o.Network.Known)
	o.People = person.NewService(d, o.Journal, v, o.Clock.Now)
	o.ID = o.unit(t, "LK3 Bina Sejahtera", "LK3")
	o.Partner = o.partner(t)
	for word, role := range staff {
		o.hire(t, word, role, o.ID)
	}
	o.hire(t, "other", access.Head, o.unit(t, "LK3 Sebelah", "SBL"))
	admin := o.As("admin")
	if err := o.Access.Supervise(t.Context(), admin, o.As("worker").User, o.As("supervisor").User); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *Office) unit(t testing.TB, name, prefix string) db.ID {
	t.Helper()
	id, err := o.Access.AddUnit(t.Context(), access.SystemActor(access.Office{}),
		access.Unit{Kind: "office", Name: name, Region: "21.72", Zone: "Asia/Jakarta", Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// partner makes the organisation that the office's partner user belongs to.
func (o *Office) partner(t testing.TB) db.ID {
	t.Helper()
	system := access.SystemActor(access.Office{ID: o.ID, Zone: o.Clock.Now().Location()})
	id, err := o.Network.AddPartner(t.Context(), system, partner.Partner{Name: "Yayasan Bahari", Kind: "foundation"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (o *Office) hire(t testing.TB, word string, role access.Role, unit db.ID) {
	t.Helper()
	ctx, system := t.Context(), access.SystemActor(access.Office{})
	id, err := o.Access.AddUser(ctx, system, access.NewAccount{Email: word + "@example.org", Name: word})
	if err == nil {
		g := access.Grant{Role: role, Unit: unit}
		switch role {
		case access.Facilitator:
			g.Villages = []string{"21.72.04.1002"}
		case access.Partner:
			g.Partner = o.Partner
		}
		err = o.Access.Grant(ctx, system, id, g)
	}
	if err == nil {
		err = o.DB.Read(ctx, func(r db.Reader) error {
			a, err := access.ActorOf(ctx, r, id, unit)
			o.actors[word] = a
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// As is someone of the office by the word of the story.
func (o *Office) As(word string) access.Actor { return o.actors[word] }

// Now is the time of the story.
func (o *Office) Now() time.Time { return o.Clock.Now() }
