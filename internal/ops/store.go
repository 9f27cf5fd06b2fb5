package ops

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/vault"
)

// eachRow hands over all rows of a table as the plain values both engines know.
func eachRow(ctx context.Context, r db.Reader, t db.Table, fn func(row []any) error) error {
	rows, err := r.Query(ctx, t.Select())
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the reason
	row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sumOf reads a table and sums it up.
func sumOf(ctx context.Context, r db.Reader, t db.Table) (s Sum, err error) {
	var b []byte
	err = eachRow(ctx, r, t, func(row []any) error {
		b, err = appendRow(b[:0], row)
		s.add(b)
		return err
	})
	return s, err
}

// holdsRows tells the first table that has a row.
func holdsRows(ctx context.Context, r db.Reader, tables []db.Table) (string, error) {
	for _, t := range tables {
		some, err := db.All(ctx, r, db.Value[int64], `SELECT 1 FROM "`+t.Name+`" LIMIT 1`)
		if err != nil || len(some) > 0 {
			return t.Name, err
		}
	}
	return "", nil
}

// keyFits tries the key on the first and the last wrapped data keys.
func keyFits(ctx context.Context, r db.Reader, key []byte) error {
	v, err := vault.New(key)
	if err != nil {
		return err
	}
	for _, order := range []string{"ASC", "DESC"} {
		_, err := db.All(ctx, r, func(row db.Row) (k vault.Key, err error) {
			var subject db.ID
			var wrapped []byte
			if err := row.Scan(&subject, &wrapped); err != nil {
				return k, err
			}
			return v.Unwrap(subject, wrapped)
		}, `SELECT subject_id, wrapped FROM data_key ORDER BY subject_id `+order+` LIMIT 20`)
		if err != nil {
			return err
		}
	}
	return nil
}

// batch is how many rows are written by one statement.
const batch = 50

// loader writes the rows of a table in batches.
type loader struct {
	tx      db.Tx
	table   db.Table
	waiting []any
}

func (l *loader) add(ctx context.Context, row []any) error {
	l.waiting = append(l.waiting, row...)
	if len(l.waiting) < batch*len(l.table.Columns) {
		return nil
	}
	return l.flush(ctx)
}

func (l *loader) flush(ctx context.Context) error {
	if len(l.waiting) == 0 {
		return nil
	}
	_, err := l.tx.Exec(ctx, l.table.Insert(len(l.waiting)/len(l.table.Columns)), l.waiting...)
	l.waiting = l.waiting[:0]
	return err
}
