package practice

import (
	"context"
	"database/sql"
	"encoding/json"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
)

func insertConsent(ctx context.Context, tx db.Tx, caseID, by db.ID, c Consent, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent (id, case_id, kind, text_version, manner, body, given_at, by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, caseID, c.Kind, c.TextVersion, c.Manner, body, c.GivenAt, by)
	return err
}

func withdrawConsent(ctx context.Context, tx db.Tx, caseID, id db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE consent SET withdrawn_at = $3 WHERE id = $2 AND case_id = $1 AND withdrawn_at IS NULL`, caseID, id, at)
}

type sectionRow struct {
	caseID db.ID
	code   string
	by     db.ID
	at     db.Time
	body   []byte
}

// upsertSection keeps a part of the assessment; an empty one is taken away.
func upsertSection(ctx context.Context, tx db.Tx, s sectionRow) error {
	if s.body == nil {
		_, err := tx.Exec(ctx, `DELETE FROM assessment WHERE case_id = $1 AND section = $2`, s.caseID, s.code)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO assessment (case_id, section, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, 1)
  ON CONFLICT (case_id, section) DO UPDATE SET body = excluded.body, by_id = excluded.by_id, at = excluded.at, version = assessment.version + 1`,
		s.caseID, s.code, s.body, s.by, s.at)
	return err
}

type goalRow struct {
	caseID db.ID
	g      Goal
	by     db.ID
	at     db.Time
	body   []byte
}

func insertGoal(ctx context.Context, tx db.Tx, x goalRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO goal (id, case_id, aim, body, target_on, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`,
		x.g.ID, x.caseID, x.g.Aim, x.body, x.g.TargetOn, x.by, x.at)
	return err
}

func insertStep(ctx context.Context, tx db.Tx, goal db.ID, due db.Date, at db.Time, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO goal_step (id, goal_id, body, due_on, at) VALUES ($1, $2, $3, $4, $5)`, db.NewID(), goal, body, due, at)
	return err
}

// ofCase refuses a goal of another case.
func ofCase(ctx context.Context, r db.Reader, caseID, goal db.ID) error {
	_, err := db.One(ctx, r, db.Value[int], `SELECT 1 FROM goal WHERE id = $2 AND case_id = $1`, caseID, goal)
	return err
}

func finishStep(ctx context.Context, tx db.Tx, caseID, step db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE goal_step SET done_at = $3 WHERE id = $2 AND goal_id IN (SELECT id FROM goal WHERE case_id = $1)`, caseID, step, at)
}

func agreeGoals(ctx context.Context, tx db.Tx, caseID db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE goal SET agreed_at = $2, version = version + 1 WHERE case_id = $1 AND dropped_at IS NULL AND agreed_at IS NULL`, caseID, at)
}

func scoreGoal(ctx context.Context, tx db.Tx, goal db.ID, score int, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE goal SET score = $2, scored_at = $3, version = version + 1 WHERE id = $1`, goal, score, at)
	return err
}

type scaleRow struct {
	caseID      db.ID
	aim, moment string
	value       int
	by          db.ID
	at          db.Time
}

func upsertScale(ctx context.Context, tx db.Tx, s scaleRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO scale (case_id, aim, moment, value, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (case_id, aim, moment) DO UPDATE SET value = excluded.value, by_id = excluded.by_id, at = excluded.at`,
		s.caseID, s.aim, s.moment, s.value, s.by, s.at)
	return err
}

func upsertSafetyPlan(ctx context.Context, tx db.Tx, caseID, by db.ID, at db.Time, body []byte, version int64) (sql.Result, error) {
	return tx.Exec(ctx, `INSERT INTO safety_plan (case_id, body, by_id, at, version) VALUES ($1, $2, $3, $4, 1)
  ON CONFLICT (case_id) DO UPDATE SET body = excluded.body, by_id = excluded.by_id, at = excluded.at, version = safety_plan.version + 1
  WHERE safety_plan.version = $5`, caseID, body, by, at, version)
}

func readWork(ctx context.Context, r db.Reader, in casefile.Inside) (w Work, err error) {
	if w.Consents, err = selectConsents(ctx, r, in); err != nil {
		return w, err
	}
	if w.Sections, err = selectSections(ctx, r, in); err != nil {
		return w, err
	}
	if w.Goals, err = selectGoals(ctx, r, in); err != nil {
		return w, err
	}
	if w.Scales, err = selectScales(ctx, r, in.Case.ID); err != nil {
		return w, err
	}
	w.SafetyPlan, err = selectSafetyPlan(ctx, r, in)
	return w, err
}

func selectConsents(ctx context.Context, r db.Reader, in casefile.Inside) ([]Consent, error) {
	return db.All(ctx, r, func(row db.Row) (c Consent, err error) {
		var body []byte
		if err = row.Scan(&c.ID, &c.Kind, &c.TextVersion, &c.Manner, &body, &c.GivenAt, &c.WithdrawnAt, &c.By); err != nil {
			return c, err
		}
		c.Witness, err = in.Key.Open("consent", body)
		return c, err
	}, `SELECT c.id, c.kind, c.text_version, c.manner, c.body, c.given_at, c.withdrawn_at, u.name FROM consent c JOIN app_user u ON u.id = c.by_id
  WHERE c.case_id = $1 ORDER BY c.id DESC`, in.Case.ID)
}

func selectSections(ctx context.Context, r db.Reader, in casefile.Inside) ([]Section, error) {
	return db.All(ctx, r, func(row db.Row) (s Section, err error) {
		var body []byte
		if err = row.Scan(&s.Code, &body, &s.By, &s.At, &s.Version); err != nil {
			return s, err
		}
		s.Text, err = in.Key.Open("assessment "+s.Code, body)
		return s, err
	}, `SELECT a.section, a.body, u.name, a.at, a.version FROM assessment a JOIN app_user u ON u.id = a.by_id WHERE a.case_id = $1`, in.Case.ID)
}

func selectGoals(ctx context.Context, r db.Reader, in casefile.Inside) ([]Goal, error) {
	goals, err := db.All(ctx, r, func(row db.Row) (g Goal, err error) {
		var body []byte
		if err = row.Scan(&g.ID, &g.Aim, &body, &g.TargetOn, &g.AgreedAt, &g.Score, &g.Version); err != nil {
			return g, err
		}
		var text goalText
		err = openJSON(in, "goal", body, &text)
		g.Words, g.Measure = text.Words, text.Measure
		return g, err
	}, `SELECT id, aim, body, target_on, agreed_at, score, version FROM goal WHERE case_id = $1 AND dropped_at IS NULL ORDER BY id`, in.Case.ID)
	if err != nil {
		return nil, err
	}
	for i := range goals {
		if goals[i].Steps, err = selectSteps(ctx, r, in, goals[i].ID); err != nil {
			return nil, err
		}
	}
	return goals, nil
}

func selectSteps(ctx context.Context, r db.Reader, in casefile.Inside, goal db.ID) ([]Step, error) {
	return db.All(ctx, r, func(row db.Row) (s Step, err error) {
		var body []byte
		if err = row.Scan(&s.ID, &body, &s.DueOn, &s.DoneAt); err != nil {
			return s, err
		}
		var text stepText
		err = openJSON(in, "step", body, &text)
		s.What, s.Who = text.What, text.Who
		return s, err
	}, `SELECT id, body, due_on, done_at FROM goal_step WHERE goal_id = $1 ORDER BY id`, goal)
}

func openJSON(in casefile.Inside, field string, body []byte, into any) error {
	plain, err := in.Key.Open(field, body)
	if err != nil || plain == "" {
		return err
	}
	return json.Unmarshal([]byte(plain), into)
}

func selectScales(ctx context.Context, r db.Reader, caseID db.ID) (Scales, error) {
	scales := Scales{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var aim, moment string
		var value int
		err = row.Scan(&aim, &moment, &value)
		scales[aim+" "+moment] = value
		return struct{}{}, err
	}, `SELECT aim, moment, value FROM scale WHERE case_id = $1`, caseID)
	return scales, err
}

func selectSafetyPlan(ctx context.Context, r db.Reader, in casefile.Inside) (SafetyPlan, error) {
	p, err := db.One(ctx, r, func(row db.Row) (p SafetyPlan, err error) {
		var body []byte
		if err = row.Scan(&body, &p.By, &p.At, &p.Version); err != nil {
			return p, err
		}
		p.Text, err = in.Key.Open("safety plan", body)
		return p, err
	}, `SELECT p.body, u.name, p.at, p.version FROM safety_plan p JOIN app_user u ON u.id = p.by_id WHERE p.case_id = $1`, in.Case.ID)
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
