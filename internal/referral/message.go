package referral

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// MessagesShown are how many messages one page of them has.
const MessagesShown = 50

// Wrote is what another package does in the transaction in which one side wrote to the other.
type Wrote func(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, side Side) error

// OnMessage lets another package tell the other side.
func (s *Service) OnMessage(fn Wrote) { s.wrote = append(s.wrote, fn) }

// Write sends a message to the other side. A referral that is still a draft has no other side.
func (s *Service) Write(ctx context.Context, a access.Actor, id db.ID, text string) (m Message, err error) {
	if !a.Can(access.ReferralRefer) && !a.Can(access.ReferralReceive) {
		return m, a.Require(access.ReferralRefer)
	}
	if bad := web.Length("text", text, 1, web.MaxText); bad != nil {
		return m, fault.Invalid(bad)
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.reach(ctx, tx, a, id)
		switch {
		case err != nil:
			return err
		case x.Side == OfficeSide && !x.In.Case.Writes:
			return fault.Forbidden()
		case x.Shared == nil:
			return illegal(x.Status)
		}
		m = Message{ID: db.NewID(), At: tx.Now(), Side: x.Side, By: casefile.User{ID: a.User, Name: a.Name}, Text: text}
		if a.Kind == access.Link {
			m.Name = a.Name
		}
		return s.keepMessage(ctx, tx, a, x, m)
	})
	return m, err
}

func (s *Service) keepMessage(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, m Message) error {
	body, err := x.In.Key.SealJSON("referral message", written{m.Text, m.Name})
	if err != nil {
		return err
	}
	if err := insertMessage(ctx, tx, x.ID, m, body); err != nil {
		return err
	}
	change := ChangeOf(a, x.Referral, "referral.message_from_"+string(m.Side))
	change.Kind, change.Subject = "referral_message", m.ID
	if err := tx.Record(ctx, change); err != nil {
		return err
	}
	for _, fn := range s.wrote {
		if err := fn(ctx, tx, a, x, m.Side); err != nil {
			return err
		}
	}
	return nil
}

// Messages reads a page of what the two sides wrote, the oldest first, before a message of the page above; zero is the last
// page. What the other side wrote counts as read from then on.
func (s *Service) Messages(ctx context.Context, a access.Actor, id, before db.ID) (list []Message, more bool, err error) {
	if !a.Can(access.CaseRead) && !a.Can(access.ReferralReceive) {
		return nil, false, a.Require(access.CaseRead)
	}
	var x Reach
	err = s.db.Read(ctx, func(r db.Reader) error {
		if x, err = s.reach(ctx, r, a, id); err != nil {
			return err
		}
		list, err = selectMessages(ctx, r, x.In.Key, id, before, MessagesShown+1)
		return err
	})
	if more = len(list) > MessagesShown; more {
		list = list[:MessagesShown]
	}
	slices.Reverse(list)
	unread := slices.ContainsFunc(list, func(m Message) bool { return m.Side != x.Side && m.ReadAt.IsZero() })
	if err != nil || !unread || x.Side == OfficeSide && !x.In.Case.Writes {
		return list, more, err
	}
	return list, more, s.db.Write(ctx, func(tx db.Tx) error {
		_, err := readMessages(ctx, tx, id, other(x.Side), db.At(s.now()))
		return err
	})
}

func other(side Side) Side {
	if side == PartnerSide {
		return OfficeSide
	}
	return PartnerSide
}
