package referral

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/web"
)

// Order is what it takes to refer a client: to one service, or to several that are asked for the same need.
type Order struct {
	Services  []db.ID
	Kind      string
	Urgency   string
	Fields    []string // that go along; empty is nothing but the words
	WantedOn  db.Date
	Transport bool
	Step      db.ID
	Words
}

// MaxServices may be asked for one need at once.
const MaxServices = 5

func (o Order) check() error {
	var c fault.Checks
	c.Field(len(o.Services) == 0, "services", "required", "referral.service_missing")
	c.Field(len(o.Services) > MaxServices, "services", "too_many", "referral.too_many", "max", MaxServices)
	c.Field(o.Kind == KindTransfer && len(o.Services) > 1, "services", "too_many", "referral.one_receiver")
	c.Field(!slices.Contains(Kinds, o.Kind), "kind", "unknown", "error.choice")
	c.Field(!slices.Contains(Urgencies, o.Urgency), "urgency", "unknown", "error.choice")
	c.Add(checkFields(o.Fields))
	c.Add(web.Length("asked", o.Asked, 1, web.MaxText))
	c.Add(web.Length("why", o.Why, 1, web.MaxText))
	c.Add(web.Length("summary", o.Summary, 0, web.MaxText))
	c.Add(web.Length("companion", o.Companion, 0, web.MaxLine))
	return c.Err()
}

// Draft writes referrals of a case that are not sent yet, one for each service.
func (s *Service) Draft(ctx context.Context, a access.Actor, caseID db.ID, o Order) ([]db.ID, error) {
	return s.write(ctx, a, caseID, o, false)
}

// Refer writes referrals of a case and sends them at once.
func (s *Service) Refer(ctx context.Context, a access.Actor, caseID db.ID, o Order) ([]db.ID, error) {
	return s.write(ctx, a, caseID, o, true)
}

func (s *Service) write(ctx context.Context, a access.Actor, caseID db.ID, o Order, send bool) (ids []db.ID, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if send {
		if err := s.mayReferFrom(ctx, a, caseID); err != nil {
			return nil, err
		}
	}
	err = s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		ids, err = s.drafts(ctx, tx, a, in, o)
		for i := 0; send && err == nil && i < len(ids); i++ {
			err = s.move(ctx, tx, a, ids[i], Step{To: Sent})
		}
		return "", err
	})
	return ids, err
}

// mayReferFrom asks for the client's consent, of a case that the actor works on: of another one, whether consent was given is
// not told.
func (s *Service) mayReferFrom(ctx context.Context, a access.Actor, caseID db.ID) error {
	err := s.cases.Read(ctx, a, caseID, func(_ db.Reader, in casefile.Inside) error {
		if !in.Case.Writes {
			return fault.Forbidden()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.cases.Leaving(ctx, a, caseID, "referral")
}

// drafts writes one draft for each service.
func (s *Service) drafts(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, o Order) (ids []db.ID, err error) {
	day := dayOf(tx.Now(), a.Office.Zone)
	numbers, err := casefile.TakeNumbers(ctx, tx, a.Office.ID, "referral", slices.Repeat([]db.Date{day}, len(o.Services)))
	if err != nil {
		return nil, err
	}
	x := Referral{Office: a.Office.ID, Case: in.Case.ID, Status: Draft, By: casefile.User{ID: a.User}, CreatedAt: tx.Now(), Words: o.Words}
	if len(o.Services) > 1 {
		x.Group = db.NewID()
	}
	x.set(o)
	body, err := in.Key.SealJSON("referral", o.Words)
	if err != nil {
		return nil, err
	}
	for i, service := range o.Services {
		if err := s.mayAsk(ctx, tx, a, service); err != nil {
			return nil, err
		}
		x.ID, x.Service, x.Number = db.NewID(), service, Number(numbers[i].Year, numbers[i].N)
		if err := insertReferral(ctx, tx, x, body); err != nil {
			return nil, err
		}
		if err := tx.Record(ctx, ChangeOf(a, x, "referral.drafted")); err != nil {
			return nil, err
		}
		ids = append(ids, x.ID)
	}
	return ids, nil
}

// set writes what an order says into a draft, but for its service.
func (x *Referral) set(o Order) {
	x.Kind, x.Urgency, x.WantedOn, x.Transport, x.Step, x.Words = o.Kind, o.Urgency, o.WantedOn, o.Transport, o.Step, o.Words
	x.Fields = slices.DeleteFunc(slices.Clone(Fields), func(f string) bool { return !slices.Contains(o.Fields, f) })
}

// mayAsk refuses a service that the office does not know, or that has ended.
func (s *Service) mayAsk(ctx context.Context, r db.Reader, a access.Actor, service db.ID) error {
	x, _, err := partner.ServiceIn(ctx, r, a.Office.ID, service)
	if fault.Is(err, "not_found") || err == nil && !x.EndedAt.IsZero() {
		err = fault.Invalid(fault.Field("services", "unknown", "referral.service_unknown"))
	}
	return err
}

// ChangeDraft writes over the version of a draft that was read.
func (s *Service) ChangeDraft(ctx context.Context, a access.Actor, id db.ID, version int64, o Order) error {
	if err := a.Require(access.ReferralRefer); err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.reach(ctx, tx, a, id)
		if err != nil {
			return err
		}
		switch {
		case !x.In.Case.Writes:
			return fault.Forbidden()
		case x.Status != Draft:
			return illegal(x.Status)
		case x.Version != version:
			return fault.VersionChanged(x.Version)
		case len(o.Services) != 1:
			return fault.Invalid(fault.Field("services", "too_many", "referral.one_service"))
		}
		if err := s.mayAsk(ctx, tx, a, o.Services[0]); err != nil {
			return err
		}
		return s.overDraft(ctx, tx, a, x, o)
	})
}

func (s *Service) overDraft(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, o Order) error {
	x.set(o)
	x.Service = o.Services[0]
	body, err := x.In.Key.SealJSON("referral", o.Words)
	if err != nil {
		return err
	}
	done, err := db.Changed(updateDraft(ctx, tx, x.Referral, body, tx.Now()))
	if err == nil && !done {
		err = fault.VersionChanged(x.Version + 1)
	}
	if err != nil {
		return err
	}
	return tx.Record(ctx, ChangeOf(a, x.Referral, "referral.draft_changed"))
}

// ChangeOf is a change of a referral, told on its case's timeline.
func ChangeOf(a access.Actor, x Referral, code string) journal.Change {
	return journal.Change{Office: x.Office, Actor: a.User, Code: code, Kind: "referral", Subject: x.ID, Case: x.Case,
		Detail: journal.Detail{"number": x.Number}}
}
