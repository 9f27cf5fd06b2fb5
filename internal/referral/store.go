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
