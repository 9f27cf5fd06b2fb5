package inbound

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// Service is what can be done with referrals to the office.
type Service struct {
	db        *db.DB
	journal   *journal.Journal
	vault     *vault.Vault
	cases     *casefile.Service
	people    *person.Service
	requests  *intake.Service
	referrals *referral.Service
	directory *partner.Directory
	now       func() time.Time
}

// Needs are what a Service is built from.
type Needs struct {
	DB        *db.DB
	Journal   *journal.Journal
	Vault     *vault.Vault
	Cases     *casefile.Service
	People    *person.Service
	Requests  *intake.Service
	Referrals *referral.Service
	Directory *partner.Directory
	Now       func() time.Time
}

// NewService of an installation. It follows referrals to other offices, requests, and cases that are closed.
func NewService(n Needs) *Service {
	s := &Service{db: n.DB, journal: n.Journal, vault: n.Vault, cases: n.Cases, people: n.People, requests: n.Requests, referrals: n.Referrals,
		directory: n.Directory, now: n.Now}
	n.Referrals.OnMove(s.followReferral)
	n.Requests.OnChange(s.followRequest)
	n.Cases.OnClosing(s.followCase)
	return s
}

// arrival is what a request is told beside a referral's own words.
type arrival struct {
	urgency string
	at      db.Time // zero is now
}

// keep writes a referral to the office down as a request and what stands beside it. A sender who names no day wants to hear by
// when somebody must have been reached.
func (s *Service) keep(ctx context.Context, tx *journal.Tx, a access.Actor, x *In, at arrival) error {
	q := requestOf(*x, at)
	if err := s.requests.HandedIn(ctx, tx, a, &q); err != nil {
		return err
	}
	x.ID, x.Office, x.Request, x.Number, x.State = db.NewID(), a.Office.ID, q.ID, q.Number, referral.Sent
	x.CreatedAt, x.Version = tx.Now(), 1
	if x.DueAt.IsZero() {
		x.DueAt = q.RespondBy
	}
	key, err := s.vault.Key(ctx, tx, q.ID)
	if err != nil {
		return err
	}
	if x.sealed, err = key.SealJSON(fieldBody, x.Body); err != nil {
		return err
	}
	return insertIn(ctx, tx, *x)
}

// requestOf is the request that a referral becomes: what is asked and why; the rest stands beside it.
func requestOf(x In, at arrival) intake.Request {
	q := intake.Request{Kind: "report_other", Urgency: at.urgency, ArrivedAt: at.at, Told: intake.Told{Narrative: x.Asked, About: x.about(),
		Reporter: intake.Reporter{Name: x.Sender, Relation: x.Worker}}}
	if x.Why != "" && len(x.Asked)+len(x.Why) < web.MaxText {
		q.Told.Narrative += "\n\n" + x.Why
	}
	if x.Kind == referral.KindInformation {
		q.Kind = "information"
	}
	return q
}

// about is how the client is named in what was sent along: by the whole name where that was sent.
func (x In) about() string {
	if name := x.datum("name"); name != "" {
		return name
	}
	return x.datum("called")
}

// datum is a field that was sent along; empty where it was not.
func (x In) datum(field string) string {
	for _, d := range x.Data {
		if d.Field == field {
			return d.Value
		}
	}
	return ""
}

// Whole is a referral to the office with all that became of it.
type Whole struct {
	In
	Words []Word
}

// OfRequest is the referral a request came from, for whoever may see the request; not found where it came otherwise. The
// reading is the request's own.
func (s *Service) OfRequest(ctx context.Context, a access.Actor, request db.ID) (w Whole, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := s.requests.ReachIn(ctx, r, a, request); err != nil {
			return err
		}
		found, err := selectOfRequest(ctx, r, request)
		if err != nil {
			return err
		}
		if found == nil {
			return fault.NotFound()
		}
		w.In = *found
		w.Words, err = s.open(ctx, r, &w.In)
		return err
	})
	return w, err
}

// open reads what of a referral is sealed, and what became of it.
func (s *Service) open(ctx context.Context, r db.Reader, x *In) ([]Word, error) {
	key, err := s.vault.Key(ctx, r, x.Request)
	if err != nil {
		return nil, err
	}
	if err := key.OpenJSON(fieldBody, x.sealed, &x.Body); err != nil {
		return nil, err
	}
	return selectWords(ctx, r, key, x.ID)
}

// reached is a referral to the office for an act on it, by its own id, within the actor's scope of requests.
func (s *Service) reached(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (x In, q intake.Request, err error) {
	found, err := selectReached(ctx, r, intake.ReachArgs(a, id))
	if err != nil {
		return x, q, err
	}
	x = found
	if _, err = s.open(ctx, r, &x); err != nil {
		return x, q, err
	}
	q, err = s.requests.ReachIn(ctx, r, a, x.Request)
	return x, q, err
}

// One is a referral to the office by its own id, whether its request names a person, and whether it is part of a case.
func (s *Service) One(ctx context.Context, a access.Actor, id db.ID) (w Whole, known, ofCase bool, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return w, false, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		x, q, err := s.reached(ctx, r, a, id)
		if err != nil {
			return err
		}
		w.In, known, ofCase = x, !q.Person.IsZero(), !q.Case.IsZero()
		w.Words, err = s.open(ctx, r, &w.In)
		return err
	})
	return w, known, ofCase, err
}

// change is a journal row on the request's timeline, and on that of its case.
func change(a access.Actor, x In, caseID db.ID, code string) journal.Change {
	return journal.Change{Office: x.Office, Actor: a.User, Code: "referral_in." + code, Kind: "referral_in", Subject: x.ID, Request: x.Request, Case: caseID,
		Detail: journal.Detail{"number": x.Number}}
}
