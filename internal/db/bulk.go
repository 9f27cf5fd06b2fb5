package db

import (
	"context"
	"crypto/sha256"
	"strconv"
	"strings"
)

// Bulk writes many rows of one table with few statements.
type Bulk struct {
	head, tail string
	columns    int
	single     string
	many       string
	per        int // rows of one statement
	args       []any
	rows       int64 // written, without those the tail passed over
}

// bulkParameters is how many parameters one statement takes at most; SQLite allows 32,766, and longer statements gain
// nothing.
const bulkParameters = 1500

// NewBulk prepares rows for a table; tail stands behind the values, such as ON CONFLICT DO NOTHING.
func NewBulk(table, tail string, columns ...string) *Bulk {
	b := &Bulk{head: "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES ", tail: tail, columns: len(columns)}
	b.per = max(1, bulkParameters/b.columns)
	b.single, b.many = b.text(1), b.text(b.per)
	return b
}

func (b *Bulk) text(rows int) string {
	var s strings.Builder
	s.WriteString(b.head)
	for n := range rows * b.columns {
		switch {
		case n == 0:
			s.WriteString("(")
		case n%b.columns == 0:
			s.WriteString("), (")
		default:
			s.WriteString(", ")
		}
		s.WriteString("$")
		s.WriteString(strconv.Itoa(n + 1))
	}
	s.WriteString(")")
	if b.tail != "" {
		s.WriteString(" " + b.tail)
	}
	return s.String()
}

// Add keeps one row until there are enough of them for a statement.
func (b *Bulk) Add(ctx context.Context, tx Tx, values ...any) error {
	b.args = append(b.args, values...)
	if len(b.args) < b.per*b.columns {
		return nil
	}
	return b.exec(ctx, tx, b.many, b.args)
}

// Flush writes what waits; it stands at the end of every transaction that added rows.
func (b *Bulk) Flush(ctx context.Context, tx Tx) error {
	for rest := b.args; len(rest) > 0; rest = rest[b.columns:] {
		if err := b.exec(ctx, tx, b.single, rest[:b.columns]); err != nil {
			return err
		}
	}
	b.args = b.args[:0]
	return nil
}

func (b *Bulk) exec(ctx context.Context, tx Tx, text string, args []any) error {
	res, err := tx.Exec(ctx, text, args...)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	b.rows += n
	if len(args) == len(b.args) {
		b.args = b.args[:0]
	}
	return err
}

// Written is how many rows were written so far.
func (b *Bulk) Written() int64 { return b.rows }

// inSizes are how many values In asks for at once: a few sizes, so that a few statements serve all, and one person is not
// asked for as if they were two hundred.
var inSizes = []int{1, 4, 16, 64, 200}

// In runs ask over values, as many at once as the largest size: marks stands between the brackets of IN, args are its
// values. A group is filled up to its size with its own last value.
func In[T any](values []T, ask func(marks string, args []any) error) error {
	return InAfter(nil, values, ask)
}

// InAfter is In for a statement whose first parameters are given; they come first in args.
func InAfter[T any](first []any, values []T, ask func(marks string, args []any) error) error {
	for len(values) > 0 {
		group := values[:min(inSizes[len(inSizes)-1], len(values))]
		size := inSizes[0]
		for i := 0; size < len(group); i++ {
			size = inSizes[i+1]
		}
		marks, args := make([]string, size), append(make([]any, 0, len(first)+size), first...)
		for i := range marks {
			marks[i] = "$" + strconv.Itoa(len(args)+1)
			args = append(args, group[min(i, len(group)-1)])
		}
		if err := ask(strings.Join(marks, ", "), args); err != nil {
			return err
		}
		values = values[len(group):]
	}
	return nil
}

// NamedID is the key that a name always gets within an office: what an imported list calls «12» is the same row however
// often the list is read (a UUID of version 8, RFC 9562).
func NamedID(office ID, kind, name string) ID {
	sum := sha256.Sum256(append(append(append(office[:len(office):len(office)], kind...), 0), name...))
	id := ID(sum[:len(office)])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// Learn lets the database count its tables anew after they have grown, so that it keeps choosing the right index.
func (d *DB) Learn(ctx context.Context) error {
	text := "ANALYZE"
	if d.engine == SQLite {
		text = "PRAGMA analysis_limit = 1000; ANALYZE" // looks at some rows of each index, not at all
	}
	_, err := d.writer.ExecContext(ctx, text)
	return explain(ctx, err)
}
