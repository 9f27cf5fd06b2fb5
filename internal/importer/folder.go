package importer

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/referral"
)

// The files of a bulk folder; one that is missing has no rows.
var (
	peopleTable    = bulk.Table{File: "people.csv", Columns: []string{"id", "name", "nik", "birth_date", "sex", "village_code", "phone"}}
	casesTable     = bulk.Table{File: "cases.csv", Columns: []string{"id", "client_id", "worker", "stage", "status", "risk", "category", "opened_on", "closed_on"}}
	notesTable     = bulk.Table{File: "notes.csv", Columns: []string{"id", "case_id", "author", "happened_at", "recorded_at", "kind", "text"}}
	referralsTable = bulk.Table{File: "referrals.csv", Columns: []string{"id", "case_id", "partner_service", "status", "sent_at", "answered_at"}}
	tables         = []bulk.Table{peopleTable, casesTable, notesTable, referralsTable}
)

// Options of a folder.
type Options struct {
	CreateWorkers bool                              // make accounts that can't sign in for those who are unknown
	MadeUp        bool                              // mark everything as made up
	Progress      func(file string, done, of int64) // bytes of the file that were written; may be nil
}

// folder is one run over a folder.
type folder struct {
	*Service
	Options
	actor     access.Actor
	dir       string
	today     db.Date
	people    *person.Loader
	cases     *casefile.Loader
	referrals *referral.Loader

	category func(string) bool
	knownP   map[string]db.ID // people by their number in a list, those of before
	knownC   map[string]db.ID // cases
	knownR   map[string]bool  // referrals
	hiddenP  map[db.ID]bool   // people whom the one who imports may not know
	hiddenC  map[db.ID]bool   // cases

	added      map[string]db.ID // people of this run
	addedCases map[string]db.ID

	staff    map[string]db.ID   // by e-mail, also those who left
	names    map[string][]db.ID // by name; only an office's own list may say it so
	accounts map[string]bool    // e-mails of the whole installation
	workers  map[string]who     // by e-mail as the files write it
	unknown  []string           // e-mails to make accounts for
	naming   sync.Mutex         // workers and unknown, while files are checked
	refused  Refused
	result   Result
}

// Folder checks a bulk folder and takes it in.
func (s *Service) Folder(ctx context.Context, a access.Actor, dir string, o Options) (Result, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return Result{}, err
	}
	f := s.newFolder(a, o)
	f.dir = dir
	if err := f.begin(ctx); err != nil {
		return Result{}, err
	}
	for _, step := range []func(context.Context) error{f.check, f.makeWorkers, f.writePeople, f.writeCases, f.writeNotes, f.writeReferrals, f.conclude} {
		if err := step(ctx); err != nil {
			return f.result, err
		}
	}
	return f.result, nil
}

func (s *Service) newFolder(a access.Actor, o Options) *folder {
	return &folder{Service: s, Options: o, actor: a, today: db.DayOf(s.Now(), a.Office.Zone), workers: map[string]who{}, added: map[string]db.ID{}}
}

// begin makes the loaders and learns what was taken in before.
func (f *folder) begin(ctx context.Context) (err error) {
	if f.people, err = f.People.NewLoader(f.actor); err != nil {
		return err
	}
	if f.cases, err = f.Cases.NewLoader(f.actor, f.people); err != nil {
		return err
	}
	if f.referrals, err = referral.NewLoader(f.DB, f.actor); err != nil {
		return err
	}
	if f.category, err = f.cases.Categories(ctx); err != nil {
		return err
	}
	if f.knownP, f.hiddenP, err = f.people.Known(ctx, f.actor); err != nil {
		return err
	}
	if f.knownC, f.hiddenC, err = f.cases.KnownCases(ctx); err != nil {
		return err
	}
	if f.knownR, err = f.referrals.Known(ctx); err != nil {
		return err
	}
	return f.staffOf(ctx)
}

// rows reads a file of the folder; a missing one has none. counted sees how far it is.
func (f *folder) rows(t bulk.Table, counted func(done, of int64)) iter.Seq2[bulk.Row, *bulk.Problem] {
	return func(yield func(bulk.Row, *bulk.Problem) bool) {
		file, err := os.Open(filepath.Join(f.dir, t.File))
		if errors.Is(err, os.ErrNotExist) {
			return
		}
		if err != nil {
			yield(bulk.Row{}, &bulk.Problem{File: t.File, Key: "import.unreadable"})
			return
		}
		defer func() { _ = file.Close() }() // was only read
		var from io.Reader = file
		if counted != nil {
			from = &counter{from: file, of: size(file), tell: counted}
		}
		bulk.Rows(from, t)(yield)
	}
}

func size(file *os.File) int64 {
	info, err := file.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// counter tells how much was read.
type counter struct {
	from     io.Reader
	done, of int64
	tell     func(done, of int64)
}

func (c *counter) Read(into []byte) (int, error) {
	n, err := c.from.Read(into)
	c.done += int64(n)
	c.tell(c.done, c.of)
	return n, err
}

// again reads a file a second time, for writing. It was checked, so a problem now means that it changed meanwhile.
func (f *folder) again(t bulk.Table) iter.Seq2[bulk.Row, error] {
	return func(yield func(bulk.Row, error) bool) {
		tell := func(done, of int64) {
			if f.Progress != nil {
				f.Progress(t.File, done, of)
			}
		}
		for row, p := range f.rows(t, tell) {
			if p != nil {
				yield(row, refused(p))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// conclude writes what the import did into the journal, and lets the database learn how its tables have grown.
func (f *folder) conclude(ctx context.Context) error {
	r := f.result
	if r.People.New+r.Cases.New+r.Notes.New+r.Referrals.New > 0 {
		err := f.Journal.Write(ctx, func(tx *journal.Tx) error {
			return tx.Record(ctx, journal.Change{Office: f.actor.Office.ID, Actor: f.actor.User, Code: "office.imported", Kind: "unit", Subject: f.actor.Office.ID,
				Detail: journal.Detail{"people": r.People.New, "cases": r.Cases.New, "notes": r.Notes.New, "referrals": r.Referrals.New}})
		})
		if err != nil {
			return err
		}
	}
	return f.DB.Learn(ctx)
}
