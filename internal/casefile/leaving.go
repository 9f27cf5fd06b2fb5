package casefile

import (
	"context"
	"slices"

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
		err = consentMissing()
	}
	return err
}

func consentMissing() error { return fault.Conflict("consent_missing", "case.consent_missing") }

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

// OfFamilyUnasked is an open case within the actor's scope, of a family or of one of its members, in which no consent of the kind
// stands; found tells whether there is one.
func (s *Service) OfFamilyUnasked(ctx context.Context, a access.Actor, family db.ID, kind string) (c Case, found bool, err error) {
	if !a.Can(access.CaseRead) {
		return c, false, nil
	}
	var ids []db.ID
	err = s.db.Read(ctx, func(r db.Reader) error {
		ids, err = selectOfFamily(ctx, r, s.scope(a), family)
		return err
	})
	if err != nil || len(ids) == 0 {
		return c, false, err
	}
	let, err := s.letting(ctx, a, kind, ids)
	i := slices.IndexFunc(ids, func(id db.ID) bool { return !let[id] })
	if err != nil || i < 0 {
		return c, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = s.find(ctx, r, a, ids[i])
		return err
	})
	return c, err == nil, err
}
