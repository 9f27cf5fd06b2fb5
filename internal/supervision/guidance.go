package supervision

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Note is a note of supervision: about the work in a case, for the one in charge of it. It is signed by being kept. Its author
// reads it, the worker it concerns, those who supervise that worker, and the head; nobody else of the office.
type Note struct {
	ID      db.ID
	Worker  casefile.User // who was in charge when it was written
	By      casefile.User
	HeldAt  db.Time
	Minutes int
	NoteText
	SignedAt     db.Time
	StruckAt     db.Time
	StruckBy     casefile.User
	StruckReason string
}

// NoteText is what of a note is sealed.
type NoteText struct {
	Text   string `json:"text"`
	Agreed string `json:"agreed,omitempty"` // what the worker does next
}

// MaxMinutes of one supervision.
const MaxMinutes = 8 * 60

func (n Note) check(now time.Time) error {
	var c fault.Checks
	c.Add(web.Length("text", n.Text, 1, web.MaxText))
	c.Add(web.Length("agreed", n.Agreed, 0, web.MaxText))
	c.Field(n.Minutes < 1 || n.Minutes > MaxMinutes, "minutes", "out_of_range", "supervision.note.minutes_wrong", "max", MaxMinutes)
	c.Field(n.HeldAt.After(now), "held", "future", "case.note.future")
	return c.Err()
}

// WriteNote keeps and signs a note of supervision on a case of somebody the actor supervises; a head writes on any.
func (s *Service) WriteNote(ctx context.Context, a access.Actor, caseID db.ID, n Note) (db.ID, error) {
	n.ID = db.NewID()
	return n.ID, s.cases.Attend(ctx, a, caseID, access.CaseSupervise, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := leads(ctx, tx, a, in.Case); err != nil {
			return "", err
		}
		if in.Case.Worker.ID.IsZero() {
			return "", fault.Conflict("nobody_in_charge", "supervision.note.nobody")
		}
		if n.HeldAt.IsZero() {
			n.HeldAt = tx.Now()
		}
		if err := n.check(tx.Now().Time); err != nil {
			return "", err
		}
		n.Worker, n.By, n.SignedAt = in.Case.Worker, casefile.User{ID: a.User, Name: a.Name}, tx.Now()
		body, err := in.Key.SealJSON("guidance", n.NoteText)
		if err != nil {
			return "", err
		}
		return "guidance.noted", insertNote(ctx, tx, in.Case, n, body)
	})
}

// StrikeNote marks a wrong note; it stays readable to those who read it. Its author may, and the head.
func (s *Service) StrikeNote(ctx context.Context, a access.Actor, caseID, id db.ID, reason string) error {
	if bad := web.Length("reason", reason, 3, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.cases.Attend(ctx, a, caseID, access.CaseSupervise, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		n, err := selectNote(ctx, tx, a, in, id)
		switch {
		case err != nil:
			return "", err
		case n.By.ID != a.User && !a.Has(access.Head):
			return "", fault.Forbidden()
		case !n.StruckAt.IsZero():
			return "", fault.Conflict("note_struck", "case.note.struck")
		}
		body, err := in.Key.Seal("struck", reason)
		if err != nil {
			return "", err
		}
		return "guidance.struck", strikeNote(ctx, tx, id, a.User, tx.Now(), body)
	})
}

// Notes are those of a case that the actor may read, the newest first. Whoever reads none of them by their place (the worker
// in charge, those who lead) finds nothing there.
func (s *Service) Notes(ctx context.Context, a access.Actor, caseID db.ID) (list []Note, err error) {
	var within casefile.Inside
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		within = in
		if list, err = selectNotes(ctx, r, a, in); err != nil || len(list) > 0 || in.Case.Worker.ID == a.User {
			return err
		}
		if err := leads(ctx, r, a, in.Case); err != nil {
			return fault.NotFound()
		}
		return nil
	})
	for _, n := range list {
		if err == nil {
			err = s.cases.LogReading(ctx, a, within, "guidance", n.ID)
		}
	}
	return list, err
}

// Leads tells whether the actor heads the office or supervises the one in charge of a case.
func (s *Service) Leads(ctx context.Context, a access.Actor, c casefile.Case) (ok bool, err error) {
	if err := a.Require(access.CaseSupervise); err != nil {
		return false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		err := leads(ctx, r, a, c)
		if ok = err == nil; fault.Is(err, "forbidden") {
			err = nil
		}
		return err
	})
	return ok, err
}

// leads refuses whoever neither heads the office nor supervises the one in charge of a case.
func leads(ctx context.Context, r db.Reader, a access.Actor, c casefile.Case) error {
	if a.Has(access.Head) {
		return nil
	}
	ok, err := supervises(ctx, r, a, c.Worker.ID)
	if err == nil && !ok {
		err = fault.Forbidden()
	}
	return err
}
