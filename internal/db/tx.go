package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"teduh/internal/fault"
)

// Reader asks questions within one snapshot.
type Reader interface {
	Query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, text string, args ...any) Row
}

// Tx is a Reader that also changes things, all or nothing.
type Tx interface {
	Reader
	Exec(ctx context.Context, text string, args ...any) (sql.Result, error)
}

// Row is one answer, read by Scan.
type Row interface{ Scan(into ...any) error }

// retries is how often a write is tried again: many writers of one counter must all get their turn.
const retries = 60

// Read runs fn on one consistent snapshot that can't change anything.
func (d *DB) Read(ctx context.Context, fn func(Reader) error) error {
	if tx := d.joined(ctx); tx != nil {
		return explain(ctx, fn(tx))
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, done, err := d.reads.begin(ctx, opts)
	if err != nil {
		return explain(ctx, err)
	}
	defer done()
	defer func() { _ = tx.Rollback() }() // nothing was written; after a commit this is a no-op
	return explain(ctx, fn(&transaction{tx: tx, kept: d.reads}))
}

// Write runs fn in one transaction; when it returns nil, the change is on disk. On PostgreSQL the transaction is
// SERIALIZABLE and fn runs again after a serialisation failure or a deadlock.
func (d *DB) Write(ctx context.Context, fn func(Tx) error) error {
	if tx := d.joined(ctx); tx != nil {
		return explain(ctx, fn(tx))
	}
	for try := 0; ; try++ {
		err := d.write(ctx, fn)
		if err == nil || !again(err) || try == retries {
			return explain(ctx, err)
		}
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << min(try, 6)))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (d *DB) write(ctx context.Context, fn func(Tx) error) error {
	opts := &sql.TxOptions{}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelSerializable
	}
	tx, done, err := d.writes.begin(ctx, opts)
	if err != nil {
		return err
	}
	defer done()
	defer func() { _ = tx.Rollback() }() // after a commit this is a no-op
	if err := fn(&transaction{tx: tx, kept: d.writes}); err != nil {
		return err
	}
	return tx.Commit()
}

// Together lets every Read and Write under fn's context share one transaction, all or nothing: for a filler that acts
// through services thousands of times and whose acts need not be durable one by one. It is not tried again.
func (d *DB) Together(ctx context.Context, fn func(ctx context.Context) error) error {
	return explain(ctx, d.write(ctx, func(tx Tx) error {
		return fn(context.WithValue(ctx, together{d}, tx))
	}))
}

type together struct{ d *DB }

// joined is the transaction that the context shares, or nil.
func (d *DB) joined(ctx context.Context) Tx {
	tx, _ := ctx.Value(together{d}).(Tx)
	return tx
}

type transaction struct {
	tx   *sql.Tx
	kept *statements
}

func (t *transaction) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	st, err := t.kept.get(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case st == nil:
		return t.tx.QueryContext(ctx, text, args...)
	}
	return t.tx.StmtContext(ctx, st).QueryContext(ctx, args...)
}

func (t *transaction) QueryRow(ctx context.Context, text string, args ...any) Row {
	st, err := t.kept.get(ctx, text)
	switch {
	case err != nil:
		return failed{err}
	case st == nil:
		return t.tx.QueryRowContext(ctx, text, args...)
	}
	return t.tx.StmtContext(ctx, st).QueryRowContext(ctx, args...)
}

func (t *transaction) Exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	st, err := t.kept.get(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case st == nil:
		return t.tx.ExecContext(ctx, text, args...)
	}
	return t.tx.StmtContext(ctx, st).ExecContext(ctx, args...)
}

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// All reads every row of an answer.
func All[T any](ctx context.Context, r Reader, scan func(Row) (T, error), text string, args ...any) ([]T, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the reason
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// One reads the single row of an answer; none is fault.NotFound.
func One[T any](ctx context.Context, r Reader, scan func(Row) (T, error), text string, args ...any) (T, error) {
	one, err := scan(r.QueryRow(ctx, text, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return one, fault.NotFound()
	}
	return one, err
}

// Value scans rows of one column.
func Value[T any](row Row) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

// Changed refuses an update that met no row: the row is gone or its version is not the one that was read.
func Changed(res sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("db: rows affected: %w", err)
	}
	return n > 0, nil
}
