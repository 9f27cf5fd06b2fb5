package referral

import (
	"context"
	"fmt"
	"strings"

	"teduh/internal/db"
)

func scanArrival(row db.Row) (x Arrival, err error) {
	err = row.Scan(&x.ID, &x.Number, &x.Service, &x.Kind, &x.Urgency, &x.Status, &x.SentAt, &x.DueAt, (*db.Flag)(&x.Unread), &x.caseID, &x.shared)
	return x, err
}

const ofPartnerTables = `referral f JOIN partner_service s ON s.id = f.service_id WHERE s.partner_id = $1 AND f.shared IS NOT NULL`

// inStates is the condition of being in one of some states; their marks begin at $n.
func inStates(states []string, n int) (text string, args []any) {
	marks := make([]string, len(states))
	for i, state := range states {
		marks[i], args = fmt.Sprintf("$%d", n+i), append(args, state)
	}
	return ` AND f.status IN (` + strings.Join(marks, ", ") + `)`, args
}

// selectArrivals reads one more than a page has. Whatever is under way has a deadline, whatever has ended has none.
func selectArrivals(ctx context.Context, r db.Reader, partner db.ID, f ArrivalFilter) ([]Arrival, error) {
	in, states := inStates(arrived[f.Part], 3)
	args := append([]any{partner, f.Limit + 1}, states...)
	text := `SELECT f.id, f.number, s.name, f.kind, f.urgency, f.status, f.sent_at, f.due_at,
    CASE WHEN EXISTS (SELECT 1 FROM referral_message m WHERE m.referral_id = f.id AND m.side = 'office' AND m.read_at IS NULL) THEN 1 ELSE 0 END,
    f.case_id, f.shared FROM ` + ofPartnerTables + in
	n := len(args)
	switch {
	case f.Part == "ended" && !f.After.IsZero():
		text, args = text+fmt.Sprintf(` AND f.id < $%d`, n+1), append(args, f.After)
	case f.Part != "ended":
		text += ` AND f.due_at IS NOT NULL`
		if !f.After.IsZero() {
			text += fmt.Sprintf(` AND (f.due_at > $%d OR (f.due_at = $%d AND f.id > $%d))`, n+1, n+1, n+2)
			args = append(args, f.DueAt, f.After)
		}
	}
	order := ` ORDER BY f.due_at, f.id LIMIT $2`
	if f.Part == "ended" {
		order = ` ORDER BY f.id DESC LIMIT $2`
	}
	return db.All(ctx, r, scanArrival, text+order, args...)
}

func countArrivals(ctx context.Context, r db.Reader, partner db.ID, states []string) (int, error) {
	in, args := inStates(states, 2)
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM `+ofPartnerTables+in, append([]any{partner}, args...)...)
}

type enclosedRow struct {
	file db.ID
	side Side
}

func selectEnclosed(ctx context.Context, r db.Reader, of db.ID) ([]enclosedRow, error) {
	return db.All(ctx, r, func(row db.Row) (x enclosedRow, err error) {
		var side string
		err = row.Scan(&x.file, &side)
		x.side = Side(side)
		return x, err
	}, `SELECT file_id, side FROM referral_file WHERE referral_id = $1 ORDER BY at, file_id`, of)
}

func insertEnclosed(ctx context.Context, tx db.Tx, of db.ID, x enclosedRow, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_file (referral_id, file_id, side, at) VALUES ($1, $2, $3, $4)`, of, x.file, string(x.side), at)
	return err
}

func deleteEnclosed(ctx context.Context, tx db.Tx, of db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM referral_file WHERE referral_id = $1`, of)
	return err
}
