// Command bench measures what people wait for, on made-up data at 1× and 10×, and tells it as a page of Markdown.
//
// It drives the built program from outside: an import of a bulk folder, a start, then eight clients over HTTP with tokens,
// policy and the log of readings on. The yardstick is measured in the same run: the same statements through plain
// database/sql in this process (raw.go). Nothing is asserted here; docs/performance.md holds what was measured.
//
//	scripts/bench            both sizes; prints the page
//	scripts/bench --small    a tenth of both, to see that it runs
//	scripts/bench --postgres on PostgreSQL, without the yardstick
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
)

// scale is one size of an office.
type scale struct {
	name                                     string
	people, cases, notes, referrals, workers int
}

// results are what one size measured.
type results struct {
	scale
	load    time.Duration
	rows    int
	ready   time.Duration
	resting float64 // MiB
	busy    float64
	single  map[string]time.Duration // one client, the middle one
	eight   map[string]spread
	mix     float64 // operations a second
	raw     map[string]time.Duration
	rawMix  float64
	disk    int64
}

// operations in the order of the page.
var operations = []string{"caseload", "case", "search", "page", "note", "report"}

func main() {
	teduh := flag.String("teduh", "", "the built program")
	small := flag.Bool("small", false, "a tenth of everything")
	postgres := flag.String("postgres", "", "address of a PostgreSQL cluster without a database, in which two are made")
	seconds := flag.Int("seconds", 8, "how long each operation is measured")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, bench{teduh: *teduh, small: *small, postgres: *postgres, lasts: time.Duration(*seconds) * time.Second}); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run.
type bench struct {
	teduh    string
	small    bool
	postgres string
	lasts    time.Duration
	dir      string
}

func run(ctx context.Context, out io.Writer, b bench) (err error) {
	if b.dir, err = os.MkdirTemp("", "teduh-bench-*"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	least := 10_000
	if b.small {
		least = 1000
	}
	var both []results
	for i, times := range []int{1, 10} {
		n := least * times
		r, err := b.measure(ctx, scale{[]string{"1×", "10×"}[i], n, n / 2, 5 * n, n * 6 / 10, max(8, n/400)})
		if err != nil {
			return err
		}
		both = append(both, r)
	}
	if b.postgres != "" {
		tellPostgres(out, both)
		return nil
	}
	tell(out, both)
	return nil
}

// measure makes an office of a size and measures it.
func (b bench) measure(ctx context.Context, s scale) (r results, err error) {
	r = results{scale: s, single: map[string]time.Duration{}, eight: map[string]spread{}}
	data, folder := filepath.Join(b.dir, "data"+s.name), filepath.Join(b.dir, "folder"+s.name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return r, err
	}
	if err := b.fill(ctx, &r, data, folder); err != nil {
		return r, err
	}
	who, err := b.tokens(ctx, data)
	if err != nil {
		return r, err
	}
	if err := b.overHTTP(ctx, &r, data, who); err != nil {
		return r, err
	}
	if b.postgres != "" {
		return r, nil
	}
	return r, b.yardstick(ctx, &r, data)
}

// at says where an installation is: in a folder, and on PostgreSQL in a database of the folder's name.
func (b bench) at(data string) []string {
	if b.postgres == "" {
		return []string{"--data", data}
	}
	return []string{"--data", data, "--database", strings.ReplaceAll(b.postgres, "DATABASE", database(data))}
}

// database is a plain name for the database of a folder.
func database(data string) string {
	return map[bool]string{true: "ten", false: "one"}[strings.HasSuffix(data, "10×")]
}

// command runs the program and answers what it wrote.
func (b bench) command(ctx context.Context, args ...string) (string, error) {
	c := exec.CommandContext(ctx, b.teduh, args...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("teduh %s: %w", args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

func (b bench) fill(ctx context.Context, r *results, data, folder string) error {
	s := r.scale
	if err := b.makeDatabase(ctx, data); err != nil {
		return err
	}
	for _, args := range [][]string{
		append([]string{"init", "--office", "LK3 Bina Sejahtera", "--region", "21.72", "--admin", "admin@seed.teduh.example"}, b.at(data)...),
		append([]string{"user", "add", "--email", "kepala@seed.teduh.example", "--name", "Kepala", "--role", "head"}, b.at(data)...),
		{"seed", "--folder", folder, "--people", fmt.Sprint(s.people), "--cases", fmt.Sprint(s.cases), "--notes", fmt.Sprint(s.notes),
			"--referrals", fmt.Sprint(s.referrals), "--workers", fmt.Sprint(s.workers)},
	} {
		if _, err := b.command(ctx, args...); err != nil {
			return err
		}
	}
	begun := time.Now()
	if _, err := b.command(ctx, append([]string{"import", "folder", folder, "--create-workers"}, b.at(data)...)...); err != nil {
		return err
	}
	r.load, r.rows = time.Since(begun), s.people+s.cases+s.notes+s.referrals
	var err error
	r.disk, err = b.size(ctx, data)
	return err
}

// makeDatabase makes the database of a folder on PostgreSQL.
func (b bench) makeDatabase(ctx context.Context, data string) (err error) {
	if b.postgres == "" {
		return nil
	}
	return b.asked("postgres", func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, `CREATE DATABASE `+database(data))
		return err
	})
}

// size is what the database takes on the disk, in bytes.
func (b bench) size(ctx context.Context, data string) (n int64, err error) {
	if b.postgres == "" {
		info, err := os.Stat(filepath.Join(data, "teduh.db"))
		if err != nil {
			return 0, err
		}
		return info.Size(), nil
	}
	return n, b.asked(database(data), func(pool *sql.DB) error {
		return pool.QueryRowContext(ctx, `SELECT pg_database_size(current_database())`).Scan(&n)
	})
}

func (b bench) asked(database string, do func(*sql.DB) error) error {
	pool, err := sql.Open("pgx", strings.ReplaceAll(b.postgres, "DATABASE", database))
	if err != nil {
		return err
	}
	return errors.Join(do(pool), pool.Close())
}

// clients is how many work at once.
const clients = 8

// account is someone who works: an e-mail and a token.
type account struct{ email, token string }

// staff are the eight workers, and the head, who asks for reports.
type staff struct {
	workers []account
	head    account
}

func (b bench) tokens(ctx context.Context, data string) (who staff, err error) {
	for i := range clients + 1 {
		email := "kepala@seed.teduh.example"
		if i < clients {
			email = fmt.Sprintf("petugas%03d@seed.teduh.example", i+1)
		}
		token, err := b.command(ctx, append([]string{"token", "create", "--user", email, "--name", "bench"}, b.at(data)...)...)
		if err != nil {
			return who, err
		}
		if i < clients {
			who.workers = append(who.workers, account{email, token})
		} else {
			who.head = account{email, token}
		}
	}
	return who, nil
}

// machine tells where this was measured.
func machine() string {
	model := "unknown processor"
	if raw, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(raw)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s, %s/%s", model, runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
