package calendar_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// desk is an office that keeps a calendar. It is Tuesday, 24 November 2026, 09.00 in Jakarta.
type desk struct {
	*testkit.Office
	cases    *casefile.Service
	requests *intake.Service
	calendar *calendar.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	requests := intake.NewService(intake.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Cases: cases, Office: o.Units, Now: o.Now})
	return &desk{Office: o, cases: cases, requests: requests, calendar: calendar.NewService(calendar.Needs{DB: d, Journal: o.Journal, Vault: o.Vault,
		People: o.People, Cases: cases, Requests: requests, Office: o.Units, Now: o.Now})}
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

// at is a time of that Tuesday in Jakarta, which is 7 hours ahead of UTC.
func at(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour-7, minute, 0, 0, time.UTC) }

// open opens a case of «worker» about someone new.
func (d *desk) open(t *testing.T, p person.Person, secrecy int) casefile.Case {
	t.Helper()
	added, err := d.People.Add(t.Context(), d.As("worker"), p, true)
	must(t, err)
	c, err := d.cases.Open(t.Context(), d.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	must(t, err)
	if secrecy == casefile.Secret {
		named := []string{d.As("worker").User.String(), d.As("head2").User.String()}
		c, err = d.cases.Change(t.Context(), d.As("head2"), c.ID, casefile.Edit{Confidentiality: &secrecy, Named: &named})
		must(t, err)
	}
	return c
}

func (d *desk) make(t *testing.T, as string, o calendar.Order) calendar.Appointment {
	t.Helper()
	p, err := d.calendar.Make(t.Context(), d.As(as), o)
	must(t, err)
	return p
}

// day is that Tuesday as someone sees the time of a worker; an empty worker is the team.
func (d *desk) day(t *testing.T, as, worker string) []calendar.Appointment {
	t.Helper()
	span := calendar.Span{From: db.At(at(0, 0)), To: db.At(at(24, 0))}
	if worker != "" {
		span.Worker = d.As(worker).User
	}
	s, err := d.calendar.Between(t.Context(), d.As(as), span)
	must(t, err)
	return s.List
}

func (d *desk) codes(t *testing.T, as string, c db.ID) (codes []string) {
	t.Helper()
	list, err := d.cases.Timeline(t.Context(), d.As(as), c, journal.Page{Limit: 50})
	must(t, err)
	for _, h := range list {
		codes = append(codes, h.Code)
	}
	return codes
}

func ptr[T any](v T) *T { return &v }

// A home visit is planned, moved, kept; the task of the first visit is done with it, and the note makes it a session.
func TestAHomeVisitIsKeptAndTold(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.open(t, person.Person{Name: "Siti Aminah"}, casefile.Ordinary)
		p := d.make(t, "worker", calendar.Order{Kind: "home_visit", From: at(10, 0), To: at(11, 30), Subject: calendar.Subject{Case: c.ID},
			Told: calendar.Told{Place: "Jalan Bakar Batu", About: "Melihat keadaan rumah"}})
		if p.Name != "Siti Aminah" || p.Number != c.Number || p.State != calendar.Planned || !p.With(worker.User) || p.Place != "Jalan Bakar Batu" {
			t.Errorf("made: %+v", p)
		}
		p, err := d.calendar.Change(ctx, worker, p.ID, calendar.Edit{From: ptr(at(13, 0)), To: ptr(at(14, 0)), Version: p.Version})
		must(t, err)
		if p.Moved != 1 || !p.From.Equal(at(13, 0)) || p.About != "Melihat keadaan rumah" || p.State != calendar.Planned {
			t.Errorf("moved: %+v", p)
		}
		_, err = d.calendar.Change(ctx, worker, p.ID, calendar.Edit{Place: ptr("Lain"), Version: 1})
		refused(t, err, "version_changed")
		_, err = d.calendar.Change(ctx, worker, p.ID, calendar.Edit{State: ptr(calendar.Kept)})
		refused(t, err, "invalid") // it has not begun

		d.Clock.Add(5 * time.Hour) // 14.00
		if list, err := d.calendar.OfCase(ctx, d.As("head"), c); err != nil || len(list) != 1 || list[0].ID != p.ID {
			t.Errorf("the case page shows %v, %v", list, err)
		}
		p, err = d.calendar.Change(ctx, worker, p.ID, calendar.Edit{State: ptr(calendar.Kept)})
		must(t, err)
		tasks, err := d.cases.TasksOf(ctx, worker, c.ID)
		must(t, err)
		if len(tasks) != 1 || tasks[0].Code != "rule.first_visit" || tasks[0].DoneAt.IsZero() || tasks[0].Cancelled {
			t.Errorf("the first visit is still to do: %+v", tasks)
		}
		_, err = d.calendar.Change(ctx, worker, p.ID, calendar.Edit{Place: ptr("Lain")})
		refused(t, err, "appointment_settled")
		_, err = d.calendar.Change(ctx, worker, p.ID, calendar.Edit{State: ptr(calendar.Missed)})
		refused(t, err, "appointment_settled")
		if p.Session {
			t.Error("a session without a note")
		}
		_, err = d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: p.NoteKind(), Appointment: p.ID, NoteText: casefile.NoteText{Text: "Rumahnya bersih"}})
		must(t, err)
		if p, err = d.calendar.Get(ctx, worker, p.ID, "page"); err != nil || !p.Session {
			t.Errorf("no session: %+v %v", p, err)
		}
		want := []string{"note.written", "task.done", "appointment.kept", "appointment.moved", "appointment.made"}
		if got := d.codes(t, "worker", c.ID); !slices.Equal(got[:5], want) {
			t.Errorf("the timeline says %v", got)
		}
	})
}

// Two appointments at one time are warned of; one may go over the warning, and what was cancelled takes no time.
func TestAWorkerIsNotBookedTwiceUnknowingly(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		first := d.make(t, "worker2", calendar.Order{Kind: "internal", From: at(10, 0), To: at(11, 0), Told: calendar.Told{Title: "Rapat rahasia"}})
		o := calendar.Order{Kind: "office", From: at(10, 30), To: at(11, 30), Workers: []string{"worker@example.org", "worker2@example.org"},
			Told: calendar.Told{Title: "Pak Ramli"}}
		_, err := d.calendar.Make(ctx, d.As("worker"), o)
		refused(t, err, "appointment_warnings")
		e, _ := fault.As(err)
		if w := e.Data.([]calendar.Warning); len(w) != 1 || w[0].Code != "clash" || w[0].Worker != "worker2" || !w[0].From.Equal(at(10, 0)) {
			t.Errorf("warned of %+v", e.Data)
		}
		if got := d.day(t, "worker", "worker"); len(got) != 0 {
			t.Errorf("something was written: %+v", got)
		}
		after := o // one ends when the next begins
		after.From, after.To = at(11, 0), at(12, 0)
		d.make(t, "worker", after)
		o.Accept = true
		both := d.make(t, "worker", o)
		if len(both.Workers) != 2 {
			t.Errorf("workers %+v", both.Workers)
		}
		_, err = d.calendar.Change(ctx, d.As("worker2"), first.ID, calendar.Edit{State: ptr(calendar.Cancelled)})
		refused(t, err, "invalid") // without a word
		_, err = d.calendar.Change(ctx, d.As("worker2"), first.ID, calendar.Edit{State: ptr(calendar.Cancelled), Word: ptr("Ruang dipakai")})
		must(t, err)
		d.make(t, "worker2", calendar.Order{Kind: "phone", From: at(10, 0), To: at(10, 30), Told: calendar.Told{Title: "Telepon"}})
		_, err = d.calendar.Change(ctx, d.As("worker2"), first.ID, calendar.Edit{State: ptr(calendar.Planned)})
		refused(t, err, "appointment_warnings") // its time is taken by now
	})
}

// Of two who book the same hour at the same moment, one is warned.
func TestTwoWhoBookAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.make(t, "worker", calendar.Order{Kind: "internal", From: at(8, 0), To: at(8, 30), Told: calendar.Told{Title: "Pagi"}, Accept: true})
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, as := range []string{"intake", "head"} {
			wait.Go(func() {
				_, errs[i] = d.calendar.Make(t.Context(), d.As(as), calendar.Order{Kind: "office", From: at(14, 0), To: at(15, 0),
					Workers: []string{"worker@example.org"}, Told: calendar.Told{Title: as}})
			})
		}
		wait.Wait()
		if warned := fault.Is(errs[0], "appointment_warnings"); warned == fault.Is(errs[1], "appointment_warnings") || errs[0] != nil && errs[1] != nil {
			t.Errorf("%v, %v", errs[0], errs[1])
		}
	})
}

// What a secret case's time is for shows nowhere to those not named: the time is taken, and that is all.
func TestTheTimeOfASecretCaseIsOnlyTaken(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		c := d.open(t, person.Person{Name: "Melati"}, casefile.Secret)
		p := d.make(t, "worker", calendar.Order{Kind: "home_visit", From: at(10, 0), To: at(11, 0), Subject: calendar.Subject{Case: c.ID},
			Told: calendar.Told{Place: "Rumah aman"}})
		_, err := d.calendar.Make(ctx, d.As("worker"), calendar.Order{Kind: "office", From: at(13, 0), To: at(14, 0), Subject: calendar.Subject{Case: c.ID},
			Workers: []string{"worker2@example.org"}})
		refused(t, err, "invalid") // who may not know it is not sent to it
		for _, as := range []string{"worker2", "head", "psychologist", "intake"} {
			seen := d.day(t, as, "worker")
			if len(seen) != 1 {
				t.Fatalf("%s sees %+v", as, seen)
			}
			want := calendar.Appointment{From: p.From, To: p.To, Workers: []calendar.User{{ID: d.As("worker").User, Name: "worker"}}, Knows: calendar.Busy}
			if got := seen[0]; got.ID != want.ID || got.Kind != "" || got.Name != "" || got.Number != "" || got.Place != "" || got.Subject != want.Subject ||
				got.Knows != calendar.Busy || !slices.Equal(got.Workers, want.Workers) || !got.From.Equal(p.From.Time) || got.MadeBy != want.MadeBy || got.State != "" {
				t.Errorf("%s sees %+v", as, got)
			}
			_, err := d.calendar.Get(ctx, d.As(as), p.ID, "page")
			refused(t, err, "not_found")
			_, err = d.calendar.Change(ctx, d.As(as), p.ID, calendar.Edit{Place: ptr("Lain")})
			refused(t, err, "not_found")
			_, err = d.calendar.Make(ctx, d.As(as), calendar.Order{Kind: "office", From: at(13, 0), To: at(14, 0), Subject: calendar.Subject{Case: c.ID}})
			refused(t, err, "invalid")
			s, err := d.calendar.Between(ctx, d.As(as), calendar.Span{From: db.At(at(0, 0)), To: db.At(at(24, 0)), Case: c.ID})
			must(t, err)
			if len(s.List) != 0 {
				t.Errorf("%s finds by the case %+v", as, s.List)
			}
		}
		for _, list := range [][]calendar.Appointment{d.day(t, "head", ""), d.day(t, "supervisor", "worker")} {
			if len(list) != 1 {
				t.Errorf("the team's day: %+v", list)
			}
		}
		if got := d.day(t, "head2", "worker"); len(got) != 1 || got[0].Name != "Melati" || got[0].Place != "" {
			t.Errorf("the named head sees %+v", got)
		}
		_, err = d.calendar.Change(ctx, d.As("worker"), p.ID, calendar.Edit{State: ptr(calendar.Cancelled), Word: ptr("Tidak jadi")})
		must(t, err)
		if got := d.day(t, "head", "worker"); len(got) != 0 {
			t.Errorf("a cancelled one still takes time: %+v", got)
		}
	})
}

// POLICY 9: nothing of one side of a family shows on the calendar of who stands behind the wall, and a confidential
// address is told only to those who are to go there.
func TestAWallStandsInTheCalendarToo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		c := d.open(t, person.Person{Name: "Melati", Confidential: true, Sealed: person.Sealed{Street: "Jalan Rahasia"}}, casefile.Ordinary)
		p := d.make(t, "worker", calendar.Order{Kind: "home_visit", From: at(10, 0), To: at(11, 0), Subject: calendar.Subject{Case: c.ID},
			Told: calendar.Told{Place: "Jalan Rahasia", About: "Kunjungan"}})
		seen, err := d.calendar.Get(ctx, d.As("psychologist"), p.ID, "page")
		must(t, err)
		if seen.About != "Kunjungan" || seen.Place != "" {
			t.Errorf("a colleague who is not to go there sees %+v", seen)
		}
		if mine := d.day(t, "worker", "worker"); len(mine) != 1 || mine[0].Place != "Jalan Rahasia" {
			t.Errorf("who goes there sees %+v", mine)
		}
		_, err = d.calendar.Change(ctx, d.As("worker"), p.ID, calendar.Edit{Workers: &[]string{"worker@example.org", "worker2@example.org"}})
		must(t, err)
		must(t, d.cases.Wall(ctx, d.As("head"), c.ID, d.As("worker2").User))
		for _, whose := range []string{"worker", "worker2"} {
			if got := d.day(t, "worker2", whose); len(got) != 1 || got[0].Knows != calendar.Busy || got[0].Name+got[0].Place+got[0].Number != "" {
				t.Errorf("behind the wall stands %+v", got)
			}
		}
		_, err = d.calendar.Get(ctx, d.As("worker2"), p.ID, "page")
		refused(t, err, "not_found")
	})
}

// The intake officer makes appointments for others; of a case they see number, worker and state.
func TestTheIntakeOfficerBooksForOthers(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, desk := t.Context(), d.As("intake")
		c := d.open(t, person.Person{Name: "Siti Aminah"}, casefile.Ordinary)
		p := d.make(t, "intake", calendar.Order{Kind: "office", From: at(10, 0), To: at(11, 0), Subject: calendar.Subject{Case: c.ID},
			Workers: []string{"worker@example.org"}, Told: calendar.Told{Place: "Ruang 1", About: "Konseling kedua"}})
		if p.Knows != calendar.Outline || p.Number != c.Number || p.Name != "" || p.Told != (calendar.Told{}) {
			t.Errorf("intake sees %+v", p)
		}
		_, err := d.calendar.Change(ctx, desk, p.ID, calendar.Edit{From: ptr(at(11, 0)), To: ptr(at(12, 0))})
		must(t, err)
		seen, err := d.calendar.Get(ctx, d.As("worker"), p.ID, "page")
		must(t, err)
		if seen.Place != "Ruang 1" || seen.About != "Konseling kedua" || seen.Name != "Siti Aminah" {
			t.Errorf("what was typed is gone: %+v", seen)
		}
		_, err = d.calendar.Make(ctx, d.As("worker2"), calendar.Order{Kind: "office", From: at(13, 0), To: at(14, 0), Subject: calendar.Subject{Case: c.ID}})
		refused(t, err, "forbidden") // another's case, which worker2 may only read
		_, err = d.calendar.Change(ctx, d.As("worker2"), p.ID, calendar.Edit{Kind: ptr("phone")})
		refused(t, err, "forbidden")
		q, err := d.requests.Record(ctx, desk, intake.Request{Told: intake.Told{Narrative: "Ingin bertanya"}})
		must(t, err)
		ofRequest := d.make(t, "intake", calendar.Order{Kind: "office", From: at(15, 0), To: at(15, 30), Subject: calendar.Subject{Request: q.ID}})
		if ofRequest.Number != "PM-2026-000001" {
			t.Errorf("of the request: %+v", ofRequest)
		}
		_, err = d.calendar.Make(ctx, d.As("supervisor"), calendar.Order{Kind: "office", From: at(15, 0), To: at(15, 30), Subject: calendar.Subject{Request: q.ID}})
		refused(t, err, "forbidden")
		for _, as := range []string{"facilitator", "partner", "viewer", "upper", "admin", "auditor", "dpo"} {
			_, err := d.calendar.Between(ctx, d.As(as), calendar.Span{From: db.At(at(0, 0)), To: db.At(at(24, 0)), Worker: d.As("worker").User})
			refused(t, err, "forbidden")
		}
		_, err = d.calendar.Between(ctx, d.As("worker"), calendar.Span{From: db.At(at(0, 0)), To: db.At(at(24, 0))})
		refused(t, err, "forbidden") // the whole team is for who looks after it
		if s, err := d.calendar.Between(ctx, d.As("other"), calendar.Span{From: db.At(at(0, 0)), To: db.At(at(24, 0)), Worker: d.As("worker").User}); err != nil || len(s.List) != 0 {
			t.Errorf("the office next door sees %+v, %v", s.List, err)
		}
		_, err = d.calendar.Get(ctx, d.As("other"), p.ID, "page")
		refused(t, err, "not_found")
	})
}

// What is no case's, request's or person's is told to who is in it, who made it and the head.
func TestOnesOwnTimeIsOnesOwn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.make(t, "supervisor", calendar.Order{Kind: "internal", From: at(16, 0), To: at(16, 45), Workers: []string{"worker@example.org", "supervisor@example.org"},
			Told: calendar.Told{Title: "Supervisi"}, Accept: true})
		for as, want := range map[string]string{"worker": "Supervisi", "supervisor": "Supervisi", "head": "Supervisi", "worker2": "", "intake": ""} {
			if got := d.day(t, as, "worker"); len(got) != 1 || got[0].Title != want {
				t.Errorf("%s sees %+v", as, got)
			}
		}
		for what, o := range map[string]calendar.Order{
			"no kind":          {Kind: "picnic", From: at(10, 0), To: at(11, 0), Told: calendar.Told{Title: "x"}},
			"without a word":   {Kind: "office", From: at(10, 0), To: at(11, 0)},
			"backwards":        {Kind: "office", From: at(11, 0), To: at(10, 0), Told: calendar.Told{Title: "x"}},
			"too long":         {Kind: "office", From: at(0, 0), To: at(24, 1), Told: calendar.Told{Title: "x"}},
			"in three years":   {Kind: "office", From: at(10, 0).AddDate(3, 0, 0), To: at(11, 0).AddDate(3, 0, 0), Told: calendar.Told{Title: "x"}},
			"a long title":     {Kind: "office", From: at(10, 0), To: at(11, 0), Told: calendar.Told{Title: strings.Repeat("x", 201)}},
			"a stranger":       {Kind: "office", From: at(10, 0), To: at(11, 0), Told: calendar.Told{Title: "x"}, Workers: []string{"other@example.org"}},
			"an auditor":       {Kind: "office", From: at(10, 0), To: at(11, 0), Told: calendar.Told{Title: "x"}, Workers: []string{"auditor@example.org"}},
			"an unknown case":  {Kind: "office", From: at(10, 0), To: at(11, 0), Subject: calendar.Subject{Case: db.NewID()}},
			"an unknown human": {Kind: "office", From: at(10, 0), To: at(11, 0), Subject: calendar.Subject{Person: db.NewID()}},
		} {
			o.Accept = true
			if _, err := d.calendar.Make(t.Context(), d.As("worker"), o); !fault.Is(err, "invalid") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// The hours of an office hold in its own zone: 08.00 to 16.00, Monday to Friday, but on a holiday.
func TestWhatLiesOutsideTheHours(t *testing.T) {
	t.Parallel()
	office := calendar.Hours{Days: []int{1, 2, 3, 4, 5}, From: "08:00", To: "16:00"}
	office.Holidays = append(office.Holidays, struct {
		Day  db.Date `json:"day"`
		Name string  `json:"name"`
	}{"2026-12-25", "Natal"})
	zones := map[string]*time.Location{"WIB": time.FixedZone("WIB", 7*3600), "WIT": time.FixedZone("WIT", 9*3600)}
	for _, x := range []struct {
		from, zone string
		minutes    int
		want       bool
	}{
		{"2026-11-24T01:00:00Z", "WIB", 60, true},  // 08.00–09.00 on a Tuesday
		{"2026-11-23T23:00:00Z", "WIB", 60, false}, // 06.00–07.00
		{"2026-11-23T23:00:00Z", "WIT", 60, true},  // 08.00–09.00 two hours to the east
		{"2026-11-24T08:00:00Z", "WIB", 60, true},  // until 16.00
		{"2026-11-24T08:00:00Z", "WIB", 61, false}, // until 16.01
		{"2026-11-24T08:00:00Z", "WIT", 60, false}, // 17.00–18.00
		{"2026-11-28T02:00:00Z", "WIB", 60, false}, // a Saturday
		{"2026-12-25T02:00:00Z", "WIB", 60, false}, // a holiday
		{"2026-11-24T02:00:00Z", "WIB", 24 * 60, false},
	} {
		from, err := time.Parse(time.RFC3339, x.from)
		must(t, err)
		from = from.In(zones[x.zone])
		if got := calendar.Within(office, from, from.Add(time.Duration(x.minutes)*time.Minute)); got != x.want {
			t.Errorf("%s in %s for %d minutes: %v", x.from, x.zone, x.minutes, got)
		}
	}
}

// An appointment outside the hours, or in the past, is warned of in the zone of the office one stands at.
func TestWarningsOfTheHours(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		east := d.As("worker")
		east.Office.Zone = time.FixedZone("WIT", 9*3600)
		o := calendar.Order{Kind: "office", From: at(15, 0), To: at(15, 30), Told: calendar.Told{Title: "x"}} // 17.00 in the east
		_, err := d.calendar.Make(t.Context(), east, o)
		refused(t, err, "appointment_warnings")
		e, _ := fault.As(err)
		if w := e.Data.([]calendar.Warning); len(w) != 1 || w[0].Code != "outside_hours" {
			t.Errorf("warned of %+v", w)
		}
		_, err = d.calendar.Make(t.Context(), d.As("worker"), o)
		must(t, err)
		o.From, o.To = at(8, 0), at(8, 30) // it is nine
		_, err = d.calendar.Make(t.Context(), d.As("worker"), o)
		e, _ = fault.As(err)
		if w, _ := e.Data.([]calendar.Warning); len(w) != 1 || w[0].Code != "past" {
			t.Errorf("warned of %+v", e.Data)
		}
		_, err = d.calendar.Make(t.Context(), access.Actor{}, o)
		refused(t, err, "unauthorized")
	})
}
