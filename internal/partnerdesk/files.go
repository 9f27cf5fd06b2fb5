package partnerdesk

import (
	"context"
	"errors"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/referral"
)

// Receive begins a sending of files from the partner's side of a referral. Where a link lets somebody in, whoever made the link
// answers for what they bring, and their name stands with it.
func (s *Service) Receive(ctx context.Context, a access.Actor, id db.ID) (u *attachment.Upload, err error) {
	if err := a.Require(access.ReferralReceive); err != nil {
		return nil, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := s.Referrals.ReachIn(ctx, r, a, id)
		if err != nil {
			return err
		}
		if a.Kind != access.Link {
			u = s.Files.ReceiveFor(x.In, a.User, "")
			return nil
		}
		l, err := s.linkIn(ctx, r, x)
		u = s.Files.ReceiveFor(x.In, l.MadeBy.ID, a.Name)
		return err
	})
	return u, err
}

// Keep puts the files of a sending with the referral. Where that is refused, the files are taken away again.
func (s *Service) Keep(ctx context.Context, a access.Actor, id db.ID, u *attachment.Upload) error {
	if err := a.Require(access.ReferralReceive); err != nil {
		return err
	}
	err := s.Journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.Referrals.ReachIn(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := u.KeepIn(ctx, tx, x.In); err != nil {
			return err
		}
		return s.Referrals.EncloseIn(ctx, tx, a, x, u.IDs())
	})
	if _, refused := fault.As(err); refused || errors.Is(err, journal.ErrClaimed) {
		return errors.Join(err, u.Discard())
	}
	return err
}

// File is one that stands with a referral, with its bytes; the reading is logged. Any other of the case is not found.
func (s *Service) File(ctx context.Context, a access.Actor, id, file db.ID) (f attachment.File, content []byte, err error) {
	if err := a.Require(access.ReferralReceive); err != nil {
		return f, nil, err
	}
	list, err := s.Referrals.Files(ctx, a, id)
	if err != nil {
		return f, nil, err
	}
	var x referral.Reach
	if err := s.DB.Read(ctx, func(r db.Reader) error {
		x, err = s.Referrals.ReachIn(ctx, r, a, id)
		return err
	}); err != nil {
		return f, nil, err
	}
	for _, e := range list {
		if e.ID == file {
			content, err = s.Files.OpenFor(ctx, a, x.In, e.File)
			return e.File, content, err
		}
	}
	return f, nil, fault.NotFound()
}
