// Package testkit gives tests the real parts: a database of each engine, a whole running app, and a browser.
//
// Engines runs a story on SQLite and on PostgreSQL, each with a migrated database of its own. The clock is Clock, set to
// a fixed day unless a story moves it.
package testkit

import (
	"context"
	"testing"

	"teduh/internal/db"
	"teduh/internal/testkit/pg"
)

// Engines runs fn as a subtest on each engine, in parallel, with a fresh migrated database.
func Engines(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, Postgres(t))
	})
}

// SQLite opens a migrated SQLite database in a folder of the test's own.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, db.Config{Dir: t.TempDir()})
}

// Postgres opens a migrated PostgreSQL database of the test's own, copied from one that was migrated once.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	template := pg.Template(t, db.SchemaKey(), func(dsn string) error {
		d, err := db.Open(t.Context(), db.Config{Postgres: dsn})
		if err != nil {
			return err
		}
		if _, err := d.Migrate(t.Context()); err != nil {
			return err
		}
		return d.Close()
	})
	return open(t, db.Config{Postgres: pg.Fresh(t, template)})
}

func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(context.WithoutCancel(t.Context()), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}
