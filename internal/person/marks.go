package person

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Mark is a safety mark beside someone's name.
type Mark struct {
	ID   db.ID // zero for «minor», which follows from the birth date
	Kind string
	Case db.ID // the case it was set from
	At   db.Time
}

// MarkKinds are the marks that are set; «minor» follows from the birth date by itself.
var MarkKinds = []string{"do_not_call", "violence", "weapon", "self_harm", "infectious"}

// adult is the age at which one is no minor any more (UU 35/2014).
const adult = 18

// Circle tells who stands near a person by the cases; casefile registers it in app.
type Circle struct {
	// Teams are those of the people in one of whose cases the actor works.
	Teams func(ctx context.Context, r db.Reader, a access.Actor, people []db.ID) (map[db.ID]bool, error)
	// Closed are those of the cases that are secret and not open to the actor.
	Closed func(ctx context.Context, r db.Reader, a access.Actor, cases []db.ID) (map[db.ID]bool, error)
	// Reach refuses a case that the actor may not open.
	Reach func(ctx context.Context, r db.Reader, a access.Actor, caseID db.ID) error
	// Refresh writes anew who may know a person, when records were merged or made two again.
	Refresh func(ctx context.Context, tx db.Tx, person db.ID) error
}

// SetCircle registers who stands near a person. Without it nobody counts as near.
func (s *Service) SetCircle(c Circle) { s.circle = c }

// Marks are the marks of people that the actor may see, by person. Whom the actor may know is for the caller to ask.
func (s *Service) Marks(ctx context.Context, a access.Actor, people []db.ID) (marks map[db.ID][]Mark, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		marks, err = s.marks(ctx, r, a, people)
		return err
	})
	return marks, err
}

func (s *Service) marks(ctx context.Context, r db.Reader, a access.Actor, people []db.ID) (map[db.ID][]Mark, error) {
	rows, err := selectMarks(ctx, r, people)
	if err != nil {
		return nil, err
	}
	near, err := s.near(ctx, r, a, rows)
	if err != nil {
		return nil, err
	}
	marks := map[db.ID][]Mark{}
	for _, row := range rows {
		known := slices.ContainsFunc(marks[row.person], func(m Mark) bool { return m.Kind == row.Kind })
		if !known && near.sees(a, row) {
			marks[row.person] = append(marks[row.person], row.Mark)
		}
	}
	return marks, s.addMinors(ctx, r, a, people, marks)
}

// addMinors puts the mark that follows from the birth date last.
func (s *Service) addMinors(ctx context.Context, r db.Reader, a access.Actor, people []db.ID, marks map[db.ID][]Mark) error {
	births, err := selectBirths(ctx, r, people)
	if err != nil {
		return err
	}
	today := db.DayOf(s.now(), a.Office.Zone)
	for _, p := range births {
		if age, ok := p.Age(today); ok && age < adult && !p.Dead() {
			marks[p.ID] = append(marks[p.ID], Mark{Kind: "minor"})
		}
	}
	return nil
}

// nearness is what the circle answered: the people one works with, and the cases that are closed to one.
type nearness struct{ teams, closed map[db.ID]bool }

func (s *Service) near(ctx context.Context, r db.Reader, a access.Actor, rows []markRow) (n nearness, err error) {
	var people, cases []db.ID
	for _, row := range rows {
		if row.Kind == "self_harm" || row.Kind == "infectious" {
			people = append(people, row.person)
		}
		if !row.Case.IsZero() {
			cases = append(cases, row.Case)
		}
	}
	if len(people) > 0 && s.circle.Teams != nil {
		if n.teams, err = s.circle.Teams(ctx, r, a, people); err != nil {
			return n, err
		}
	}
	if len(cases) > 0 && s.circle.Closed != nil {
		n.closed, err = s.circle.Closed(ctx, r, a, cases)
	}
	return n, err
}

// sees tells whether the actor belongs to the audience of a mark: all who may see the person; those who may be sent there;
// the team of a case of the person; and, where it was set from a secret case, only its named.
func (n nearness) sees(a access.Actor, m markRow) bool {
	if n.closed[m.Case] {
		return false
	}
	switch m.Kind {
	case "do_not_call":
		return true
	case "violence", "weapon":
		return a.Can(access.CaseWork) || a.Can(access.RequestHandle)
	}
	return n.teams[m.person]
}

// SetMark puts a safety mark beside a person's name; caseID may say from which case it is known. One that stands already
// is not set twice.
func (s *Service) SetMark(ctx context.Context, a access.Actor, person db.ID, kind string, caseID db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	if !slices.Contains(MarkKinds, kind) {
		return fault.Invalid(fault.Field("kind", "unknown", "person.mark.choose"))
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		row, err := selectPerson(ctx, tx, a.Scope(), person)
		if err != nil {
			return err
		}
		if !caseID.IsZero() {
			if s.circle.Reach == nil {
				return fault.NotFound()
			}
			if err := s.circle.Reach(ctx, tx, a, caseID); err != nil {
				return missing("case", err)
			}
		}
		stands, err := markStands(ctx, tx, row.p.ID, kind, caseID)
		if err != nil || stands {
			return err
		}
		m := markRow{person: row.p.ID, Mark: Mark{ID: db.NewID(), Kind: kind, Case: caseID, At: tx.Now()}}
		if err := insertMark(ctx, tx, m, a.User); err != nil {
			return err
		}
		// What the mark says is not told here: the journal has other readers than the mark.
		return tx.Record(ctx, changed(a, row.p.ID, "person.mark_set", journal.Detail{"mark": m.ID.String()}))
	})
}

// EndMark ends a mark that the actor may see.
func (s *Service) EndMark(ctx context.Context, a access.Actor, person, mark db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		row, err := selectPerson(ctx, tx, a.Scope(), person)
		if err != nil {
			return err
		}
		marks, err := s.marks(ctx, tx, a, []db.ID{row.p.ID})
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(marks[row.p.ID], func(m Mark) bool { return m.ID == mark && !mark.IsZero() }) {
			return fault.NotFound()
		}
		if err := endMark(ctx, tx, mark, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, changed(a, row.p.ID, "person.mark_ended", journal.Detail{"mark": mark.String()}))
	})
}

// DoNotCall tells whether someone is not to be called, by nobody and from nowhere: the mark holds wherever it was set.
func DoNotCall(ctx context.Context, r db.Reader, person db.ID) (bool, error) {
	rows, err := selectMarks(ctx, r, []db.ID{person})
	return slices.ContainsFunc(rows, func(m markRow) bool { return m.Kind == "do_not_call" }), err
}
