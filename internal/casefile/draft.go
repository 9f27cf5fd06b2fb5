package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Draft is text kept as typed, seen by its author alone.
type Draft struct {
	Body    string // the form's fields as they were posted
	SavedAt db.Time
}

// maxDraft is more than any form of a case can hold as it is posted, where some letters take three characters.
const maxDraft = 1 << 20

// SaveDraft keeps what stands in a form of a case; empty text forgets it. It is kept even when the case was closed
// meanwhile: nothing typed is lost.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, caseID db.ID, form, body string) (db.Time, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return db.Time{}, err
	}
	if bad := text("text", body, 0, maxDraft); bad != nil {
		return db.Time{}, fault.Invalid(bad)
	}
	var at db.Time
	err := s.db.Write(ctx, func(tx db.Tx) error {
		at = db.At(s.now())
		if _, err := selectCase(ctx, tx, s.scope(a), caseID); err != nil {
			return err
		}
		if body == "" {
			return deleteDraft(ctx, tx, a.User, form, caseID)
		}
		key, err := s.vault.Key(ctx, tx, caseID)
		if err != nil {
			return err
		}
		sealed, err := key.Seal("draft "+form, body)
		if err != nil {
			return err
		}
		return upsertDraft(ctx, tx, a.User, form, caseID, sealed, at)
	})
	return at, err
}

// Draft is what the actor left in a form of a case; an empty one where nothing was left.
func (s *Service) Draft(ctx context.Context, a access.Actor, caseID db.ID, form string) (d Draft, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectCase(ctx, r, s.scope(a), caseID); err != nil {
			return err
		}
		sealed, at, err := selectDraft(ctx, r, a.User, form, caseID)
		if fault.Is(err, "not_found") {
			return nil
		}
		if err != nil {
			return err
		}
		key, err := s.vault.Key(ctx, r, caseID)
		if err != nil {
			return err
		}
		d.SavedAt = at
		d.Body, err = key.Open("draft "+form, sealed)
		return err
	})
	return d, err
}

// DropDraft lets go of what the actor left in a form of a case, in the transaction that keeps it for good.
func (s *Service) DropDraft(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, form string) error {
	if err := a.Require(access.CaseWork); err != nil {
		return err
	}
	return deleteDraft(ctx, tx, a.User, form, in.Case.ID)
}
