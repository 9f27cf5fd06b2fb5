package partnerdesk

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// MaxNote is the most letters of a partner's own note.
const MaxNote = 5000

const noteField = "partner note"

// written is what is sealed of a note.
type written struct {
	Text string `json:"text"`
}

// OwnNote reads what the partner noted for itself about a referral; an empty one where it noted nothing.
func (s *Service) OwnNote(ctx context.Context, a access.Actor, id db.ID) (n Note, err error) {
	if err := ownDesk(a); err != nil {
		return n, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if _, err := s.Referrals.ReachIn(ctx, r, a, id); err != nil {
			return err
		}
		row, err := selectNote(ctx, r, id, a.Partner)
		if fault.Is(err, "not_found") {
			return nil
		}
		if err != nil {
			return err
		}
		n, err = s.openNote(ctx, r, row)
		return err
	})
	return n, err
}

// ownDesk lets on the users of a partner: who came by a link has no desk of their own.
func ownDesk(a access.Actor) error {
	if err := a.Require(access.PartnerOwn); err != nil {
		return err
	}
	if a.Partner.IsZero() {
		return fault.Forbidden()
	}
	return nil
}

func (s *Service) openNote(ctx context.Context, r db.Reader, row noteRow) (Note, error) {
	key, err := s.Vault.Key(ctx, r, row.key)
	if err != nil {
		return Note{}, err
	}
	var w written
	err = key.OpenJSON(noteField, row.body, &w)
	row.Text = w.Text
	return row.Note, err
}

// KeepNote writes the partner's own note over the version that was read; version 0 is the first. The journal tells that one was
// written, not what.
func (s *Service) KeepNote(ctx context.Context, a access.Actor, id db.ID, version int64, text string) error {
	if err := ownDesk(a); err != nil {
		return err
	}
	if bad := web.Length("note", text, 0, MaxNote); bad != nil {
		return fault.Invalid(bad)
	}
	return s.Journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.Referrals.ReachIn(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := s.writeNote(ctx, tx, a, x, version, text); err != nil {
			return err
		}
		// It stands on no timeline of the case: the office has no business with it.
		return tx.Record(ctx, journal.Change{Office: x.Office, Actor: a.User, Code: "partner.note_kept", Kind: "partner", Subject: a.Partner})
	})
}

func (s *Service) writeNote(ctx context.Context, tx *journal.Tx, a access.Actor, x referral.Reach, version int64, text string) error {
	row, err := selectNote(ctx, tx, x.ID, a.Partner)
	if fault.Is(err, "not_found") {
		return s.firstNote(ctx, tx, a, x, version, text)
	}
	if err != nil {
		return err
	}
	key, err := s.Vault.Key(ctx, tx, row.key)
	if err != nil {
		return err
	}
	body, err := key.SealJSON(noteField, written{text})
	if err != nil {
		return err
	}
	done, err := db.Changed(updateNote(ctx, tx, x.ID, version, body, a.User, tx.Now()))
	if err == nil && !done {
		err = fault.VersionChanged(row.Version)
	}
	return err
}

// firstNote makes the note and its key.
func (s *Service) firstNote(ctx context.Context, tx *journal.Tx, a access.Actor, x referral.Reach, version int64, text string) error {
	if version != 0 {
		return fault.VersionChanged(0)
	}
	id := db.NewID()
	key, err := s.Vault.NewKey(ctx, tx, "office", id)
	if err != nil {
		return err
	}
	body, err := key.SealJSON(noteField, written{text})
	if err != nil {
		return err
	}
	return insertNote(ctx, tx, x.ID, a.Partner, id, body, a.User, tx.Now())
}
