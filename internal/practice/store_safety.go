package practice

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
)

func upsertSafetyPlan(ctx context.Context, tx db.Tx, caseID, by db.ID, at db.Time, body []byte, version int64) (sql.Result, error) {
	return tx.Exec(ctx, `INSERT INTO safety_plan (case_id, format, body, by_id, at, version) VALUES ($1, 'parts', $2, $3, $4, 1)
  ON CONFLICT (case_id) DO UPDATE SET format = excluded.format, body = excluded.body, by_id = excluded.by_id, at = excluded.at, version = safety_plan.version + 1
  WHERE safety_plan.version = $5`, caseID, body, by, at, version)
}

func selectSafetyPlan(ctx context.Context, r db.Reader, in casefile.Inside) (SafetyPlan, error) {
	p, err := db.One(ctx, r, func(row db.Row) (p SafetyPlan, err error) {
		var format string
		var body []byte
		if err = row.Scan(&format, &body, &p.By, &p.At, &p.Version); err != nil {
			return p, err
		}
		if format == "parts" {
			return p, in.Key.OpenJSON("safety plan", body, &p.SafetyParts)
		}
		p.Text, err = in.Key.Open("safety plan", body)
		return p, err
	}, `SELECT p.format, p.body, u.name, p.at, p.version FROM safety_plan p JOIN app_user u ON u.id = p.by_id WHERE p.case_id = $1`, in.Case.ID)
	if fault.Is(err, "not_found") {
		return SafetyPlan{}, nil
	}
	return p, err
}

// withPlan are those of the cases that have a safety plan.
func withPlan(ctx context.Context, r db.Reader, items []casefile.Item) (map[db.ID]bool, error) {
	ids := make([]db.ID, len(items))
	for i, c := range items {
		ids[i] = c.ID
	}
	planned := map[db.ID]bool{}
	return planned, db.In(ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, db.Value[db.ID], `SELECT case_id FROM safety_plan WHERE case_id IN (`+marks+`)`, args...)
		for _, id := range found {
			planned[id] = true
		}
		return err
	})
}
