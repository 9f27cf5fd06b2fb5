package supervision

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertConference(ctx context.Context, tx db.Tx, caseID db.ID, c Conference, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO conference (id, case_id, held_at, body, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		c.ID, caseID, c.HeldAt, body, c.By.ID, c.At)
	return err
}

func insertMember(ctx context.Context, tx db.Tx, conference, user db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO conference_member (conference_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, conference, user)
	return err
}

func insertTask(ctx context.Context, tx db.Tx, conference, task db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO conference_task (conference_id, task_id) VALUES ($1, $2)`, conference, task)
	return err
}

func strikeConference(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE conference SET struck_at = $2, struck_by = $3, struck_reason = $4 WHERE id = $1`, id, at, by, reason)
	return err
}

// selectConferences reads the conferences of a case, or only one; of their tasks the ids.
func selectConferences(ctx context.Context, r db.Reader, in casefile.Inside, only db.ID) ([]Conference, error) {
	text, args := `SELECT c.id, c.held_at, c.body, c.by_id, u.name, c.at, c.struck_at, c.struck_by, s.name, c.struck_reason
  FROM conference c JOIN app_user u ON u.id = c.by_id LEFT JOIN app_user s ON s.id = c.struck_by WHERE c.case_id = $1`, []any{in.Case.ID}
	if !only.IsZero() {
		text, args = text+` AND c.id = $2`, append(args, only)
	}
	list, err := db.All(ctx, r, func(row db.Row) (c Conference, err error) {
		var body, reason []byte
		err = row.Scan(&c.ID, &c.HeldAt, &body, &c.By.ID, &c.By.Name, &c.At, &c.StruckAt, &c.StruckBy.ID, (*db.Text)(&c.StruckBy.Name), &reason)
		if err == nil {
			err = in.Key.OpenJSON("conference", body, &c.ConferenceText)
		}
		if err == nil && len(reason) > 0 {
			c.StruckReason, err = in.Key.Open("struck", reason)
		}
		return c, err
	}, text+` ORDER BY c.held_at DESC, c.id DESC`, args...)
	for i := range list {
		if err == nil {
			list[i].Members, err = db.All(ctx, r, scanUser, `SELECT u.id, u.name FROM conference_member m JOIN app_user u ON u.id = m.user_id
  WHERE m.conference_id = $1 ORDER BY u.name_key, u.id`, list[i].ID)
		}
		if err == nil {
			list[i].Tasks, err = db.All(ctx, r, func(row db.Row) (t casefile.Task, err error) { return t, row.Scan(&t.ID) },
				`SELECT task_id FROM conference_task WHERE conference_id = $1 ORDER BY task_id`, list[i].ID)
		}
	}
	return list, err
}

func scanUser(row db.Row) (u casefile.User, err error) {
	err = row.Scan(&u.ID, &u.Name)
	return u, err
}
