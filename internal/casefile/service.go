package casefile

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/unit"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// Service is what can be done with cases.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	people  *person.Service
	gates   *Gates
	office  *unit.Service
	now     func() time.Time
	letOut  LetOut
	handing Handing
	closed  []Closed

	followers []func(ctx context.Context, tx db.Tx, to Readership) error
	referrals Referrals

	professions Professions
}

// Referrals reads the referrals of a case that is open to the reader; referral registers it in app.
type Referrals func(ctx context.Context, r db.Reader, caseID db.ID) ([]ReferralJSON, error)

// ShowReferrals puts the referrals that another package keeps into the API's case.
func (s *Service) ShowReferrals(fn Referrals) { s.referrals = fn }

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Vault   *vault.Vault
	People  *person.Service
	Gates   *Gates
	Office  *unit.Service
	Now     func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	nobody := func(context.Context, db.Reader, db.ID, db.ID, string) (bool, error) { return false, nil }
	return &Service{db: n.DB, journal: n.Journal, vault: n.Vault, people: n.People, gates: n.Gates, office: n.Office, now: n.Now, professions: nobody}
}

// Order is what it takes to open a case.
type Order struct {
	Client          person.ClientChoice
	Worker          string // e-mail or id; empty means the actor
	Channel         string
	Village         string
	Categories      []string
	Confidentiality int // 0 means ordinary
	Request         db.ID
	Named           []string // ids or e-mails of those who may open a secret case, besides the actor and the worker
	OpenedOn        db.Date  // empty means today in the office's zone
}

func (o *Order) tidy(today db.Date) error {
	var c fault.Checks
	if o.Channel == "" {
		o.Channel = "walk_in"
	}
	if o.Confidentiality == 0 {
		o.Confidentiality = Ordinary
	}
	if o.OpenedOn == "" {
		o.OpenedOn = today
	}
	c.Field(!slices.Contains(Channels, o.Channel), "channel", "unknown", "error.choice")
	c.Field(o.Confidentiality < Ordinary || o.Confidentiality > Secret, "confidentiality", "unknown", "error.choice")
	c.Field(o.Village != "" && !region.IsVillage(o.Village), "village", "unknown", "error.choice")
	c.Field(o.OpenedOn > today, "opened_on", "future", "case.opened.future")
	return c.Err()
}

// Open opens a case.
func (s *Service) Open(ctx context.Context, a access.Actor, o Order) (Case, error) {
	if err := a.Require(access.CaseOpen); err != nil {
		return Case{}, err
	}
	var id db.ID
	err := s.journal.Write(ctx, func(tx *journal.Tx) (err error) {
		id, _, err = s.OpenIn(ctx, tx, a, o)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return s.Get(ctx, a, id, "page")
}

// OpenIn opens a case in the transaction of another act, such as the triage of a request.
func (s *Service) OpenIn(ctx context.Context, tx *journal.Tx, a access.Actor, o Order) (db.ID, string, error) {
	if err := a.Require(access.CaseOpen); err != nil {
		return db.ID{}, "", err
	}
	if err := o.tidy(db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
		return db.ID{}, "", err
	}
	if err := s.knownCategories(ctx, tx, a, o.Categories); err != nil {
		return db.ID{}, "", err
	}
	client, err := s.people.ClientIn(ctx, tx, a, o.Client)
	if err != nil {
		return db.ID{}, "", err
	}
	worker, err := s.colleague(ctx, tx, a, "worker", o.Worker)
	if err != nil {
		return db.ID{}, "", err
	}
	c := Case{ID: db.NewID(), Office: a.Office.ID, Client: client, Request: o.Request, Channel: o.Channel, Status: "open",
		Stage: Outreach, Risk: "none", Confidentiality: o.Confidentiality, Village: o.Village, Worker: worker,
		ResolutionLevel: "lk3", OpenedOn: o.OpenedOn, MadeUp: a.Office.MadeUp, CreatedAt: tx.Now(), UpdatedAt: tx.Now(), Version: 1}
	if c.Village == "" {
		c.Village = client.Village
	}
	if err := s.insert(ctx, tx, a, &c, o); err != nil {
		return db.ID{}, "", err
	}
	return c.ID, c.Number, s.record(ctx, tx, a, c, s.change(a, c.ID, "case.opened", journal.Detail{"number": c.Number}))
}

// insert writes the case with its number, key, categories, people and readers.
func (s *Service) insert(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, o Order) (err error) {
	if c.Number, err = nextNumber(ctx, tx, a.Office, c.OpenedOn); err != nil {
		return err
	}
	if c.Continued, err = hadCase(ctx, tx, c.Client.ID); err != nil {
		return err
	}
	if _, err := s.vault.NewKey(ctx, tx, "case", c.ID); err != nil {
		return err
	}
	if len(o.Categories) > 0 {
		c.MainCategory = o.Categories[0]
	}
	if err := insertCase(ctx, tx, *c, nil); err != nil {
		return err
	}
	if err := replaceCategories(ctx, tx, c.ID, o.Categories); err != nil {
		return err
	}
	people, err := person.PeopleOf(ctx, tx, a.Scope(), c.Client, c.Confidentiality)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := insertPerson(ctx, tx, c.ID, p, "client", tx.Now()); err != nil {
			return err
		}
	}
	if c.Confidentiality == Secret {
		if err := s.name(ctx, tx, a, c.ID, append([]string{a.User.String(), c.Worker.ID.String()}, o.Named...)); err != nil {
			return err
		}
	}
	return s.refreshReaders(ctx, tx, c.ID)
}

// change is a journal row on the case's timeline.
func (s *Service) change(a access.Actor, caseID db.ID, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "case", Subject: caseID, Case: caseID, Detail: d}
}

// colleague finds an active worker of the office who may work cases; empty means the actor.
func (s *Service) colleague(ctx context.Context, r db.Reader, a access.Actor, field, who string) (User, error) {
	if who == "" {
		who = a.User.String()
	}
	c, err := access.ColleagueIn(ctx, r, a.Office.ID, who)
	if fault.Is(err, "not_found") || err == nil && !slices.ContainsFunc(c.Roles, func(role access.Role) bool { return role.Allows(access.CaseWork) }) {
		return User{}, fault.Invalid(fault.Field(field, "unknown", "case.worker.unknown"))
	}
	return User{ID: c.ID, Name: c.Name}, err
}

func (s *Service) knownCategories(ctx context.Context, r db.Reader, a access.Actor, codes []string) error {
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !settings.CategoryKnown(code) {
			return fault.Invalid(fault.Field("categories", "unknown", "error.choice"))
		}
	}
	return nil
}

func (s *Service) knownServices(ctx context.Context, r db.Reader, a access.Actor, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !settings.ServiceKnown(code) {
			return fault.Invalid(fault.Field("services", "unknown", "error.choice"))
		}
	}
	return nil
}

// Get opens a case with its team and categories; the reading is logged, before the answer where it is secret.
func (s *Service) Get(ctx context.Context, a access.Actor, id db.ID, origin string) (c Case, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = s.find(ctx, r, a, id)
		return err
	})
	if err != nil {
		return c, err
	}
	return c, s.logReading(ctx, a, c, "case", c.ID, origin)
}

// byLink is the door of those who came by a referral's link. They have no account, so the referral stands for the reader.
const byLink = "link"

func (s *Service) logReading(ctx context.Context, a access.Actor, c Case, kind string, subject db.ID, origin string) error {
	reading := journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: kind, Subject: subject, Case: c.ID, Why: journal.WhyWork, Origin: origin}
	if a.Kind == access.Link {
		reading.Actor, reading.Origin = a.Referral, byLink
	}
	if c.Confidentiality == Secret {
		return s.journal.LogNow(ctx, reading)
	}
	s.journal.Log(reading)
	return nil
}

// find reads a case in the actor's scope, opened.
func (s *Service) find(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Case, error) {
	row, err := selectCase(ctx, r, s.scope(a), id)
	if err != nil {
		return Case{}, err
	}
	c := row.c
	c.Writes = a.Can(access.CaseWork) && (row.writes || a.Has(access.Head))
	if len(row.sealed) > 0 {
		key, err := s.vault.Unwrap(id, row.wrapped)
		if err != nil {
			return c, err
		}
		plain, err := key.Open("case", row.sealed)
		if err != nil {
			return c, err
		}
		var sealed sealedCase
		if err := json.Unmarshal([]byte(plain), &sealed); err != nil {
			return c, err
		}
		c.ClientWord, c.NoFollowUp = sealed.ClientWord, sealed.NoFollowUp
	}
	if c.Team, err = selectTeam(ctx, r, id); err != nil {
		return c, err
	}
	if c.Confidentiality == Secret {
		if c.Named, err = selectNamed(ctx, r, id); err != nil {
			return c, err
		}
	}
	c.Categories, err = selectCategories(ctx, r, id)
	return c, err
}

// toWork reads a case that the actor is about to change: one may, it is open, and the version is the one that was read.
func (s *Service) toWork(ctx context.Context, r db.Reader, a access.Actor, id db.ID, version int64) (Case, error) {
	c, err := s.find(ctx, r, a, id)
	switch {
	case err != nil:
		return c, err
	case !c.Writes:
		return c, fault.Forbidden()
	case version != 0 && version != c.Version:
		return c, fault.VersionChanged(c.Version)
	case c.Status == "closed":
		return c, fault.Conflict("case_closed", "case.closed")
	}
	return c, nil
}

// touch raises the version and the time of the last change; fields are what else changes.
func touch(ctx context.Context, tx *journal.Tx, c *Case) error {
	c.Version++
	c.UpdatedAt = tx.Now()
	return updateCase(ctx, tx, *c)
}

// scope is the actor's scope at this moment; break-glass ends by the clock.
func (s *Service) scope(a access.Actor) scope {
	return scope{Scope: a.Scope(), now: db.At(s.now())}
}

// text checks a reason or another short text of a form.
func text(field, value string, least, most int) *fault.Error {
	return web.Length(field, value, least, most)
}
