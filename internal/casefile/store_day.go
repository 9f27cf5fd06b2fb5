package casefile

import (
	"context"
	"slices"

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

// The open cases of each worker. The many that the role shows are counted in an index alone; the few that stand in case_reader
// are added, and the few behind a wall taken away.
const (
	openLoads = `SELECT c.worker_id, COUNT(*) FROM case_file c WHERE c.office_id = $1 AND c.status = 'open' AND c.confidentiality <= $2
  AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	namedLoads = `SELECT c.worker_id, COUNT(DISTINCT c.id) FROM case_reader x JOIN case_file c ON c.id = x.case_id
  WHERE x.user_id = $3 AND (x.until IS NULL OR x.until > $4) AND c.office_id = $1 AND c.status = 'open' AND c.confidentiality > $2
    AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	walledLoads = `SELECT c.worker_id, COUNT(*) FROM case_wall w JOIN case_file c ON c.id = w.case_id
  WHERE w.user_id = $3 AND c.office_id = $1 AND c.status = 'open' AND (c.confidentiality <= $2 OR EXISTS (SELECT 1 FROM case_reader x
    WHERE x.case_id = c.id AND x.user_id = $3 AND (x.until IS NULL OR x.until > $4))) AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	highLoads = `SELECT c.worker_id, COUNT(*) FROM case_file c WHERE ` + reachable + ` AND c.risk = 'high' AND c.status = 'open'
  AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	lateLoads = `SELECT t.for_id, COUNT(*) FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.office_id = $1 AND t.done_at IS NULL AND t.due_on < $5 AND (` + reachable + `) GROUP BY t.for_id`
)

func selectOwnOpen(ctx context.Context, r db.Reader, s scope) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT c.id FROM case_file c WHERE `+reachable+` AND c.worker_id = $3 AND c.status = 'open' ORDER BY c.id`, s.args()...)
}

// addLoads adds what a question counts of each worker to one of the numbers of their loads.
func addLoads(ctx context.Context, r db.Reader, loads map[db.ID]*Load, add func(*Load, int), text string, args []any) error {
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var who db.ID
		var n int
		if err = row.Scan(&who, &n); err != nil {
			return struct{}{}, err
		}
		if loads[who] == nil {
			loads[who] = &Load{Worker: User{ID: who}}
		}
		add(loads[who], n)
		return struct{}{}, nil
	}, text, args...)
	return err
}

// selectLoads names the workers whose account stands and who have open cases, the most loaded first.
func selectLoads(ctx context.Context, r db.Reader, s scope, today db.Date) (list []Load, err error) {
	loads := map[db.ID]*Load{}
	scoped := s.args()
	for _, q := range []struct {
		text string
		args []any
		add  func(*Load, int)
	}{
		{openLoads, scoped[:2], func(l *Load, n int) { l.Open += n }},
		{namedLoads, scoped, func(l *Load, n int) { l.Open += n }},
		{walledLoads, scoped, func(l *Load, n int) { l.Open -= n }},
		{highLoads, scoped, func(l *Load, n int) { l.High += n }},
		{lateLoads, s.args(today), func(l *Load, n int) { l.Late += n }},
	} {
		if err := addLoads(ctx, r, loads, q.add, q.text, q.args); err != nil {
			return nil, err
		}
	}
	workers, err := db.All(ctx, r, scanUser, `SELECT u.id, u.name FROM app_user u JOIN role_grant g ON g.user_id = u.id
  WHERE g.unit_id = $1 AND u.disabled_at IS NULL GROUP BY u.id, u.name, u.name_key ORDER BY u.name_key, u.id`, s.Office)
	for _, w := range workers {
		if l := loads[w.ID]; l != nil && l.Open > 0 {
			l.Worker = w
			list = append(list, *l)
		}
	}
	slices.SortStableFunc(list, func(a, b Load) int { return b.Open - a.Open })
	return list, err
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
