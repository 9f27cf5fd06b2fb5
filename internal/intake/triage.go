package intake

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/web"
)

// Decision is what becomes of a request.
type Decision struct {
	Outcome   string
	Note      string // a sentence, always
	Client    person.ClientChoice
	NewName   string // who the new case is about, where the office does not know the person yet
	Worker    string // e-mail or id of who takes the case; empty means oneself
	Secrecy   int    // confidentiality of the new case
	Case      db.ID  // existing_case
	Duplicate db.ID  // duplicate
	Unit      db.ID  // out_of_area
	Version   int64
}

// Outcome tells what triage made.
type Outcome struct {
	Request    Request
	Case       db.ID
	CaseNumber string
}

// Triage decides a request. Opening a case takes its danger, door, place and categories along.
func (s *Service) Triage(ctx context.Context, a access.Actor, id db.ID, d Decision) (out Outcome, err error) {
	if err := a.Require(access.RequestTriage); err != nil {
		return out, err
	}
	var c fault.Checks
	c.Field(!slices.Contains(Outcomes, d.Outcome), "outcome", "unknown", "intake.outcome.choose")
	c.Add(web.Length("note", d.Note, 3, web.MaxLine))
	if err := c.Err(); err != nil {
		return out, err
	}
	out.Request, err = s.act(ctx, a, id, d.Version, func(tx *journal.Tx, q *Request) (journal.Change, error) {
		out.Case, out.CaseNumber = db.ID{}, ""
		if err := s.decide(ctx, tx, a, q, d, &out); err != nil {
			return journal.Change{}, err
		}
		q.State, q.Outcome, q.DecidedAt, q.DecidedBy = Decided, d.Outcome, tx.Now(), User{a.User, a.Name}
		q.Told.Word = joined(q.Told.Word, d.Note)
		if q.AssignedTo.ID.IsZero() {
			q.AssignedTo, q.TakenAt = q.DecidedBy, tx.Now()
		}
		return s.change(a, *q, "request.decided", journal.Detail{"outcome": d.Outcome}), nil
	})
	return out, err
}

// decide does what an outcome asks for.
func (s *Service) decide(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request, d Decision, out *Outcome) (err error) {
	switch d.Outcome {
	case "case":
		return s.openCase(ctx, tx, a, q, d, out)
	case "existing_case":
		return s.join(ctx, tx, a, q, d, out)
	case "duplicate":
		other, err := selectRequest(ctx, tx, a.Scope(), d.Duplicate)
		if err != nil || other.q.ID == q.ID {
			return missing("request_id", "intake.duplicate.which", err)
		}
		q.Duplicate = other.q.ID
	case "out_of_area":
		if !d.Unit.IsZero() {
			if err := access.UnitKnown(ctx, tx, d.Unit); err != nil {
				return missing("unit_id", "intake.unit.which", err)
			}
			q.PassedTo = d.Unit
		}
	case "unreachable":
		tries, err := countVain(ctx, tx, q.ID)
		if err == nil && tries == 0 {
			err = fault.Conflict("no_tries", "intake.unreachable.no_tries")
		}
		return err
	}
	return nil
}

// missing asks for what was not named, or not found.
func missing(field, key string, err error) error {
	if err == nil || fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field(field, "unknown", key))
	}
	return err
}

func (s *Service) openCase(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request, d Decision, out *Outcome) (err error) {
	client, err := s.client(ctx, tx, a, q, d)
	if err != nil {
		return err
	}
	order := casefile.Order{Client: client, Worker: d.Worker, Channel: q.Channel, Village: q.Village, Categories: q.Categories,
		Confidentiality: d.Secrecy, Request: q.ID}
	if out.Case, out.CaseNumber, err = s.cases.OpenIn(ctx, tx, a, order); err != nil {
		return err
	}
	q.Case = out.Case
	return s.carry(ctx, tx, q)
}

// client is who the new case is about: the choice, the person the request is about, or someone new by name.
func (s *Service) client(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request, d Decision) (person.ClientChoice, error) {
	choice := d.Client
	if choice.Kind == "" {
		choice.Kind = "individual"
	}
	if choice.Kind != "individual" || !choice.Person.IsZero() {
		return choice, nil
	}
	if !q.Person.IsZero() {
		choice.Person = q.Person
		return choice, nil
	}
	if d.NewName == "" {
		return choice, fault.Invalid(fault.Field("client.person_id", "required", "intake.client.who"))
	}
	fresh := person.Person{Name: d.NewName, Village: q.Village}
	if q.Kind == "help_self" && q.Told.Reporter.Phone != "" {
		fresh.Sealed.Phones = []person.Phone{{Number: q.Told.Reporter.Phone}}
	}
	p, err := s.people.AddIn(ctx, tx, a, fresh)
	if fields, ok := fault.As(err); ok && len(fields.Fields) > 0 {
		return choice, fault.Invalid(fault.Field("new_name", fields.Fields[0].Code, fields.Fields[0].Key, fields.Fields[0].Args...))
	}
	choice.Person, q.Person = p.ID, p.ID
	return choice, err
}

func (s *Service) join(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request, d Decision, out *Outcome) error {
	c, err := s.cases.Reachable(ctx, tx, a, d.Case)
	if err != nil {
		return missing("case_id", "intake.case.which", err)
	}
	q.Case, out.Case, out.CaseNumber = c.ID, c.ID, c.Number
	return s.carry(ctx, tx, q)
}

// carry gives the request what its case is, from this moment on.
func (s *Service) carry(ctx context.Context, tx *journal.Tx, q *Request) error {
	to, err := s.cases.ReadershipOf(ctx, tx, q.Case)
	if err != nil {
		return err
	}
	q.Level = to.Confidentiality
	return replaceReaders(ctx, tx, q.ID, to)
}
