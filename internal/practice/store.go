package practice

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

type scaleRow struct {
	caseID      db.ID
	aim, moment string
	value       int
	by          db.ID
	at          db.Time
}

func upsertScale(ctx context.Context, tx db.Tx, s scaleRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO scale (case_id, aim, moment, value, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (case_id, aim, moment) DO UPDATE SET value = excluded.value, by_id = excluded.by_id, at = excluded.at`,
		s.caseID, s.aim, s.moment, s.value, s.by, s.at)
	return err
}

func readWork(ctx context.Context, r db.Reader, in casefile.Inside) (w Work, err error) {
	if w.Consents, err = selectConsents(ctx, r, in); err != nil {
		return w, err
	}
	if w.Waivers, err = selectWaivers(ctx, r, in); err != nil {
		return w, err
	}
	if w.Goals, w.Dropped, err = selectGoals(ctx, r, in); err != nil {
		return w, err
	}
	if w.Agreements, err = selectAgreements(ctx, r, in); err != nil {
		return w, err
	}
	if w.Reviews, err = selectReviews(ctx, r, in); err != nil {
		return w, err
	}
	if w.Given, err = casefile.ServicesGiven(ctx, r, in.Case.ID); err != nil {
		return w, err
	}
	if w.Scales, err = selectScales(ctx, r, in.Case.ID); err != nil {
		return w, err
	}
	w.SafetyPlan, err = selectSafetyPlan(ctx, r, in)
	return w, err
}

func selectScales(ctx context.Context, r db.Reader, caseID db.ID) (Scales, error) {
	scales := Scales{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var aim, moment string
		var value int
		err = row.Scan(&aim, &moment, &value)
		scales[aim+" "+moment] = value
		return struct{}{}, err
	}, `SELECT aim, moment, value FROM scale WHERE case_id = $1`, caseID)
	return scales, err
}
