package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Handed is a referral of a case that has not ended.
type Handed struct {
	ID      db.ID
	Number  string
	Service string
	Begun   bool // a transfer whose receiver has begun: the case may close as moved on
}

// Handing is what closing a case asks of the package that keeps referrals.
type Handing struct {
	// Open are the referrals of a case that have not ended.
	Open func(ctx context.Context, r db.Reader, caseID db.ID) ([]Handed, error)
	// Withdraw ends one of them in the transaction that closes the case.
	Withdraw func(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID) error
	// TakenOver tells whether the receiver of a transfer has begun, also where it has ended since.
	TakenOver func(ctx context.Context, r db.Reader, caseID db.ID) (bool, error)
}

// AskHanding lets the package that keeps referrals say what stands against closing a case.
func (s *Service) AskHanding(h Handing) { s.handing = h }

// handed are the referrals that have to be settled before a case closes for a reason: all that have not ended, but for a
// transfer that has begun when the case is moved on by it.
func (s *Service) handed(ctx context.Context, r db.Reader, caseID db.ID, reason string) (list []Handed, err error) {
	if s.handing.Open == nil {
		return nil, nil
	}
	all, err := s.handing.Open(ctx, r, caseID)
	for _, x := range all {
		if reason != "moved_on" || !x.Begun {
			list = append(list, x)
		}
	}
	return list, err
}

// mayMoveOn refuses to close a case as moved on before its receiver has accepted it and confirmed the first contact.
func (s *Service) mayMoveOn(ctx context.Context, r db.Reader, caseID db.ID, reason string) error {
	if reason != "moved_on" || s.handing.TakenOver == nil {
		return nil
	}
	over, err := s.handing.TakenOver(ctx, r, caseID)
	if err == nil && !over {
		err = fault.Conflict("not_taken_over", "case.close.not_taken_over")
	}
	return err
}

func (s *Service) withdraw(ctx context.Context, tx *journal.Tx, a access.Actor, caseID db.ID, ids []db.ID) error {
	if len(ids) == 0 {
		return nil
	}
	open, err := s.handed(ctx, tx, caseID, "")
	if err != nil {
		return err
	}
	mine := map[db.ID]bool{}
	for _, x := range open {
		mine[x.ID] = true
	}
	for _, id := range ids {
		if !mine[id] {
			return fault.NotFound()
		}
		if err := s.handing.Withdraw(ctx, tx, a, id); err != nil {
			return err
		}
	}
	return nil
}
