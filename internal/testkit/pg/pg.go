// Package pg gives a test a PostgreSQL database of its own.
//
// The databases live in the short-lived cluster that scripts/test starts and
// names in TEDUH_TEST_POSTGRES. A test run by hand, by `go test` or an editor,
// has no such cluster; then one is started by scripts/postgres, shared by all
// test processes of that run, and removed when the run ends.
//
// The cluster sorts text by Indonesian rules and not by bytes, so that a query
// which forgot COLLATE "C" fails here and not at an office.
//
// DSN is for a test that needs an empty database. Template and Fresh are for
// the many that need the same tables: prepare them once, copy them for each.
// Every database is dropped when its test ends, and all of it is safe for
// parallel tests and for packages tested at the same time.
package pg

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
)

// Env names the variable that holds the DSN of the cluster's own database.
const Env = "TEDUH_TEST_POSTGRES"

// Driver is the name under which database/sql knows PostgreSQL here.
const Driver = "pgx"

// DSN creates an empty database for the test and returns its DSN, as
// postgres:///name?host=…&user=…. It is dropped when the test ends.
func DSN(t testing.TB) string {
	t.Helper()
	return Fresh(t, "template1")
}

// Fresh creates a database for the test as a copy of the named one, to which
// nobody may be connected at that moment, and returns its DSN. It is dropped
// when the test ends, with whatever is still connected to it.
func Fresh(t testing.TB, template string) string {
	t.Helper()
	c := mustCluster(t)
	name := "t_" + token()
	if err := c.exec("CREATE DATABASE " + quote(name) + " TEMPLATE " + quote(template)); err != nil {
		t.Fatalf("create a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := c.exec("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return c.dsn(name)
}

// Template makes sure that the cluster holds a database that prepare has
// filled, and returns its name for Fresh. It is made once for all tests and
// test processes of a run; key says what is inside (a hash of the migrations,
// say), so that other contents get another database. prepare must close every
// connection that it opens. The template stays until the cluster ends.
func Template(t testing.TB, key string, prepare func(dsn string) error) string {
	t.Helper()
	c := mustCluster(t)
	name := "template_" + hash(key)
	if err := c.template(name, prepare); err != nil {
		t.Fatalf("prepare the template database %q: %v", key, err)
	}
	return name
}

// cluster is the running server, seen from this test process.
type cluster struct {
	address url.URL
	admin   *sql.DB
}

// theCluster is found once a process; all its tests share the admin pool.
var theCluster = sync.OnceValues(func() (*cluster, error) {
	dsn := os.Getenv(Env)
	if dsn == "" {
		started, err := startShared()
		if err != nil {
			return nil, fmt.Errorf("%s is not set and no cluster could be started; run scripts/test: %w", Env, err)
		}
		dsn = started
	}
	return open(dsn)
})

func mustCluster(t testing.TB) *cluster {
	t.Helper()
	c, err := theCluster()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// open connects to the cluster and fails when nobody answers.
func open(dsn string) (*cluster, error) {
	address, err := url.Parse(dsn)
	if err != nil {
		return nil, fmt.Errorf("%s is no address: %w", Env, err)
	}
	admin, err := sql.Open(Driver, dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", Env, err)
	}
	admin.SetMaxOpenConns(2)
	if err := admin.Ping(); err != nil {
		return nil, fmt.Errorf("no PostgreSQL answers at %s; run scripts/test: %w", Env, err)
	}
	return &cluster{address: *address, admin: admin}, nil
}

// startShared starts, or finds, the cluster of the process that runs this test
// process, which is `go test` as a rule and so the same for every package.
func startShared() (string, error) {
	script, err := findScript()
	if err != nil {
		return "", err
	}
	out, err := exec.Command(script, "shared", strconv.Itoa(os.Getppid())).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return strings.TrimSpace(string(out)), err
}

// findScript looks for scripts/postgres from the package's folder upwards.
func findScript() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		script := filepath.Join(dir, "scripts", "postgres")
		if _, err := os.Stat(script); err == nil {
			return script, nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("scripts/postgres is in no folder above this one")
		}
		dir = filepath.Dir(dir)
	}
}

// dsn is the address of one database of the cluster.
func (c *cluster) dsn(database string) string {
	address := c.address
	address.Path = "/" + database
	return address.String()
}

func (c *cluster) exec(statement string) error {
	_, err := c.admin.Exec(statement)
	return err
}

// template fills the database under a working name and renames it at the end:
// a run that breaks off in between leaves no half-prepared template. The lock
// makes other test processes wait for the one that prepares.
func (c *cluster) template(name string, prepare func(dsn string) error) error {
	ctx := context.Background()
	conn, err := c.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext($1))", name); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtext($1))", name) }()

	var there bool
	row := conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM pg_database WHERE datname = $1", name)
	if err := row.Scan(&there); err != nil || there {
		return err
	}
	working := "w_" + token()
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+quote(working)); err != nil {
		return err
	}
	if err := prepare(c.dsn(working)); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+quote(working)+" RENAME TO "+quote(name))
	return err
}

// quote writes an identifier for SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func token() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b[:])
}

func hash(s string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // a hash takes everything
	return strconv.FormatUint(h.Sum64(), 16)
}
