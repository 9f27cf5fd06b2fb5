package practice

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertMeeting(ctx context.Context, tx db.Tx, caseID db.ID, m Meeting, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO family_meeting (id, case_id, held_at, look_again_on, body, by_id, at, task_id, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`, m.ID, caseID, m.HeldAt, m.LookAgainOn, body, m.By.ID, m.At, m.task)
	return err
}

// updateMeeting writes over the version that was read, unless the meeting was struck.
func updateMeeting(ctx context.Context, tx db.Tx, caseID db.ID, m Meeting, body []byte) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE family_meeting SET held_at = $3, look_again_on = $4, body = $5, task_id = $6, version = version + 1
  WHERE id = $1 AND case_id = $2 AND version = $7 AND struck_at IS NULL`, m.ID, caseID, m.HeldAt, m.LookAgainOn, body, m.task, m.Version)
}

func strikeMeeting(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE family_meeting SET struck_at = $2, struck_by = $3, struck_reason = $4, version = version + 1 WHERE id = $1`,
		id, at, by, reason)
	return err
}

func selectMeetings(ctx context.Context, r db.Reader, in casefile.Inside) ([]Meeting, error) {
	return db.All(ctx, r, func(row db.Row) (m Meeting, err error) {
		var body, reason []byte
		err = row.Scan(&m.ID, &m.HeldAt, &m.LookAgainOn, &body, &m.By.ID, &m.By.Name, &m.At, &m.task, &m.StruckAt, &m.StruckBy.ID,
			(*db.Text)(&m.StruckBy.Name), &reason, &m.Version)
		if err == nil {
			err = in.Key.OpenJSON("family meeting", body, &m.MeetingText)
		}
		if err == nil && len(reason) > 0 {
			m.StruckReason, err = in.Key.Open("struck", reason)
		}
		return m, err
	}, `SELECT m.id, m.held_at, m.look_again_on, m.body, m.by_id, u.name, m.at, m.task_id, m.struck_at, m.struck_by, s.name, m.struck_reason, m.version
  FROM family_meeting m JOIN app_user u ON u.id = m.by_id LEFT JOIN app_user s ON s.id = m.struck_by
  WHERE m.case_id = $1 ORDER BY m.held_at DESC, m.id DESC`, in.Case.ID)
}

// metAsFamily tells whether the family has met: a session of its own. A struck meeting never was one.
func metAsFamily(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM family_meeting WHERE case_id = $1 AND struck_at IS NULL`, caseID)
	return n > 0, err
}
