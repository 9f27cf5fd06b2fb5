package practice

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertAgreement(ctx context.Context, tx db.Tx, in casefile.Inside, x Agreement, by db.ID, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO plan_agreement (id, case_id, manner, body, file_id, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		x.ID, in.Case.ID, x.Manner, body, x.File, by, x.At)
	return err
}

// selectAgreements reads them, newest first.
func selectAgreements(ctx context.Context, r db.Reader, in casefile.Inside) ([]Agreement, error) {
	return db.All(ctx, r, func(row db.Row) (x Agreement, err error) {
		var body []byte
		if err = row.Scan(&x.ID, &x.Manner, &body, &x.File, &x.By, &x.At); err != nil {
			return x, err
		}
		return x, in.Key.OpenJSON("plan agreement", body, &x.Signed)
	}, `SELECT p.id, p.manner, p.body, p.file_id, u.name, p.at FROM plan_agreement p JOIN app_user u ON u.id = p.by_id
  WHERE p.case_id = $1 ORDER BY p.id DESC`, in.Case.ID)
}

func insertReview(ctx context.Context, tx db.Tx, caseID, by db.ID, at db.Time, v Review, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO plan_review (id, case_id, held_on, next_on, body, task_id, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		v.ID, caseID, v.HeldOn, v.NextOn, body, v.task, by, at)
	return err
}

// selectReviews reads them, the one that was written last first.
func selectReviews(ctx context.Context, r db.Reader, in casefile.Inside) ([]Review, error) {
	return db.All(ctx, r, func(row db.Row) (v Review, err error) {
		var body []byte
		if err = row.Scan(&v.ID, &v.HeldOn, &v.NextOn, &body, &v.task, &v.By, &v.At); err != nil {
			return v, err
		}
		v.Changed, err = in.Key.Open("plan review", body)
		return v, err
	}, `SELECT p.id, p.held_on, p.next_on, p.body, p.task_id, u.name, p.at FROM plan_review p JOIN app_user u ON u.id = p.by_id
  WHERE p.case_id = $1 ORDER BY p.id DESC`, in.Case.ID)
}
