package referral

import (
	"context"
	"errors"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// Follow is what another package does in the transaction in which a referral has moved, such as telling the other side.
type Follow func(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, m Move) error

// OnMove lets another package follow each move.
func (s *Service) OnMove(fn Follow) { s.follow = append(s.follow, fn) }

// errSame ends a move that was made already.
var errSame = errors.New("referral: it stands there already")

// Move brings a referral to another state. A move made twice by the same side, as by a second tap, changes nothing and is no
// error; every other move the state does not allow is refused with the state it is in.
func (s *Service) Move(ctx context.Context, a access.Actor, id db.ID, st Step) error {
	if !a.Can(access.ReferralRefer) && !a.Can(access.ReferralReceive) {
		return a.Require(access.ReferralRefer)
	}
	if err := st.check(); err != nil {
		return err
	}
	if st.To == Sent {
		if err := s.mayLeave(ctx, a, id); err != nil {
			return err
		}
	}
	err := s.journal.Write(ctx, func(tx *journal.Tx) error { return s.move(ctx, tx, a, id, st) })
	if errors.Is(err, errSame) {
		return nil
	}
	return err
}

// mayLeave asks for the client's consent before data go to a partner, again for each try.
func (s *Service) mayLeave(ctx context.Context, a access.Actor, id db.ID) (err error) {
	var x Reach
	if err := s.db.Read(ctx, func(r db.Reader) error {
		x, err = s.reach(ctx, r, a, id)
		return err
	}); err != nil {
		return err
	}
	if !Legal(x.Status, Sent) || x.may(a, Sent) != nil {
		return nil // refused by the move itself
	}
	return s.cases.Leaving(ctx, a, x.Case, "referral")
}

func (s *Service) move(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID, st Step) error {
	x, err := s.reach(ctx, tx, a, id)
	if err != nil {
		return err
	}
	if err := s.mayMove(ctx, tx, a, x, st); err != nil {
		return err
	}
	m := Move{ID: db.NewID(), At: tx.Now(), From: x.Status, To: st.To, Side: x.sideOf(st.To), By: casefile.User{ID: a.User}, Reason: st.Reason,
		Outcome: st.Outcome, Place: st.Place, NextOn: st.NextOn, Told: Told{Words: st.Words, Name: st.By}}
	if a.Kind == access.Link {
		m.Name = a.Name
	}
	if err := s.apply(ctx, tx, a, &x, m); err != nil {
		return err
	}
	change := ChangeOf(a, x.Referral, "referral."+st.To)
	if m.Side == Recorded {
		change.Code += "_recorded"
	}
	if err := tx.Record(ctx, change); err != nil {
		return err
	}
	if err := s.consequences(ctx, tx, a, x, m); err != nil {
		return err
	}
	for _, fn := range s.follow {
		if err := fn(ctx, tx, a, x, m); err != nil {
			return err
		}
	}
	return nil
}

// sideOf tells from which side a move is made: the office that makes a partner's move types in what the partner said.
func (x Reach) sideOf(to string) Side {
	if x.Side == OfficeSide && !officeOnly(x.Status, to) {
		return Recorded
	}
	return x.Side
}

// mayMove refuses what the state, the right or a lost race stands against.
func (s *Service) mayMove(ctx context.Context, r db.Reader, a access.Actor, x Reach, st Step) error {
	switch {
	case x.Side == OfficeSide && !x.In.Case.Writes:
		return fault.Forbidden()
	case x.Status == st.To:
		return s.twice(ctx, r, a, x, st)
	case !Legal(x.Status, st.To):
		return illegal(x.Status)
	}
	if err := x.may(a, st.To); err != nil {
		return err
	}
	if st.To == Sent && x.In.Case.Status != "open" {
		return fault.Conflict("case_closed", "referral.case_closed")
	}
	if st.Version != 0 && st.Version != x.Version {
		return fault.VersionChanged(x.Version)
	}
	return nil
}

// twice tells a second tap of the same person from a second person with the same answer.
func (s *Service) twice(ctx context.Context, r db.Reader, a access.Actor, x Reach, st Step) error {
	last, err := selectMoves(ctx, r, x.In.Key, x.ID)
	if err != nil {
		return err
	}
	if len(last) == 0 {
		return errSame // a draft is a draft
	}
	m := last[len(last)-1]
	if m.By.ID == a.User && m.Reason == st.Reason && m.Outcome == st.Outcome && m.Place == st.Place && m.NextOn == st.NextOn {
		return errSame
	}
	return illegal(x.Status)
}

// apply writes a move and what it makes of the referral.
func (s *Service) apply(ctx context.Context, tx *journal.Tx, a access.Actor, x *Reach, m Move) error {
	x.Status, x.Reason, x.Outcome, x.Place, x.NextOn = m.To, m.Reason, m.Outcome, m.Place, m.NextOn
	if err := s.stamp(ctx, tx, a, x, m); err != nil {
		return err
	}
	p, err := promiseOf(ctx, tx, x.Referral, a.Office.Zone)
	if err != nil {
		return err
	}
	x.tick(p, m.At.Time)
	body, err := x.In.Key.SealJSON("referral move", m.Told)
	if err != nil {
		return err
	}
	if err := insertMove(ctx, tx, x.ID, m, body); err != nil {
		return err
	}
	if err := updateMoved(ctx, tx, x.Referral, m.At); err != nil {
		return err
	}
	x.Version++
	return nil
}

// stamp keeps when a referral was sent, answered, begun and ended; each try begins anew.
func (s *Service) stamp(ctx context.Context, tx *journal.Tx, a access.Actor, x *Reach, m Move) (err error) {
	switch {
	case m.To == Sent:
		if m.From != Draft {
			x.Tries++
		}
		x.SentAt, x.AnsweredAt, x.ServedAt, x.EndedAt = m.At, db.Time{}, db.Time{}, db.Time{}
		return s.copyShared(ctx, tx, a, x)
	case m.To != Cancelled && x.AnsweredAt.IsZero():
		x.AnsweredAt = m.At
	}
	if m.To == InService {
		x.ServedAt = m.At
	}
	if slices.Contains([]string{Declined, Completed, NotAttended, Cancelled}, m.To) {
		x.EndedAt = m.At
	}
	return nil
}

// copyShared copies what goes along as it is now.
func (s *Service) copyShared(ctx context.Context, tx *journal.Tx, a access.Actor, x *Reach) error {
	sub, err := s.subject(ctx, tx, a, x.In.Case)
	if err != nil {
		return err
	}
	shared := Shared{Words: x.Words, Worker: a.Name, WantedOn: x.WantedOn, Transport: x.Transport}
	if shared.Data, err = sub.share(x.Fields); err != nil {
		return err
	}
	x.Shared = &shared
	x.shared, err = x.In.Key.SealJSON("referral shared", shared)
	return err
}

// subject is who a case's referral is about, as the sender may know them.
func (s *Service) subject(ctx context.Context, r db.Reader, a access.Actor, c casefile.Case) (x subject, err error) {
	x = subject{c: c, today: dayOf(db.At(s.now()), a.Office.Zone)}
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return x, err
	}
	x.label = func(code string) string { return settings.Category(ctx, code) }
	if c.Client.Person.IsZero() {
		return x, nil
	}
	if x.person, err = s.people.FindIn(ctx, r, a.Scope(), c.Client.Person); err != nil {
		return x, err
	}
	x.doNotCall, err = person.DoNotCall(ctx, r, x.person.ID)
	return x, err
}

// tasksFor are what a move leaves to do for the worker: the code of the task and in how many days.
var tasksFor = map[string]struct {
	code string
	days int
}{
	Declined:    {"referral_declined", 1},
	NotAttended: {"referral_not_attended", 1},
}

// consequences make what follows on the case: a task where a referral came back, the plan's step done where it was completed.
func (s *Service) consequences(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, m Move) error {
	task, ok := tasksFor[m.To]
	if m.To == InService && x.Kind == KindTransfer {
		task.code, task.days, ok = "referral_transferred", 1, true
	}
	if !ok || x.In.Case.Status != "open" {
		return nil
	}
	in := x.In
	if in.Case.Worker.ID.IsZero() {
		in.Case.Worker = x.By
	}
	system := access.SystemActor(officeOf(a, x.Referral))
	_, err := s.cases.TaskIn(ctx, tx, system, in, task.code, dayOf(m.At, a.Office.Zone).AddDays(task.days))
	return err
}
