package intake

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// InReach is the condition of SQL by which an actor reaches the requests of alias q, for lists of packages that keep more of a
// request in tables of their own; $1 to $3 are what ReachArgs gives.
const InReach = reachable

// ReachArgs are the parameters of InReach for an actor, and further ones after them.
func ReachArgs(a access.Actor, more ...any) []any { return append(reach(a.Scope()), more...) }

// Followed is what another package does in the transaction in which a request has changed; code is that of the change.
type Followed func(ctx context.Context, tx *journal.Tx, a access.Actor, q Request, code string) error

// OnChange lets another package follow what becomes of requests.
func (s *Service) OnChange(fn Followed) { s.followed = append(s.followed, fn) }

func (s *Service) tell(ctx context.Context, tx *journal.Tx, a access.Actor, q Request, code string) error {
	for _, fn := range s.followed {
		if err := fn(ctx, tx, a, q, code); err != nil {
			return err
		}
	}
	return nil
}

// HandedIn keeps a request that another body referred to the office, in the transaction of that package's act. Who hands it in
// may be a partner's user, who records no requests otherwise.
func (s *Service) HandedIn(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request) error {
	if !a.Can(access.ReferralHandIn) {
		if err := a.Require(access.RequestHandle); err != nil {
			return err
		}
	}
	q.Channel = "referral_in"
	return s.record(ctx, tx, a, q)
}

// ReachIn is a request within the actor's scope, in the transaction of another act. Nothing is logged.
func (s *Service) ReachIn(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Request, error) {
	if err := a.Require(access.RequestRead); err != nil {
		return Request{}, err
	}
	return s.find(ctx, r, a, id)
}

// AboutIn says whom a request is about that nobody has named yet, in the transaction in which the person was written down.
func (s *Service) AboutIn(ctx context.Context, tx *journal.Tx, a access.Actor, id, person db.ID) error {
	if err := a.Require(access.RequestHandle); err != nil {
		return err
	}
	q, err := s.find(ctx, tx, a, id)
	if err != nil {
		return err
	}
	if !q.Person.IsZero() {
		return fault.Conflict("person_known", "intake.person_known")
	}
	if _, err := s.people.FindIn(ctx, tx, a.Scope(), person); err != nil {
		return err
	}
	return updateAbout(ctx, tx, id, person)
}

func updateAbout(ctx context.Context, tx db.Tx, id, person db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE request SET person_id = $2, version = version + 1 WHERE id = $1`, id, person)
	return err
}
