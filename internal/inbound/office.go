package inbound

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/practice"
	"teduh/internal/referral"
)

// followReferral follows the moves of referrals that go to another office of this installation: sent, it arrives there; what
// the sending office itself says of it afterwards is known there.
func (s *Service) followReferral(ctx context.Context, tx *journal.Tx, _ access.Actor, x referral.Reach, m referral.Move) error {
	if m.To == referral.Sent {
		return s.arrive(ctx, tx, x)
	}
	if ctx.Value(oursKey{}) != nil {
		return nil
	}
	in, err := selectOfReferral(ctx, tx, x.ID)
	if err != nil || in == nil || in.State == m.To {
		return err
	}
	in.State, in.Reason, in.Outcome = m.To, m.Reason, m.Outcome
	in.told(tx.Now())
	w := Word{ID: db.NewID(), At: tx.Now(), State: m.To, Reason: m.Reason, Outcome: m.Outcome, How: seen}
	if err := insertWord(ctx, tx, in.ID, w, nil); err != nil {
		return err
	}
	if err := updateIn(ctx, tx, in); err != nil {
		return err
	}
	code := "by_sender"
	if m.To == referral.Cancelled {
		code = m.To
	}
	return tx.Record(ctx, change(access.Actor{}, *in, db.ID{}, code))
}

// arrive lets a referral appear as a request at the office that offers its service, with the copy that was sent and nothing else.
func (s *Service) arrive(ctx context.Context, tx *journal.Tx, x referral.Reach) error {
	unit, err := partner.OfficeOf(ctx, tx, x.Service)
	if err != nil || unit.IsZero() || unit == x.Office || x.Shared == nil {
		return err
	}
	here, err := access.OfficeIn(ctx, tx, unit)
	if err != nil || here.Kind != "office" {
		return err
	}
	sender, err := access.OfficeIn(ctx, tx, x.Office)
	if err != nil {
		return err
	}
	agreed, err := practice.Consented(ctx, tx, "referral", x.Case)
	if err != nil {
		return err
	}
	in := In{SenderKind: "lk3", Unit: x.Office, Way: ByOffice, Referral: x.ID, Kind: x.Kind, DueAt: x.DueAt, Consent: ConsentEmergency,
		Body: Body{Sender: sender.Name, Reference: x.Referral.Number, Shared: *x.Shared}}
	if agreed {
		in.Consent = ConsentGiven
	}
	return s.keep(ctx, tx, access.SystemActor(here), &in, arrival{urgency: x.Urgency})
}

// oursKey marks the moves that this package makes, so that it does not follow them.
type oursKey struct{}

// sendBack makes the moves of the sending office's referral, as its partner; the last one says why and how it ended.
func (s *Service) sendBack(ctx context.Context, tx *journal.Tx, x In, path []string, last referral.Step) error {
	as, err := senderSide(ctx, tx, x)
	if err != nil {
		return err
	}
	ctx = context.WithValue(ctx, oursKey{}, true)
	for i, to := range path {
		st := referral.Step{To: to}
		if i == len(path)-1 {
			st = last
		}
		if err := s.referrals.MoveIn(ctx, tx, as, x.Referral, st); err != nil {
			return err
		}
	}
	return nil
}

// senderSide acts at the sending office as a link of this one referral does: by the office's name, and reaching nothing else.
func senderSide(ctx context.Context, r db.Reader, x In) (access.Actor, error) {
	sender, err := access.OfficeIn(ctx, r, x.Unit)
	if err != nil {
		return access.Actor{}, err
	}
	here, err := access.OfficeIn(ctx, r, x.Office)
	return access.LinkActor(sender, x.Referral, here.Name), err
}
