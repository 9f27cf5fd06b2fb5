package referral

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// Looked is what another package does in the transaction in which the clock tells of a referral.
type Looked func(ctx context.Context, tx *journal.Tx, o access.Office, x Referral, l Look) error

// Look is why the clock tells of a referral.
type Look string

// The looks: time is running out, it has run out, and it has long run out.
const (
	Soon    Look = "soon"
	Overdue Look = "overdue"
	Longer  Look = "longer"
)

// OnLook lets another package tell the two sides and the head.
func (s *Service) OnLook(fn Looked) { s.looked = append(s.looked, fn) }

// lookAtOnce is how many referrals one transaction of the clock tells of.
const lookAtOnce = 200

// Look lets the clock tell of every referral whose time has come, and of no other; it may run on several nodes at once.
func (s *Service) Look(ctx context.Context) (n int, err error) {
	for more := true; more && err == nil; {
		var told int
		told, more, err = s.lookSome(ctx)
		n += told
	}
	return n, err
}

func (s *Service) lookSome(ctx context.Context) (told int, more bool, err error) {
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		told = 0
		list, err := selectDue(ctx, tx, tx.Now(), lookAtOnce)
		if err != nil {
			return err
		}
		more = len(list) == lookAtOnce
		offices := map[db.ID]access.Office{}
		for _, x := range list {
			if err := s.lookAt(ctx, tx, offices, x); err != nil {
				return err
			}
			told++
		}
		return nil
	})
	return told, more, err
}

func (s *Service) lookAt(ctx context.Context, tx *journal.Tx, offices map[db.ID]access.Office, x Referral) error {
	before := x.Looks
	l := map[int]Look{0: Soon, 1: Overdue}[before]
	if l == "" {
		l = Longer
	}
	// What was missed while nothing ran is told once, as what it has become.
	for x.Looks++; x.Looks < 1000 && x.lookAt().Compare(tx.Now().Time) <= 0; x.Looks++ {
		l = Longer
		if x.Looks == 1 {
			l = Overdue
		}
	}
	if done, err := looked(ctx, tx, x, before); err != nil || !done {
		return err
	}
	o, known := offices[x.Office]
	if !known {
		var err error
		if o, err = access.OfficeIn(ctx, tx, x.Office); err != nil {
			return err
		}
		offices[x.Office] = o
	}
	if l != Soon {
		if err := tx.Record(ctx, ChangeOf(access.SystemActor(o), x, "referral.late")); err != nil {
			return err
		}
	}
	if err := s.askAgain(ctx, tx, o, x, l); err != nil {
		return err
	}
	for _, fn := range s.looked {
		if err := fn(ctx, tx, o, x, l); err != nil {
			return err
		}
	}
	return nil
}

// askAgain leaves the worker a task once the time is over: to ask, or to try the next service.
func (s *Service) askAgain(ctx context.Context, tx *journal.Tx, o access.Office, x Referral, l Look) error {
	if l != Overdue {
		return nil
	}
	in, err := s.cases.Held(ctx, tx, access.SystemActor(o), x.Case)
	if err != nil || in.Case.Status != "open" {
		return err
	}
	if in.Case.Worker.ID.IsZero() {
		in.Case.Worker = x.By
	}
	_, err = s.cases.TaskIn(ctx, tx, access.SystemActor(o), in, "referral_late", dayOf(tx.Now(), o.Zone))
	return err
}
