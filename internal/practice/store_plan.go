package practice

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

type goalRow struct {
	caseID db.ID
	g      Goal
	by     db.ID
	at     db.Time
	body   []byte
}

func insertGoal(ctx context.Context, tx db.Tx, x goalRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO goal (id, case_id, aim, body, target_on, weight, by_id, at, changed_at, item, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, NULLIF($9, ''), 1)`,
		x.g.ID, x.caseID, x.g.Aim, x.body, x.g.TargetOn, x.g.Weight, x.by, x.at, x.g.Item)
	return err
}

// updateGoal writes over a goal; what the client agreed to was another one.
func updateGoal(ctx context.Context, tx db.Tx, x goalRow) error {
	_, err := tx.Exec(ctx, `UPDATE goal SET aim = $2, body = $3, target_on = $4, weight = $5, agreed_at = NULL, changed_at = $6, version = version + 1 WHERE id = $1`,
		x.g.ID, x.g.Aim, x.body, x.g.TargetOn, x.g.Weight, x.at)
	return err
}

func dropGoal(ctx context.Context, tx db.Tx, goal db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE goal SET dropped_at = $2, changed_at = $2, version = version + 1 WHERE id = $1`, goal, at)
	return err
}

func insertPast(ctx context.Context, tx db.Tx, goal, by db.ID, at db.Time, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO goal_past (id, goal_id, body, by_id, at) VALUES ($1, $2, $3, $4, $5)`, db.NewID(), goal, body, by, at)
	return err
}

// selectGoalOf finds the goal of a problem area that stands.
func selectGoalOf(ctx context.Context, r db.Reader, caseID db.ID, item string) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT id FROM goal WHERE case_id = $1 AND item = $2 AND dropped_at IS NULL`, caseID, item)
}

// ofCase refuses a goal of another case, and one that was dropped.
func ofCase(ctx context.Context, r db.Reader, caseID, goal db.ID) error {
	_, err := db.One(ctx, r, db.Value[int], `SELECT 1 FROM goal WHERE id = $2 AND case_id = $1 AND dropped_at IS NULL`, caseID, goal)
	return err
}

func agreeGoals(ctx context.Context, tx db.Tx, caseID db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE goal SET agreed_at = $2, version = version + 1 WHERE case_id = $1 AND dropped_at IS NULL AND agreed_at IS NULL`, caseID, at)
}

func scoreGoal(ctx context.Context, tx db.Tx, goal db.ID, score int, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE goal SET score = $2, scored_at = $3, version = version + 1 WHERE id = $1`, goal, score, at)
	return err
}

func scanGoal(in casefile.Inside) func(db.Row) (Goal, error) {
	return func(row db.Row) (g Goal, err error) {
		var body []byte
		if err = row.Scan(&g.ID, &g.Aim, &body, &g.TargetOn, &g.Weight, &g.AgreedAt, &g.Score, &g.Dropped, &g.Item, &g.Version); err != nil {
			return g, err
		}
		var x goalText
		err = in.Key.OpenJSON("goal", body, &x)
		g.Words, g.Measure, g.Baseline, g.Target, g.Levels = x.Words, x.Measure, x.Baseline, x.Target, x.Levels
		return g, err
	}
}

const goalColumns = `SELECT id, aim, body, target_on, weight, agreed_at, score, dropped_at, COALESCE(item, ''), version FROM goal WHERE case_id = $1`

func selectGoal(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Goal, error) {
	return db.One(ctx, r, scanGoal(in), goalColumns+` AND id = $2`, in.Case.ID, id)
}

// selectGoals reads all of a case's, with their steps and what they said before: those that stand and those that were dropped.
func selectGoals(ctx context.Context, r db.Reader, in casefile.Inside) (standing, dropped []Goal, err error) {
	all, err := db.All(ctx, r, scanGoal(in), goalColumns+` ORDER BY id`, in.Case.ID)
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	steps, err := selectSteps(ctx, r, in)
	if err != nil {
		return nil, nil, err
	}
	past, err := selectPast(ctx, r, in)
	for _, g := range all {
		g.Steps, g.Past = steps[g.ID], past[g.ID]
		if g.Dropped.IsZero() {
			standing = append(standing, g)
		} else {
			dropped = append(dropped, g)
		}
	}
	return standing, dropped, err
}

func selectPast(ctx context.Context, r db.Reader, in casefile.Inside) (map[db.ID][]PastGoal, error) {
	list, err := db.All(ctx, r, func(row db.Row) (p PastGoal, err error) {
		var body []byte
		if err = row.Scan(&p.Goal, &body, &p.By, &p.At); err != nil {
			return p, err
		}
		var x pastText
		err = in.Key.OpenJSON("past goal", body, &x)
		p.Reason, p.Dropped, p.Words, p.Measure, p.Target = x.Reason, x.Dropped, x.Words, x.Measure, x.Target
		return p, err
	}, `SELECT p.goal_id, p.body, u.name, p.at FROM goal g JOIN goal_past p ON p.goal_id = g.id JOIN app_user u ON u.id = p.by_id
  WHERE g.case_id = $1 ORDER BY p.id DESC`, in.Case.ID)
	of := map[db.ID][]PastGoal{}
	for _, p := range list {
		of[p.Goal] = append(of[p.Goal], p)
	}
	return of, err
}

// PlanChanged is when a goal of the case was last written, changed or given up; zero without goals.
func PlanChanged(ctx context.Context, r db.Reader, caseID db.ID) (db.Time, error) {
	return db.One(ctx, r, db.Value[db.Time], `SELECT MAX(changed_at) FROM goal WHERE case_id = $1`, caseID)
}
