package app_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
)

// moving is a list that others work on while it is read page by page.
type moving struct {
	list
	add    func()          // a row that stands before all others
	remove func(id string) // takes a row that was read out of the list, or puts it first; nil where nothing leaves it
}

// Rows that come, go or move behind the place that was reached do not make a reader miss a row, or see one twice.
func TestPagingIsNotDisturbedByWhatHappensBehindIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		lists := w.movingLists()
		rapid.Check(t, func(rt *rapid.T) {
			l := rapid.SampledFrom(lists).Draw(rt, "list")
			whole := l.rest(w, "", nil)
			if got := l.walk(rt, w, whole); !slices.Equal(got, whole) {
				rt.Fatalf("%s: %v page by page, %v as a whole", l.name, got, whole)
			}
		})
	})
}

// String names the list where a draw is told.
func (l moving) String() string { return l.name }

func (l moving) walk(rt *rapid.T, w *world, whole []string) (all []string) {
	after, left := "", 2
	for range len(whole) + 1 {
		ids, next := l.page(w, after, rapid.IntRange(1, 9).Draw(rt, "limit"))
		all = append(all, ids...)
		if after = next; next == "" {
			break
		}
		switch what := rapid.SampledFrom([]string{"", "add", "remove"}).Draw(rt, "behind"); {
		case left == 0 || what == "":
		case what == "add" || l.remove == nil:
			l.add()
			left--
		default:
			l.remove(all[0])
			return l.rest(w, after, all)
		}
	}
	return all
}

// rest reads to the end while nothing happens.
func (l moving) rest(w *world, after string, all []string) []string {
	for {
		ids, next := l.page(w, after, 200)
		if all = append(all, ids...); next == "" {
			return all
		}
		after = next
	}
}

func (w *world) movingLists() []moving {
	about := w.person(`{"name":"Zainab"}`)
	opened := w.cases(about)
	return []moving{w.movingPeople(), w.movingQueue(), w.movingRegister(), w.movingCalendar(opened), w.movingNotes(opened), w.movingFiles(opened)}
}

// movingPeople stand by name; one who is merged into another leaves the list.
func (w *world) movingPeople() moving {
	add := func(name string) {
		w.ask("worker", "POST", "/api/v1/people", fmt.Sprintf(`{"name":%q,"accept_duplicates":true}`, name))
	}
	for range 12 {
		add("Budi")
	}
	n := 9999
	first := w.person(`{"name":"Aaa"}`)
	return moving{api("/people", 0, ""), func() { n--; add("A " + spelt(n)) }, func(id string) {
		if id == first {
			return
		}
		get := func(id string) person.Person {
			key, err := db.ParseID(id)
			must(w.t, err)
			p, err := w.app.People.Get(w.t.Context(), w.actor("worker"), key, "page")
			must(w.t, err)
			return p
		}
		must(w.t, w.app.People.Merge(w.t.Context(), w.actor("worker"), person.Choice{Kept: get(first), Gone: get(id)}))
	}}
}

// spelt makes a word of a number, so that words stand in the order of their numbers.
func spelt(n int) string {
	word := ""
	for _, digit := range fmt.Sprintf("%04d", n) {
		word += string("bdfgklmnpr"[digit-'0']) + "a"
	}
	return word
}

// movingQueue are the requests that wait, by their clock, which does not stand still at night; one where someone was reached
// leaves it.
func (w *world) movingQueue() moving {
	arrived := time.Now().Add(-48 * time.Hour)
	add := func() {
		arrived = arrived.Add(-time.Hour)
		w.ask("worker", "POST", "/api/v1/requests", fmt.Sprintf(`{"narrative":"Cerita","danger_signs":["pregnant"],"arrived_at":%q}`, arrived.UTC().Format(time.RFC3339)))
	}
	for range 12 {
		add()
	}
	return moving{api("/requests", 0, "state=new"), add, func(id string) {
		w.ask("worker", "POST", "/api/v1/requests/"+id+"/contacts", `{"how":"phone","reached":true}`)
	}}
}

// movingRegister are the requests of a day, the newest first.
func (w *world) movingRegister() moving {
	at := time.Now().Add(-24 * time.Hour)
	add := func() {
		w.ask("worker", "POST", "/api/v1/requests", fmt.Sprintf(`{"narrative":"Kemarin","arrived_at":%q}`, at.UTC().Format(time.RFC3339)))
	}
	for range 12 {
		add()
	}
	worker := w.actor("worker")
	return moving{list{name: "register", page: func(w *world, after string, limit int) (ids []string, next string) {
		f := intake.Filter{Day: db.DayOf(at, worker.Office.Zone), Limit: limit}
		if after != "" {
			id, err := db.ParseID(after)
			must(w.t, err)
			f.After.ID = id
		}
		found, err := w.app.Requests.List(w.t.Context(), worker, f)
		must(w.t, err)
		for _, q := range found.Items {
			ids = append(ids, q.ID.String())
		}
		if found.More {
			next = ids[len(ids)-1]
		}
		return ids, next
	}}, add, nil}
}

// movingCalendar are appointments by their time; one that is moved to an earlier time goes to the front.
func (w *world) movingCalendar(opened string) moving {
	from := time.Now().Add(600 * 24 * time.Hour).UTC().Truncate(time.Hour)
	span := url.Values{"from": {from.Add(-500 * 24 * time.Hour).Format(time.RFC3339)}, "to": {from.Add(24 * time.Hour).Format(time.RFC3339)}}
	times := func() string {
		from = from.Add(-time.Hour)
		return fmt.Sprintf(`"from":%q,"to":%q,"accept_warnings":true}`, from.Format(time.RFC3339), from.Add(time.Hour).Format(time.RFC3339))
	}
	add := func() {
		w.ask("worker", "POST", "/api/v1/appointments", fmt.Sprintf(`{"kind":"office","case_id":%q,`, opened)+times())
	}
	for range 12 {
		add()
	}
	return moving{api("/appointments", 0, span.Encode()), add, func(id string) {
		tag := w.ask("worker", "GET", "/api/v1/appointments/"+id, "").Header().Get("Etag")
		if got := w.ask("worker", "PATCH", "/api/v1/appointments/"+id, "{"+times(), "If-Match", tag); got.Code != 200 {
			w.t.Fatalf("moving an appointment: %d %s", got.Code, got.Body)
		}
	}}
}

// movingNotes of a case stand by when it happened, the latest first.
func (w *world) movingNotes(opened string) moving {
	at := time.Now().Add(-1000 * time.Hour)
	add := func() {
		at = at.Add(time.Minute)
		w.ask("worker", "POST", "/api/v1/cases/"+opened+"/notes", fmt.Sprintf(`{"kind":"phone","text":"Catatan","sign":true,"happened_at":%q}`, at.UTC().Format(time.RFC3339)))
	}
	for range 12 {
		add()
	}
	return moving{api("/cases/"+opened+"/notes", 0, ""), add, nil}
}

// movingFiles of a case, the newest first.
func (w *world) movingFiles(opened string) moving {
	caseID, err := db.ParseID(opened)
	must(w.t, err)
	worker := w.actor("worker")
	add := func(n int) {
		u, err := w.app.Files.Receive(w.t.Context(), worker, caseID)
		must(w.t, err)
		for range n {
			must(w.t, u.Add(w.t.Context(), "surat.txt", strings.NewReader("Isi surat")))
		}
		must(w.t, u.Keep(w.t.Context()))
	}
	for range 13 {
		add(10)
	}
	return moving{list{name: "files", page: func(w *world, after string, limit int) (ids []string, next string) {
		var before db.ID
		if after != "" {
			before, err = db.ParseID(after)
			must(w.t, err)
		}
		found, more, err := w.app.Files.List(w.t.Context(), worker, caseID, before)
		must(w.t, err)
		for _, f := range found {
			ids = append(ids, f.ID.String())
		}
		if more {
			next = ids[len(ids)-1]
		}
		return ids, next
	}}, func() { add(1) }, nil}
}
