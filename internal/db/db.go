// Package db opens the database of an installation, SQLite in a folder or PostgreSQL behind an address, and runs the one
// SQL text of Teduh on either.
//
// Statements are written in PostgreSQL's style ($1, $2 …) in the subset both engines run. Read gives a function one
// consistent snapshot; Write gives it one transaction that is durable when Write returns nil, and runs it again when
// PostgreSQL asks for that, so the function must not touch anything but the transaction. SQLite has one writer
// connection and a small pool of readers on a write-ahead log with synchronous=FULL.
//
// Keys are ID, instants Time, days Date, truths Flag; the few type words that differ between the engines stand as
// {id}, {time}, {text} … in the migrations and are put in by Migrate.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

// Engine is the kind of database.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// FileName is the SQLite database inside an installation's data folder.
const FileName = "teduh.db"

const postgresConns = 16

// Config says where the data is: an address of PostgreSQL, or else a folder.
type Config struct {
	Dir      string // folder of the SQLite file
	Postgres string // "postgres://…"; empty means SQLite
	Loading  bool   // much will be written at once: SQLite keeps more pages in memory and copies its log back less often
	Scratch  bool   // the file is thrown away unless all of it is written: SQLite does not wait for the disk, Sync does at the end
}

// DB is an open database.
type DB struct {
	engine Engine
	writer *sql.DB
	reader *sql.DB
	writes *statements
	reads  *statements
}

// Open opens the database, making the SQLite file where there is none.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Postgres != "" {
		return openPostgres(ctx, c.Postgres)
	}
	return openSQLite(ctx, c)
}

// Sync puts the closed SQLite file of a folder on the disk, for one that was written as Scratch.
func Sync(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, FileName), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Engine tells which engine runs.
func (d *DB) Engine() Engine { return d.engine }

// Raw is the writing pool itself, for backups, migrations and measuring; domains use Read and Write.
func (d *DB) Raw() *sql.DB { return d.writer }

// Close ends all connections.
func (d *DB) Close() error {
	d.writes.close()
	d.reads.close()
	if d.reader != d.writer {
		return errors.Join(d.reader.Close(), d.writer.Close())
	}
	return d.writer.Close()
}

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return d.reader.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("db: open: %w", err)
	}
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	kept := newStatements(pool, postgresConns, false)
	d := &DB{engine: Postgres, writer: pool, reader: pool, writes: kept, reads: kept}
	if err := d.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("db: PostgreSQL does not answer: %w", err), d.Close())
	}
	return d, nil
}

func openSQLite(ctx context.Context, c Config) (*DB, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("db: %w", err)
	}
	path := filepath.Join(c.Dir, FileName)
	if err := createSQLite(ctx, path); err != nil {
		return nil, err
	}
	pragmas := []string{"synchronous(FULL)", "cache_size(-8192)", "wal_autocheckpoint(4000)"}
	switch {
	case c.Scratch:
		pragmas = []string{"synchronous(OFF)", "cache_size(-65536)", "wal_autocheckpoint(16000)"}
	case c.Loading:
		// An import names only rows that it wrote or read itself, and rows are never deleted: looking each one up again
		// would cost a quarter of the time. The driver allows 256 MiB for all of a connection.
		pragmas = []string{"synchronous(FULL)", "cache_size(-65536)", "wal_autocheckpoint(16000)", "foreign_keys(0)"}
	}
	writer, err := sqlitePool(path, 2, pragmas...)
	if err != nil {
		return nil, err
	}
	readers := max(4, runtime.NumCPU()*2)
	reader, err := sqlitePool(path, readers+1, "query_only(1)", "cache_size(-4096)")
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	d := &DB{engine: SQLite, writer: writer, reader: reader,
		writes: newStatements(writer, 1, true), reads: newStatements(reader, readers, true)}
	if err := d.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("db: open %s: %w", path, err), d.Close())
	}
	return d, nil
}

// createSQLite switches a new file to the write-ahead log once; the mode stays with the file.
func createSQLite(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	pool, err := sqlitePool(path, 1)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "PRAGMA journal_mode=WAL")
	if err = errors.Join(err, pool.Close()); err != nil {
		return fmt.Errorf("db: create %s: %w", path, err)
	}
	return os.Chmod(path, 0o600)
}

func sqlitePool(path string, conns int, pragmas ...string) (*sql.DB, error) {
	q := []string{"_txlock=immediate", "_pragma=busy_timeout(10000)", "_pragma=foreign_keys(1)", "_pragma=temp_store(2)"}
	for _, p := range pragmas {
		q = append(q, "_pragma="+url.QueryEscape(p))
	}
	name := (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: strings.Join(q, "&")}).String()
	pool, err := driver.Open(name, steady)
	if err != nil {
		return nil, fmt.Errorf("db: open %s: %w", path, err)
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return pool, nil
}

// steady keeps the plan of a prepared statement whatever is bound to it. Without this, SQLite prepares a statement with a
// partial index in reach anew at each run: a tenth of the time of a list.
func steady(c *sqlite3.Conn) error {
	_, err := c.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true)
	return err
}
