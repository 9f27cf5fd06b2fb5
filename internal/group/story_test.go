package group_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/group"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// desk is an office that works with a group of young people.
type desk struct {
	*testkit.Office
	t      *testing.T
	cases  *casefile.Service
	groups *group.Service
	c      casefile.Case
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	w := &desk{Office: o, t: t, cases: cases, groups: group.NewService(cases)}
	body, _, err := o.People.AddBody(t.Context(), o.As("worker"), person.Client{Kind: "group", Name: "Remaja Dompak", BodyKind: "youth_group"}, true)
	must(t, err)
	w.c = w.open(person.ClientChoice{Kind: "group", Client: body.ID})
	team := []string{o.As("worker2").User.String()}
	w.c, err = cases.Change(t.Context(), o.As("worker"), w.c.ID, casefile.Edit{Team: &team})
	must(t, err)
	return w
}

func (d *desk) open(client person.ClientChoice) casefile.Case {
	d.t.Helper()
	c, err := d.cases.Open(d.t.Context(), d.As("worker"), casefile.Order{Client: client})
	must(d.t, err)
	return c
}

func (d *desk) join(name string, on db.Date) casefile.Member {
	d.t.Helper()
	m, err := d.cases.AddMember(d.t.Context(), d.As("worker"), d.c.ID, casefile.NewMember{Name: name, JoinedOn: on})
	must(d.t, err)
	return m
}

// hold records a session so long before now.
func (d *desk) hold(theme string, ago time.Duration) db.ID {
	d.t.Helper()
	id, err := d.groups.Hold(d.t.Context(), d.As("worker"), d.c.ID, group.Session{HeldAt: db.At(d.Now().Add(-ago)), Minutes: 90, Told: group.Told{Theme: theme, Place: "Aula"}}, "")
	must(d.t, err)
	return id
}

func (d *desk) mark(as string, session db.ID, marks ...group.Mark) error {
	return d.groups.Attend(d.t.Context(), d.As(as), d.c.ID, session, marks, false)
}

func (d *desk) one(session db.ID) group.Grid {
	d.t.Helper()
	g, err := d.groups.One(d.t.Context(), d.As("worker"), d.c.ID, session)
	must(d.t, err)
	return g
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func onField(t *testing.T, err error, field string) {
	t.Helper()
	e, ok := fault.As(err)
	if !ok || !slices.ContainsFunc(e.Fields, func(f *fault.Error) bool { return f.Field == field }) {
		t.Errorf("got %v, want a word at %s", err, field)
	}
}

const day = 24 * time.Hour

// Three young people meet twice: who came is marked cell by cell and column by column, counted by member and by session, and
// told in the history.
func TestWhoCameIsMarkedAndCounted(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		arif, bunga, citra := d.join("Arif", "2026-11-01"), d.join("Bunga", "2026-11-01"), d.join("Citra", "2026-11-20")
		first, second := d.hold("Berteman", 10*day), d.hold("Marah", 2*day)
		must(t, d.mark("worker", first, group.Mark{Member: arif.ID, State: "late"}))
		must(t, d.groups.Attend(t.Context(), d.As("worker"), d.c.ID, first, nil, true))
		must(t, d.mark("worker", second, group.Mark{Member: arif.ID, State: "absent"}, group.Mark{Member: bunga.ID, State: "excused"}))
		must(t, d.groups.Attend(t.Context(), d.As("worker"), d.c.ID, second, nil, true))

		g, err := d.groups.Grid(t.Context(), d.As("head"), d.c.ID, group.Place{})
		must(t, err)
		if len(g.Sessions) != 2 || g.Sessions[0].Theme != "Berteman" || g.Earlier {
			t.Fatalf("sessions: %+v", g.Sessions)
		}
		for m, want := range map[casefile.Member][2]string{arif: {"late", "absent"}, bunga: {"present", "excused"}, citra: {"", "present"}} {
			if got := [2]string{g.State(first, m.ID), g.State(second, m.ID)}; got != want {
				t.Errorf("%s: %v, want %v", m.Name, got, want)
			}
		}
		if a, b := g.Of(first), g.Of(second); a.Came() != 2 || a.All() != 2 || b.Came() != 1 || b.All() != 3 {
			t.Errorf("by session: %v %v", a, b)
		}
		if x := g.ByMember[arif.ID]; x.Came() != 1 || x.All() != 2 {
			t.Errorf("Arif: %v", x)
		}
		must(t, d.mark("worker", second, group.Mark{Member: arif.ID}))
		must(t, d.mark("worker", second, group.Mark{Member: arif.ID}))
		line, err := d.cases.Timeline(t.Context(), d.As("head"), d.c.ID, journal.Page{Limit: 20, Codes: []string{"group.attendance"}})
		must(t, err)
		if len(line) != 5 { // the last mark was taken away once, the second time nothing changed
			t.Errorf("%d changes in the history", len(line))
		}
		must(t, d.groups.Cancel(t.Context(), d.As("worker"), d.c.ID, first, "Salah catat"))
		if x := d.one(second).ByMember[bunga.ID]; x.All() != 1 {
			t.Errorf("a cancelled session counts: %v", x)
		}
	})
}

// What can't be is refused in words: attendance before a session has begun, of whom was no member then or is one of another
// group, of a state there is none of, after it was cancelled.
func TestAttendanceThatCantBe(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		arif := d.join("Arif", "2026-11-20")
		_, err := d.cases.EndMember(ctx, worker, d.c.ID, arif.ID, "2026-11-22")
		must(t, err)
		before, during, after, ahead := d.hold("Dahulu", 10*day), d.hold("Kini", 2*day), d.hold("Sesudah", time.Hour), d.hold("Nanti", -2*day)
		present := group.Mark{Member: arif.ID, State: "present"}
		for _, session := range []db.ID{before, after} {
			onField(t, d.mark("worker", session, present), "member_id")
			must(t, d.mark("worker", session, group.Mark{Member: arif.ID})) // nothing to take away is no change
		}
		must(t, d.mark("worker", during, present))
		refused(t, d.mark("worker", ahead, present), "session_ahead")
		_, err = d.groups.WriteNote(ctx, worker, d.c.ID, ahead, casefile.NewNote{NoteText: casefile.NoteText{Text: "Belum"}})
		refused(t, err, "session_ahead")
		onField(t, d.mark("worker", during, group.Mark{Member: db.NewID(), State: "present"}), "member_id")
		onField(t, d.mark("worker", during, group.Mark{Member: arif.ID, State: "asleep"}), "state")
		refused(t, d.mark("worker", db.NewID(), present), "not_found")
		refused(t, d.mark("head2", during, group.Mark{Member: db.NewID(), State: "present"}), "invalid")
		refused(t, d.mark("psychologist", during, present), "forbidden")
		refused(t, d.mark("supervisor", during, present), "forbidden")
		refused(t, d.mark("other", during, present), "not_found")

		x := d.one(during).Sessions[0]
		for _, at := range []time.Time{d.Now().Add(day), d.Now().Add(-10 * day)} {
			moved := x
			moved.HeldAt = db.At(at)
			onField(t, d.groups.Change(ctx, worker, d.c.ID, moved, ""), "held_at")
		}
		x.Theme = "Kini juga"
		must(t, d.groups.Change(ctx, worker, d.c.ID, x, "worker2@example.org"))
		refused(t, d.groups.Change(ctx, worker, d.c.ID, x, ""), "version_changed")
		if got := d.one(during).Sessions[0]; got.Theme != "Kini juga" || got.LedBy.Name != "worker2" || got.Version != 2 {
			t.Errorf("changed: %+v", got)
		}
		onField(t, d.groups.Cancel(ctx, worker, d.c.ID, during, ""), "reason")
		must(t, d.groups.Cancel(ctx, worker, d.c.ID, during, "Hujan lebat"))
		refused(t, d.mark("worker", during, present), "session_cancelled")
		refused(t, d.groups.Cancel(ctx, worker, d.c.ID, during, "Hujan lebat"), "session_cancelled")
		if got := d.one(during).Sessions[0]; got.CancelledWhy != "Hujan lebat" {
			t.Errorf("why: %q", got.CancelledWhy)
		}

		single := d.open(person.ClientChoice{Kind: "individual", Person: d.registered("Dewi")})
		_, err = d.groups.Hold(ctx, worker, single.ID, group.Session{HeldAt: db.At(d.Now()), Told: group.Told{Theme: "Sendiri"}}, "")
		refused(t, err, "no_group")
		for field, s := range map[string]group.Session{"theme": {HeldAt: db.At(d.Now())}, "held_at": {Told: group.Told{Theme: "Kapan"}}} {
			_, err = d.groups.Hold(ctx, worker, d.c.ID, s, "")
			onField(t, err, field)
		}
		_, err = d.groups.Hold(ctx, worker, d.c.ID, group.Session{HeldAt: db.At(d.Now()), Told: group.Told{Theme: "Siapa"}}, "siapa@example.org")
		onField(t, err, "led_by")
	})
}

func (d *desk) registered(name string) db.ID {
	d.t.Helper()
	added, err := d.People.Add(d.t.Context(), d.As("worker"), person.Person{Name: name}, true)
	must(d.t, err)
	return added.Person.ID
}

// Two workers mark at once: neither loses what they marked, and of one and the same cell the last mark stands, with the one
// before it in the journal.
func TestTwoWorkersMarkAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		session := d.hold("Berteman", 0)
		var members []casefile.Member
		for i := range 12 {
			members = append(members, d.join(fmt.Sprintf("Anggota %02d", i), "2026-11-01"))
		}
		var wait sync.WaitGroup
		errs := make([]error, len(members))
		for i, m := range members {
			as := []string{"worker", "worker2"}[i%2]
			wait.Go(func() { errs[i] = d.mark(as, session, group.Mark{Member: m.ID, State: group.States[i%4]}) })
		}
		wait.Wait()
		g := d.one(session)
		for i, m := range members {
			if errs[i] != nil || g.State(session, m.ID) != group.States[i%4] {
				t.Errorf("%s: %q, %v", m.Name, g.State(session, m.ID), errs[i])
			}
		}
		must(t, d.mark("worker", session, group.Mark{Member: members[0].ID, State: "late"}))
		must(t, d.mark("worker2", session, group.Mark{Member: members[0].ID, State: "excused"}))
		line, err := d.cases.Timeline(t.Context(), d.As("worker"), d.c.ID, journal.Page{Limit: 1})
		must(t, err)
		if got := fmt.Sprint(line[0].Detail["marks"]); got != fmt.Sprintf("[map[from:late member:%s to:excused]]", members[0].ID) || line[0].By != "worker2" {
			t.Errorf("the journal has %s by %s", got, line[0].By)
		}
	})
}

// Eight sessions stand on two pages, in their order, none twice.
func TestSessionsAreReadPageByPage(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		for i := range 8 {
			d.hold(fmt.Sprintf("Sesi %d", i), time.Duration(8-i)*day)
		}
		g, err := d.groups.Grid(t.Context(), d.As("worker"), d.c.ID, group.Place{})
		must(t, err)
		if len(g.Sessions) != group.PageSize || !g.Earlier || g.Sessions[0].Theme != "Sesi 2" || g.Sessions[5].Theme != "Sesi 7" {
			t.Fatalf("first page: %+v", g.Sessions)
		}
		g, err = d.groups.Grid(t.Context(), d.As("worker"), d.c.ID, group.Place{At: g.Sessions[0].HeldAt, ID: g.Sessions[0].ID})
		must(t, err)
		if len(g.Sessions) != 2 || g.Earlier || g.Sessions[0].Theme != "Sesi 0" || g.Sessions[1].Theme != "Sesi 1" {
			t.Errorf("second page: %+v", g.Sessions)
		}
	})
}

// The note of a session stands for all, and one of each member for that member alone; the author takes it over into the
// member's own case once, and the group's case tells nothing of that.
func TestAMembersNoteGoesIntoTheirOwnCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		who := d.registered("Arif Budiman")
		own := d.open(person.ClientChoice{Kind: "individual", Person: who})
		other := d.open(person.ClientChoice{Kind: "individual", Person: d.registered("Dewi")})
		arif, err := d.cases.AddMember(ctx, worker, d.c.ID, casefile.NewMember{Person: who, JoinedOn: "2026-11-01"})
		must(t, err)
		session := d.hold("Berteman", day)
		write := func(as, text string, member db.ID, sign bool) casefile.Note {
			t.Helper()
			n, err := d.groups.WriteNote(ctx, d.As(as), d.c.ID, session, casefile.NewNote{Member: member, Sign: sign, NoteText: casefile.NoteText{Text: text}})
			must(t, err)
			return n
		}
		all, note, draft := write("worker", "Kelompok bermain peran", db.ID{}, true), write("worker", "Arif menangis", arif.ID, true), write("worker", "Separuh", arif.ID, false)
		theirs := write("worker2", "Arif diam", arif.ID, true)
		same := func(what string, p casefile.NotesPage, want ...string) {
			t.Helper()
			p.Limit, p.Session = 10, session
			list, _, err := d.cases.Notes(ctx, worker, d.c.ID, p, "page")
			must(t, err)
			var got []string
			for _, n := range list {
				got = append(got, n.Text)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		same("for all", casefile.NotesPage{Shared: true}, "Kelompok bermain peran")
		same("Arif's thread", casefile.NotesPage{Member: arif.ID}, "Arif diam", "Arif menangis", "Kelompok bermain peran", "Separuh")

		for id, code := range map[db.ID]string{all.ID: "not_found", draft.ID: "note_unsigned", theirs.ID: "forbidden", db.NewID(): "not_found"} {
			_, err := d.cases.TakeOver(ctx, worker, d.c.ID, id, own.ID)
			refused(t, err, code)
		}
		_, err = d.cases.TakeOver(ctx, worker, d.c.ID, note.ID, other.ID)
		refused(t, err, "not_found")
		_, err = d.cases.TakeOver(ctx, d.As("worker2"), d.c.ID, theirs.ID, own.ID)
		refused(t, err, "forbidden") // the case is open to them, and is not theirs to work on
		before, err := d.cases.Timeline(ctx, worker, d.c.ID, journal.Page{Limit: 50})
		must(t, err)
		errs := make([]error, 2)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { _, errs[i] = d.cases.TakeOver(ctx, worker, d.c.ID, note.ID, own.ID) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errs[0], "note_taken") && !fault.Is(errs[1], "note_taken") {
			t.Errorf("taken over twice at once: %v, %v", errs[0], errs[1])
		}
		list, _, err := d.cases.Notes(ctx, worker, own.ID, casefile.NotesPage{Limit: 5}, "page")
		must(t, err)
		if len(list) != 1 || list[0].Text != "Arif menangis" || list[0].SignedAt.IsZero() || !list[0].Member.ID.IsZero() {
			t.Errorf("in the own case: %+v", list)
		}
		after, err := d.cases.Timeline(ctx, worker, d.c.ID, journal.Page{Limit: 50})
		must(t, err)
		if len(after) != len(before) {
			t.Error("the group's case tells of the other one")
		}
	})
}
