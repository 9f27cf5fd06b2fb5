package referral

import (
	"context"
	"fmt"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// selectFound reads one more than a page has, so that it is known whether there is another.
func selectFound(ctx context.Context, r db.Reader, reach []any, a access.Actor, f Filter, now db.Time) ([]Item, error) {
	args, where := reach, []string{casefile.InReach, `f.office_id = $1`}
	add := func(text string, values ...any) {
		for i := range values {
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(args)+1+i), 1)
		}
		args, where = append(args, values...), append(where, text)
	}
	if states := f.states(); len(states) > 0 {
		values := make([]any, len(states))
		for i, x := range states {
			values[i] = x
		}
		add(`f.status IN (?`+strings.Repeat(`, ?`, len(states)-1)+`)`, values...)
	}
	if f.Mine {
		add(`(f.made_by = ? OR c.worker_id = ?)`, a.User, a.User)
	}
	order := `f.number DESC`
	if f.Group == "late" {
		add(`f.due_at < ?`, now)
		order = `f.due_at, f.id`
		if !f.Late.ID.IsZero() {
			add(`(f.due_at > ? OR (f.due_at = ? AND f.id > ?))`, f.Late.DueAt, f.Late.DueAt, f.Late.ID)
		}
	} else if f.Before != "" {
		add(`f.number < ?`, f.Before)
	}
	args = append(args, f.Limit+1)
	return db.All(ctx, r, func(row db.Row) (x Item, err error) {
		x.Referral, err = scanReferral(with{row, []any{&x.Client}})
		return x, err
	}, `SELECT `+columns+`, k.name FROM `+tables+` JOIN client k ON k.id = c.client_id WHERE `+strings.Join(where, ` AND `)+
		fmt.Sprintf(` ORDER BY %s LIMIT $%d`, order, len(args)), args...)
}

// with reads further columns of a row.
type with struct {
	db.Row
	more []any
}

// Scan reads the columns and the further ones.
func (w with) Scan(into ...any) error { return w.Row.Scan(append(into, w.more...)...) }

func countLate(ctx context.Context, r db.Reader, args []any) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM (SELECT 1 FROM referral f JOIN case_file c ON c.id = f.case_id
  WHERE `+casefile.InReach+` AND f.office_id = $1 AND f.due_at < $5 LIMIT $6) x`, args...)
}
