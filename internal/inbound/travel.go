package inbound

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/practice"
	"teduh/internal/referral"
)

// Pack gives a referral that was sent out as a parcel for an office elsewhere: the copy that was sent along, sealed for that
// office. It asks for the client's consent as sending does.
func (s *Service) Pack(ctx context.Context, a access.Actor, id, key db.ID) (p Parcel, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return p, err
	}
	x, err := s.toPack(ctx, a, id)
	if err != nil {
		return p, err
	}
	if err := s.cases.Leaving(ctx, a, x.Case, "referral"); err != nil {
		return p, err
	}
	own, err := s.ownKey(a.Office.ID)
	if err != nil {
		return p, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if x, err = s.referrals.ReachIn(ctx, tx, a, id); err != nil {
			return err
		}
		k, err := selectKey(ctx, tx, a.Office.ID, key)
		if err != nil || !k.EndedAt.IsZero() {
			return unknownKey(err)
		}
		theirs, err := readCard(k.Card)
		if err != nil {
			return err
		}
		agreed, err := practice.Consented(ctx, tx, "referral", x.Case)
		if err != nil {
			return err
		}
		if p, err = pack(ReferralParcel, own, theirs, sentOut(x, tx.Now(), agreed)); err != nil {
			return err
		}
		if err := upsertGiven(ctx, tx, id, a.User, given{Key: key, MadeAt: tx.Now()}); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: x.Office, Actor: a.User, Code: "referral.packed", Kind: "referral", Subject: id, Case: x.Case,
			Detail: journal.Detail{"number": x.Referral.Number}})
	})
	return p, err
}

func unknownKey(err error) error {
	if err == nil || fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field("key", "unknown", "error.choice"))
	}
	return err
}

// toPack is a referral that may go out as a file: sent, not ended, of a case the actor works on.
func (s *Service) toPack(ctx context.Context, a access.Actor, id db.ID) (x referral.Reach, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		x, err = s.referrals.ReachIn(ctx, r, a, id)
		return err
	})
	switch {
	case err != nil:
		return x, err
	case x.Side != referral.OfficeSide || !x.In.Case.Writes:
		return x, fault.Forbidden()
	case x.Shared == nil || !x.Underway():
		return x, fault.Conflict("referral_state", "inbound.parcel.not_sent")
	}
	return x, nil
}

func sentOut(x referral.Reach, now db.Time, agreed bool) sentAlong {
	out := sentAlong{ID: x.ID, Try: x.Tries, Number: x.Referral.Number, MadeAt: now, ExpiresAt: db.At(now.Add(parcelLasts)), Kind: x.Kind, Urgency: x.Urgency,
		Consent: ConsentEmergency, AnswerBy: x.DueAt, Shared: *x.Shared}
	if agreed {
		out.Consent = ConsentGiven
	}
	return out
}

// Opened is a parcel that was opened: from whom, and what it says.
type Opened struct {
	Parcel
	From   Key
	Taken  db.ID // the request it became already
	Number string
	In     In       // of a referral: what would be taken in
	Urgent string   // its urgency
	Said   saidBack // of an answer
	Of     string   // the number of the referral that is answered
}

// Open shows what a parcel holds before it is taken in; nothing is written. One from an unknown office, for another office,
// altered or expired is refused with the reason.
func (s *Service) Open(ctx context.Context, a access.Actor, p Parcel) (o Opened, err error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return o, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		o, err = s.opened(ctx, r, a, p)
		return err
	})
	return o, err
}

func (s *Service) opened(ctx context.Context, r db.Reader, a access.Actor, p Parcel) (o Opened, err error) {
	o.Parcel = p
	own, err := s.ownKey(a.Office.ID)
	if err != nil {
		return o, err
	}
	if p.To != own.Code() {
		return o, fault.Conflict("parcel_not_for_us", "inbound.parcel.not_for_us")
	}
	var theirs card
	if o.From, theirs, err = keyOf(ctx, r, a.Office.ID, p.From); err != nil {
		return o, err
	}
	if p.Format == AnswerParcel {
		if err := p.open(theirs, own, &o.Said); err != nil {
			return o, err
		}
		_, err = s.answered(ctx, r, a, &o)
		return o, err
	}
	var sent sentAlong
	if err := p.open(theirs, own, &sent); err != nil {
		return o, err
	}
	return o, s.readSent(ctx, r, a, sent, &o)
}

// readSent is what a referral in a parcel would become; one that was taken in before names its request.
func (s *Service) readSent(ctx context.Context, r db.Reader, a access.Actor, sent sentAlong, o *Opened) error {
	h := Handed{SenderKind: o.From.Kind, Kind: sent.Kind, Urgency: sent.Urgency, Body: Body{Sender: o.From.Name, Reference: sent.Number, Shared: sent.Shared}}
	if sent.ID.IsZero() || h.tidy(db.DayOf(s.now(), a.Office.Zone)) != nil {
		return fault.Conflict("parcel_wrong", "inbound.parcel.wrong")
	}
	o.Urgent = h.Urgency
	o.In = In{SenderKind: h.SenderKind, Key: o.From.ID, Way: ByFile, External: external(o.From.Code, sent.ID, sent.Try), Kind: h.Kind,
		Consent: ConsentEmergency, Body: h.Body}
	if sent.Consent == ConsentGiven {
		o.In.Consent = ConsentGiven
	}
	if sent.AnswerBy.After(s.now()) {
		o.In.DueAt = sent.AnswerBy
	}
	before, err := selectExternal(ctx, r, a.Office.ID, o.In.External)
	if err != nil {
		return err
	}
	if before != nil {
		o.Taken, o.Number = before.Request, before.Number
		return nil
	}
	if sent.ExpiresAt.Before(s.now()) {
		return fault.Conflict("parcel_expired", "inbound.parcel.expired")
	}
	return nil
}

// TakeIn takes a parcel in: a referral becomes a request, an answer moves our referral. A referral that was taken in before is
// not taken in again: its request is named, and again is true.
func (s *Service) TakeIn(ctx context.Context, a access.Actor, p Parcel) (o Opened, again bool, err error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return o, false, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		again = false
		if o, err = s.opened(ctx, tx, a, p); err != nil {
			return err
		}
		if p.Format == AnswerParcel {
			return s.takeAnswer(ctx, tx, a, &o)
		}
		if again = !o.Taken.IsZero(); again {
			return nil
		}
		if err := s.keep(ctx, tx, a, &o.In, arrival{urgency: o.Urgent}); err != nil {
			return err
		}
		o.Taken, o.Number = o.In.Request, o.In.Number
		return tx.Record(ctx, change(a, o.In, db.ID{}, "handed_in"))
	})
	if db.IsDuplicate(err) { // somebody else took it in at the same moment
		o, err = s.Open(ctx, a, p)
		return o, true, err
	}
	return o, again, err
}

// answered is the referral of ours that an answer is about: given to the office that answers, in this try, and not answered by
// a newer one already.
func (s *Service) answered(ctx context.Context, r db.Reader, a access.Actor, o *Opened) (x referral.Reach, err error) {
	if err := a.Require(access.ReferralRecord); err != nil {
		return x, err
	}
	if x, err = s.referrals.ReachIn(ctx, r, a, o.Said.ID); err != nil {
		return x, err
	}
	var g given
	list, err := selectGiven(ctx, r, x.ID)
	if err != nil {
		return x, err
	}
	for _, known := range list {
		if known.Key == o.From.ID {
			g = known
		}
	}
	o.Of = x.Referral.Number
	switch {
	case g.Key.IsZero():
		return x, fault.NotFound() // they were never asked
	case o.Said.Try != x.Tries, !g.AnswerMade.IsZero() && !o.Said.MadeAt.After(g.AnswerMade.Time):
		return x, fault.Conflict("answer_known", "inbound.parcel.answer_known")
	}
	return x, nil
}

// takeAnswer makes the moves an answer tells of, as the office types in what a partner said.
func (s *Service) takeAnswer(ctx context.Context, tx *journal.Tx, a access.Actor, o *Opened) error {
	x, err := s.answered(ctx, tx, a, o)
	if err != nil {
		return err
	}
	path := referral.Way(x.Status, o.Said.State)
	if path == nil {
		return fault.Conflict("answer_known", "inbound.parcel.answer_known")
	}
	if err := tx.Record(ctx, journal.Change{Office: x.Office, Actor: a.User, Code: "referral.answer_taken", Kind: "referral", Subject: x.ID, Case: x.Case,
		Detail: journal.Detail{"number": x.Referral.Number}}); err != nil {
		return err
	}
	for i, to := range path {
		st := referral.Step{To: to, By: o.From.Name}
		if i == len(path)-1 {
			st.Reason, st.Outcome, st.Words = o.Said.Reason, o.Said.Outcome, o.Said.Words
		}
		if err := s.referrals.MoveIn(ctx, tx, a, x.ID, st); err != nil {
			return err
		}
	}
	if len(path) == 0 && o.Said.Words != "" {
		if err := s.referrals.WriteIn(ctx, tx, access.LinkActor(a.Office, x.ID, o.From.Name), x.ID, o.Said.Words); err != nil {
			return err
		}
	}
	return answerTaken(ctx, tx, x.ID, o.From.ID, o.Said.MadeAt)
}

// Answer gives the state of a referral that came as a file back as a parcel for its sender, who counts as told. Words that were
// told go along as long as the client's consent stands.
func (s *Service) Answer(ctx context.Context, a access.Actor, id db.ID) (p Parcel, err error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return p, err
	}
	own, err := s.ownKey(a.Office.ID)
	if err != nil {
		return p, err
	}
	words, err := s.lastWords(ctx, a, id)
	if err != nil {
		return p, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, q, err := s.reached(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if x.Way != ByFile {
			return fault.NotFound()
		}
		if err := s.receivedAtLeast(ctx, tx, a, &x, q); err != nil {
			return err
		}
		k, err := selectKey(ctx, tx, a.Office.ID, x.Key)
		if err != nil {
			return err
		}
		theirs, err := readCard(k.Card)
		if err != nil {
			return err
		}
		back, err := backOf(x, tx.Now(), words)
		if err != nil {
			return err
		}
		if p, err = pack(AnswerParcel, own, theirs, back); err != nil {
			return err
		}
		return s.again(ctx, tx, a, way{in: &x, caseID: q.Case, how: ByFile})
	})
	return p, err
}

// receivedAtLeast makes the first step: who answers has received it.
func (s *Service) receivedAtLeast(ctx context.Context, tx *journal.Tx, a access.Actor, x *In, q intake.Request) error {
	if x.State != referral.Sent {
		return nil
	}
	return s.advance(ctx, tx, a, way{in: x, caseID: q.Case, step: referral.Step{To: referral.Received}})
}

// external is the mark of a referral in a file: whose it is, which, and which try of it.
func external(code string, id db.ID, try int) string { return fmt.Sprintf("%s/%s/%d", code, id, try) }

// backOf is what goes back of a referral that came as a file.
func backOf(x In, now db.Time, words string) (b saidBack, err error) {
	b = saidBack{MadeAt: now, State: x.State, Reason: x.Reason, Outcome: x.Outcome, Words: words}
	parts := strings.Split(x.External, "/")
	if len(parts) != 3 {
		return b, fmt.Errorf("inbound: %q is no mark of a file", x.External)
	}
	if b.ID, err = db.ParseID(parts[1]); err != nil {
		return b, err
	}
	b.Try, err = strconv.Atoi(parts[2])
	return b, err
}

// lastWords are those told last about a referral as it stands; none where the client's consent to them stands no longer.
func (s *Service) lastWords(ctx context.Context, a access.Actor, id db.ID) (string, error) {
	w, _, ofCase, err := s.One(ctx, a, id)
	if err != nil {
		return "", err
	}
	words := ""
	for _, said := range w.Words {
		if said.Text != "" && said.State == w.State {
			words = said.Text
		}
	}
	if words == "" || !ofCase {
		return words, nil
	}
	_, err = s.mayGoBack(ctx, a, id, Telling{Words: words})
	if fault.Is(err, "consent_missing") || fault.Is(err, "forbidden") {
		return "", nil
	}
	return words, err
}
