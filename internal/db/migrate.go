package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// The type words of each engine. Text is compared by bytes on both.
var words = map[Engine]*strings.Replacer{
	SQLite: strings.NewReplacer("{id}", "BLOB", "{time}", "INTEGER", "{day}", "TEXT", "{flag}", "INTEGER",
		"{bytes}", "BLOB", "{text}", "TEXT", "{int}", "INTEGER", "{real}", "REAL", "{strict}", "STRICT", "{keyed}", "STRICT, WITHOUT ROWID"),
	Postgres: strings.NewReplacer("{id}", "BYTEA", "{time}", "BIGINT", "{day}", `TEXT COLLATE "C"`, "{flag}", "BIGINT",
		"{bytes}", "BYTEA", "{text}", `TEXT COLLATE "C"`, "{int}", "BIGINT", "{real}", "DOUBLE PRECISION", " {strict}", "", " {keyed}", ""),
}

// Migrate brings the schema up and tells how many steps that took.
func (d *DB) Migrate(ctx context.Context) (int, error) {
	p, err := d.provider()
	if err != nil {
		return 0, err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("db: migrate: %w", err)
	}
	return len(done), nil
}

// Version is the number of the newest step that was taken; 0 is a database without a schema.
func (d *DB) Version(ctx context.Context) (int64, error) {
	p, err := d.provider()
	if err != nil {
		return 0, err
	}
	v, err := p.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("db: schema version: %w", err)
	}
	return v, nil
}

// MigrateTo brings the schema up to a step and no further, to receive data from an older one. It tells false where this
// program does not know the step.
func (d *DB) MigrateTo(ctx context.Context, version int64) (bool, error) {
	p, err := d.provider()
	if err != nil {
		return false, err
	}
	if !slices.ContainsFunc(p.ListSources(), func(s *goose.Source) bool { return s.Version == version }) {
		return false, nil
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return true, fmt.Errorf("db: migrate: %w", err)
	}
	return true, nil
}

// Pending names the steps that Migrate would take.
func (d *DB) Pending(ctx context.Context) ([]string, error) {
	p, err := d.provider()
	if err != nil {
		return nil, err
	}
	all, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("db: migration state: %w", err)
	}
	var names []string
	for _, s := range all {
		if s.State == goose.StatePending {
			names = append(names, s.Source.Path)
		}
	}
	return names, nil
}

func (d *DB) provider() (*goose.Provider, error) {
	steps, err := rendered(d.engine)
	if err != nil {
		return nil, err
	}
	if d.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, d.writer, steps, goose.WithDisableGlobalRegistry(true))
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, d.writer, steps, goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(locker))
}

// rendered is the common folder and the engine's own as one, with the engine's words put in.
func rendered(engine Engine) (fs.FS, error) {
	all := fstest.MapFS{}
	for _, dir := range []string{"migrations/common", "migrations/" + string(engine)} {
		files, err := migrations.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			text, err := migrations.ReadFile(dir + "/" + f.Name())
			if err != nil {
				return nil, err
			}
			all[f.Name()] = &fstest.MapFile{Data: []byte(words[engine].Replace(string(text)))}
		}
	}
	return all, nil
}

// SchemaKey changes whenever a migration does, so that a prepared test database is not kept too long.
func SchemaKey() string {
	sum := sha256.New()
	err := fs.WalkDir(migrations, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := migrations.ReadFile(path)
		fmt.Fprintf(sum, "%s %s\n", path, text)
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
