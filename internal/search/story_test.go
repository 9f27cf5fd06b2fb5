package search_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/person"
	"teduh/internal/search"
	"teduh/internal/testkit"
)

// desk is an office with everything the search asks.
type desk struct {
	*testkit.Office
	cases    *casefile.Service
	requests *intake.Service
	search   *search.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	requests := intake.NewService(intake.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Cases: cases, Office: o.Units, Now: o.Now})
	return &desk{Office: o, cases: cases, requests: requests,
		search: search.NewService(search.Needs{DB: d, People: o.People, Cases: cases, Requests: requests, Network: o.Network, Now: o.Now})}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) person(t *testing.T, p person.Person) db.ID {
	t.Helper()
	added, err := d.People.Add(t.Context(), d.As("worker"), p, true)
	must(t, err)
	return added.Person.ID
}

func (d *desk) open(t *testing.T, as string, client db.ID, level int, named ...string) casefile.Case {
	t.Helper()
	order := casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: client}, Confidentiality: level}
	for _, who := range named {
		order.Named = append(order.Named, d.As(who).User.String())
	}
	c, err := d.cases.Open(t.Context(), d.As(as), order)
	must(t, err)
	return c
}

// found is what a search finds, kind by kind, as a reader would say it.
func (d *desk) found(t *testing.T, as, query string) (list []string) {
	t.Helper()
	f, err := d.search.Find(t.Context(), d.As(as), query, 10)
	must(t, err)
	for _, h := range f.People {
		list = append(list, "orang "+h.Name)
	}
	for _, h := range f.Families {
		list = append(list, h.Kind+" "+h.Name)
	}
	for _, c := range f.Cases {
		list = append(list, "kasus "+c.Number+" "+c.ClientName)
	}
	for _, q := range f.Requests {
		list = append(list, "permintaan "+q.Number)
	}
	return list
}

func (d *desk) finds(t *testing.T, as, query string, want ...string) {
	t.Helper()
	if got := d.found(t, as, query); !slices.Equal(got, want) {
		t.Errorf("%s looks for %q and finds %q, want %q", as, query, got, want)
	}
}

func (d *desk) request(t *testing.T) intake.Request {
	t.Helper()
	q, err := d.requests.Record(t.Context(), d.As("intake"), intake.Request{Told: intake.Told{Narrative: "Anak tidak mau sekolah"}})
	must(t, err)
	return q
}

// One field finds a person, her family, her case and a request, by name, NIK, phone, number and a few digits of a number.
func TestOneFieldFindsPeopleFamiliesCasesAndRequests(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		siti := d.person(t, person.Person{Name: "Siti Aminah", Sealed: person.Sealed{NIK: "2172049905900001", Phones: []person.Phone{{Number: "0800-0000-1234"}}}})
		_, err := d.People.AddFamily(t.Context(), d.As("worker"), person.Family{Name: "Keluarga Aminah", Members: []person.Member{{Found: person.Found{Person: person.Person{ID: siti}}, Role: "head"}}}, true)
		must(t, err)
		c := d.open(t, "worker", siti, casefile.Ordinary)
		q := d.request(t)

		d.finds(t, "worker", "ami sit", "orang Siti Aminah", "family Keluarga Aminah", "kasus "+c.Number+" Siti Aminah")
		d.finds(t, "worker", "2172049905900001", "orang Siti Aminah", "family Keluarga Aminah")
		d.finds(t, "worker", "0800 0000 1234", "orang Siti Aminah", "family Keluarga Aminah")
		d.finds(t, "worker", "lk3-2026-000001", "kasus LK3-2026-000001 Siti Aminah")
		d.finds(t, "worker", "PM-2026-0000", "permintaan "+q.Number)
		d.finds(t, "worker", "1", "kasus LK3-2026-000001 Siti Aminah", "permintaan PM-2026-000001")
		d.finds(t, "worker", "2")
		d.finds(t, "worker", "   ")
		d.finds(t, "worker", "zulkarnain")
		d.finds(t, "other", "siti")
		d.finds(t, "other", "1")
		d.finds(t, "intake", "siti", "orang Siti Aminah", "family Keluarga Aminah")
		d.finds(t, "intake", "1", "kasus LK3-2026-000001 ", "permintaan PM-2026-000001")
		for _, role := range []string{"admin", "facilitator", "partner", "viewer", "upper", "auditor", "dpo"} {
			if _, err := d.search.Find(t.Context(), d.As(role), "siti", 10); !fault.Is(err, "forbidden") {
				t.Errorf("%s searches: %v", role, err)
			}
		}
	})
}

// Who is known only through a secret case is found by the named alone: not by name, not by NIK, not by number.
func TestASearchTellsNothingOfASecretCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		melati := d.person(t, person.Person{Name: "Melati Kencana", Sealed: person.Sealed{NIK: "2172049905900002"}})
		c := d.open(t, "head", melati, casefile.Secret, "psychologist")
		for _, query := range []string{"melati", "kencana mel", "2172049905900002", c.Number, "1", "LK3"} {
			for _, as := range []string{"worker", "worker2", "supervisor", "head2", "intake", "other"} {
				d.finds(t, as, query)
			}
		}
		for _, named := range []string{"head", "psychologist"} {
			d.finds(t, named, "melati", "orang Melati Kencana", "kasus "+c.Number+" Melati Kencana")
		}
		d.finds(t, "head", "1", "kasus "+c.Number+" Melati Kencana")
	})
}

// Before anything is typed the field shows what one opened last; what has closed to one is gone from it.
func TestWhatWasOpenedLastIsScopedAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		siti := d.person(t, person.Person{Name: "Siti Aminah"})
		c := d.open(t, "head", siti, casefile.Ordinary)
		q := d.request(t)
		worker := d.As("worker")
		read := func(reads int, err error) {
			t.Helper()
			must(t, err)
			waitForReadings(t, d, worker.User, reads)
		}
		if list, err := d.search.Lately(ctx, worker); err != nil || len(list) != 0 {
			t.Errorf("before anything was opened: %v %v", list, err)
		}
		_, err := d.People.Get(ctx, worker, siti, "page")
		read(1, err)
		_, err = d.cases.Get(ctx, worker, c.ID, "page")
		read(2, err)
		_, err = d.requests.Get(ctx, worker, q.ID, "page")
		read(3, err)
		_, err = d.People.Get(ctx, worker, siti, "page")
		read(4, err)
		_, _, err = d.People.Search(ctx, worker, person.Search{Query: "siti", Limit: 5}) // merely found
		read(5, err)
		d.lately(t, "worker", "person", "request", "case")
		d.lately(t, "worker2")

		secret, named := casefile.Secret, []string{d.As("head").User.String(), d.As("head2").User.String()}
		_, err = d.cases.Change(ctx, d.As("head"), c.ID, casefile.Edit{Confidentiality: &secret, Named: &named})
		must(t, err)
		d.lately(t, "worker", "request")
	})
}

func (d *desk) lately(t *testing.T, as string, want ...string) {
	t.Helper()
	list, err := d.search.Lately(t.Context(), d.As(as))
	must(t, err)
	var got []string
	for _, o := range list {
		got = append(got, o.Kind)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s opened last %q, want %q", as, got, want)
	}
}

// waitForReadings waits until someone's readings stand in the log, which is written in batches.
func waitForReadings(t *testing.T, d *desk, who db.ID, n int) {
	t.Helper()
	for start := time.Now(); time.Since(start) < 10*time.Second; {
		var kept int
		must(t, d.DB.Read(t.Context(), func(r db.Reader) (err error) {
			kept, err = db.One(t.Context(), r, db.Value[int], `SELECT COUNT(*) FROM reading WHERE actor_id = $1`, who)
			return err
		}))
		if kept >= n {
			return
		}
	}
	t.Fatalf("the log does not hold %d readings", n)
}
