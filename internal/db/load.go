package db

import (
	"context"
	"database/sql"
	"fmt"
)

// Load is Write for filling an empty database from elsewhere: rows may come in any order, because foreign keys are looked
// at when fn is done and before the commit. It is not tried again; nobody else works on an empty database.
func (d *DB) Load(ctx context.Context, fn func(Tx) error) error {
	tx, done, err := d.writes.begin(ctx, &sql.TxOptions{})
	if err != nil {
		return explain(ctx, err)
	}
	defer done()
	defer func() { _ = tx.Rollback() }() // after a commit this is a no-op
	later, atOnce, err := d.foreignKeys(ctx, tx)
	if err != nil {
		return explain(ctx, err)
	}
	if err := execAll(ctx, tx, later); err != nil {
		return explain(ctx, err)
	}
	if err := fn(&transaction{tx: tx, kept: d.writes}); err != nil {
		return explain(ctx, err)
	}
	if err := execAll(ctx, tx, atOnce); err != nil {
		return explain(ctx, err)
	}
	return explain(ctx, tx.Commit())
}

// foreignKeys gives the statements that put off looking at foreign keys and those that look and set all back.
func (d *DB) foreignKeys(ctx context.Context, tx *sql.Tx) (later, atOnce []string, err error) {
	if d.engine == SQLite {
		return []string{"PRAGMA defer_foreign_keys = ON"}, nil, nil // the commit looks, and switches it off again
	}
	rows, err := tx.QueryContext(ctx, `SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
  WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the reason
	atOnce = []string{"SET CONSTRAINTS ALL IMMEDIATE"}
	for rows.Next() {
		var table, name string
		if err := rows.Scan(&table, &name); err != nil {
			return nil, nil, err
		}
		alter := fmt.Sprintf("ALTER TABLE %s ALTER CONSTRAINT %s ", table, name)
		later = append(later, alter+"DEFERRABLE INITIALLY DEFERRED")
		atOnce = append(atOnce, alter+"NOT DEFERRABLE")
	}
	return later, atOnce, rows.Err()
}

func execAll(ctx context.Context, tx *sql.Tx, texts []string) error {
	for _, text := range texts {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}
