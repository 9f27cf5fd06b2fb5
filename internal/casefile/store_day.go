package casefile

import (
	"context"

	"teduh/internal/db"
)

// countLate counts by walking, and stops where the number is large enough.
func countLate(ctx context.Context, r db.Reader, s scope, today db.Date) (int, error) {
	list, err := db.All(ctx, r, db.Value[int], `SELECT 1 FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.for_id = $3 AND t.done_at IS NULL AND t.due_on < $5 AND (`+reachable+`) LIMIT $6`, s.args(today, mostCounted)...)
	return len(list), err
}

func selectUnsigned(ctx context.Context, r db.Reader, s scope, most int) ([]Unsigned, error) {
	return db.All(ctx, r, func(row db.Row) (u Unsigned, err error) {
		err = row.Scan(&u.Note, &u.Case, &u.CaseNumber, &u.ClientName, &u.Kind, &u.RecordedAt)
		return u, err
	}, `SELECT n.id, c.id, c.number, k.name, n.kind, n.recorded_at FROM note n JOIN case_file c ON c.id = n.case_id JOIN client k ON k.id = c.client_id
  WHERE n.author_id = $3 AND n.signed_at IS NULL AND n.struck_at IS NULL AND (`+reachable+`) ORDER BY n.recorded_at, n.id LIMIT $5`, s.args(most)...)
}

func selectOwnOpen(ctx context.Context, r db.Reader, s scope) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT c.id FROM case_file c WHERE `+reachable+` AND c.worker_id = $3 AND c.status = 'open' ORDER BY c.id`, s.args()...)
}

// leftAlone is a secret case none of whose named is there any more: every account has ended or holds no role here. Whoever
// stands behind the case's wall is not told of it.
const leftAlone = `c.office_id = $1 AND c.confidentiality = 3 AND NOT EXISTS (SELECT 1 FROM case_named n JOIN app_user u ON u.id = n.user_id
    WHERE n.case_id = c.id AND u.disabled_at IS NULL AND EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.unit_id = c.office_id))
  AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = $2)`

func scanLeftAlone(row db.Row) (c LeftAlone, err error) {
	err = row.Scan(&c.ID, &c.Number)
	return c, err
}

func selectLeftAlone(ctx context.Context, r db.Reader, s scope) ([]LeftAlone, error) {
	return db.All(ctx, r, scanLeftAlone, `SELECT c.id, c.number FROM case_file c WHERE `+leftAlone+` ORDER BY c.number`, s.Office, s.User)
}

func selectOneLeftAlone(ctx context.Context, r db.Reader, s scope, id db.ID) (LeftAlone, error) {
	return db.One(ctx, r, scanLeftAlone, `SELECT c.id, c.number FROM case_file c WHERE `+leftAlone+` AND c.id = $3`, s.Office, s.User, id)
}
