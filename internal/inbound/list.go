package inbound

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
)

// Filter chooses referrals to the office.
type Filter struct {
	Owed  bool    // those whose sender waits for word, the longest first; else all, the newest first
	DueAt db.Time // of the last one above, with Owed
	After db.ID
	Limit int
}

// List reads a page of referrals to the office, of the requests the actor may see.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (list []In, more bool, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if list, err = selectList(ctx, r, intake.ReachArgs(a), f); err != nil {
			return err
		}
		if more = len(list) > f.Limit; more {
			list = list[:f.Limit]
		}
		return s.openAll(ctx, r, list)
	})
	return list, more, err
}

// CountOwed counts the referrals whose sender waits for word, and those of them whose day has passed; up to most.
func (s *Service) CountOwed(ctx context.Context, a access.Actor, most int) (all, late int, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return 0, 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		all, late, err = countOwed(ctx, r, intake.ReachArgs(a, db.At(s.now()), most))
		return err
	})
	return all, late, err
}

// Ours is a page of what the actor's own partner handed in by its accounts, the newest first, each with what it was told.
func (s *Service) Ours(ctx context.Context, a access.Actor, after db.ID, limit int) (list []Whole, more bool, err error) {
	if err := ofPartner(a); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectOurs(ctx, r, a, after, limit)
		if err != nil {
			return err
		}
		if more = len(rows) > limit; more {
			rows = rows[:limit]
		}
		list = make([]Whole, len(rows))
		for i := range rows {
			list[i].In = rows[i]
			if list[i].Words, err = s.open(ctx, r, &list[i].In); err != nil {
				return err
			}
		}
		return nil
	})
	return list, more, err
}

// Own is one that the actor's own partner handed in.
func (s *Service) Own(ctx context.Context, a access.Actor, id db.ID) (w Whole, err error) {
	if err := ofPartner(a); err != nil {
		return w, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if w.In, err = selectOwn(ctx, r, a, id); err != nil {
			return err
		}
		w.Words, err = s.open(ctx, r, &w.In)
		return err
	})
	return w, err
}

// ownOfRequest is Own by the request it became.
func (s *Service) ownOfRequest(ctx context.Context, a access.Actor, request db.ID) (w Whole, err error) {
	if err := ofPartner(a); err != nil {
		return w, err
	}
	var x *In
	if err := s.db.Read(ctx, func(r db.Reader) error {
		x, err = selectOfRequest(ctx, r, request)
		return err
	}); err != nil {
		return w, err
	}
	if x == nil {
		return w, fault.NotFound()
	}
	return s.Own(ctx, a, x.ID)
}

func ofPartner(a access.Actor) error {
	if err := a.Require(access.ReferralHandIn); err != nil {
		return err
	}
	if a.Partner.IsZero() {
		return fault.Forbidden()
	}
	return nil
}

// openAll reads what of a list is sealed.
func (s *Service) openAll(ctx context.Context, r db.Reader, list []In) error {
	ids := make([]db.ID, len(list))
	for i, x := range list {
		ids[i] = x.Request
	}
	keys, err := s.vault.Keys(ctx, r, ids)
	for i := 0; err == nil && i < len(list); i++ {
		err = keys[list[i].Request].OpenJSON(fieldBody, list[i].sealed, &list[i].Body)
	}
	return err
}
