package casefile

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// GlassLasts is how long an emergency opening lasts; GlassReason how many characters its reason needs.
const (
	GlassLasts  = 60 * time.Minute
	GlassReason = 20
)

// BreakGlass opens one case of the office for the actor for an hour, with a reason. It stands on the case's timeline for
// ever, is logged before the answer, and the head and the data-protection officer learn of it through the journal. The
// actor has proved the password again; the caller sees to that. A walled worker stays outside.
func (s *Service) BreakGlass(ctx context.Context, a access.Actor, number, reason string) (id db.ID, err error) {
	if err := a.Require(access.BreakGlass); err != nil {
		return id, err
	}
	if bad := text("reason", reason, GlassReason, web.MaxLine); bad != nil {
		return id, fault.Invalid(bad)
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if id, err = caseBehindGlass(ctx, tx, s.scope(a), number); err != nil {
			return err
		}
		sealed, err := s.seal(ctx, tx, id, "reason", reason)
		if err != nil {
			return err
		}
		if err := insertGlass(ctx, tx, id, a.User, db.At(tx.Now().Add(GlassLasts))); err != nil {
			return err
		}
		if err := insertMove(ctx, tx, id, a.User, tx.Now(), move{kind: "glass"}, sealed); err != nil {
			return err
		}
		return tx.Record(ctx, s.change(a, id, "case.break_glass", nil))
	})
	if err != nil {
		return id, err
	}
	return id, s.journal.LogNow(ctx, journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "case", Subject: id, Case: id,
		Why: journal.WhyBreakGlass, Origin: "page"})
}

// Seer is someone who can open the case, and why: the role, or a row of its own.
type Seer struct {
	User  User
	Why   string // worker, team, supervisor, named, break_glass, head, office
	Until db.Time
}

// WhoCanSee answers «who can see this, and why» for those who work on the case and the head.
func (s *Service) WhoCanSee(ctx context.Context, a access.Actor, id db.ID) (list []Seer, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err := s.find(ctx, r, a, id)
		if err != nil {
			return err
		}
		if !c.Writes {
			return fault.Forbidden()
		}
		rows, err := selectReaders(ctx, r, id, db.At(s.now()))
		if err != nil {
			return err
		}
		for _, row := range rows {
			list = append(list, Seer(row))
		}
		byRole, err := selectByRole(ctx, r, c)
		list = append(list, byRole...)
		return err
	})
	return list, err
}

// Readings tells who opened the case or anything in it, newest first, to the head and the data-protection officer.
func (s *Service) Readings(ctx context.Context, a access.Actor, id db.ID, p journal.Page) (list []journal.Reading, err error) {
	if err := a.Require(access.CaseReaders); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectCase(ctx, r, s.scope(a), id); err != nil {
			return err
		}
		if p.Without, err = selectHidden(ctx, r, id, eyesOf(a)); err != nil {
			return err
		}
		list, err = journal.ReadingsOfCase(ctx, r, id, p)
		return err
	})
	return list, err
}

// Happening is a change on a case's timeline and who made it.
type Happening struct {
	journal.Change
	By string
}

// Timeline reads what happened in a case, newest first.
func (s *Service) Timeline(ctx context.Context, a access.Actor, id db.ID, p journal.Page) (list []Happening, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectCase(ctx, r, s.scope(a), id); err != nil {
			return err
		}
		if p.Without, err = selectHidden(ctx, r, id, eyesOf(a)); err != nil {
			return err
		}
		changes, err := journal.OfCase(ctx, r, id, p)
		if err != nil {
			return err
		}
		list, err = withNames(ctx, r, changes)
		return err
	})
	return list, err
}

func withNames(ctx context.Context, r db.Reader, changes []journal.Change) ([]Happening, error) {
	ids := make([]db.ID, len(changes))
	for i, c := range changes {
		ids[i] = c.Actor
	}
	names, err := access.Names(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Happening, len(changes))
	for i, c := range changes {
		list[i] = Happening{Change: c, By: names[c.Actor]}
	}
	return list, nil
}
