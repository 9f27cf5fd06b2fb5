package genogram

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// step is one change made at a drawing, with what it takes to take it back.
type step struct {
	id        db.ID
	Relations []relationStep `json:"relations,omitempty"`
	Bonds     []bondStep     `json:"bonds,omitempty"`
	Members   []memberStep   `json:"members,omitempty"`
	Person    *personStep    `json:"person,omitempty"`
}

// relationStep wrote a relation; Before is what it wrote over, Gone says that it was taken away.
type relationStep struct {
	Kept   person.Relation  `json:"kept"`
	Before *person.Relation `json:"before,omitempty"`
	Gone   bool             `json:"gone,omitempty"`
}

type bondStep struct {
	Kept   person.Bond  `json:"kept"`
	Before *person.Bond `json:"before,omitempty"`
	Gone   bool         `json:"gone,omitempty"`
}

// memberStep put somebody into the family.
type memberStep struct {
	Person db.ID `json:"person"`
}

// vital are the facts of a person that the drawing changes.
type vital struct {
	Name      string  `json:"name"`
	Sex       string  `json:"sex"`
	Born      db.Date `json:"born"`
	Precision string  `json:"precision"`
	Died      db.Date `json:"died"`
	DiedAs    string  `json:"died_as"`
}

type personStep struct {
	ID     db.ID `json:"id"`
	Before vital `json:"before"`
	After  vital `json:"after"`
}

func vitalOf(p person.Person) vital {
	return vital{p.Name, p.Sex, p.BirthDate, p.BirthPrecision, p.DiedOn, p.DiedPrecision}
}

func (v vital) onto(p person.Person) person.Person {
	p.Name, p.Sex, p.BirthDate, p.BirthPrecision, p.DiedOn, p.DiedPrecision = v.Name, v.Sex, v.Born, v.Precision, v.Died, v.DiedAs
	return p
}

// taken runs an act at a drawing and keeps it as a step, in one transaction.
func (s *Service) taken(ctx context.Context, a access.Actor, family db.ID, act func(tx *journal.Tx, st *step) error) error {
	if err := s.known(ctx, a, family); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		var st step
		if err := act(tx, &st); err != nil {
			return err
		}
		if len(st.Relations)+len(st.Bonds)+len(st.Members) == 0 && st.Person == nil {
			return nil
		}
		sealed, err := s.seal(ctx, tx, family, "genogram step", st)
		if err != nil {
			return err
		}
		return insertStep(ctx, tx, row{db.NewID(), family, a.User, sealed})
	})
}

// known asks that the family is one the actor may know.
func (s *Service) known(ctx context.Context, a access.Actor, family db.ID) error {
	_, err := s.people.Family(ctx, a, family, "page")
	return err
}

// Undo takes back the actor's last step in a family's drawing, by the opposite act. What somebody else has changed since is
// left alone, and said so. A person who was entered stays on record.
func (s *Service) Undo(ctx context.Context, a access.Actor, family db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	if err := s.known(ctx, a, family); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		key, err := s.vault.Key(ctx, tx, family)
		if err != nil {
			return err
		}
		st, found, err := lastStep(ctx, tx, key, family, a.User)
		if err != nil {
			return err
		}
		if !found {
			return fault.Conflict("nothing_to_undo", "genogram.undo_nothing")
		}
		if err := s.opposite(ctx, tx, a, family, st); err != nil {
			return moved(err)
		}
		if err := markUndone(ctx, tx, st.id); err != nil {
			return err
		}
		return tx.Record(ctx, change(a, family, "genogram.undone"))
	})
}

// moved says of something that is not there any more that it was changed since.
func moved(err error) error {
	if fault.Is(err, "not_found") {
		return changedSince()
	}
	return err
}

func changedSince() error { return fault.Conflict("changed_since", "genogram.undo_changed") }

func (s *Service) opposite(ctx context.Context, tx *journal.Tx, a access.Actor, family db.ID, st step) error {
	for _, x := range st.Relations {
		if err := s.oppositeRelation(ctx, tx, a, x); err != nil {
			return err
		}
	}
	for _, x := range st.Bonds {
		if err := s.oppositeBond(ctx, tx, a, x); err != nil {
			return err
		}
	}
	for _, m := range st.Members {
		if err := s.people.LeaveIn(ctx, tx, a, family, m.Person); err != nil {
			return err
		}
	}
	if st.Person == nil {
		return nil
	}
	p, err := s.people.FindIn(ctx, tx, a.Scope(), st.Person.ID)
	if err != nil {
		return err
	}
	if vitalOf(p) != st.Person.After {
		return changedSince()
	}
	_, err = s.people.ChangeIn(ctx, tx, a, st.Person.Before.onto(p))
	return err
}

func (s *Service) oppositeRelation(ctx context.Context, tx *journal.Tx, a access.Actor, x relationStep) error {
	var stood *person.Relation
	switch {
	case x.Gone:
		_, before, err := s.people.RelateIn(ctx, tx, a, x.Kept)
		if err == nil && before != nil {
			err = changedSince()
		}
		return err
	case x.Before != nil:
		_, before, err := s.people.RelateIn(ctx, tx, a, *x.Before)
		if err != nil {
			return err
		}
		stood = before
	default:
		gone, err := s.people.UnrelateIn(ctx, tx, a, x.Kept.ID)
		if err != nil {
			return err
		}
		stood = &gone
	}
	if stood == nil || stood.Manner != x.Kept.Manner || stood.Since != x.Kept.Since || stood.Until != x.Kept.Until {
		return changedSince()
	}
	return nil
}

func (s *Service) oppositeBond(ctx context.Context, tx *journal.Tx, a access.Actor, x bondStep) error {
	var stood *person.Bond
	switch {
	case x.Gone:
		_, before, err := s.people.BondIn(ctx, tx, a, x.Kept)
		if err == nil && before != nil {
			err = changedSince()
		}
		return err
	case x.Before != nil:
		_, before, err := s.people.BondIn(ctx, tx, a, *x.Before)
		if err != nil {
			return err
		}
		stood = before
	default:
		gone, err := s.people.UnbondIn(ctx, tx, a, x.Kept.ID)
		if err != nil {
			return err
		}
		stood = &gone
	}
	if stood == nil || stood.Kind != x.Kept.Kind {
		return changedSince()
	}
	return nil
}
