package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/testkit/pg"
	"teduh/internal/web"
)

// small are the tables of some hundreds of rows at most, which may be read from end to end.
var small = []string{"unit", "office_setting", "role_grant", "grant_village", "supervision", "app_user", "goose_db_version",
	"running_number", "signin_failure", "sqlite_schema"}

// Every statement that the pages, lists, searches and acts of the policy walk send goes by an index, on both engines.
func TestEveryQueryGoesByAnIndex(t *testing.T) {
	t.Parallel()
	w := newCity(t, app.Config{Dir: t.TempDir()})
	w.tie()
	for _, who := range w.people {
		if who.name != "head" && who.name != "in-charge" && who.name != "intake" && who.name != "admin" && who.name != "viewer" && who.name != "partner" {
			continue
		}
		for _, question := range looked {
			w.put(who, question)
		}
		for _, r := range policy(t).rules {
			if r.method == "GET" {
				w.ask(r, who, w.subjects[0])
			}
		}
		w.put(who, "GET /rujukan-masuk?bagian=ended&cursor="+web.Cursor(time.Now().Format(time.RFC3339Nano), db.NewID().String()))
		for _, list := range []string{"/rujukan-dari-luar?", "/rujukan-dari-luar?tampil=semua&"} {
			w.put(who, "GET "+list+"cursor="+web.Cursor(time.Now().Format(time.RFC3339Nano), db.NewID().String()))
		}
		w.put(who, "GET /rujukan-kami?cursor="+db.NewID().String())
		w.put(who, "GET /rujukan-masuk?cursor="+web.Cursor(time.Now().Format(time.RFC3339Nano), db.NewID().String()))
	}
	texts := slices.DeleteFunc(w.app.DB.Texts(), func(text string) bool { return strings.HasPrefix(text, "INSERT") && !strings.Contains(text, "SELECT") })
	if len(texts) < 150 {
		t.Fatalf("only %d statements were seen", len(texts))
	}
	t.Run("sqlite", func(t *testing.T) {
		for _, text := range texts {
			if scans := sqliteScans(t, w.app.DB.Raw(), text); len(scans) > 0 {
				t.Errorf("%v is read from end to end by\n%s", scans, text)
			}
		}
	})
	t.Run("postgres", func(t *testing.T) {
		raw := migrated(t)
		for _, text := range texts {
			if scans := postgresScans(t, raw, text); len(scans) > 0 {
				t.Errorf("%v is read from end to end by\n%s", scans, text)
			}
		}
	})
}

// scanned finds what SQLite reads from end to end; a scan in the order of an index that ends at a limit is one too.
var scanned = regexp.MustCompile(`^SCAN (\w+)`)

func sqliteScans(t *testing.T, raw *sql.DB, text string) (scans []string) {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+strings.ReplaceAll(text, "$", "?"), make([]any, holes(text))...)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		must(t, rows.Scan(&id, &parent, &unused, &detail))
		if m := scanned.FindStringSubmatch(detail); m != nil && isLarge(text, m[1]) {
			scans = append(scans, detail)
		}
	}
	must(t, rows.Err())
	return scans
}

// postgresScans forbids reading from end to end and tells where it can't be helped.
func postgresScans(t *testing.T, raw *sql.DB, text string) (scans []string) {
	t.Helper()
	conn, err := raw.Conn(t.Context())
	must(t, err)
	defer func() { must(t, conn.Close()) }()
	run := func(text string) {
		_, err := conn.ExecContext(t.Context(), text)
		must(t, err)
	}
	run("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
	run("PREPARE looked AS " + text)
	defer func() {
		_, err := conn.ExecContext(context.WithoutCancel(t.Context()), "DEALLOCATE looked")
		must(t, err)
	}()
	nulls := strings.TrimSuffix(strings.Repeat("NULL, ", holes(text)), ", ")
	if nulls != "" {
		nulls = "(" + nulls + ")"
	}
	rows, err := conn.QueryContext(t.Context(), "EXPLAIN EXECUTE looked"+nulls)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		if _, rest, ok := strings.Cut(line, "Seq Scan on "); ok && !slices.Contains(small, strings.Fields(rest)[0]) {
			scans = append(scans, strings.TrimSpace(line))
		}
	}
	must(t, rows.Err())
	return scans
}

var parameter = regexp.MustCompile(`\$(\d+)`)

// holes is how many parameters a statement takes.
func holes(text string) (n int) {
	for _, m := range parameter.FindAllStringSubmatch(text, -1) {
		var i int
		if _, err := fmt.Sscan(m[1], &i); err == nil {
			n = max(n, i)
		}
	}
	return n
}

// isLarge tells whether a name of a plan, which may be an alias, stands for a table that grows, and not for rows that a
// part of the statement has found.
func isLarge(text, name string) bool {
	if regexp.MustCompile(`\) ` + name + `\b`).MatchString(text) {
		return false
	}
	if m := regexp.MustCompile(`(?i)(?:FROM|JOIN|,)\s+(\w+)\s+(?:AS\s+)?` + name + `\b`).FindStringSubmatch(text); m != nil {
		name = m[1]
	}
	return !slices.Contains(small, name) && !strings.Contains(text, name+" (id) AS (") && name != "CONSTANT"
}

// migrated is an empty PostgreSQL with all tables.
func migrated(t *testing.T) *sql.DB {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{Postgres: pg.DSN(t)})
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	_, err = d.Migrate(t.Context())
	must(t, err)
	return d.Raw()
}
