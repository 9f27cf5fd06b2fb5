package calendar_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

var parameter = regexp.MustCompile(`\$\d+`)

// Each list walks a short piece of one index, and never the whole table.
func TestEveryListGoesByItsIndex(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		for index, text := range calendar.Found {
			plan := planOf(t, database, index, text)
			if !strings.Contains(plan, index) {
				t.Errorf("%s is not used:\n%s", index, plan)
			}
			for _, scan := range []string{"Seq Scan on appointment", "SCAN p", "SCAN o", "SCAN w", "SCAN u", "SCAN m"} {
				if strings.Contains(plan, scan) {
					t.Errorf("%s: %s in\n%s", index, scan, plan)
				}
			}
		}
	})
}

// planOf asks an engine how it would find something, whatever the parameters are. PostgreSQL, whose tables are empty here,
// is told not to scan, so that it names the index it could use.
func planOf(t *testing.T, database *db.DB, name, text string) string {
	t.Helper()
	ask, args := "EXPLAIN QUERY PLAN "+text, nulls(text)
	var plan strings.Builder
	must(t, database.Write(t.Context(), func(tx db.Tx) error {
		if database.Engine() == db.Postgres {
			for _, first := range []string{"SET LOCAL enable_seqscan = off", "SET LOCAL plan_cache_mode = force_generic_plan", "PREPARE " + name + " AS " + text} {
				if _, err := tx.Exec(t.Context(), first); err != nil {
					return err
				}
			}
			ask, args = "EXPLAIN EXECUTE "+name+" ("+strings.Repeat("NULL, ", len(args)-1)+"NULL)", nil
		}
		rows, err := tx.Query(t.Context(), ask, args...)
		if err != nil {
			return err
		}
		defer func() { must(t, rows.Close()) }()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		into := make([]any, len(columns))
		for i := range into {
			into[i] = new(any)
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			fmt.Fprintln(&plan, *into[len(into)-1].(*any))
		}
		return rows.Err()
	}))
	return plan.String()
}

// nulls are as many values as a text has parameters.
func nulls(text string) (args []any) {
	seen := map[string]bool{}
	for _, p := range parameter.FindAllString(text, -1) {
		if !seen[p] {
			seen[p] = true
			args = append(args, nil)
		}
	}
	return args
}

// Place, words and titles stand nowhere in the files of the database.
func TestNothingSealedStandsInTheFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	database, err := db.Open(t.Context(), db.Config{Dir: dir})
	must(t, err)
	t.Cleanup(func() { must(t, database.Close()) })
	_, err = database.Migrate(t.Context())
	must(t, err)
	d := newDesk(t, database)
	c := d.open(t, person.Person{Name: "Nama Terbaca"}, casefile.Ordinary)
	told := calendar.Told{Title: "Penanda Judul", Place: "Penanda Tempat", About: "Penanda Perihal"}
	for _, s := range []calendar.Subject{{Case: c.ID}, {Person: c.Client.Person}, {}} {
		p := d.make(t, "worker", calendar.Order{Kind: "office", From: at(10, 0), To: at(11, 0), Subject: s, Told: told, Accept: true})
		_, err = d.calendar.Change(t.Context(), d.As("worker"), p.ID, calendar.Edit{State: ptr(calendar.Cancelled), Word: ptr("Penanda Alasan")})
		must(t, err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	readable := false
	for _, path := range files {
		raw, err := os.ReadFile(path)
		must(t, err)
		readable = readable || bytes.Contains(raw, []byte("Nama Terbaca"))
		if bytes.Contains(raw, []byte("Penanda")) {
			t.Errorf("%s holds what was sealed", filepath.Base(path))
		}
	}
	if !readable {
		t.Error("the readable name is not found either: the search looked at the wrong bytes")
	}
}
