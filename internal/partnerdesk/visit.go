package partnerdesk

import (
	"context"
	"crypto/hmac"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/referral"
)

// Knock is somebody at the door of a link.
type Knock struct {
	Token  string
	PIN    string
	Name   string
	Before string // what the device kept of an earlier visit by the same link
}

// Visit is somebody who came in by a link: the actor reaches the one referral and nothing else.
type Visit struct {
	access.Actor
	Link Link
}

// At tells how the door of a link stands, changing nothing: open, locked, or gone.
func (s *Service) At(ctx context.Context, token string) (l Link, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		l, err = s.living(ctx, r, token)
		return err
	})
	if err == nil && !l.LockedAt.IsZero() {
		err = locked()
	}
	return l, err
}

// living finds a link that has not ended by its token.
func (s *Service) living(ctx context.Context, r db.Reader, token string) (Link, error) {
	l, err := selectLink(ctx, r, s.hashOf(token))
	if fault.Is(err, "not_found") || err == nil && !l.EndsAt.After(s.Now()) {
		return Link{}, gone()
	}
	return l, err
}

// Enter lets whoever knows the PIN in and gives the visit's token for their device. A wrong PIN counts, and too many lock the
// link; what was wrong is kept although the visitor is refused.
func (s *Service) Enter(ctx context.Context, k Knock) (visit string, err error) {
	if bad := nameOf(k.Name); bad != nil {
		return "", fault.Invalid(bad)
	}
	var refused error
	err = s.Journal.Write(ctx, func(tx *journal.Tx) error {
		visit, refused, err = s.try(ctx, tx, k)
		return err
	})
	if err == nil {
		err = refused
	}
	return visit, err
}

// try asks a link whether the PIN is right. What is refused is not an error of the transaction, which keeps that it was wrong.
func (s *Service) try(ctx context.Context, tx *journal.Tx, k Knock) (visit string, refused, err error) {
	l, err := s.living(ctx, tx, k.Token)
	if err != nil {
		return "", nil, err
	}
	if refused = s.mayTry(l); refused != nil {
		return "", refused, nil
	}
	x, err := s.behind(ctx, tx, l, k.Name)
	if err != nil {
		return "", nil, err
	}
	if !hmac.Equal(l.pin, s.pinOf(l.ID, digits(k.PIN))) {
		refused, err = s.miss(ctx, tx, l, x)
		return "", refused, err
	}
	visit, err = s.begin(ctx, tx, l, x, k)
	return visit, nil, err
}

// mayTry refuses a link that is locked, and one where somebody was wrong a moment ago.
func (s *Service) mayTry(l Link) error {
	if !l.LockedAt.IsZero() {
		return locked()
	}
	if wait := l.missedAt.Add(patience(l.misses)).Sub(s.Now()); l.misses > 0 && wait > 0 {
		return fault.TooMany(int(wait/time.Second) + 1)
	}
	return nil
}

// behind is the referral a link leads to.
func (s *Service) behind(ctx context.Context, r db.Reader, l Link, name string) (referral.Reach, error) {
	o, err := access.OfficeIn(ctx, r, l.Office)
	if err != nil {
		return referral.Reach{}, err
	}
	return s.Referrals.ReachIn(ctx, r, access.LinkActor(o, l.Referral, name), l.Referral)
}

// miss counts a wrong PIN. The last one locks the link and leaves the worker a task, for only the office can give a new PIN.
func (s *Service) miss(ctx context.Context, tx *journal.Tx, l Link, x referral.Reach) (refused, err error) {
	if l.misses++; l.misses < MaxMisses {
		return wrongPIN(MaxMisses - l.misses), countMiss(ctx, tx, l.ID, tx.Now(), db.Time{})
	}
	if err := countMiss(ctx, tx, l.ID, tx.Now(), tx.Now()); err != nil {
		return nil, err
	}
	o, err := access.OfficeIn(ctx, tx, x.Office)
	if err != nil {
		return nil, err
	}
	system := access.SystemActor(o)
	if err := s.leaveTask(ctx, tx, system, x, l, "referral_link_locked"); err != nil {
		return nil, err
	}
	return locked(), tx.Record(ctx, referral.ChangeOf(system, x.Referral, "referral.link_locked"))
}

// leaveTask asks the worker of the case to look, or who made the link where the case has none.
func (s *Service) leaveTask(ctx context.Context, tx *journal.Tx, system access.Actor, x referral.Reach, l Link, code string) error {
	in := x.In
	if in.Case.Status != "open" {
		return nil
	}
	if in.Case.Worker.ID.IsZero() {
		in.Case.Worker = casefile.User{ID: l.MadeBy.ID}
	}
	_, err := s.Cases.TaskIn(ctx, tx, system, in, code, db.DayOf(tx.Now().Time, system.Office.Zone))
	return err
}

// begin opens a visit. The first one is told on the case's timeline, and each by a device that was not here before.
func (s *Service) begin(ctx context.Context, tx *journal.Tx, l Link, x referral.Reach, k Knock) (string, error) {
	known, err := visitKnown(ctx, tx, l.ID, s.visitHash(k.Before))
	if err != nil {
		return "", err
	}
	first, elsewhere := l.OpenedAt.IsZero(), !l.OpenedAt.IsZero() && !known
	if err := opened(ctx, tx, l.ID, tx.Now(), elsewhere); err != nil {
		return "", err
	}
	visit := access.FormKey()
	name, err := x.In.Key.Seal(visitField, k.Name)
	if err != nil {
		return "", err
	}
	if err := insertVisit(ctx, tx, s.visitHash(visit), l.ID, name, tx.Now()); err != nil {
		return "", err
	}
	if known {
		if err := endVisit(ctx, tx, s.visitHash(k.Before), tx.Now()); err != nil {
			return "", err
		}
	}
	switch {
	case first:
		return visit, tx.Record(ctx, referral.ChangeOf(access.Actor{}, x.Referral, "referral.link_opened"))
	case elsewhere:
		return visit, tx.Record(ctx, referral.ChangeOf(access.Actor{}, x.Referral, "referral.link_elsewhere"))
	}
	return visit, nil
}

const visitField = "referral visit"

func (s *Service) visitHash(visit string) []byte { return s.Vault.Blind("referral visit", visit) }

// Visit is who a device's visit stands for, while it and its link last; fault «unauthorized» asks for the PIN.
func (s *Service) Visit(ctx context.Context, token, visit string) (v Visit, err error) {
	now := s.Now()
	var seen db.Time
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if v.Link, err = s.living(ctx, r, token); err != nil {
			return err
		}
		row, err := selectVisit(ctx, r, s.visitHash(visit), v.Link.ID)
		if fault.Is(err, "not_found") || err == nil && (!row.ends.After(now) || now.Sub(row.seen.Time) > VisitIdle) {
			return fault.Unauthorized()
		}
		if err != nil {
			return err
		}
		x, err := s.behind(ctx, r, v.Link, "")
		if err != nil {
			return err
		}
		name, err := x.In.Key.Open(visitField, row.name)
		if err != nil {
			return err
		}
		o, err := access.OfficeIn(ctx, r, v.Link.Office)
		v.Actor, seen = access.LinkActor(o, v.Link.Referral, name), row.seen
		return err
	})
	if err == nil && now.Sub(seen.Time) > seenEvery {
		err = s.DB.Write(ctx, func(tx db.Tx) error { return seeVisit(ctx, tx, s.visitHash(visit), db.At(now)) })
	}
	return v, err
}

// Leave ends a visit before its time.
func (s *Service) Leave(ctx context.Context, visit string) error {
	return s.DB.Write(ctx, func(tx db.Tx) error { return endVisit(ctx, tx, s.visitHash(visit), db.At(s.Now())) })
}
