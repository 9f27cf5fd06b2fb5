package intake

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Service is what can be done with requests.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	people  *person.Service
	cases   *casefile.Service
	office  *unit.Service
	now     func() time.Time
	bell    bell

	followed []Followed
}

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Vault   *vault.Vault
	People  *person.Service
	Cases   *casefile.Service
	Office  *unit.Service
	Now     func() time.Time
}

// NewService of an installation. It follows the readers of cases and rings when something that can't wait comes in.
func NewService(n Needs) *Service {
	s := &Service{db: n.DB, journal: n.Journal, vault: n.Vault, people: n.People, cases: n.Cases, office: n.Office, now: n.Now, bell: bell{ended: make(chan struct{})}}
	n.Cases.OnReadership(follow)
	n.Journal.OnCommit(s.bell.hear)
	return s
}

// Demands are what the gates ask of this package: a first contact that reached someone.
func Demands() []casefile.Demand {
	return []casefile.Demand{{Stage: casefile.Outreach, Code: "first_contact", Check: reachedSomeone}}
}

// Record keeps a new request. A facilitator sends in for the own kelurahan.
func (s *Service) Record(ctx context.Context, a access.Actor, r Request) (Request, error) {
	if err := a.Require(access.RequestRecord); err != nil {
		return r, err
	}
	typed := r
	err := s.journal.Write(ctx, func(tx *journal.Tx) error {
		r = typed
		return s.record(ctx, tx, a, &r)
	})
	return r, err
}

// record checks a request, sets its clock and keeps it.
func (s *Service) record(ctx context.Context, tx *journal.Tx, a access.Actor, r *Request) error {
	settings, err := s.office.In(ctx, tx, a.Office.ID)
	if err != nil {
		return err
	}
	if err := r.tidy(tx.Now().Time, settings); err != nil {
		return err
	}
	if err := s.place(ctx, tx, a, r); err != nil {
		return err
	}
	r.Urgency = more(r.Urgency, settings.Danger.Least(r.Danger))
	r.RespondBy = db.At(settings.RespondBy(r.Urgency, r.ArrivedAt.Time, a.Office.Zone))
	return s.insert(ctx, tx, a, r)
}

// place checks where and about whom: a known kelurahan, the facilitator's own, a person one may see.
func (s *Service) place(ctx context.Context, r db.Reader, a access.Actor, q *Request) error {
	if q.Village != "" {
		if !region.IsVillage(q.Village) {
			return fault.Invalid(fault.Field("village_code", "unknown", "error.choice"))
		}
	}
	if own := a.Scope().Villages; own != nil {
		q.Channel = "facilitator"
		if !slices.Contains(own, q.Village) {
			return fault.Invalid(fault.Field("village_code", "not_yours", "intake.village.own"))
		}
	}
	if q.Person.IsZero() {
		return nil
	}
	p, err := s.people.FindIn(ctx, r, a.Scope(), q.Person)
	if fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field("about.person_id", "unknown", "error.unknown_id"))
	}
	if err == nil && q.Village == "" {
		q.Village = p.Village
	}
	return err
}

// insert writes a request with its number and key.
func (s *Service) insert(ctx context.Context, tx *journal.Tx, a access.Actor, r *Request) error {
	r.ID, r.Office, r.State, r.Level, r.Version = db.NewID(), a.Office.ID, New, 1, 1
	r.RecordedAt, r.MadeUp = tx.Now(), a.Office.MadeUp
	r.RecordedBy = User{a.User, a.Name}
	year := r.ArrivedAt.In(a.Office.Zone).Year()
	n, err := journal.NextNumber(ctx, tx, a.Office.ID, "request", year)
	if err != nil {
		return err
	}
	r.Number = Number(year, n)
	key, err := s.vault.NewKey(ctx, tx, "request", r.ID)
	if err != nil {
		return err
	}
	sealed, err := sealTold(key, r.Told)
	if err != nil {
		return err
	}
	if err := insertRequest(ctx, tx, *r, sealed, s.people.BlindPhone(r.Told.Reporter.Phone)); err != nil {
		return err
	}
	return tx.Record(ctx, s.change(a, *r, "request.recorded", journal.Detail{"urgency": r.Urgency, "channel": r.Channel}))
}

func sealTold(key vault.Key, t Told) ([]byte, error) {
	plain, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	return key.Seal("request", string(plain))
}

// change is a journal row on the request's timeline.
func (s *Service) change(a access.Actor, r Request, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "request", Subject: r.ID, Request: r.ID, Case: r.Case, Person: r.Person, Detail: d}
}

// Get opens a request; the reading is logged.
func (s *Service) Get(ctx context.Context, a access.Actor, id db.ID, origin string) (q Request, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return q, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		q, err = s.find(ctx, r, a, id)
		return err
	})
	if err != nil {
		return q, err
	}
	reading := journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "request", Subject: id, Case: q.Case, Why: journal.WhyWork, Origin: origin}
	if q.Level == 3 {
		return q, s.journal.LogNow(ctx, reading)
	}
	s.journal.Log(reading)
	return q, nil
}

func (s *Service) find(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Request, error) {
	row, err := selectRequest(ctx, r, a.Scope(), id)
	if err != nil {
		return Request{}, err
	}
	return s.open(row)
}

func (s *Service) open(row requestRow) (Request, error) {
	key, err := s.vault.Unwrap(row.q.ID, row.wrapped)
	if err != nil {
		return row.q, err
	}
	plain, err := key.Open("request", row.sealed)
	if err != nil || plain == "" {
		return row.q, err
	}
	return row.q, json.Unmarshal([]byte(plain), &row.q.Told)
}

// Contacts reads the tries of a request, oldest first.
func (s *Service) Contacts(ctx context.Context, a access.Actor, id db.ID) (list []Contact, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectRequest(ctx, r, a.Scope(), id); err != nil {
			return err
		}
		key, err := s.vault.Key(ctx, r, id)
		if err != nil {
			return err
		}
		rows, err := selectContacts(ctx, r, id)
		if err != nil {
			return err
		}
		list = make([]Contact, len(rows))
		for i, row := range rows {
			list[i] = row.c
			if list[i].Note, err = key.Open("contact", row.body); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// follow gives a request the confidentiality and the readers of its case.
func follow(ctx context.Context, tx db.Tx, to casefile.Readership) error {
	if err := updateLevels(ctx, tx, to.Case, to.Confidentiality); err != nil {
		return err
	}
	ids, err := requestsOfCase(ctx, tx, to.Case)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := replaceReaders(ctx, tx, id, to); err != nil {
			return err
		}
	}
	return nil
}
