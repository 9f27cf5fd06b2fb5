package supervision

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

func exists(ctx context.Context, r db.Reader, text string, args ...any) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT CASE WHEN EXISTS (`+text+`) THEN 1 ELSE 0 END`, args...)
	return n == 1, err
}

func supervises(ctx context.Context, r db.Reader, a access.Actor, worker db.ID) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM supervision WHERE worker_id = $1 AND supervisor_id = $2 AND office_id = $3`, worker[:], a.User, a.Office.ID)
}

func insertNote(ctx context.Context, tx db.Tx, c casefile.Case, n Note, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO guidance_note (id, office_id, case_id, worker_id, by_id, held_at, minutes, body, signed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, n.ID, c.Office, c.ID, n.Worker.ID, n.By.ID, n.HeldAt, n.Minutes, body, n.SignedAt)
	return err
}

func strikeNote(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE guidance_note SET struck_at = $2, struck_by = $3, struck_reason = $4 WHERE id = $1`, id, at, by, reason)
	return err
}

// The notes of a case ($1) that are open to a user ($3): a head's ($2 = 1), their own, those about them and about whom they
// supervise at the office ($4).
const notesOpen = `SELECT n.id, n.worker_id, w.name, n.by_id, b.name, n.held_at, n.minutes, n.body, n.signed_at, n.struck_at, n.struck_by, s.name, n.struck_reason
  FROM guidance_note n JOIN app_user w ON w.id = n.worker_id JOIN app_user b ON b.id = n.by_id LEFT JOIN app_user s ON s.id = n.struck_by
  WHERE n.case_id = $1 AND ($2 = 1 OR n.by_id = $3 OR n.worker_id = $3 OR EXISTS (SELECT 1 FROM supervision v
    WHERE v.worker_id = n.worker_id AND v.supervisor_id = $3 AND v.office_id = $4))`

func notesArgs(a access.Actor, in casefile.Inside, more ...any) []any {
	return append([]any{in.Case.ID, db.Flag(a.Has(access.Head)), a.User, a.Office.ID}, more...)
}

func scanNote(in casefile.Inside) func(db.Row) (Note, error) {
	return func(row db.Row) (n Note, err error) {
		var body, reason []byte
		err = row.Scan(&n.ID, &n.Worker.ID, &n.Worker.Name, &n.By.ID, &n.By.Name, &n.HeldAt, &n.Minutes, &body, &n.SignedAt, &n.StruckAt,
			&n.StruckBy.ID, (*db.Text)(&n.StruckBy.Name), &reason)
		if err == nil {
			err = in.Key.OpenJSON("guidance", body, &n.NoteText)
		}
		if err == nil && len(reason) > 0 {
			n.StruckReason, err = in.Key.Open("struck", reason)
		}
		return n, err
	}
}

func selectNotes(ctx context.Context, r db.Reader, a access.Actor, in casefile.Inside) ([]Note, error) {
	return db.All(ctx, r, scanNote(in), notesOpen+` ORDER BY n.held_at DESC, n.id DESC`, notesArgs(a, in)...)
}

func selectNote(ctx context.Context, r db.Reader, a access.Actor, in casefile.Inside, id db.ID) (Note, error) {
	return db.One(ctx, r, scanNote(in), notesOpen+` AND n.id = $5`, notesArgs(a, in, id)...)
}

// selectSupervised is when each worker of an office was last supervised.
func selectSupervised(ctx context.Context, r db.Reader, office db.ID) (map[db.ID]db.Time, error) {
	last := map[db.ID]db.Time{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var who db.ID
		var at db.Time
		err = row.Scan(&who, &at)
		last[who] = at
		return struct{}{}, err
	}, `SELECT worker_id, MAX(held_at) FROM guidance_note WHERE office_id = $1 AND struck_at IS NULL GROUP BY worker_id`, office)
	return last, err
}
