package practice

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertStep(ctx context.Context, tx db.Tx, goal db.ID, due db.Date, at db.Time, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO goal_step (id, goal_id, body, due_on, at) VALUES ($1, $2, $3, $4, $5)`, db.NewID(), goal, body, due, at)
	return err
}

func finishStep(ctx context.Context, tx db.Tx, caseID, step db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE goal_step SET done_at = $3, version = version + 1
  WHERE id = $2 AND dropped_at IS NULL AND goal_id IN (SELECT id FROM goal WHERE case_id = $1)`, caseID, step, at)
}

func updateStep(ctx context.Context, tx db.Tx, st Step, body []byte) error {
	_, err := tx.Exec(ctx, `UPDATE goal_step SET body = $2, due_on = $3, version = version + 1 WHERE id = $1`, st.ID, body, st.DueOn)
	return err
}

func dropStep(ctx context.Context, tx db.Tx, step db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE goal_step SET dropped_at = $2, dropped_reason = $3, version = version + 1 WHERE id = $1`, step, at, reason)
	return err
}

const stepColumns = `SELECT s.id, s.goal_id, s.body, s.due_on, s.done_at, s.dropped_at, s.dropped_reason, s.version
  FROM goal g JOIN goal_step s ON s.goal_id = g.id WHERE g.case_id = $1`

func scanStep(in casefile.Inside) func(db.Row) (Step, error) {
	return func(row db.Row) (s Step, err error) {
		var body, reason []byte
		if err = row.Scan(&s.ID, &s.Goal, &body, &s.DueOn, &s.DoneAt, &s.Dropped, &reason, &s.Version); err != nil {
			return s, err
		}
		var text stepText
		if err = in.Key.OpenJSON("step", body, &text); err != nil {
			return s, err
		}
		s.What, s.Who = text.What, text.Who
		s.Reason, err = in.Key.Open("dropped step", reason)
		return s, err
	}
}

func selectStep(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Step, error) {
	return db.One(ctx, r, scanStep(in), stepColumns+` AND s.id = $2`, in.Case.ID, id)
}

// selectSteps reads those of all goals of a case, by goal, in the order they were written.
func selectSteps(ctx context.Context, r db.Reader, in casefile.Inside) (map[db.ID][]Step, error) {
	list, err := db.All(ctx, r, scanStep(in), stepColumns+` ORDER BY s.id`, in.Case.ID)
	of := map[db.ID][]Step{}
	for _, s := range list {
		of[s.Goal] = append(of[s.Goal], s)
	}
	return of, err
}
