package db_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/testkit"
)

func office(t *testing.T, d *db.DB) db.ID {
	t.Helper()
	id := db.NewID()
	err := d.Write(t.Context(), func(tx db.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO unit (id, kind, name, region_code, zone, made_up, created_at, version)
      VALUES ($1, 'office', 'LK3', '21.72', 'Asia/Jakarta', 0, $2, 1)`, id, db.At(time.Now()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestTypesComeBackAsTheyWent(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		id := office(t, d)
		at := db.At(time.Date(2026, 11, 24, 3, 4, 5, 678901234, time.UTC))
		err := d.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE unit SET created_at = $2, made_up = $3, prefix = $4 WHERE id = $1`,
				id, at, db.Flag(true), db.Text(""))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var gotAt db.Time
		var madeUp db.Flag
		var prefix db.Text
		var parent db.ID
		err = d.Read(t.Context(), func(r db.Reader) error {
			return r.QueryRow(t.Context(), `SELECT created_at, made_up, prefix, parent_id FROM unit WHERE id = $1`, id).
				Scan(&gotAt, &madeUp, &prefix, &parent)
		})
		if err != nil {
			t.Fatal(err)
		}
		if !gotAt.Equal(time.Date(2026, 11, 24, 3, 4, 5, 678901000, time.UTC)) || !bool(madeUp) || prefix != "" || !parent.IsZero() {
			t.Errorf("got %v %v %q %v", gotAt, madeUp, prefix, parent)
		}
	})
}

func TestParametersBindByTheirNumber(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			var got string
			err := r.QueryRow(t.Context(), `SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT) || CAST($2 AS TEXT)`, "a", "b").Scan(&got)
			if got != "bab" {
				t.Errorf("got %q, want bab", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		broken := errors.New("broken")
		id := db.NewID()
		err := d.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO unit (id, kind, name, region_code, zone, made_up, created_at, version)
        VALUES ($1, 'office', 'LK3', '21.72', 'Asia/Jakarta', 0, 1, 1)`, id)
			return errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
		err = d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.One(t.Context(), r, db.Value[string], `SELECT name FROM unit WHERE id = $1`, id)
			return err
		})
		if !fault.Is(err, "not_found") {
			t.Errorf("got %v, want not_found", err)
		}
	})
}

func TestAReaderCannotWrite(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.All(t.Context(), r, db.Value[int64], `DELETE FROM claim RETURNING 1`)
			return err
		})
		if err == nil {
			t.Error("a read wrote")
		}
	})
}

func TestCountersSurviveManyWritersAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		id := office(t, d)
		var wg sync.WaitGroup
		errs := make(chan error, 40)
		for range 40 {
			wg.Go(func() {
				errs <- d.Write(t.Context(), func(tx db.Tx) error {
					_, err := tx.Exec(t.Context(), `INSERT INTO running_number (office_id, series, year, last) VALUES ($1, 'case', 2026, 1)
            ON CONFLICT (office_id, series, year) DO UPDATE SET last = running_number.last + 1`, id)
					return err
				})
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		err := d.Read(t.Context(), func(r db.Reader) error {
			n, err := db.One(t.Context(), r, db.Value[int64], `SELECT last FROM running_number WHERE office_id = $1`, id)
			if n != 40 {
				t.Errorf("counted to %d, want 40", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheJournalIsOnlyAddedTo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		id := office(t, d)
		add := func(tx db.Tx) error {
			if _, err := tx.Exec(t.Context(), `INSERT INTO change (id, at, office_id, code, subject_kind, subject_id, detail)
        VALUES ($1, 1, $1, 'x', 'unit', $1, '{}')`, id); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), `INSERT INTO reading (id, at, office_id, actor_id, subject_kind, subject_id, why, origin)
        VALUES ($1, 1, $1, $1, 'person', $1, 'work', 'page')`, id)
			return err
		}
		if err := d.Write(t.Context(), add); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{`UPDATE change SET code = 'y'`, `DELETE FROM change`, `UPDATE reading SET at = 2`, `DELETE FROM reading`} {
			err := d.Write(t.Context(), func(tx db.Tx) error {
				_, err := tx.Exec(t.Context(), text)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "only added to") {
				t.Errorf("%s: got %v", text, err)
			}
		}
	})
}

func TestAnEndedContextSaysSo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		err := d.Read(ctx, func(r db.Reader) error {
			_, err := db.All(ctx, r, db.Value[int64], `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
        SELECT MAX(i) FROM n`)
			return err
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestBothEnginesHaveTheSameTables(t *testing.T) {
	t.Parallel()
	lite := describe(t, testkit.SQLite(t), `SELECT m.name || '.' || p.name || CASE WHEN p."notnull" = 1 OR p.pk > 0 THEN ' needed' ELSE '' END
    FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'goose%'`)
	pgres := describe(t, testkit.Postgres(t), `SELECT table_name || '.' || column_name || CASE WHEN is_nullable = 'NO' THEN ' needed' ELSE '' END
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%'`)
	for _, line := range append(missing(lite, pgres), missing(pgres, lite)...) {
		t.Error("on one engine only:", line)
	}
	if len(lite) < 40 {
		t.Errorf("only %d columns found", len(lite))
	}
}

func TestEveryForeignKeyHasAnIndex(t *testing.T) {
	t.Parallel()
	bare := describe(t, testkit.SQLite(t), `SELECT m.name || '.' || f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c
      WHERE c.seqno = 0 AND c.name = f."from")
    AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) p WHERE p.pk = 1 AND p.name = f."from")`)
	for _, column := range bare {
		t.Error("a foreign key without an index:", column)
	}
}

func describe(t *testing.T, d *db.DB, text string) []string {
	t.Helper()
	rows, err := d.Raw().QueryContext(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func missing(a, b []string) (only []string) {
	for _, line := range a {
		if !slices.Contains(b, line) {
			only = append(only, line)
		}
	}
	return only
}

func TestTheDatabaseFileIsPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	info, err := os.Stat(dir + "/" + db.FileName)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v %v", info.Mode(), err)
	}
}
