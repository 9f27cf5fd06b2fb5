package app_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// errChanged stands for whatever goes wrong after a number was taken.
var errChanged = errors.New("changed my mind")

// act is one of those that happen at once: it takes a number and stands, or goes wrong at some moment.
type act struct {
	office string // place of the one who acts
	series string // case or request
	year   int
	ends   string // stands, fails after the number, is cut off, or is refused
}

// A thousand random interleavings of openings at two offices in two years, of which some fail before or after their number
// was taken, leave no gap and no twin.
func TestNumbersHaveNoGapAndNoTwinHoweverActsInterleave(t *testing.T) {
	cities(t, func(t *testing.T, w *city) {
		n := numbering{city: w, stood: map[string]int{}}
		n.begin()
		seed := rand.Uint64()
		chance := rand.New(rand.NewPCG(seed, 1))
		rounds := 1000
		if w.app.DB.Engine() == db.Postgres {
			rounds = 100
		}
		for round := range rounds {
			acts := make([]act, 2+chance.IntN(3))
			for i := range acts {
				acts[i] = act{office: pick(chance, "own", "next door"), series: pick(chance, "case", "request"), year: 2025 + chance.IntN(2),
					ends: pick(chance, "stands", "stands", "fails", "cut off", "refused")}
			}
			n.atOnce(acts)
			if t.Failed() {
				t.Fatalf("in round %d of seed %d", round, seed)
			}
		}
		n.compare()
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
}

func pick(chance *rand.Rand, from ...string) string { return from[chance.IntN(len(from))] }

// numbering counts what stood, by office, series and year.
type numbering struct {
	*city
	mu      sync.Mutex
	stood   map[string]int
	clients map[string]person.ClientChoice
}

// begin counts what the city was made with, and makes someone to open cases for.
func (n *numbering) begin() {
	n.t.Helper()
	n.clients = map[string]person.ClientChoice{}
	for _, place := range []string{"own", "next door"} {
		added, err := n.app.People.Add(n.t.Context(), n.at[place+" in-charge"], person.Person{Name: "Siti Aminah"}, true)
		must(n.t, err)
		n.clients[place] = person.ClientChoice{Kind: "individual", Person: added.Person.ID}
	}
	for key, numbers := range n.kept() {
		n.stood[key] = len(numbers)
	}
}

func (n *numbering) atOnce(acts []act) {
	var all sync.WaitGroup
	begin := make(chan struct{})
	for _, x := range acts {
		all.Go(func() {
			<-begin
			err := n.do(x)
			if x.ends == "stands" && err != nil || x.ends != "stands" && err == nil {
				n.t.Errorf("%+v: %v", x, err)
			}
			if err == nil {
				n.mu.Lock()
				defer n.mu.Unlock()
				n.stood[fmt.Sprint(n.at[x.office+" in-charge"].Office.ID, x.series, x.year)]++
			}
		})
	}
	close(begin)
	all.Wait()
}

func (n *numbering) do(x act) error {
	ctx, cancel := context.WithCancel(n.t.Context())
	defer cancel()
	a := n.at[x.office+" in-charge"]
	return n.app.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := n.take(ctx, tx, a, x); err != nil {
			return err
		}
		switch x.ends {
		case "fails":
			return errChanged
		case "cut off":
			cancel()
		}
		return nil
	})
}

// take opens a case as the service does, or takes a request's number as recording one does.
func (n *numbering) take(ctx context.Context, tx *journal.Tx, a access.Actor, x act) error {
	if x.series == "request" {
		if x.ends == "refused" {
			return errChanged
		}
		number, err := journal.NextNumber(ctx, tx, a.Office.ID, "request", x.year)
		if err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "request.recorded", Kind: "request", Subject: db.NewID(),
			Detail: journal.Detail{"walk": intake.Number(x.year, number)}})
	}
	o := casefile.Order{Client: n.clients[x.office], OpenedOn: db.Date(fmt.Sprintf("%d-03-01", x.year))}
	if x.ends == "refused" {
		o.Worker = "nobody@example.org"
	}
	_, _, err := n.app.Cases.OpenIn(ctx, tx, a, o)
	return err
}

// kept are the numbers that stand, by office, series and year.
func (n *numbering) kept() map[string][]string {
	n.t.Helper()
	all := map[string][]string{}
	must(n.t, n.app.DB.Read(n.t.Context(), func(r db.Reader) error {
		for series, text := range map[string]string{"case": `SELECT office_id, number FROM case_file`, "request": `SELECT office_id, number FROM request`,
			"walk": `SELECT office_id, detail FROM change WHERE code = 'request.recorded' AND case_id IS NULL AND request_id IS NULL`} {
			_, err := db.All(n.t.Context(), r, func(row db.Row) (_ struct{}, err error) {
				var office db.ID
				var number string
				if err = row.Scan(&office, &number); err == nil {
					key, plain := keyOf(office, series, number)
					all[key] = append(all[key], plain)
				}
				return struct{}{}, err
			}, text)
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

// keyOf takes «LK3-2026-000123» or {"walk":"PM-2026-000045"} apart.
func keyOf(office db.ID, series, text string) (key, number string) {
	if series == "walk" {
		series = "request"
		text = text[len(`{"walk":"`) : len(text)-len(`"}`)]
	}
	year := text[len(text)-11 : len(text)-7]
	return fmt.Sprint(office, series, year), text[len(text)-6:]
}

func (n *numbering) compare() {
	n.t.Helper()
	kept := n.kept()
	for key, want := range n.stood {
		seen := map[string]bool{}
		for _, number := range kept[key] {
			if seen[number] {
				n.t.Errorf("%s: %s twice", key, number)
			}
			seen[number] = true
		}
		for i := 1; i <= want; i++ {
			if number := fmt.Sprintf("%06d", i); !seen[number] {
				n.t.Errorf("%s: %s is missing of %d", key, number, want)
			}
		}
		if len(seen) != want {
			n.t.Errorf("%s: %d numbers, %d acts stood", key, len(seen), want)
		}
	}
}
