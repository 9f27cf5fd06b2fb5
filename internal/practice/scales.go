package practice

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Reading of a scale: 0 to 10 for an aim, before the work or after it.
type Reading struct {
	Aim, Moment string
	Value       int
}

func (m Reading) check() error {
	if m.Value < 0 || m.Value > 10 {
		return fault.Invalid(fault.Field(m.Aim+"_"+m.Moment, "out_of_range", "case.close.scale"))
	}
	if err := oneOf("aim", Aims[1:], m.Aim); err != nil {
		return err
	}
	return oneOf("moment", Moments, m.Moment)
}

// FillScales keeps the readings of the scales, all or none.
func (s *Service) FillScales(ctx context.Context, a access.Actor, caseID db.ID, list ...Reading) error {
	for _, m := range list {
		if err := m.check(); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return fault.Invalid(fault.Field("restored_before", "required", "case.close.scale"))
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		for _, m := range list {
			if err := upsertScale(ctx, tx, scaleRow{caseID, m.Aim, m.Moment, m.Value, a.User, tx.Now()}); err != nil {
				return "", err
			}
		}
		return "practice.scale", nil
	})
}
