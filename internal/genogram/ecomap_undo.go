package genogram

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// lastChange is when somebody last changed the map; zero where they never did. What begins and ends in one change has one time.
func (m Ecomap) lastChange(by db.ID) (last db.Time) {
	for _, x := range m {
		if x.byID == by && x.At.After(last.Time) {
			last = x.At
		}
		if x.endedBy == by && x.Ended.After(last.Time) {
			last = x.Ended
		}
	}
	return last
}

// Undoable tells whether the actor has changed the map.
func (m Ecomap) Undoable(a access.Actor) bool { return !m.lastChange(a.User).IsZero() }

// UndoSurrounding takes back the actor's last change of the map: what it brought is gone, what it ended stands again. What
// somebody else has changed since is left alone, and said so.
func (s *Service) UndoSurrounding(ctx context.Context, a access.Actor, caseID db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		m, err := selectSurroundings(ctx, tx, in)
		if err != nil {
			return "", err
		}
		last := m.lastChange(a.User)
		if last.IsZero() {
			return "", fault.Conflict("nothing_to_undo", "genogram.undo_nothing")
		}
		for _, x := range m {
			if err := takeBack(ctx, tx, a.User, x, last); err != nil {
				return "", err
			}
		}
		return "genogram.system_undone", nil
	})
}

func takeBack(ctx context.Context, tx *journal.Tx, by db.ID, x Surrounding, last db.Time) error {
	began, ended := x.byID == by && x.At.Equal(last.Time), x.endedBy == by && x.Ended.Equal(last.Time)
	switch {
	case began && !x.Ended.IsZero():
		return changedSince()
	case began:
		return undoSurrounding(ctx, tx, x.ID)
	case ended:
		return resumeSurrounding(ctx, tx, x.ID)
	}
	return nil
}
