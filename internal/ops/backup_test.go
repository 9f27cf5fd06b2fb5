package ops_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/ops"
	"teduh/internal/person"
	"teduh/internal/testkit/pg"
)

// quick makes a guess cheap: the tests open many backups.
const quick = 10

func options() ops.Options {
	return ops.Options{Passphrase: "teduh di tepi laut", KeyPassphrase: "kunci di lemari besi", Work: quick, Version: "test", Now: time.Now}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// empty is a place nobody has worked in.
func empty(t *testing.T, engine db.Engine) (ops.Place, app.Config) {
	t.Helper()
	c := app.Config{Dir: t.TempDir()}
	if engine == db.Postgres {
		c.Postgres = pg.DSN(t)
	}
	d, err := db.Open(t.Context(), db.Config{Dir: c.Dir, Postgres: c.Postgres})
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	return ops.Place{DB: d, Dir: c.Dir}, c
}

// office is the demo's office at work.
type office struct {
	*app.App
	worker access.Actor
}

func (o office) place() ops.Place { return ops.Place{DB: o.DB, Dir: o.Config.Dir} }

func newOffice(t *testing.T, engine db.Engine) office {
	t.Helper()
	c := app.Config{Dir: t.TempDir()}
	if engine == db.Postgres {
		c.Postgres = pg.DSN(t)
	}
	a, err := app.Open(t.Context(), c, true)
	must(t, err)
	_, err = a.Demo(t.Context())
	must(t, err)
	o := office{a, actor(t, a, "pekerja@demo.teduh.example")}
	_, err = a.Requests.Record(t.Context(), actor(t, a, "penerima@demo.teduh.example"),
		intake.Request{Channel: "phone", Told: intake.Told{Narrative: "Penanda Cerita"}})
	must(t, err)
	o.attach(t, o.addCase(t.Context(), t, "Penanda Nama"))
	must(t, a.Close()) // the readings that wait are written
	o.App = start(t, c)
	return o
}

func start(t *testing.T, c app.Config) *app.App {
	t.Helper()
	a, err := app.Open(context.WithoutCancel(t.Context()), c, true)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	return a
}

func actor(t *testing.T, a *app.App, email string) (found access.Actor) {
	t.Helper()
	u, err := a.Access.FindUnit(t.Context(), "")
	must(t, err)
	must(t, a.DB.Read(t.Context(), func(r db.Reader) error {
		c, err := access.ColleagueIn(t.Context(), r, u.ID, email)
		if err != nil {
			return err
		}
		found, err = access.ActorOf(t.Context(), r, c.ID, u.ID)
		return err
	}))
	return found
}

// addCase opens a case with one signed note.
func (o office) addCase(ctx context.Context, t *testing.T, name string) db.ID {
	t.Helper()
	added, err := o.People.Add(ctx, o.worker, person.Person{Name: name, Sealed: person.Sealed{NIK: "2172049901900001"}}, true)
	if ctx.Err() != nil {
		return db.ID{}
	}
	must(t, err)
	c, err := o.Cases.Open(ctx, o.worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	if ctx.Err() != nil {
		return db.ID{}
	}
	must(t, err)
	_, err = o.Cases.WriteNote(ctx, o.worker, c.ID, casefile.NewNote{Kind: "phone", Sign: true, NoteText: casefile.NoteText{Text: "Penanda Catatan"}})
	if ctx.Err() == nil {
		must(t, err)
	}
	return c.ID
}

// attach keeps a file in a case.
func (o office) attach(t *testing.T, caseID db.ID) {
	t.Helper()
	u, err := o.Files.Receive(t.Context(), o.worker, caseID)
	must(t, err)
	must(t, u.Add(t.Context(), "surat.txt", strings.NewReader("Penanda Berkas")))
	must(t, u.Keep(t.Context()))
}

// contents are all rows of all tables as text, sorted, read by this test's own queries.
func contents(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	must(t, d.Read(t.Context(), func(r db.Reader) error {
		tables, err := d.Tables(t.Context(), r)
		if err != nil {
			return err
		}
		for _, table := range tables {
			rows, err := r.Query(t.Context(), "SELECT * FROM "+table.Name)
			if err != nil {
				return err
			}
			all[table.Name] = texts(t, rows, len(table.Columns))
		}
		return nil
	}))
	return all
}

func texts(t *testing.T, rows interface {
	Next() bool
	Scan(...any) error
	Close() error
}, width int) []string {
	t.Helper()
	lines := []string{}
	for rows.Next() {
		row, into := make([]any, width), make([]any, width)
		for i := range row {
			into[i] = &row[i]
		}
		must(t, rows.Scan(into...))
		lines = append(lines, fmt.Sprintf("%#v", row))
	}
	must(t, rows.Close())
	slices.Sort(lines)
	return lines
}

func compare(t *testing.T, want, got map[string][]string) {
	t.Helper()
	if len(want) < 40 || len(want) != len(got) {
		t.Fatalf("%d tables, %d restored", len(want), len(got))
	}
	for name, rows := range want {
		if !slices.Equal(rows, got[name]) {
			t.Errorf("table %s: %d rows became %d, or others", name, len(rows), len(got[name]))
		}
	}
}

var engines = []db.Engine{db.SQLite, db.Postgres}

// An office is backed up, its machine is lost, and it goes on working on another engine or the same.
func TestABackupRestoresIntoEitherEngine(t *testing.T) {
	t.Parallel()
	for _, from := range engines {
		t.Run("from "+string(from), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, from)
			want := contents(t, o.DB)
			file := filepath.Join(t.TempDir(), "office.teduh")
			made, err := ops.Backup(t.Context(), o.place(), file, options())
			must(t, err)
			for _, to := range engines {
				t.Run("to "+string(to), func(t *testing.T) {
					t.Parallel()
					p, c := empty(t, to)
					report, err := ops.Restore(t.Context(), file, p, options())
					must(t, err)
					if report.Rows != made.Rows || report.Files != 1 || report.Tables != len(want) {
						t.Errorf("restored %+v of %+v", report, made)
					}
					compare(t, want, contents(t, p.DB))
					if _, err := os.Stat(filepath.Join(p.Dir, "restore.part")); !errors.Is(err, fs.ErrNotExist) {
						t.Errorf("something is left behind: %v", err)
					}
					worksOn(t, start(t, c))
				})
			}
		})
	}
}

// worksOn opens a sealed note in the restored office, goes on numbering, and finds it sound.
func worksOn(t *testing.T, a *app.App) {
	t.Helper()
	o := office{a, actor(t, a, "pekerja@demo.teduh.example")}
	list, err := a.Cases.List(t.Context(), o.worker, casefile.Filter{Query: "penanda", Limit: 5})
	must(t, err)
	if len(list.Items) != 1 {
		t.Fatalf("%d cases of the client", len(list.Items))
	}
	notes, _, err := a.Cases.Notes(t.Context(), o.worker, list.Items[0].ID, casefile.NotesPage{Limit: 5}, "page")
	must(t, err)
	if len(notes) != 1 || notes[0].Text != "Penanda Catatan" {
		t.Errorf("the note reads %+v", notes)
	}
	files, _, err := a.Files.List(t.Context(), o.worker, list.Items[0].ID, db.ID{})
	must(t, err)
	_, content, err := a.Files.Open(t.Context(), o.worker, list.Items[0].ID, files[0].ID)
	must(t, err)
	if files[0].Name != "surat.txt" || string(content) != "Penanda Berkas" {
		t.Errorf("the file %s reads %q", files[0].Name, content)
	}
	o.addCase(t.Context(), t, "Orang Baru")
	found, sound := ops.Doctor(t.Context(), o.place(), time.Now)
	if !sound {
		t.Errorf("not sound: %+v", found)
	}
}

// answered are the cases whose opening and note were said to be kept.
type answered struct {
	mu  sync.Mutex
	ids []db.ID
}

func (a *answered) add(id db.ID) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(a.ids, id)
	return len(a.ids)
}

func (a *answered) all() []db.ID {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.ids)
}

// writes opens cases one after the other until the context ends, and says when the first ones are there.
func (o office) writes(ctx context.Context, t *testing.T, kept *answered, begun chan<- struct{}) {
	t.Helper()
	for ctx.Err() == nil {
		id := o.addCase(ctx, t, "Penulis Lain")
		if ctx.Err() == nil && kept.add(id) == 3 {
			close(begun)
		}
	}
}

// While a backup is made someone opens cases. What is restored is one instant, whole and sound, and holds all that was answered
// before the backup began.
func TestABackupIsOneInstantWhileOthersWrite(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, engine)
			ctx, stop := context.WithCancel(t.Context())
			begun, ended := make(chan struct{}), make(chan struct{})
			var kept answered
			go func() {
				defer close(ended)
				o.writes(ctx, t, &kept, begun)
			}()
			<-begun
			before := kept.all()
			file := filepath.Join(t.TempDir(), "office.teduh")
			_, err := ops.Backup(t.Context(), o.place(), file, options())
			if found, sound := ops.Doctor(t.Context(), o.place(), time.Now); !sound {
				t.Errorf("not sound while others write: %+v", found)
			}
			stop()
			<-ended
			must(t, err)
			p, c := empty(t, engine)
			_, err = ops.Restore(t.Context(), file, p, options())
			must(t, err)
			if got, most := len(contents(t, p.DB)["case_file"]), len(contents(t, o.DB)["case_file"]); got > most {
				t.Errorf("%d cases of %d", got, most)
			}
			isWhole(t, start(t, c), before)
		})
	}
}

// isWhole reads the cases with their notes in a restored office, lets the doctor look and the audit log prove itself.
func isWhole(t *testing.T, a *app.App, cases []db.ID) {
	t.Helper()
	o := office{a, actor(t, a, "pekerja@demo.teduh.example")}
	for _, id := range cases {
		c, err := a.Cases.Get(t.Context(), o.worker, id, "page")
		must(t, err)
		notes, _, err := a.Cases.Notes(t.Context(), o.worker, id, casefile.NotesPage{Limit: 5}, "page")
		must(t, err)
		if c.Client.Name != "Penulis Lain" || len(notes) != 1 || notes[0].Text != "Penanda Catatan" {
			t.Errorf("%s of %s holds %+v", c.Number, c.Client.Name, notes)
		}
	}
	if found, sound := ops.Doctor(t.Context(), o.place(), time.Now); !sound {
		t.Errorf("not sound: %+v", found)
	}
	_, err := a.Tree.Append(t.Context(), true)
	must(t, err)
	if proof, err := a.Tree.Verify(t.Context(), ""); err != nil || len(proof.Findings) > 0 || proof.Size == 0 {
		t.Errorf("the audit log: %+v %v", proof, err)
	}
}

func TestNothingReadableStandsInABackup(t *testing.T) {
	t.Parallel()
	o := newOffice(t, db.SQLite)
	file := filepath.Join(t.TempDir(), "office.teduh")
	_, err := ops.Backup(t.Context(), o.place(), file, options())
	must(t, err)
	raw, err := os.ReadFile(file)
	must(t, err)
	key, err := os.ReadFile(filepath.Join(o.Config.Dir, "master.key"))
	must(t, err)
	for _, marker := range [][]byte{[]byte("Penanda"), []byte("penanda"), []byte("LK3 Bina"), []byte("case_file"), key} {
		if bytes.Contains(raw, marker) {
			t.Errorf("the backup shows %q", marker)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v: %v", info.Mode(), err)
	}
	if !bytes.HasPrefix(raw, []byte("teduh-backup 1\nage-encryption.org/v1\n")) {
		t.Errorf("it begins with %q", raw[:40])
	}
}

// The program was renewed: a backup from before comes up to the schema of today.
func TestAnOlderBackupComesUpToTodaysSchema(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		from, _ := empty(t, engine)
		known, err := from.DB.MigrateTo(t.Context(), 40)
		must(t, err)
		if !known {
			t.Fatal("step 40 is not known")
		}
		must(t, from.DB.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO signin_failure (id, source, at) VALUES ($1, $2, 1)`, db.NewID(), []byte("x"))
			return err
		}))
		must(t, os.WriteFile(filepath.Join(from.Dir, "master.key"), []byte("a master key of a test, 32 bytes"), 0o600))
		file := filepath.Join(t.TempDir(), "old.teduh")
		_, err = ops.Backup(t.Context(), from, file, options())
		must(t, err)
		p, _ := empty(t, db.SQLite)
		report, err := ops.Restore(t.Context(), file, p, options())
		must(t, err)
		waiting, err := p.DB.Pending(t.Context())
		must(t, err)
		if report.Schema != 40 || report.Rows != 1 || len(waiting) > 0 || len(contents(t, p.DB)["signin_failure"]) != 1 {
			t.Errorf("%s: %+v, waiting %v", engine, report, waiting)
		}
	}
}
