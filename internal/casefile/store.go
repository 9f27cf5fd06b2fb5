package casefile

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/db"
)

// scope is access.Scope at an instant.
type scope struct {
	access.Scope
	now db.Time
}

// reachable is who may open a case: $1 office, $2 confidentiality shown by the role, $3 user, $4 now.
const reachable = `c.office_id = $1 AND (c.confidentiality <= $2 OR EXISTS (SELECT 1 FROM case_reader x
    WHERE x.case_id = c.id AND x.user_id = $3 AND (x.until IS NULL OR x.until > $4)))
  AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = $3)`

func (s scope) args(more ...any) []any {
	user := s.User
	return append([]any{s.Office, s.Open, user[:], s.now}, more...)
}

const caseColumns = `c.id, c.office_id, c.number, c.old_number, c.request_id, c.channel, c.status, c.stage, c.risk, c.confidentiality,
  c.main_category, c.village_code, c.worker_id, u.name, c.resolution_level, c.continued, c.opened_on, c.closed_on, c.close_reason,
  c.outcome, c.follow_up_on, c.made_up, c.created_at, c.updated_at, c.version,
  k.id, k.kind, k.name, k.person_id, k.family_id, k.body_kind, k.village_code`

const caseTables = `case_file c JOIN client k ON k.id = c.client_id LEFT JOIN app_user u ON u.id = c.worker_id`

func scanCase(row db.Row, more ...any) (c Case, err error) {
	var outcome db.Text
	into := []any{&c.ID, &c.Office, &c.Number, (*db.Text)(&c.OldNumber), &c.Request, &c.Channel, &c.Status, &c.Stage, &c.Risk, &c.Confidentiality,
		(*db.Text)(&c.MainCategory), (*db.Text)(&c.Village), &c.Worker.ID, (*db.Text)(&c.Worker.Name), &c.ResolutionLevel,
		(*db.Flag)(&c.Continued), &c.OpenedOn, &c.ClosedOn, (*db.Text)(&c.CloseReason), &outcome, &c.FollowUpOn,
		(*db.Flag)(&c.MadeUp), &c.CreatedAt, &c.UpdatedAt, &c.Version,
		&c.Client.ID, &c.Client.Kind, &c.Client.Name, &c.Client.Person, &c.Client.Family, (*db.Text)(&c.Client.BodyKind), (*db.Text)(&c.Client.Village)}
	if err = row.Scan(append(into, more...)...); err != nil || outcome == "" {
		return c, err
	}
	return c, json.Unmarshal([]byte(outcome), &c.Outcome)
}

// caseRow is a case as it is read for one actor.
type caseRow struct {
	c       Case
	sealed  []byte
	wrapped []byte
	writes  bool
}

func selectCase(ctx context.Context, r db.Reader, s scope, id db.ID) (caseRow, error) {
	return db.One(ctx, r, func(row db.Row) (x caseRow, err error) {
		x.c, err = scanCase(row, &x.sealed, &x.wrapped, (*db.Flag)(&x.writes))
		return x, err
	}, `SELECT `+caseColumns+`, c.sealed, d.wrapped,
    CASE WHEN EXISTS (SELECT 1 FROM case_reader x WHERE x.case_id = c.id AND x.user_id = $3 AND x.writes = 1) THEN 1 ELSE 0 END
  FROM `+caseTables+` LEFT JOIN data_key d ON d.subject_id = c.id WHERE `+reachable+` AND c.id = $5`, s.args(id)...)
}

func insertCase(ctx context.Context, tx db.Tx, c Case, sealed []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_file (id, office_id, number, old_number, client_id, request_id, channel, status, stage, risk,
    confidentiality, main_category, village_code, worker_id, resolution_level, continued, opened_on, closed_on, sealed, made_up,
    created_at, updated_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		c.ID, c.Office, c.Number, db.Text(c.OldNumber), c.Client.ID, c.Request, c.Channel, c.Status, c.Stage, c.Risk,
		c.Confidentiality, db.Text(c.MainCategory), db.Text(c.Village), c.Worker.ID, c.ResolutionLevel, db.Flag(c.Continued), c.OpenedOn,
		c.ClosedOn, sealed, db.Flag(c.MadeUp), c.CreatedAt, c.UpdatedAt, c.Version)
	return err
}

// updateCase writes what acts change; the sealed words of the closing are written by updateClosing.
func updateCase(ctx context.Context, tx db.Tx, c Case) error {
	_, err := tx.Exec(ctx, `UPDATE case_file SET status = $2, stage = $3, risk = $4, confidentiality = $5, main_category = $6, village_code = $7,
    worker_id = $8, resolution_level = $9, closed_on = $10, close_reason = $11, follow_up_on = $12, updated_at = $13, version = $14
  WHERE id = $1`, c.ID, c.Status, c.Stage, c.Risk, c.Confidentiality, db.Text(c.MainCategory), db.Text(c.Village),
		c.Worker.ID, c.ResolutionLevel, c.ClosedOn, db.Text(c.CloseReason), c.FollowUpOn, c.UpdatedAt, c.Version)
	return err
}

func updateClosing(ctx context.Context, tx db.Tx, id db.ID, outcome string, sealed []byte) error {
	_, err := tx.Exec(ctx, `UPDATE case_file SET outcome = $2, sealed = $3 WHERE id = $1`, id, db.Text(outcome), sealed)
	return err
}

// upsertOutcome keeps what became of a case, to be counted; the last closing counts.
func upsertOutcome(ctx context.Context, tx db.Tx, c Case) error {
	o := c.Outcome
	_, err := tx.Exec(ctx, `INSERT INTO case_outcome (case_id, office_id, closed_on, overcome, restored_before, restored_after, strengthened_before, strengthened_after)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (case_id) DO UPDATE SET closed_on = excluded.closed_on, overcome = excluded.overcome, restored_before = excluded.restored_before,
    restored_after = excluded.restored_after, strengthened_before = excluded.strengthened_before, strengthened_after = excluded.strengthened_after`,
		c.ID, c.Office, c.ClosedOn, o.Overcome, o.Restored.Before, o.Restored.After, o.Strengthened.Before, o.Strengthened.After)
	return err
}

// hadCase tells whether the client had a case, also by a record that was merged into theirs.
func hadCase(ctx context.Context, tx db.Tx, client db.ID) (bool, error) {
	n, err := db.One(ctx, tx, db.Value[int], `SELECT CASE WHEN EXISTS (SELECT 1 FROM case_file WHERE client_id = $1)
    OR EXISTS (SELECT 1 FROM client k JOIN person g ON g.merged_into = k.person_id JOIN client o ON o.person_id = g.id
      JOIN case_file c ON c.client_id = o.id WHERE k.id = $1) THEN 1 ELSE 0 END`, client)
	return n == 1, err
}

func replaceCategories(ctx context.Context, tx db.Tx, id db.ID, codes []string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM case_category WHERE case_id = $1`, id); err != nil {
		return err
	}
	for i, code := range codes {
		if _, err := tx.Exec(ctx, `INSERT INTO case_category (case_id, code, main) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			id, code, db.Flag(i == 0)); err != nil {
			return err
		}
	}
	return nil
}

func selectCategories(ctx context.Context, r db.Reader, id db.ID) ([]string, error) {
	return db.All(ctx, r, db.Value[string], `SELECT code FROM case_category WHERE case_id = $1 ORDER BY main DESC, code`, id)
}

func scanUser(row db.Row) (u User, err error) {
	err = row.Scan(&u.ID, &u.Name)
	return u, err
}

func selectTeam(ctx context.Context, r db.Reader, id db.ID) ([]User, error) {
	return db.All(ctx, r, scanUser, `SELECT u.id, u.name FROM case_team t JOIN app_user u ON u.id = t.user_id WHERE t.case_id = $1 ORDER BY u.name_key, u.id`, id)
}

func selectNamed(ctx context.Context, r db.Reader, id db.ID) ([]User, error) {
	return db.All(ctx, r, scanUser, `SELECT u.id, u.name FROM case_named n JOIN app_user u ON u.id = n.user_id WHERE n.case_id = $1 ORDER BY u.name_key, u.id`, id)
}

func insertTeam(ctx context.Context, tx db.Tx, id, user db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_team (case_id, user_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, user, at)
	return err
}

func clearTeam(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM case_team WHERE case_id = $1`, id)
	return err
}

func insertNamed(ctx context.Context, tx db.Tx, id, user db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_named (case_id, user_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, user, at)
	return err
}

func clearNamed(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM case_named WHERE case_id = $1`, id)
	return err
}

func insertPerson(ctx context.Context, tx db.Tx, id, person db.ID, part string, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_person (case_id, person_id, part, since) VALUES ($1, $2, $3, $4)
  ON CONFLICT (case_id, person_id) DO UPDATE SET part = excluded.part`, id, person, part, at)
	return err
}
