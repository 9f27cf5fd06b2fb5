package referral

import (
	"context"

	"teduh/internal/db"
)

func scanReferral(row db.Row) (x Referral, err error) {
	err = row.Scan(&x.ID, &x.Number, &x.Case, &x.Service, &x.Status, &x.SentAt, &x.AnsweredAt)
	return x, err
}

func selectOfCase(ctx context.Context, r db.Reader, caseID db.ID) ([]Referral, error) {
	return db.All(ctx, r, scanReferral, `SELECT f.id, f.number, f.case_id, s.name, f.status, f.sent_at, f.answered_at
  FROM referral f JOIN partner_service s ON s.id = f.service_id WHERE f.case_id = $1 ORDER BY f.number`, caseID)
}

// findService is the zero id where no service has that name.
func findService(ctx context.Context, r db.Reader, office db.ID, key string) (db.ID, error) {
	found, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM partner_service WHERE office_id = $1 AND name_key = $2`, office, key)
	if err != nil || len(found) == 0 {
		return db.ID{}, err
	}
	return found[0], nil
}

func insertService(ctx context.Context, tx db.Tx, office, id db.ID, name string, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner_service (id, office_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $4, $5, 1)`,
		id, office, name, serviceKey(name), at)
	return err
}

// selectUnanswered reads the oldest few of each group of cases that are asked for at once.
func selectUnanswered(ctx context.Context, r db.Reader, cases []db.ID, before db.Time, most int) (list []Referral, err error) {
	err = db.InAfter([]any{before, most}, cases, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanReferral, `SELECT f.id, f.number, f.case_id, s.name, f.status, f.sent_at, f.answered_at
  FROM referral f JOIN partner_service s ON s.id = f.service_id
  WHERE f.case_id IN (`+marks+`) AND f.status IN ('sent', 'received') AND f.answered_at IS NULL AND f.sent_at < $1
  ORDER BY f.sent_at, f.id LIMIT $2`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}
