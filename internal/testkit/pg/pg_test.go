package pg_test

import (
	"database/sql"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"teduh/internal/testkit/pg"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(pg.Driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func text(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := db.QueryRow(query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	one, two := open(t, pg.DSN(t)), open(t, pg.DSN(t))
	run(t, one, "CREATE TABLE only_here (a int)")
	if got := text(t, two, "SELECT coalesce(to_regclass('only_here')::text, 'absent')"); got != "absent" {
		t.Errorf("a table made in one database is in the other: %s", got)
	}
}

func TestDatabaseIsDroppedWhenTheTestEnds(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("inner", func(t *testing.T) {
		name = text(t, open(t, pg.DSN(t)), "SELECT current_database()")
	})
	left := text(t, open(t, pg.DSN(t)), "SELECT count(*)::text FROM pg_database WHERE datname = $1", name)
	if left != "0" {
		t.Errorf("%s is still there", name)
	}
}

func TestDatabaseIsDroppedThoughSomebodyIsConnected(t *testing.T) {
	t.Parallel()
	var left *sql.DB
	t.Run("inner", func(t *testing.T) {
		db, err := sql.Open(pg.Driver, pg.DSN(t))
		if err != nil {
			t.Fatal(err)
		}
		run(t, db, "SELECT 1")
		left = db
	})
	defer func() { _ = left.Close() }()
	if err := left.Ping(); err == nil {
		t.Error("the database of a test that ended still answers")
	}
}

func TestTemplateIsPreparedOnceAndCopied(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	times := 0
	prepare := func(dsn string) error {
		mu.Lock()
		times++
		mu.Unlock()
		db, err := sql.Open(pg.Driver, dsn)
		if err != nil {
			return err
		}
		if _, err := db.Exec("CREATE TABLE seat (name text); INSERT INTO seat VALUES ('a')"); err != nil {
			return err
		}
		return db.Close()
	}
	key := t.Name() + strconv.Itoa(os.Getpid())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			db := open(t, pg.Fresh(t, pg.Template(t, key, prepare)))
			run(t, db, "INSERT INTO seat VALUES ('b')")
			if got := text(t, db, "SELECT count(*)::text FROM seat"); got != "2" {
				t.Errorf("a copy has %s rows, want 2: the template's and its own", got)
			}
		})
	}
	wait.Wait()
	if times != 1 {
		t.Errorf("prepared %d times, want once", times)
	}
}

// Byte order puts every capital before every small letter; no dictionary does.
func TestTextIsNotSortedByBytes(t *testing.T) {
	t.Parallel()
	db := open(t, pg.DSN(t))
	first := text(t, db, "SELECT min(v) FROM (VALUES ('Budi'), ('ani')) AS names(v)")
	if first != "ani" {
		t.Errorf("%q sorts first; the cluster must not hide a forgotten COLLATE \"C\"", first)
	}
	first = text(t, db, `SELECT v FROM (VALUES ('Budi'), ('ani')) AS names(v) ORDER BY v COLLATE "C" LIMIT 1`)
	if first != "Budi" {
		t.Errorf("%q sorts first by bytes, want Budi", first)
	}
}

// A run without scripts/test: processes with one parent share a cluster, and
// it is gone with the parent.
func TestProcessesOfOneRunShareACluster(t *testing.T) {
	t.Parallel()
	parent := exec.Command("sleep", "60")
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	pid := strconv.Itoa(parent.Process.Pid)
	shared := func() string {
		out, err := exec.Command("../../../scripts/postgres", "shared", pid).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	first := shared()
	if second := shared(); second != first {
		t.Errorf("the second process got %s, the first %s", second, first)
	}
	db := open(t, first)
	if got := text(t, db, "SELECT current_user"); got != "teduh" {
		t.Errorf("signed in as %s", got)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // says only that it was killed
	_, err := db.Exec("SELECT pg_sleep(60)")
	if err == nil {
		t.Error("the cluster outlived its run")
	}
}
