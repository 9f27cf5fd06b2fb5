package inbound

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/referral"
)

// Telling is what a worker lets the sender know.
type Telling struct {
	To      string // the state it has come to; empty is as it stands
	Reason  string
	Outcome string
	Words   string // about how it goes; only with the client's consent
	How     string // one of Hows, where the sender does not see the state
	Agreed  bool   // before there is a case: the client agrees that these words go back
	Version int64
}

// Tell lets the sender know what became of it: the state alone, or with words of the worker. Words about the client ask for the
// consent to a referral in the case, or the client's word where there is no case yet.
func (s *Service) Tell(ctx context.Context, a access.Actor, id db.ID, t Telling) error {
	if err := a.Require(access.RequestHandle); err != nil {
		return err
	}
	caseID, err := s.mayGoBack(ctx, a, id, t)
	if err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, q, err := s.reached(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if q.Case != caseID || t.Version != 0 && t.Version != x.Version {
			return fault.VersionChanged(x.Version)
		}
		return s.tell(ctx, tx, a, way{in: &x, caseID: q.Case, how: t.How}, t)
	})
}

// mayGoBack asks for the client's consent to words that go to the sender, and gives the case it was asked in.
func (s *Service) mayGoBack(ctx context.Context, a access.Actor, id db.ID, t Telling) (caseID db.ID, err error) {
	var q intake.Request
	err = s.db.Read(ctx, func(r db.Reader) error {
		_, q, err = s.reached(ctx, r, a, id)
		return err
	})
	switch {
	case err != nil || t.Words == "":
		return q.Case, err
	case q.Case.IsZero() && !t.Agreed:
		return q.Case, fault.Invalid(fault.Field("agreed_words", "required", "inbound.agreed_missing"))
	case q.Case.IsZero():
		return q.Case, nil
	}
	return q.Case, s.cases.Leaving(ctx, a, q.Case, "referral")
}

func (s *Service) tell(ctx context.Context, tx *journal.Tx, a access.Actor, w way, t Telling) error {
	x := w.in
	if t.To == "" {
		t.To = x.State
	}
	if t.To == referral.Sent {
		t.To = referral.Received // who tells the sender anything has received it
	}
	w.step = referral.Step{To: t.To, Reason: t.Reason, Outcome: t.Outcome, Words: t.Words}
	if x.Sees() {
		w.how = ""
	} else if !slices.Contains(Hows, t.How) && t.How != ByFile {
		return fault.Invalid(fault.Field("how", "required", "inbound.how_missing"))
	}
	if t.To != x.State {
		if err := w.step.Check(); err != nil {
			return err
		}
		return s.advance(ctx, tx, a, w)
	}
	return s.again(ctx, tx, a, w)
}

// again tells of a state that stands already: with words, or to a sender who does not see it.
func (s *Service) again(ctx context.Context, tx *journal.Tx, a access.Actor, w way) error {
	x, how := w.in, w.how
	if x.Sees() {
		if w.step.Words == "" {
			return fault.Invalid(fault.Field("words", "required", "inbound.words_missing"))
		}
		how = seen
	}
	x.told(tx.Now())
	if err := s.say(ctx, tx, x, Word{By: casefile.User{ID: a.User}, How: how, Text: w.step.Words}); err != nil {
		return err
	}
	if err := tx.Record(ctx, change(a, *x, w.caseID, "told")); err != nil || x.Way != ByOffice {
		return err
	}
	as, err := senderSide(ctx, tx, *x)
	if err != nil {
		return err
	}
	return s.referrals.WriteIn(ctx, tx, as, x.Referral, w.step.Words)
}

// Next are the states a worker may tell of, beside the one that stands.
func (x In) Next() (list []string) {
	if x.Ended() {
		return nil
	}
	for _, to := range []string{referral.Waitlisted, referral.Accepted, referral.InService, referral.Completed, referral.Declined, referral.NotAttended} {
		if to != x.State && referral.Way(x.State, to) != nil {
			list = append(list, to)
		}
	}
	return list
}
