package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"teduh/internal/access"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
)

// After any mergings and unmergings, in the order in which they are allowed, each person has the cases, requests, families,
// marks and appointments of the records that are theirs, and nothing else; when all is undone everything is as it was.
func TestMergingsInARowLoseAndMoveNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		rapid.Check(t, func(rt *rapid.T) {
			l := w.fiveRecords(rt)
			before := w.allThatStands()
			for range rapid.IntRange(3, 7).Draw(rt, "steps") {
				l.step()
				l.holds()
			}
			l.undoAll()
			l.holds()
			after := w.allThatStands()
			for table, rows := range before {
				if !slices.Equal(rows, after[table]) {
					rt.Fatalf("%s is not as it was:\n%v\n%v", table, missing(rows, after[table]), missing(after[table], rows))
				}
			}
		})
	})
}

func missing(from, in []string) []string {
	return slices.DeleteFunc(slices.Clone(from), func(row string) bool { return slices.Contains(in, row) })
}

// law is what the records of a few people should come to.
type law struct {
	*rapid.T
	w       *world
	actor   access.Actor
	head    access.Actor
	records []db.ID
	own     map[db.ID][]string // the facts that each record was given
	leads   map[db.ID]db.ID    // a record that went, and the one it was merged into
	into    map[db.ID][]db.ID  // those merged into a record, the latest last
}

// fiveRecords are given facts of their own; some have none.
func (w *world) fiveRecords(rt *rapid.T) *law {
	l := &law{T: rt, w: w, actor: w.actor("worker"), head: w.actor("head"), own: map[db.ID][]string{}, leads: map[db.ID]db.ID{}, into: map[db.ID][]db.ID{}}
	kinds := []string{"do_not_call", "violence", "weapon", "do_not_call", "violence"}
	for i := range 5 {
		added, err := w.app.People.Add(w.t.Context(), l.actor, person.Person{Name: fmt.Sprint("Orang ", i), Work: rapid.SampledFrom([]string{"", "guru", "petani"}).Draw(rt, "work"),
			Village: rapid.SampledFrom([]string{"", "21.72.04.1002"}).Draw(rt, "village"), Protected: rapid.Bool().Draw(rt, "protected")}, true)
		l.must(err)
		id := added.Person.ID
		l.records = append(l.records, id)
		for _, give := range []func(db.ID) string{l.openCase, l.record, l.family, l.appointment} {
			if rapid.Bool().Draw(rt, "given") {
				l.own[id] = append(l.own[id], give(id))
			}
		}
		if rapid.Bool().Draw(rt, "marked") {
			l.must(w.app.People.SetMark(w.t.Context(), l.head, id, kinds[i], db.ID{}))
			l.own[id] = append(l.own[id], "mark "+kinds[i])
		}
	}
	return l
}

func (l *law) openCase(id db.ID) string {
	c, err := l.w.app.Cases.Open(l.w.t.Context(), l.actor, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: id}})
	l.must(err)
	return "case " + c.ID.String()
}

func (l *law) record(id db.ID) string {
	q, err := l.w.app.Requests.Record(l.w.t.Context(), l.actor, intake.Request{Channel: "phone", Person: id, Told: intake.Told{Narrative: "Cerita"}})
	l.must(err)
	return "request " + q.ID.String()
}

func (l *law) family(id db.ID) string {
	m := person.Member{Role: "head"}
	m.ID = id
	added, err := l.w.app.People.AddFamily(l.w.t.Context(), l.actor, person.Family{Name: "Keluarga", Members: []person.Member{m}}, true)
	l.must(err)
	return "family " + added.Family.ID.String()
}

func (l *law) appointment(id db.ID) string {
	from := time.Now().Add(72 * time.Hour).UTC().Truncate(time.Hour)
	p, err := l.w.app.Calendar.Make(l.w.t.Context(), l.actor, calendar.Order{Kind: "office", From: from, To: from.Add(time.Hour), Subject: calendar.Subject{Person: id}, Accept: true})
	l.must(err)
	return "appointment " + p.ID.String()
}

func (l *law) must(err error) {
	if err != nil {
		l.Fatal(err)
	}
}

// kept are the records that stand for themselves.
func (l *law) kept() []db.ID {
	return slices.DeleteFunc(slices.Clone(l.records), func(id db.ID) bool { return !l.leads[id].IsZero() })
}

// standsFor is the record that a record leads to in the end.
func (l *law) standsFor(id db.ID) db.ID {
	for !l.leads[id].IsZero() {
		id = l.leads[id]
	}
	return id
}

// step merges two people, or undoes the latest merging of one.
func (l *law) step() {
	standing := l.kept()
	undoable := slices.DeleteFunc(slices.Clone(standing), func(id db.ID) bool { return len(l.into[id]) == 0 })
	if len(undoable) > 0 && (len(standing) == 1 || rapid.Bool().Draw(l.T, "undo")) {
		l.unmerge(rapid.SampledFrom(undoable).Draw(l.T, "of"))
		return
	}
	two := rapid.Permutation(standing).Draw(l.T, "two")
	kept, gone := two[0], two[1]
	take := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"name", "work", "address"}), rapid.ID[string]).Draw(l.T, "take")
	l.must(l.w.app.People.Merge(l.w.t.Context(), l.actor, person.Choice{Kept: l.opened(kept), Gone: l.opened(gone), Take: take}))
	l.leads[gone] = kept
	l.into[kept] = append(l.into[kept], gone)
}

// undoAll undoes what can be undone until nothing is left: what went into one that went itself comes free only then.
func (l *law) undoAll() {
	for len(l.leads) > 0 {
		for _, kept := range l.kept() {
			if len(l.into[kept]) > 0 {
				l.unmerge(kept)
			}
		}
	}
}

func (l *law) unmerge(kept db.ID) {
	list, err := l.w.app.People.Mergings(l.w.t.Context(), l.actor, kept)
	last := len(l.into[kept]) - 1
	if err != nil || len(list) != last+1 || list[0].Gone != l.into[kept][last] {
		l.Fatalf("the mergings into %s: %v %v", kept, list, err)
	}
	l.must(l.w.app.People.Unmerge(l.w.t.Context(), l.actor, kept, list[0].ID))
	delete(l.leads, list[0].Gone)
	l.into[kept] = l.into[kept][:last]
}

func (l *law) opened(id db.ID) person.Person {
	p, err := l.w.app.People.Get(l.w.t.Context(), l.actor, id, "page")
	if err != nil {
		l.Fatal(err)
	}
	return p
}

// holds compares what each person has with what the records of that person were given.
func (l *law) holds() {
	want := map[db.ID][]string{}
	for _, id := range l.records {
		kept := l.standsFor(id)
		if got := l.opened(id); got.ID != kept {
			l.Fatalf("%s leads to %s, should to %s", id, got.ID, kept)
		}
		want[kept] = append(want[kept], l.own[id]...)
	}
	for kept, facts := range want {
		slices.Sort(facts)
		if facts, got := slices.Compact(facts), l.facts(kept); !slices.Equal(facts, got) {
			l.Fatalf("%s has\n%s\nshould have\n%s", kept, strings.Join(got, "\n"), strings.Join(facts, "\n"))
		}
	}
}

// facts are what the page of a person shows.
func (l *law) facts(id db.ID) (all []string) {
	ctx, head, a := l.w.t.Context(), l.head, l.w.app
	cases, err := a.Cases.List(ctx, head, casefile.Filter{Person: id, Limit: 50})
	l.must(err)
	for _, c := range cases.Items {
		all = append(all, "case "+c.ID.String())
	}
	requests, err := a.Requests.List(ctx, head, intake.Filter{Person: id, Limit: 50})
	l.must(err)
	for _, q := range requests.Items {
		all = append(all, "request "+q.ID.String())
	}
	families, err := a.People.FamiliesOf(ctx, head, id)
	l.must(err)
	for _, f := range families {
		all = append(all, "family "+f.ID.String())
	}
	marks, err := a.People.Marks(ctx, head, []db.ID{id})
	l.must(err)
	for _, m := range marks[id] {
		all = append(all, "mark "+m.Kind)
	}
	coming, gone, err := a.Calendar.OfPerson(ctx, head, id)
	l.must(err)
	for _, p := range append(coming, gone...) {
		all = append(all, "appointment "+p.ID.String())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// changing are the columns that any change moves, and those sealed anew each time.
var changing = []string{"version", "updated_at", "sealed", "body", "before"}

// allThatStands are the rows that are about people, by table.
func (w *world) allThatStands() map[string][]string {
	w.t.Helper()
	all := map[string][]string{}
	must(w.t, w.app.DB.Read(w.t.Context(), func(r db.Reader) error {
		tables, err := w.app.DB.Tables(w.t.Context(), r)
		for _, t := range tables {
			if err == nil && (strings.HasPrefix(t.Name, "person") || strings.HasPrefix(t.Name, "client") || slices.Contains([]string{"family_member", "relation",
				"case_file", "case_person", "case_reader", "request", "request_reader", "appointment"}, t.Name)) {
				all[t.Name], err = w.rowsOf(r, t)
			}
		}
		return err
	}))
	return all
}

func (w *world) rowsOf(r db.Reader, t db.Table) ([]string, error) {
	var columns []string
	for _, c := range t.Columns {
		if !slices.Contains(changing, c) {
			columns = append(columns, c)
		}
	}
	rows, err := db.All(w.t.Context(), r, func(row db.Row) (string, error) {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		err := row.Scan(into...)
		return fmt.Sprint(values), err
	}, "SELECT "+strings.Join(columns, ", ")+" FROM "+t.Name)
	slices.Sort(rows)
	return rows, err
}
