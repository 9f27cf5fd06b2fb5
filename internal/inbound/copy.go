package inbound

import (
	"context"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
)

// Offered is the person that may be written down from what was sent along.
func (x In) Offered() person.Person {
	p := person.Person{Name: x.about(), CallName: x.datum("called"), Languages: x.datum("languages"), Disability: x.datum("disability"),
		Sealed: person.Sealed{NIK: x.datum("nik"), Street: x.datum("address")}}
	if p.CallName == p.Name {
		p.CallName = ""
	}
	if sex := x.datum("sex"); sex == "f" || sex == "m" {
		p.Sex = sex
	}
	if day, err := db.ParseDate(x.datum("birth_date")); err == nil {
		p.BirthDate, p.BirthPrecision = day, "day"
	}
	for _, number := range strings.Split(x.datum("phone"), ",") {
		if number = strings.TrimSpace(number); number != "" {
			p.Sealed.Phones = append(p.Sealed.Phones, person.Phone{Number: number, SafeToCall: true})
		}
	}
	return p
}

// Copy is how a worker takes over who was sent along.
type Copy struct {
	Name     string // as the worker has it; empty is as it was sent
	Existing db.ID  // someone the office knows already: nothing is copied
	Accept   bool   // likely twins were looked at, and it is somebody else
}

// Copied is the person the request is about now, or the likely twins because of whom nothing was written.
type Copied struct {
	Person db.ID
	Twins  []person.Twin
}

// TakeOver writes the person down whom a referral is about, from what was sent along, because the client's consent to the
// referral covers it; who did so and when is kept. Without that consent, or once it was withdrawn, nothing is copied.
func (s *Service) TakeOver(ctx context.Context, a access.Actor, id db.ID, c Copy) (out Copied, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return out, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		out = Copied{}
		x, q, err := s.reached(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := s.mayCopy(ctx, tx, x, q); err != nil {
			return err
		}
		if !c.Existing.IsZero() {
			out.Person = c.Existing
			return s.about(ctx, tx, a, x, q, c.Existing, "matched")
		}
		p := x.Offered()
		if c.Name != "" {
			p.Name = c.Name
		}
		if !c.Accept {
			if out.Twins, err = s.people.LikelyIn(ctx, tx, a, p); err != nil || len(out.Twins) > 0 {
				return err
			}
		}
		if p, err = s.people.AddIn(ctx, tx, a, p); err != nil {
			return err
		}
		out.Person = p.ID
		x.CopiedBy, x.CopiedAt = casefile.User{ID: a.User, Name: a.Name}, tx.Now()
		return s.about(ctx, tx, a, x, q, p.ID, "copied")
	})
	return out, err
}

// mayCopy asks whether the client's word still covers it.
func (s *Service) mayCopy(ctx context.Context, r db.Reader, x In, q intake.Request) error {
	switch {
	case !q.Person.IsZero():
		return fault.Conflict("person_known", "intake.person_known")
	case x.Consent != ConsentGiven:
		return fault.Conflict("consent_missing", "inbound.copy_without_consent")
	case x.Way != ByOffice:
		return nil
	}
	stands, err := s.stillAgreed(ctx, r, x)
	if err == nil && !stands {
		err = fault.Conflict("consent_missing", "inbound.copy_withdrawn")
	}
	return err
}

// stillAgreed asks the sending office whether the consent stands: yes or no, and nothing else of the case.
func (s *Service) stillAgreed(ctx context.Context, r db.Reader, x In) (bool, error) {
	as, err := senderSide(ctx, r, x)
	if err != nil {
		return false, err
	}
	there, err := s.referrals.ReachIn(ctx, r, as, x.Referral)
	if err != nil {
		return false, err
	}
	return practice.Consented(ctx, r, "referral", there.Case)
}

// about keeps whom the request is about.
func (s *Service) about(ctx context.Context, tx *journal.Tx, a access.Actor, x In, q intake.Request, p db.ID, code string) error {
	if err := s.requests.AboutIn(ctx, tx, a, q.ID, p); err != nil {
		return err
	}
	x.Person = p
	if err := updateIn(ctx, tx, &x); err != nil {
		return err
	}
	c := change(a, x, q.Case, code)
	c.Person = p
	return tx.Record(ctx, c)
}
