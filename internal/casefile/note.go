package casefile

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// NoteKinds are the kinds an office begins with.
var NoteKinds = []string{"short_record", "process_record", "phone", "home_visit", "counselling", "group", "mediation",
	"family_meeting", "coordination", "supervision", "incident", "follow_up"}

// Psychological is the kind that only a psychologist writes. Such a note is read by psychologists and by the named alone;
// nothing of it shows elsewhere, so it meets no gate, tells no appointment and does not make the case a changed one.
const Psychological = "psychological"

// KindsFor are the kinds of note that somebody may write.
func KindsFor(a access.Actor) []string {
	if a.Has(access.Psychologist) {
		return append(slices.Clone(NoteKinds), Psychological)
	}
	return NoteKinds
}

// Note is what was seen, said and decided. A signed note is never changed, only added to; a wrong one is struck.
type Note struct {
	ID         db.ID
	Case       db.ID
	Kind       string
	Author     User
	HappenedAt db.Time
	RecordedAt db.Time
	Minutes    int
	Services   []string
	NoteText
	Appointment  db.ID  // the kept appointment whose session it tells
	Session      db.ID  // of a group
	Member       Member // whose own it is; the zero member where it stands for all
	Named        []User // who may read it beside psychologists, where it is psychological
	source       db.ID  // the note of a group that it was taken over from
	SignedAt     db.Time
	StruckAt     db.Time
	StruckBy     User
	StruckReason string
	Addenda      []Addendum
	Version      int64
}

// NoteText is what of a note is sealed.
type NoteText struct {
	Text         string `json:"text"`
	Place        string `json:"place,omitempty"`
	Participants string `json:"participants,omitempty"`
	NextStep     string `json:"next_step,omitempty"`
}

// Addendum is added to a signed note.
type Addendum struct {
	ID     db.ID
	Author User
	At     db.Time
	Text   string
}

// NewNote is what a worker writes. Kept under ID when an unsigned note is written over.
type NewNote struct {
	ID         db.ID // of one's own unsigned note; zero for a new one
	Version    int64
	Kind       string
	HappenedAt time.Time // zero means now
	Minutes    int
	Services   []string
	NoteText
	Appointment db.ID    // of this case; only for a new note
	Session     db.ID    // of a group in this case; only for a new note
	Member      db.ID    // of the case, or a person of a family's case: the note stands for that one alone
	Named       []string // ids or e-mails of colleagues, for a psychological note
	Sign        bool
	source      db.ID // the note of a group that it is taken over from
}

func (n *NewNote) check(a access.Actor, now time.Time) error {
	if n.Kind == Psychological {
		if !a.Has(access.Psychologist) {
			return fault.Forbidden()
		}
		n.Appointment = db.ID{}
	}
	var c fault.Checks
	if n.HappenedAt.IsZero() {
		n.HappenedAt = now
	}
	c.Field(n.Kind != Psychological && len(n.Named) > 0, "named", "unknown", "case.note.named_kind")
	c.Field(!slices.Contains(KindsFor(a), n.Kind), "kind", "unknown", "error.choice")
	c.Field(n.HappenedAt.After(now.Add(time.Minute)), "happened_at", "future", "case.note.future")
	c.Field(n.Minutes < 0 || n.Minutes > 24*60, "minutes", "impossible", "case.note.minutes")
	c.Add(text("text", n.Text, 1, web.MaxText))
	c.Add(text("place", n.Place, 0, web.MaxLine))
	c.Add(text("participants", n.Participants, 0, web.MaxLine))
	c.Add(text("next_step", n.NextStep, 0, web.MaxLine))
	return c.Err()
}

// draft is the box that a note was typed into.
func (n NewNote) draft() string {
	if n.Session.IsZero() {
		return noteDraft
	}
	return SessionDraft
}

// WriteNote adds a note or writes over one's own unsigned one, and signs it when asked; the draft of the box is done with.
func (s *Service) WriteNote(ctx context.Context, a access.Actor, caseID db.ID, n NewNote) (Note, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return Note{}, err
	}
	var out Note
	err := s.journal.Write(ctx, func(tx *journal.Tx) error {
		if err := n.check(a, tx.Now().Time); err != nil {
			return err
		}
		c, err := s.find(ctx, tx, a, caseID)
		if err != nil {
			return err
		}
		if !c.Writes {
			return fault.Forbidden()
		}
		if err := s.knownServices(ctx, tx, a, n.Services); err != nil {
			return err
		}
		if out, err = s.keepNote(ctx, tx, a, c, n); err != nil {
			return err
		}
		if err := deleteDraft(ctx, tx, a.User, n.draft(), caseID); err != nil || n.Kind == Psychological {
			return err // a case that changes without a trace would tell of it
		}
		return touch(ctx, tx, &c)
	})
	return out, err
}

func (s *Service) keepNote(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, n NewNote) (Note, error) {
	key, err := s.vault.Key(ctx, tx, c.ID)
	if err != nil {
		return Note{}, err
	}
	out := Note{ID: n.ID, Case: c.ID, Kind: n.Kind, Author: User{a.User, a.Name}, HappenedAt: db.At(n.HappenedAt), RecordedAt: tx.Now(),
		Minutes: n.Minutes, Services: n.Services, NoteText: n.NoteText, Appointment: n.Appointment, Session: n.Session, source: n.source, Version: n.Version + 1}
	if n.Sign {
		out.SignedAt = tx.Now()
	}
	if out.Member, err = s.memberFor(ctx, tx, a, key, c, n.Member); err != nil {
		return out, err
	}
	code := "note.written"
	if n.Sign {
		code = "note.signed"
	}
	if n.ID.IsZero() {
		out.ID = db.NewID()
		err = s.sealNote(key, out, func(body []byte) error { return insertNote(ctx, tx, out, body) })
	} else {
		err = s.sealNote(key, out, func(body []byte) error {
			ok, err := db.Changed(updateNote(ctx, tx, a.User, out, n.Version, body))
			if err == nil && !ok {
				err = s.whyNotWritten(ctx, tx, a, c.ID, n)
			}
			return err
		})
	}
	if err != nil {
		return out, err
	}
	if n.Kind == Psychological {
		if out.Named, err = s.nameIn(ctx, tx, a, out.ID, n.Named); err != nil {
			return out, err
		}
	}
	return out, tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "note", Subject: out.ID, Case: c.ID,
		Detail: journal.Detail{"kind": n.Kind}})
}

// nameIn keeps who may read a psychological note beside the psychologists.
func (s *Service) nameIn(ctx context.Context, tx *journal.Tx, a access.Actor, note db.ID, who []string) (list []User, err error) {
	if err := clearNamedIn(ctx, tx, note); err != nil {
		return nil, err
	}
	for _, w := range who {
		c, err := access.ColleagueIn(ctx, tx, a.Office.ID, w)
		if fault.Is(err, "not_found") || err == nil && !slices.ContainsFunc(c.Roles, func(role access.Role) bool { return role.Allows(access.CaseRead) }) {
			err = fault.Invalid(fault.Field("named", "unknown", "case.named.unknown"))
		}
		if err == nil {
			err = insertNamedIn(ctx, tx, note, c.ID)
		}
		if err != nil {
			return nil, err
		}
	}
	return selectNamedIn(ctx, tx, note)
}

func (s *Service) sealNote(key vault.Key, n Note, keep func(body []byte) error) error {
	plain, err := json.Marshal(n.NoteText)
	if err != nil {
		return err
	}
	body, err := key.Seal("note", string(plain))
	if err != nil {
		return err
	}
	return keep(body)
}

// whyNotWritten tells why an unsigned note could not be written over.
func (s *Service) whyNotWritten(ctx context.Context, r db.Reader, a access.Actor, caseID db.ID, w NewNote) error {
	n, err := s.note(ctx, r, a, caseID, w.ID)
	switch {
	case err != nil:
		return err
	case n.Author.ID != a.User:
		return fault.Forbidden()
	case !n.SignedAt.IsZero():
		return fault.Conflict("note_signed", "case.note.signed")
	case (n.Kind == Psychological) != (w.Kind == Psychological):
		return fault.Invalid(fault.Field("kind", "kept", "case.note.kind_kept"))
	}
	return fault.VersionChanged(n.Version)
}

// OwnNote reads a note that the actor wrote in a case they may open.
func (s *Service) OwnNote(ctx context.Context, a access.Actor, caseID, noteID db.ID) (n Note, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return n, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := s.find(ctx, r, a, caseID); err != nil {
			return err
		}
		n, err = s.note(ctx, r, a, caseID, noteID)
		if err == nil && n.Author.ID != a.User {
			err = fault.NotFound()
		}
		return err
	})
	return n, err
}

func (s *Service) note(ctx context.Context, r db.Reader, a access.Actor, caseID, noteID db.ID) (Note, error) {
	list, err := s.notes(ctx, r, caseID, notePage{eyes: eyesOf(a), only: noteID, limit: 1})
	if err == nil && len(list) == 0 {
		err = fault.NotFound()
	}
	if err != nil {
		return Note{}, err
	}
	return list[0], nil
}

// SignNote locks one's own note.
func (s *Service) SignNote(ctx context.Context, a access.Actor, caseID, noteID db.ID) error {
	return s.onNote(ctx, a, caseID, noteID, "note.signed", func(tx *journal.Tx, n Note) error {
		switch {
		case n.Author.ID != a.User:
			return fault.Forbidden()
		case !n.SignedAt.IsZero():
			return fault.Conflict("note_signed", "case.note.signed")
		}
		return signNote(ctx, tx, n.ID, tx.Now())
	})
}

// AddToNote adds a dated addendum to a signed note.
func (s *Service) AddToNote(ctx context.Context, a access.Actor, caseID, noteID db.ID, words string) error {
	if bad := text("text", words, 1, web.MaxText); bad != nil {
		return fault.Invalid(bad)
	}
	return s.onNote(ctx, a, caseID, noteID, "note.added_to", func(tx *journal.Tx, n Note) error {
		if n.SignedAt.IsZero() {
			return fault.Conflict("note_unsigned", "case.note.unsigned")
		}
		key, err := s.vault.Key(ctx, tx, caseID)
		if err != nil {
			return err
		}
		body, err := key.Seal("addendum", words)
		if err != nil {
			return err
		}
		return insertAddendum(ctx, tx, n.ID, a.User, tx.Now(), body)
	})
}

// StrikeNote marks a wrong note; it stays readable to those who may read the case.
func (s *Service) StrikeNote(ctx context.Context, a access.Actor, caseID, noteID db.ID, reason string) error {
	if bad := text("reason", reason, 3, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.onNote(ctx, a, caseID, noteID, "note.struck", func(tx *journal.Tx, n Note) error {
		switch {
		case n.Author.ID != a.User && !a.Has(access.Head):
			return fault.Forbidden()
		case !n.StruckAt.IsZero():
			return fault.Conflict("note_struck", "case.note.struck")
		}
		key, err := s.vault.Key(ctx, tx, caseID)
		if err != nil {
			return err
		}
		body, err := key.Seal("struck", reason)
		if err != nil {
			return err
		}
		return strikeNote(ctx, tx, n.ID, a.User, tx.Now(), body)
	})
}

// onNote runs an act on a note of a case one may work on, and records it.
func (s *Service) onNote(ctx context.Context, a access.Actor, caseID, noteID db.ID, code string, act func(*journal.Tx, Note) error) error {
	if err := a.Require(access.CaseWork); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		c, err := s.find(ctx, tx, a, caseID)
		if err != nil {
			return err
		}
		if !c.Writes {
			return fault.Forbidden()
		}
		n, err := s.note(ctx, tx, a, caseID, noteID)
		if err != nil {
			return err
		}
		if n.Kind == Psychological && !a.Has(access.Psychologist) {
			return fault.Forbidden() // the named read it and leave it as it is
		}
		if err := act(tx, n); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "note", Subject: noteID, Case: caseID,
			Detail: journal.Detail{"kind": n.Kind}})
	})
}
