package casefile

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/db"
)

// mark is the n-th parameter.
func mark(n int) string { return "$" + strconv.Itoa(n) }

func containsFold(s, word string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(word))
}

func upsertDraft(ctx context.Context, tx db.Tx, author db.ID, form string, subject db.ID, body []byte, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft (author_id, form, subject_id, body, saved_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (author_id, form, subject_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`, author, form, subject, body, at)
	return err
}

func selectDraft(ctx context.Context, r db.Reader, author db.ID, form string, subject db.ID) (body []byte, at db.Time, err error) {
	_, err = db.One(ctx, r, func(row db.Row) (struct{}, error) { return struct{}{}, row.Scan(&body, &at) },
		`SELECT body, saved_at FROM draft WHERE author_id = $1 AND form = $2 AND subject_id = $3`, author, form, subject)
	return body, at, err
}

func deleteDraft(ctx context.Context, tx db.Tx, author db.ID, form string, subject db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM draft WHERE author_id = $1 AND form = $2 AND subject_id = $3`, author, form, subject)
	return err
}

type taskRow struct {
	t       Task
	office  db.ID
	madeBy  db.ID
	madeAt  db.Time
	body    []byte
	word    []byte
	wrapped []byte
}

func insertTask(ctx context.Context, tx db.Tx, x taskRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO task (id, office_id, case_id, code, body, for_id, due_on, made_by, made_at, cancelled, profession, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, 1)`, x.t.ID, x.office, x.t.Case, x.t.Code, x.body, x.t.For.ID, x.t.DueOn, x.madeBy, x.madeAt,
		db.Text(x.t.Profession))
	return err
}

type taskEnd struct {
	id, by    db.ID
	at        db.Time
	cancelled bool
	word      []byte
}

func finishTask(ctx context.Context, tx db.Tx, e taskEnd) error {
	_, err := tx.Exec(ctx, `UPDATE task SET done_at = $2, done_by = $3, cancelled = $4, word = $5, version = version + 1 WHERE id = $1`,
		e.id, e.at, e.by, db.Flag(e.cancelled), e.word)
	return err
}

func reopenTask(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE task SET done_at = NULL, done_by = NULL, cancelled = 0, word = NULL, version = version + 1 WHERE id = $1`, id)
	return err
}

const taskColumns = `t.id, t.case_id, c.number, t.code, t.for_id, u.name, t.due_on, t.done_at, t.cancelled, t.profession, t.version, t.body, t.word, d.wrapped`

const taskTables = `task t JOIN case_file c ON c.id = t.case_id JOIN app_user u ON u.id = t.for_id LEFT JOIN data_key d ON d.subject_id = t.case_id`

func scanTask(row db.Row) (x taskRow, err error) {
	t := &x.t
	err = row.Scan(&t.ID, &t.Case, &t.CaseNumber, &t.Code, &t.For.ID, &t.For.Name, &t.DueOn, &t.DoneAt, (*db.Flag)(&t.Cancelled), (*db.Text)(&t.Profession), &t.Version,
		&x.body, &x.word, &x.wrapped)
	return x, err
}

func selectTask(ctx context.Context, r db.Reader, s scope, id db.ID) (taskRow, error) {
	return db.One(ctx, r, scanTask, `SELECT `+taskColumns+` FROM `+taskTables+` WHERE t.id = $5 AND t.office_id = $1
  AND (t.for_id = $3 OR (`+reachable+`))`, s.args(id)...)
}

func selectTasks(ctx context.Context, r db.Reader, caseID db.ID) ([]taskRow, error) {
	return db.All(ctx, r, scanTask, `SELECT `+taskColumns+` FROM `+taskTables+` WHERE t.case_id = $1
  ORDER BY CASE WHEN t.done_at IS NULL THEN 0 ELSE 1 END, COALESCE(t.due_on, '9999-12-31'), t.id`, caseID)
}

// selectDue reads one worker's open tasks within the scope: a task of a case that closed to its worker is not shown.
func selectDue(ctx context.Context, r db.Reader, s scope, until db.Date, limit int) ([]taskRow, error) {
	return db.All(ctx, r, scanTask, `SELECT `+taskColumns+` FROM `+taskTables+` WHERE t.for_id = $3 AND t.done_at IS NULL AND t.due_on <= $5
  AND (`+reachable+`) ORDER BY t.due_on, t.id LIMIT $6`, s.args(until, limit)...)
}

// dropTasks cancels the open tasks of a code.
func dropTasks(ctx context.Context, tx db.Tx, caseID db.ID, code string, by db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE task SET done_at = $4, done_by = $3, cancelled = 1, version = version + 1
  WHERE case_id = $1 AND code = $2 AND done_at IS NULL`, caseID, code, by, at)
	return err
}

func selectOpenTasks(ctx context.Context, r db.Reader, caseID db.ID, code string) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM task WHERE case_id = $1 AND code = $2 AND done_at IS NULL ORDER BY id`, caseID, code)
}

// selectReopened is when a case was last opened again.
func selectReopened(ctx context.Context, r db.Reader, id db.ID) (at db.Time, err error) {
	moves, err := db.All(ctx, r, db.Value[db.Time], `SELECT at FROM case_move WHERE case_id = $1 AND kind = 'reopened' ORDER BY id DESC LIMIT 1`, id)
	if len(moves) > 0 {
		at = moves[0]
	}
	return at, err
}
