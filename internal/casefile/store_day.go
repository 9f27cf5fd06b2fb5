package casefile

import (
	"context"

	"teduh/internal/db"
)

func countLate(ctx context.Context, r db.Reader, s scope, today db.Date) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM (SELECT 1 FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.for_id = $3 AND t.done_at IS NULL AND t.due_on < $5 AND (`+reachable+`) LIMIT $6) l`, s.args(today, mostCounted)...)
}

func selectUnsigned(ctx context.Context, r db.Reader, s scope, most int) ([]Unsigned, error) {
	return db.All(ctx, r, func(row db.Row) (u Unsigned, err error) {
		err = row.Scan(&u.Note, &u.Case, &u.CaseNumber, &u.ClientName, &u.Kind, &u.RecordedAt)
		return u, err
	}, `SELECT n.id, c.id, c.number, k.name, n.kind, n.recorded_at FROM note n JOIN case_file c ON c.id = n.case_id JOIN client k ON k.id = c.client_id
  WHERE n.author_id = $3 AND n.signed_at IS NULL AND n.struck_at IS NULL AND (`+reachable+`) ORDER BY n.recorded_at, n.id LIMIT $5`, s.args(most)...)
}

// loads counts open cases by worker. The many that the role shows are counted in an index alone; the few that stand in
// case_reader are added, and the few behind a wall taken away.
const loads = `SELECT worker_id, CAST(SUM(n) AS BIGINT) AS n FROM (
    SELECT c.worker_id, COUNT(*) AS n FROM case_file c WHERE c.office_id = $1 AND c.status = 'open' AND c.confidentiality <= $2 GROUP BY c.worker_id
    UNION ALL SELECT c.worker_id, COUNT(DISTINCT c.id) FROM case_reader x JOIN case_file c ON c.id = x.case_id
      WHERE x.user_id = $3 AND (x.until IS NULL OR x.until > $4) AND c.office_id = $1 AND c.status = 'open' AND c.confidentiality > $2 GROUP BY c.worker_id
    UNION ALL SELECT c.worker_id, -COUNT(*) FROM case_wall w JOIN case_file c ON c.id = w.case_id
      WHERE w.user_id = $3 AND c.office_id = $1 AND c.status = 'open' AND (c.confidentiality <= $2 OR EXISTS (SELECT 1 FROM case_reader x
        WHERE x.case_id = c.id AND x.user_id = $3 AND (x.until IS NULL OR x.until > $4))) GROUP BY c.worker_id) p
  WHERE worker_id IS NOT NULL GROUP BY worker_id`

const highLoads = `SELECT c.worker_id, COUNT(*) AS n FROM case_file c WHERE ` + reachable + ` AND c.risk = 'high' AND c.status = 'open'
  AND c.worker_id IS NOT NULL GROUP BY c.worker_id`

const lateLoads = `SELECT t.for_id, COUNT(*) AS n FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.office_id = $1 AND t.done_at IS NULL AND t.due_on < $5 AND (` + reachable + `) GROUP BY t.for_id`

// selectLoads names the workers whose account stands.
func selectLoads(ctx context.Context, r db.Reader, s scope, today db.Date) ([]Load, error) {
	return db.All(ctx, r, func(row db.Row) (l Load, err error) {
		err = row.Scan(&l.Worker.ID, &l.Worker.Name, &l.Open, &l.High, &l.Late)
		return l, err
	}, `SELECT u.id, u.name, o.n, COALESCE(h.n, 0), COALESCE(l.n, 0) FROM (`+loads+`) o JOIN app_user u ON u.id = o.worker_id
    LEFT JOIN (`+highLoads+`) h ON h.worker_id = u.id LEFT JOIN (`+lateLoads+`) l ON l.for_id = u.id
  WHERE u.disabled_at IS NULL AND o.n > 0 ORDER BY o.n DESC, u.name_key, u.id`, s.args(today)...)
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
