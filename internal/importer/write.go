package importer

import (
	"context"
	"iter"

	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/referral"
)

// How many rows stand in one transaction: enough to spare the disk, few enough that a server on the same database gets
// its turn within seconds.
const (
	peopleAtOnce = 12000
	casesAtOnce  = 16000
	notesAtOnce  = 40000
)

// fresh are the rows of a file that are not there yet, as fn reads them; fn refuses a row by returning false.
func fresh[T any](f *folder, t bulk.Table, fn func(*bulk.Checks) (T, bool)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range f.again(t) {
			var x T
			wanted := err != nil
			if err == nil {
				x, wanted = fn(bulk.Check(t, row))
			}
			if wanted && !yield(x, err) {
				return
			}
		}
	}
}

func (f *folder) writePeople(ctx context.Context) error {
	in := fresh(f, peopleTable, func(c *bulk.Checks) (person.Person, bool) {
		_, known := f.knownP[c.Text("id")]
		if known {
			return person.Person{}, false
		}
		return f.readPerson(c), true
	})
	return bulk.Pipe(ctx, in, f.people.Prepare, peopleAtOnce, func(list []person.Prepared) error {
		if err := f.Journal.Write(ctx, func(tx *journal.Tx) error { return f.people.Write(ctx, tx, list) }); err != nil {
			return err
		}
		for _, p := range list {
			f.added[p.Name()] = p.ID()
		}
		f.result.People.New += len(list)
		return nil
	})
}

// person is the one a list calls id, known before or written by this run.
func (f *folder) person(id string) db.ID {
	if known, ok := f.knownP[id]; ok {
		return known
	}
	return f.added[id]
}

func (f *folder) writeCases(ctx context.Context) error {
	in := fresh(f, casesTable, func(c *bulk.Checks) (casefile.Past, bool) {
		if _, known := f.knownC[c.Text("id")]; known {
			return casefile.Past{}, false
		}
		p := f.readCase(c)
		p.Person, p.Worker = f.person(c.Text("client_id")), f.workers[c.Text("worker")].id
		return p, true
	})
	f.addedCases = map[string]db.ID{}
	return bulk.Pipe(ctx, in, f.cases.PrepareCase, casesAtOnce, func(list []casefile.PreparedCase) error {
		if err := f.Journal.Write(ctx, func(tx *journal.Tx) error { return f.cases.WriteCases(ctx, tx, list) }); err != nil {
			return err
		}
		for _, c := range list {
			f.addedCases[c.OldNumber] = c.ID()
		}
		f.result.Cases.New += len(list)
		return nil
	})
}

// caseID is the case a list calls id.
func (f *folder) caseID(id string) db.ID {
	if known, ok := f.knownC[id]; ok {
		return known
	}
	return f.addedCases[id]
}

func (f *folder) writeNotes(ctx context.Context) error {
	var cases []db.ID
	for _, known := range []map[string]db.ID{f.knownC, f.addedCases} {
		for _, id := range known {
			cases = append(cases, id)
		}
	}
	if err := f.cases.OpenCases(ctx, cases); err != nil {
		return err
	}
	in := fresh(f, notesTable, func(c *bulk.Checks) (casefile.PastNote, bool) {
		n := f.readNote(c)
		n.Case, n.Author = f.caseID(c.Text("case_id")), f.workers[c.Text("author")].id
		return n, true
	})
	return bulk.Pipe(ctx, in, f.cases.PrepareNote, notesAtOnce, func(list []casefile.PreparedNote) error {
		written := 0
		err := f.Journal.Write(ctx, func(tx *journal.Tx) (err error) {
			written, err = f.cases.WriteNotes(ctx, tx, list)
			return err
		})
		f.result.Notes.New += written
		return err
	})
}

func (f *folder) writeReferrals(ctx context.Context) error {
	in := fresh(f, referralsTable, func(c *bulk.Checks) (referral.Past, bool) {
		p := f.readReferral(c)
		p.Case = f.caseID(c.Text("case_id"))
		return p, !f.knownR[p.Name]
	})
	same := func(p referral.Past) (referral.Past, error) { return p, nil }
	return bulk.Pipe(ctx, in, same, notesAtOnce, func(list []referral.Past) error {
		f.result.Referrals.New += len(list)
		return f.Journal.Write(ctx, func(tx *journal.Tx) error { return f.referrals.Write(ctx, tx, list) })
	})
}
