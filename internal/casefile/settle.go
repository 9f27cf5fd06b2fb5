package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Settlement is what is settled together with the closing of a case: how each open task ended, and whether the actor's own
// unsigned notes are signed as they stand.
type Settlement struct {
	Done      []db.ID
	Cancelled []db.ID
	Word      string  // why tasks were cancelled
	Withdraw  []db.ID // referrals that have not ended
	Sign      bool
}

// settle ends tasks and signs notes in the transaction that closes the case.
func (s *Service) settle(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, st Settlement) error {
	if bad := text("task_word", st.Word, 0, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	for _, group := range []struct {
		ids       []db.ID
		cancelled bool
	}{{st.Done, false}, {st.Cancelled, true}} {
		for _, id := range group.ids {
			if err := s.endTaskOf(ctx, tx, a, c, id, group.cancelled, st.Word); err != nil {
				return err
			}
		}
	}
	if err := s.withdraw(ctx, tx, a, c.ID, st.Withdraw); err != nil {
		return err
	}
	if st.Sign {
		return s.signOwn(ctx, tx, a, c)
	}
	return nil
}

func (s *Service) endTaskOf(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, id db.ID, cancelled bool, word string) error {
	t, err := selectTask(ctx, tx, s.scope(a), id)
	if err != nil {
		return err
	}
	if t.t.Case != c.ID {
		return fault.NotFound()
	}
	if err := s.endTask(ctx, tx, a, t, cancelled, word); err != nil {
		return err
	}
	return tx.Record(ctx, taskChange(a, t, taskCode(cancelled)))
}

func (s *Service) signOwn(ctx context.Context, tx *journal.Tx, a access.Actor, c Case) error {
	ids, err := selectOwnUnsigned(ctx, tx, c.ID, a.User)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := signNote(ctx, tx, id, tx.Now()); err != nil {
			return err
		}
		if err := tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "note.signed", Kind: "note", Subject: id, Case: c.ID}); err != nil {
			return err
		}
	}
	return nil
}

// ToSettle is what a closing finds open: tasks, the actor's own unsigned notes, and how many unsigned notes others have.
type ToSettle struct {
	Tasks     []Task
	Referrals []Handed
	Own       int
	Others    int
}

// ToSettle reads what has to be settled before a case of the actor's closes.
func (s *Service) ToSettle(ctx context.Context, a access.Actor, caseID db.ID) (open ToSettle, err error) {
	tasks, err := s.TasksOf(ctx, a, caseID)
	if err != nil {
		return open, err
	}
	for _, t := range tasks {
		if t.DoneAt.IsZero() {
			open.Tasks = append(open.Tasks, t)
		}
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		left, err := selectUnsettled(ctx, r, caseID, a.User)
		if err != nil {
			return err
		}
		if open.Referrals, err = s.handed(ctx, r, caseID, ""); err != nil {
			return err
		}
		own, err := selectOwnUnsigned(ctx, r, caseID, a.User)
		open.Own, open.Others = len(own), left.UnsignedNotes-len(own)
		return err
	})
	return open, err
}
