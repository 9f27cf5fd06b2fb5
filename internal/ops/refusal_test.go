package ops_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/ops"
)

// stillEmpty checks that a place that refused a backup can receive the right one.
func stillEmpty(t *testing.T, p ops.Place) {
	t.Helper()
	for _, name := range []string{"master.key", "files", "restore.part"} {
		if _, err := os.Stat(filepath.Join(p.Dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is there: %v", name, err)
		}
	}
	for table, rows := range contents(t, p.DB) {
		if len(rows) > 0 {
			t.Errorf("%d rows in %s", len(rows), table)
		}
	}
}

func TestARefusedBackupLeavesThePlaceEmpty(t *testing.T) {
	t.Parallel()
	o := newOffice(t, db.SQLite)
	dir := t.TempDir()
	file := filepath.Join(dir, "office.teduh")
	_, err := ops.Backup(t.Context(), o.place(), file, options())
	must(t, err)
	whole, err := os.ReadFile(file)
	must(t, err)
	flipped := func(at int) []byte {
		b := append([]byte(nil), whole...)
		b[at] ^= 1
		return b
	}
	other := options()
	other.Passphrase = "bukan yang ini dulu"
	otherKey := options()
	otherKey.KeyPassphrase = "bukan kunci yang ini"
	tries := map[string]struct {
		content []byte
		o       ops.Options
		want    error
	}{
		"wrong passphrase":         {whole, other, ops.ErrPassphrase},
		"wrong passphrase of key":  {whole, otherKey, ops.ErrKeyPassphrase},
		"not a backup":             {[]byte("PK\x03\x04 something else"), options(), ops.ErrNotBackup},
		"nothing":                  {nil, options(), ops.ErrNotBackup},
		"cut after the first line": {whole[:15], options(), ops.ErrPassphrase},
		"cut in the middle":        {whole[:len(whole)/2], options(), ops.ErrDamaged},
		"cut at a chunk of age":    {whole[:len(whole)-len(whole)%65536], options(), ops.ErrDamaged},
		"cut before the end":       {whole[:len(whole)-1], options(), ops.ErrDamaged},
		"something added":          {append(append([]byte(nil), whole...), 'x'), options(), ops.ErrDamaged},
		"flipped in the middle":    {flipped(len(whole) / 2), options(), ops.ErrDamaged},
		"flipped at the end":       {flipped(len(whole) - 1), options(), ops.ErrDamaged},
	}
	for _, engine := range engines {
		p, _ := empty(t, engine)
		for name, try := range tries {
			path := filepath.Join(dir, "try")
			must(t, os.WriteFile(path, try.content, 0o600))
			if _, err := ops.Restore(t.Context(), path, p, try.o); !errors.Is(err, try.want) {
				t.Errorf("%s, %s: %v, want %v", engine, name, err, try.want)
			}
			stillEmpty(t, p)
		}
		if _, err := ops.Restore(t.Context(), file, p, options()); err != nil {
			t.Errorf("%s: the right backup is refused after the wrong ones: %v", engine, err)
		}
		_, err := ops.Restore(t.Context(), file, p, options())
		if !errors.Is(err, ops.ErrNotEmpty) {
			t.Errorf("%s: a second restore over the first: %v", engine, err)
		}
		must(t, os.Remove(filepath.Join(p.Dir, "master.key")))
		must(t, os.RemoveAll(filepath.Join(p.Dir, "files")))
		if _, err := ops.Restore(t.Context(), file, p, options()); !errors.Is(err, ops.ErrNotEmpty) || !strings.Contains(err.Error(), "rows in") {
			t.Errorf("%s: a restore over rows: %v", engine, err)
		}
	}
}

func TestWeakPassphrasesAndOtherFilesAreRefused(t *testing.T) {
	t.Parallel()
	p, _ := empty(t, db.SQLite)
	dir := t.TempDir()
	for name, o := range map[string]ops.Options{
		"short":    {Passphrase: "pendek", KeyPassphrase: "kunci di lemari besi", Now: time.Now},
		"the same": {Passphrase: "teduh di tepi laut", KeyPassphrase: "teduh di tepi laut", Now: time.Now},
	} {
		if _, err := ops.Backup(t.Context(), p, filepath.Join(dir, "b"), o); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	precious := filepath.Join(dir, "laporan.xlsx")
	must(t, os.WriteFile(precious, []byte("bukan cadangan"), 0o600))
	if _, err := ops.Backup(t.Context(), p, precious, options()); err == nil {
		t.Error("another file is overwritten")
	}
	if b, err := os.ReadFile(precious); err != nil || string(b) != "bukan cadangan" {
		t.Errorf("%q: %v", b, err)
	}
}

// A key that does not belong to the database is told when the backup is made, and not on the day it is needed.
func TestABackupWithAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t, db.SQLite)
	must(t, os.WriteFile(filepath.Join(o.Config.Dir, "master.key"), []byte("another master key with 32 bytes"), 0o600))
	file := filepath.Join(t.TempDir(), "office.teduh")
	if _, err := ops.Backup(t.Context(), o.place(), file, options()); err == nil {
		t.Error("it is taken")
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// wrong are the checks that found something.
func wrong(found []ops.Finding) (names []string) {
	for _, f := range found {
		if !f.Sound {
			names = append(names, f.Check)
		}
	}
	return names
}

func TestTheDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engine)
			ctx := t.Context()
			if found, sound := ops.Doctor(ctx, o.place(), time.Now); !sound || len(found) != 9 {
				t.Fatalf("a healthy office: %+v", found)
			}
			attached, err := filepath.Glob(filepath.Join(o.Config.Dir, "files", "*", "*"))
			must(t, err)
			kept := attached[0]
			key := filepath.Join(o.Config.Dir, "master.key")
			exec := func(text string) func() {
				return func() {
					_, err := o.DB.Raw().ExecContext(ctx, text)
					must(t, err)
				}
			}
			for _, ill := range []struct {
				check        string
				harm, mend   func()
				clockIsWrong bool
			}{
				{"key", func() { must(t, os.Chmod(key, 0o644)) }, func() { must(t, os.Chmod(key, 0o600)) }, false},
				{"key", func() { must(t, os.Rename(key, key+"2")) }, func() { must(t, os.Rename(key+"2", key)) }, false},
				{"files", func() { must(t, os.Rename(kept, kept+"2")) }, func() { must(t, os.Rename(kept+"2", kept)) }, false},
				{"clock", func() {}, func() {}, true},
				{"numbers", exec("UPDATE running_number SET last = last + 1"), exec("UPDATE running_number SET last = last - 1"), false},
				{"settings", exec("UPDATE unit SET zone = 'Mars/Olympus'"), exec("UPDATE unit SET zone = 'Asia/Jakarta'"), false},
			} {
				now := time.Now
				if ill.clockIsWrong {
					now = func() time.Time { return time.Now().AddDate(-1, 0, 0) }
				}
				ill.harm()
				found, sound := ops.Doctor(ctx, o.place(), now)
				ill.mend()
				names := wrong(found)
				if sound || len(names) == 0 || names[0] != ill.check || names[len(names)-1] != ill.check {
					t.Errorf("%s: found %v", ill.check, names)
				}
			}
		})
	}
}

func TestTheDoctorFindsAMissingSchemaAndALooseRow(t *testing.T) {
	t.Parallel()
	p, _ := empty(t, db.SQLite)
	if found, sound := ops.Doctor(t.Context(), p, time.Now); sound || len(wrong(found)) != 1 || wrong(found)[0] != "schema" {
		t.Errorf("found %+v", found)
	}
	_, err := p.DB.Migrate(t.Context())
	must(t, err)
	conn, err := p.DB.Raw().Conn(t.Context())
	must(t, err)
	for _, text := range []string{"PRAGMA foreign_keys = OFF", "INSERT INTO running_number VALUES (x'00112233445566778899aabbccddeeff', 'case', 2026, 1)", "PRAGMA foreign_keys = ON"} {
		_, err = conn.ExecContext(t.Context(), text)
		must(t, err)
	}
	must(t, conn.Close())
	found, sound := ops.Doctor(t.Context(), p, time.Now)
	if sound || wrong(found)[0] != "database" || !strings.Contains(found[1].Words, "running_number") {
		t.Errorf("found %+v", found)
	}
}
