package practice

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertMeeting(ctx context.Context, tx db.Tx, caseID, by db.ID, at db.Time, m Meeting, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO family_meeting (id, case_id, held_at, look_again_on, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`,
		m.ID, caseID, m.HeldAt, m.LookAgainOn, body, by, at)
	return err
}

func selectMeetings(ctx context.Context, r db.Reader, in casefile.Inside) ([]Meeting, error) {
	return db.All(ctx, r, func(row db.Row) (m Meeting, err error) {
		var body []byte
		if err = row.Scan(&m.ID, &m.HeldAt, &m.LookAgainOn, &body, &m.By, &m.At); err != nil {
			return m, err
		}
		return m, openJSON(in, "family meeting", body, &m.MeetingText)
	}, `SELECT m.id, m.held_at, m.look_again_on, m.body, u.name, m.at FROM family_meeting m JOIN app_user u ON u.id = m.by_id
  WHERE m.case_id = $1 ORDER BY m.held_at DESC, m.id DESC`, in.Case.ID)
}

// metAsFamily tells whether the family has met: a session of its own.
func metAsFamily(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM family_meeting WHERE case_id = $1`, caseID)
	return n > 0, err
}
