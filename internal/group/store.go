package group

import (
	"context"
	"encoding/json"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

const sessionColumns = `s.id, s.case_id, s.held_at, s.minutes, s.led_by, u.name, s.body, s.cancelled_at, s.cancelled_why, s.version`

const sessionTables = `group_session s JOIN app_user u ON u.id = s.led_by`

// scanIn reads sessions of a case that is open.
func scanIn(in casefile.Inside) func(row db.Row) (Session, error) {
	return func(row db.Row) (x Session, err error) {
		var minutes *int
		var body, why []byte
		err = row.Scan(&x.ID, &x.Case, &x.HeldAt, &minutes, &x.LedBy.ID, &x.LedBy.Name, &body, &x.CancelledAt, &why, &x.Version)
		if err != nil {
			return x, err
		}
		if minutes != nil {
			x.Minutes = *minutes
		}
		plain, err := in.Key.Open("group session", body)
		if err == nil {
			err = json.Unmarshal([]byte(plain), &x.Told)
		}
		if err == nil && len(why) > 0 {
			x.CancelledWhy, err = in.Key.Open("cancelled", why)
		}
		return x, err
	}
}

func selectSessions(ctx context.Context, r db.Reader, in casefile.Inside, before Place, limit int) ([]Session, error) {
	text, args := `SELECT `+sessionColumns+` FROM `+sessionTables+` WHERE s.case_id = $1`, []any{in.Case.ID, limit}
	if !before.ID.IsZero() {
		text, args = text+` AND (s.held_at < $3 OR (s.held_at = $3 AND s.id < $4))`, append(args, before.At, before.ID)
	}
	return db.All(ctx, r, scanIn(in), text+` ORDER BY s.held_at DESC, s.id DESC LIMIT $2`, args...)
}

func selectSession(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Session, error) {
	return db.One(ctx, r, scanIn(in), `SELECT `+sessionColumns+` FROM `+sessionTables+` WHERE s.id = $1 AND s.case_id = $2`, id, in.Case.ID)
}

// row is a session that is new in a case.
type row struct {
	caseID, by db.ID
	at         db.Time
	x          Session
}

func insertSession(ctx context.Context, tx db.Tx, n row, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO group_session (id, case_id, held_at, minutes, led_by, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
		n.x.ID, n.caseID, n.x.HeldAt, minutes(n.x), n.x.LedBy.ID, body, n.by, n.at)
	return err
}

func updateSession(ctx context.Context, tx db.Tx, x Session, body []byte) error {
	_, err := tx.Exec(ctx, `UPDATE group_session SET held_at = $2, minutes = $3, led_by = $4, body = $5, version = version + 1 WHERE id = $1`,
		x.ID, x.HeldAt, minutes(x), x.LedBy.ID, body)
	return err
}

func cancelSession(ctx context.Context, tx db.Tx, id db.ID, at db.Time, why []byte) error {
	_, err := tx.Exec(ctx, `UPDATE group_session SET cancelled_at = $2, cancelled_why = $3, version = version + 1 WHERE id = $1`, id, at, why)
	return err
}

// minutes is a length, or nothing where none was told.
func minutes(x Session) any {
	if x.Minutes == 0 {
		return nil
	}
	return x.Minutes
}

func selectMarks(ctx context.Context, r db.Reader, session db.ID) (map[db.ID]string, error) {
	marks := map[db.ID]string{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var member db.ID
		var state string
		err = row.Scan(&member, &state)
		marks[member] = state
		return struct{}{}, err
	}, `SELECT member_id, state FROM attendance WHERE session_id = $1`, session)
	return marks, err
}

// putMark writes a mark over what stood there; an empty one takes it away.
func putMark(ctx context.Context, tx db.Tx, session db.ID, k Mark, by db.ID, at db.Time) error {
	if k.State == "" {
		_, err := tx.Exec(ctx, `DELETE FROM attendance WHERE session_id = $1 AND member_id = $2`, session, k.Member)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO attendance (session_id, member_id, state, by_id, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (session_id, member_id) DO UPDATE SET state = excluded.state, by_id = excluded.by_id, at = excluded.at`, session, k.Member, k.State, by, at)
	return err
}

// countMarks counts the marks of each member over all sessions of a case that took place.
func countMarks(ctx context.Context, r db.Reader, caseID db.ID) (map[db.ID]Tally, error) {
	byMember := map[db.ID]Tally{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var member db.ID
		var state string
		var n int
		err = row.Scan(&member, &state, &n)
		if byMember[member] == nil {
			byMember[member] = Tally{}
		}
		byMember[member][state] = n
		return struct{}{}, err
	}, `SELECT t.member_id, t.state, COUNT(*) FROM group_session s JOIN attendance t ON t.session_id = s.id
  WHERE s.case_id = $1 AND s.cancelled_at IS NULL GROUP BY t.member_id, t.state`, caseID)
	return byMember, err
}
