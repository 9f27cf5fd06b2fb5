package casefile

import (
	"context"

	"teduh/internal/db"
)

// loadQuery is who asks for the loads, since when a case counts as quiet, and what a case weighs.
type loadQuery struct {
	scope
	ask    TeamAsk
	weight func(stage, risk string) int
}

// The open cases of each worker by stage and risk. The many that the role shows are counted in an index alone; the few that
// stand in case_reader are added, and the few behind a wall taken away.
const (
	kinds      = `SELECT c.worker_id, c.stage, c.risk, COUNT(*), SUM(CASE WHEN c.updated_at < `
	grouped    = ` AND c.status = 'open' AND c.worker_id IS NOT NULL GROUP BY c.worker_id, c.stage, c.risk`
	shownLoads = kinds + `$3 THEN 1 ELSE 0 END) FROM case_file c WHERE c.office_id = $1 AND c.confidentiality <= $2` + grouped
	namedLoads = kinds + `$5 THEN 1 ELSE 0 END) FROM (SELECT DISTINCT x.case_id FROM case_reader x
    WHERE x.user_id = $3 AND (x.until IS NULL OR x.until > $4)) y JOIN case_file c ON c.id = y.case_id
  WHERE c.office_id = $1 AND c.confidentiality > $2` + grouped
	walledLoads = kinds + `$5 THEN 1 ELSE 0 END) FROM case_wall w JOIN case_file c ON c.id = w.case_id
  WHERE w.user_id = $3 AND c.office_id = $1 AND (c.confidentiality <= $2 OR EXISTS (SELECT 1 FROM case_reader x
    WHERE x.case_id = c.id AND x.user_id = $3 AND (x.until IS NULL OR x.until > $4)))` + grouped
)

// stageTasks are the tasks that a stage asks for: what a gate was passed without, and what the office's rules set a day for.
const stageTasks = `t.done_at IS NULL AND ((t.code >= 'gate.' AND t.code < 'gate/') OR (t.code >= 'rule.' AND t.code < 'rule/'))`

// unsignedNote is one that waits for its author; who counts such notes does not learn of psychological ones.
const unsignedNote = `n.signed_at IS NULL AND n.struck_at IS NULL AND n.kind <> 'psychological'`

// What else counts, by worker.
const (
	gateLoads = `SELECT c.worker_id, COUNT(DISTINCT c.id) FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.office_id = $1 AND ` + stageTasks + ` AND t.due_on < $5 AND (` + reachable + `) AND c.status = 'open' AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	unsignedLoads = `SELECT c.worker_id, COUNT(DISTINCT c.id) FROM app_user u JOIN note n ON n.author_id = u.id AND ` + unsignedNote + `
    JOIN case_file c ON c.id = n.case_id
  WHERE (` + reachable + `) AND c.status = 'open' AND c.worker_id IS NOT NULL GROUP BY c.worker_id`
	lateLoads = `SELECT t.for_id, COUNT(*) FROM task t JOIN case_file c ON c.id = t.case_id
  WHERE t.office_id = $1 AND t.done_at IS NULL AND t.due_on < $5 AND (` + reachable + `) GROUP BY t.for_id`
)

// loads are the numbers of each worker while they are counted.
type loads map[db.ID]*Load

func (l loads) of(id db.ID) *Load {
	if l[id] == nil {
		l[id] = &Load{Worker: User{ID: id}}
	}
	return l[id]
}

// mixed adds the cases that a question counts by stage and risk, or takes them away (sign −1).
func (l loads) mixed(ctx context.Context, r db.Reader, q loadQuery, sign int, text string, args ...any) error {
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var who db.ID
		var stage, risk string
		var n, quiet int
		if err = row.Scan(&who, &stage, &risk, &n, &quiet); err != nil {
			return struct{}{}, err
		}
		x := l.of(who)
		x.Open += sign * n
		x.Quiet += sign * quiet
		x.Weight += sign * n * q.weight(stage, risk)
		if risk == "high" {
			x.High += sign * n
		}
		return struct{}{}, nil
	}, text, args...)
	return err
}

// add puts what a question counts of each worker into one of their numbers.
func (l loads) add(ctx context.Context, r db.Reader, into func(*Load) *int, text string, args ...any) error {
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var who db.ID
		var n int
		if err = row.Scan(&who, &n); err == nil {
			*into(l.of(who)) = n
		}
		return struct{}{}, err
	}, text, args...)
	return err
}

func (l loads) count(ctx context.Context, r db.Reader, q loadQuery) error {
	if err := l.mixed(ctx, r, q, 1, shownLoads, q.Office, q.Open, q.ask.QuietSince); err != nil {
		return err
	}
	if err := l.mixed(ctx, r, q, 1, namedLoads, q.args(q.ask.QuietSince)...); err != nil {
		return err
	}
	if err := l.mixed(ctx, r, q, -1, walledLoads, q.args(q.ask.QuietSince)...); err != nil {
		return err
	}
	if err := l.add(ctx, r, func(x *Load) *int { return &x.Gates }, gateLoads, q.args(q.ask.Today)...); err != nil {
		return err
	}
	if err := l.add(ctx, r, func(x *Load) *int { return &x.Unsigned }, unsignedLoads, q.args()...); err != nil {
		return err
	}
	return l.add(ctx, r, func(x *Load) *int { return &x.Late }, lateLoads, q.args(q.ask.Today)...)
}

// selectLoads names the workers whose account stands, by name: of the whole office for a head, else those the actor
// supervises. One who has no open case stands there too where cases are their work.
func selectLoads(ctx context.Context, r db.Reader, q loadQuery, whole bool) (list []Load, err error) {
	counted := loads{}
	if err := counted.count(ctx, r, q); err != nil {
		return nil, err
	}
	_, err = db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var u User
		var works db.Flag
		if err = row.Scan(&u.ID, &u.Name, &works); err != nil {
			return struct{}{}, err
		}
		if l := counted.of(u.ID); bool(works) || l.Open > 0 {
			l.Worker = u
			list = append(list, *l)
		}
		return struct{}{}, nil
	}, `SELECT u.id, u.name, MAX(CASE WHEN g.role IN ('worker', 'psychologist') THEN 1 ELSE 0 END) FROM app_user u JOIN role_grant g ON g.user_id = u.id
  WHERE g.unit_id = $1 AND u.disabled_at IS NULL AND ($2 = 1 OR EXISTS (SELECT 1 FROM supervision v
    WHERE v.worker_id = u.id AND v.supervisor_id = $3 AND v.office_id = $1)) GROUP BY u.id, u.name, u.name_key ORDER BY u.name_key, u.id`,
		q.Office, db.Flag(whole), q.User)
	return list, err
}
