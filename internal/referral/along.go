package referral

import (
	"context"
	"errors"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// MoveIn is Move in the transaction of another package's act, such as a decision of the office a client was referred to. Sending
// is not made this way: it asks for the client's consent first.
func (s *Service) MoveIn(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID, st Step) error {
	if !a.Can(access.ReferralRefer) && !a.Can(access.ReferralReceive) {
		return a.Require(access.ReferralRefer)
	}
	if err := st.check(); err != nil {
		return err
	}
	if st.To == Sent {
		return illegal(st.To)
	}
	if err := s.move(ctx, tx, a, id, st); !errors.Is(err, errSame) {
		return err
	}
	return nil
}

// WriteIn is Write in the transaction of another package's act, as the side the actor stands on.
func (s *Service) WriteIn(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID, text string) error {
	x, err := s.ReachIn(ctx, tx, a, id)
	switch {
	case err != nil:
		return err
	case x.Side == OfficeSide && !x.In.Case.Writes:
		return fault.Forbidden()
	case x.Shared == nil:
		return illegal(x.Status)
	}
	m := Message{ID: db.NewID(), At: tx.Now(), Side: x.Side, By: casefile.User{ID: a.User, Name: a.Name}, Text: text}
	if a.Kind == access.Link {
		m.Name = a.Name
	}
	return s.keepMessage(ctx, tx, a, x, m)
}

// Way is how a referral gets from one state to another by the moves of a partner, without the first; nil where there is none.
func Way(from, to string) []string {
	for steps := [][]string{{from}}; len(steps) > 0; steps = steps[1:] {
		path := steps[0]
		last := path[len(path)-1]
		if last == to {
			return path[1:]
		}
		for _, next := range moves[last] {
			if !officeOnly(last, next) && len(path) <= len(States) {
				steps = append(steps, append(path[:len(path):len(path)], next))
			}
		}
	}
	return nil
}

// Check asks for what belongs to a move and refuses what does not, for a move that is kept elsewhere.
func (st Step) Check() error { return st.check() }
