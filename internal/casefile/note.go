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
	Appointment  db.ID // the kept appointment whose session it tells
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
	Appointment db.ID // of this case; only for a new note
	Sign        bool
}

func (n *NewNote) check(now time.Time) error {
	var c fault.Checks
	if n.HappenedAt.IsZero() {
		n.HappenedAt = now
	}
	c.Field(!slices.Contains(NoteKinds, n.Kind), "kind", "unknown", "error.choice")
	c.Field(n.HappenedAt.After(now.Add(time.Minute)), "happened_at", "future", "case.note.future")
	c.Field(n.Minutes < 0 || n.Minutes > 24*60, "minutes", "impossible", "case.note.minutes")
	c.Add(text("text", n.Text, 1, web.MaxText))
	c.Add(text("place", n.Place, 0, web.MaxLine))
	c.Add(text("participants", n.Participants, 0, web.MaxLine))
	c.Add(text("next_step", n.NextStep, 0, web.MaxLine))
	return c.Err()
}

// WriteNote adds a note or writes over one's own unsigned one, and signs it when asked; the draft of the box is done with.
func (s *Service) WriteNote(ctx context.Context, a access.Actor, caseID db.ID, n NewNote) (Note, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return Note{}, err
	}
	var out Note
	err := s.journal.Write(ctx, func(tx *journal.Tx) error {
		if err := n.check(tx.Now().Time); err != nil {
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
		if err := deleteDraft(ctx, tx, a.User, noteDraft, caseID); err != nil {
			return err
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
		Minutes: n.Minutes, Services: n.Services, NoteText: n.NoteText, Appointment: n.Appointment, Version: n.Version + 1}
	if n.Sign {
		out.SignedAt = tx.Now()
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
				err = s.whyNotWritten(ctx, tx, a, c.ID, n.ID)
			}
			return err
		})
	}
	if err != nil {
		return out, err
	}
	return out, tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "note", Subject: out.ID, Case: c.ID,
		Detail: journal.Detail{"kind": n.Kind}})
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
func (s *Service) whyNotWritten(ctx context.Context, r db.Reader, a access.Actor, caseID, noteID db.ID) error {
	n, err := s.note(ctx, r, caseID, noteID)
	switch {
	case err != nil:
		return err
	case n.Author.ID != a.User:
		return fault.Forbidden()
	case !n.SignedAt.IsZero():
		return fault.Conflict("note_signed", "case.note.signed")
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
		n, err = s.note(ctx, r, caseID, noteID)
		if err == nil && n.Author.ID != a.User {
			err = fault.NotFound()
		}
		return err
	})
	return n, err
}

func (s *Service) note(ctx context.Context, r db.Reader, caseID, noteID db.ID) (Note, error) {
	list, err := s.notes(ctx, r, caseID, notePage{only: noteID, limit: 1})
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
		n, err := s.note(ctx, tx, caseID, noteID)
		if err != nil {
			return err
		}
		if err := act(tx, n); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "note", Subject: noteID, Case: caseID,
			Detail: journal.Detail{"kind": n.Kind}})
	})
}

// NotesPage asks for notes, newest first by when it happened.
type NotesPage struct {
	Before Place // At and ID of the last note shown
	Limit  int
	Kind   string
	Word   string // only notes with this word; they are opened in memory, which counts as reading
}

// Notes reads a page of a case's notes. Another's unsigned note is not shown: until signed it is the author's alone.
func (s *Service) Notes(ctx context.Context, a access.Actor, caseID db.ID, p NotesPage, origin string) (list []Note, more bool, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, false, err
	}
	var c Case
	err = s.db.Read(ctx, func(r db.Reader) error {
		if c, err = s.find(ctx, r, a, caseID); err != nil {
			return err
		}
		list, err = s.NotesIn(ctx, r, a, caseID, p)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	if len(list) > p.Limit {
		list, more = list[:p.Limit], true
	}
	for _, n := range list {
		if err := s.logReading(ctx, a, c, "note", n.ID, origin); err != nil {
			return nil, false, err
		}
	}
	return list, more, nil
}

// NotesIn reads the notes of a case that is open to the actor, one more than asked for when there are more.
func (s *Service) NotesIn(ctx context.Context, r db.Reader, a access.Actor, caseID db.ID, p NotesPage) ([]Note, error) {
	return s.notes(ctx, r, caseID, notePage{reader: a.User, before: p.Before, limit: p.Limit + 1, kind: p.Kind, word: p.Word})
}

func (s *Service) notes(ctx context.Context, r db.Reader, caseID db.ID, p notePage) ([]Note, error) {
	key, err := s.vault.Key(ctx, r, caseID)
	if err != nil {
		return nil, err
	}
	rows, err := selectNotes(ctx, r, caseID, p, func(row *noteRow) (bool, error) {
		if err := openNote(key, row); err != nil {
			return false, err
		}
		return p.word == "" || row.n.hasWord(p.word), nil
	})
	if err != nil {
		return nil, err
	}
	return rows, s.openAddenda(ctx, r, key, rows)
}

func openNote(key vault.Key, row *noteRow) error {
	plain, err := key.Open("note", row.body)
	if err == nil {
		err = json.Unmarshal([]byte(plain), &row.n.NoteText)
	}
	if err == nil && len(row.struck) > 0 {
		row.n.StruckReason, err = key.Open("struck", row.struck)
	}
	return err
}

func (s *Service) openAddenda(ctx context.Context, r db.Reader, key vault.Key, list []Note) error {
	for i := range list {
		if list[i].SignedAt.IsZero() {
			continue
		}
		rows, err := selectAddenda(ctx, r, list[i].ID)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.a.Text, err = key.Open("addendum", row.body); err != nil {
				return err
			}
			list[i].Addenda = append(list[i].Addenda, row.a)
		}
	}
	return nil
}

func (n Note) hasWord(word string) bool {
	return slices.ContainsFunc([]string{n.Text, n.Place, n.Participants, n.NextStep}, func(t string) bool { return containsFold(t, word) })
}
