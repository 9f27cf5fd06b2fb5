package inbound

import (
	"context"
	"fmt"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/intake"
)

// selectList reads one more than a page has; args are intake.ReachArgs.
func selectList(ctx context.Context, r db.Reader, args []any, f Filter) ([]In, error) {
	where, order := intake.InReach+` AND i.office_id = $1`, `i.id DESC`
	add := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	if f.Owed {
		where, order = where+` AND i.due_at IS NOT NULL`, `i.due_at, i.id`
	}
	switch {
	case f.After.IsZero():
	case f.Owed:
		at := add(f.DueAt)
		where += ` AND (i.due_at > ` + at + ` OR (i.due_at = ` + at + ` AND i.id > ` + add(f.After) + `))`
	default:
		where += ` AND i.id < ` + add(f.After)
	}
	return db.All(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE `+where+` ORDER BY `+order+` LIMIT `+add(f.Limit+1), args...)
}

// countOwed counts to a limit; args are intake.ReachArgs, the time and the limit.
func countOwed(ctx context.Context, r db.Reader, args []any) (all, late int, err error) {
	const counted = `SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.due_at < $4 THEN 1 ELSE 0 END), 0) FROM (SELECT i.due_at FROM referral_in i
    JOIN request q ON q.id = i.request_id WHERE ` + intake.InReach + ` AND i.office_id = $1 AND i.due_at IS NOT NULL ORDER BY i.due_at, i.id LIMIT $5) x`
	_, err = db.One(ctx, r, func(row db.Row) (struct{}, error) { return struct{}{}, row.Scan(&all, &late) }, counted, args...)
	return all, late, err
}

const ofOwn = ` FROM ` + tables + ` WHERE i.partner_id = $1 AND i.way = 'account' AND i.office_id = $2`

func selectOurs(ctx context.Context, r db.Reader, a access.Actor, after db.ID, limit int) ([]In, error) {
	text, args := `SELECT `+columns+ofOwn, []any{a.Partner, a.Office.ID, limit + 1}
	if !after.IsZero() {
		text, args = text+` AND i.id < $4`, append(args, after)
	}
	return db.All(ctx, r, scanIn, text+` ORDER BY i.id DESC LIMIT $3`, args...)
}

func selectOwn(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (In, error) {
	return db.One(ctx, r, scanIn, `SELECT `+columns+ofOwn+` AND i.id = $3`, a.Partner, a.Office.ID, id)
}
