package practice

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// GiveConsent records what the client agreed to. Spoken consent names a witness.
func (s *Service) GiveConsent(ctx context.Context, a access.Actor, caseID db.ID, c Consent) error {
	if err := oneOf("kind", ConsentKinds, c.Kind); err != nil {
		return err
	}
	if err := oneOf("manner", ConsentManners, c.Manner); err != nil {
		return err
	}
	if c.Manner == "spoken" {
		if err := length("witness", c.Witness, 1, web.MaxName); err != nil {
			return err
		}
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.Seal("consent", c.Witness)
		if err != nil {
			return "", err
		}
		c.ID, c.TextVersion, c.GivenAt = db.NewID(), ConsentVersion, tx.Now()
		return "practice.consent", insertConsent(ctx, tx, caseID, a.User, c, body)
	})
}

// WithdrawConsent ends what a consent allowed.
func (s *Service) WithdrawConsent(ctx context.Context, a access.Actor, caseID, id db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		ok, err := db.Changed(withdrawConsent(ctx, tx, caseID, id, tx.Now()))
		if err == nil && !ok {
			err = fault.NotFound()
		}
		return "practice.consent_withdrawn", err
	})
}
