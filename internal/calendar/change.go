package calendar

import (
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Edit is what changes of an appointment; nil leaves a thing as it is.
type Edit struct {
	Kind    *string
	From    *time.Time
	To      *time.Time
	Workers *[]string
	Title   *string
	About   *string
	Place   *string
	State   *string
	Word    *string // with State
	Accept  bool    // go over warnings
	Version int64   // that was read; 0 does not ask
}

// facts tells whether anything but the state changes.
func (e Edit) facts() bool {
	return e.Kind != nil || e.From != nil || e.To != nil || e.Workers != nil || e.Title != nil || e.About != nil || e.Place != nil
}

// Change writes over an appointment. Only a planned one is moved or changed; a kept, missed or cancelled one may be made
// planned again.
func (s *Service) Change(ctx context.Context, a access.Actor, id db.ID, e Edit) (Appointment, error) {
	if err := a.Require(access.CalendarWrite); err != nil {
		return Appointment{}, err
	}
	err := s.journal.Write(ctx, func(tx *journal.Tx) error {
		p, err := s.find(ctx, tx, a, id)
		switch {
		case err != nil:
			return err
		case !p.Writes:
			return fault.Forbidden()
		case e.Version != 0 && e.Version != p.Version:
			return fault.VersionChanged(p.Version)
		}
		return s.apply(ctx, tx, a, p, e)
	})
	if err != nil {
		return Appointment{}, err
	}
	return s.Get(ctx, a, id, "page")
}

func (s *Service) apply(ctx context.Context, tx *journal.Tx, a access.Actor, p Appointment, e Edit) error {
	was := p
	if err := s.keepWords(ctx, tx, &p); err != nil {
		return err
	}
	if e.facts() {
		if p.State != Planned && (e.State == nil || *e.State != Planned) {
			return fault.Conflict("appointment_settled", "calendar.settled")
		}
		if err := s.rewrite(ctx, tx, a, &p, e); err != nil {
			return err
		}
	}
	if e.State != nil {
		if err := p.settle(*e.State, e.Word, tx.Now().Time); err != nil {
			return err
		}
	}
	if !was.Takes() && p.State == Planned {
		if err := s.warn(ctx, tx, a, p, e.Accept); err != nil {
			return err
		}
	}
	if err := s.update(ctx, tx, a, p); err != nil {
		return err
	}
	if err := tx.Record(ctx, change(a, p, codeOf(was, p))); err != nil {
		return err
	}
	if p.State == Kept && was.State != Kept && p.Kind == "home_visit" && !p.Case.IsZero() {
		return s.cases.SettleTasks(ctx, tx, a, p.Case, "rule.first_visit")
	}
	return nil
}

// keepWords brings along the words that the one who changes an appointment may not read: they stay as they are.
func (s *Service) keepWords(ctx context.Context, r db.Reader, p *Appointment) error {
	told, err := s.openMany(ctx, r, []db.ID{p.ID})
	p.Told = told[p.ID]
	return err
}

// rewrite puts new facts in, checks them and warns where the time or the workers change.
func (s *Service) rewrite(ctx context.Context, tx *journal.Tx, a access.Actor, p *Appointment, e Edit) (err error) {
	was := *p
	for _, x := range []struct{ from, into *string }{{e.Kind, &p.Kind}, {e.Title, &p.Title}, {e.About, &p.About}, {e.Place, &p.Place}} {
		if x.from != nil {
			*x.into = *x.from
		}
	}
	if e.From != nil {
		p.From = db.At(*e.From)
	}
	if e.To != nil {
		p.To = db.At(*e.To)
	}
	if err := p.check(tx.Now().Time); err != nil {
		return err
	}
	if e.Workers != nil {
		if p.Workers, err = s.workers(ctx, tx, a, *e.Workers, *p); err != nil {
			return err
		}
	}
	moved := !p.From.Equal(was.From.Time) || !p.To.Equal(was.To.Time)
	if moved {
		p.Moved++
	}
	if moved || !slices.Equal(p.Workers, was.Workers) {
		return s.warn(ctx, tx, a, *p, e.Accept)
	}
	return nil
}

// settle says what became of it: a cancelled one needs a word, and one that has not begun cannot have been kept or missed.
func (p *Appointment) settle(state string, word *string, now time.Time) error {
	if word != nil {
		p.Word = *word
	}
	var c fault.Checks
	c.Field(!slices.Contains(States, state), "state", "unknown", "error.choice")
	c.Field((state == Kept || state == Missed) && p.From.After(now), "state", "not_yet", "calendar.not_yet")
	c.Field(state == Cancelled && p.Word == "", "word", "required", "calendar.word.required")
	if err := c.Err(); err != nil {
		return err
	}
	if p.State != Planned && state != Planned && state != p.State {
		return fault.Conflict("appointment_settled", "calendar.settled")
	}
	if state == Planned {
		p.Word = ""
	}
	p.State = state
	return p.check(now)
}

// codeOf is what the journal says of a change.
func codeOf(was, is Appointment) string {
	switch {
	case was.State != is.State && is.State == Planned:
		return "appointment.reopened"
	case was.State != is.State:
		return "appointment." + is.State
	case was.Moved != is.Moved:
		return "appointment.moved"
	}
	return "appointment.changed"
}

func (s *Service) update(ctx context.Context, tx *journal.Tx, a access.Actor, p Appointment) error {
	body, err := s.seal(ctx, tx, a, p)
	if err != nil {
		return err
	}
	ok, err := db.Changed(updateAppointment(ctx, tx, p, body))
	if err == nil && !ok {
		err = fault.VersionChanged(p.Version + 1)
	}
	if err != nil {
		return err
	}
	return replaceWorkers(ctx, tx, p)
}
