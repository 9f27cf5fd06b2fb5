package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// LetOut tells of which of the cases a client's data may leave the office by a kind of consent.
type LetOut func(ctx context.Context, r db.Reader, a access.Actor, kind string, now db.Time, ids []db.ID) (map[db.ID]bool, error)

// AskConsent lets the package that keeps consent stand at the doors by which a client's data leave. Without it they are open.
func (s *Service) AskConsent(fn LetOut) { s.letOut = fn }

// Leaving refuses to let data of a case out where no consent of the kind («data», «referral») stands: the fault
// consent_missing.
func (s *Service) Leaving(ctx context.Context, a access.Actor, id db.ID, kind string) error {
	if err := a.Require(access.CaseRead); err != nil {
		return err
	}
	let, err := s.letting(ctx, a, kind, []db.ID{id})
	if err == nil && !let[id] {
		err = fault.Conflict("consent_missing", "case.consent_missing")
	}
	return err
}

// letting are those of the cases whose data may leave.
func (s *Service) letting(ctx context.Context, a access.Actor, kind string, ids []db.ID) (let map[db.ID]bool, err error) {
	if s.letOut == nil {
		let = map[db.ID]bool{}
		for _, id := range ids {
			let[id] = true
		}
		return let, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		let, err = s.letOut(ctx, r, a, kind, db.At(s.now()), ids)
		return err
	})
	return let, err
}
