package practice_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A family decides who looks after the grandmother; the worker is reminded to look at it again, and the decision counts as
// a session.
func TestAFamilyMeets(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		o := testkit.NewOffice(t, database)
		gates := casefile.NewGates()
		gates.Add(practice.Demands()...)
		cases := casefile.NewService(casefile.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: gates, Office: o.Units, Now: o.Now})
		s := practice.NewService(cases)
		ctx, worker := t.Context(), o.As("worker")
		added, err := o.People.Add(ctx, worker, person.Person{Name: "Nenek Saodah"}, true)
		must(t, err)
		c, err := cases.Open(ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
		must(t, err)
		words := practice.MeetingText{TookPart: "Nenek Saodah\nRosmawati, Pak Ramli", Decided: "Makan malam di rumah Rosmawati", Watches: "Pak Ramli"}
		if got := (practice.Meeting{MeetingText: words}).Signers(); !slices.Equal(got, []string{"Nenek Saodah", "Rosmawati", "Pak Ramli"}) {
			t.Errorf("who signs: %v", got)
		}
		for what, m := range map[string]practice.Meeting{
			"nobody took part": {MeetingText: practice.MeetingText{Decided: "x", Watches: "x"}},
			"nothing decided":  {MeetingText: practice.MeetingText{TookPart: "x", Watches: "x"}},
			"nobody watches":   {MeetingText: practice.MeetingText{TookPart: "x", Decided: "x"}},
			"tomorrow":         {MeetingText: words, HeldAt: db.At(o.Now().Add(24 * time.Hour))},
			"looked at before": {MeetingText: words, LookAgainOn: "2026-11-23"},
		} {
			if _, err := s.HoldMeeting(ctx, worker, c.ID, m); !fault.Is(err, "invalid") {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := s.HoldMeeting(ctx, o.As("worker2"), c.ID, practice.Meeting{MeetingText: words}); !fault.Is(err, "forbidden") {
			t.Errorf("another's case: %v", err)
		}
		id, err := s.HoldMeeting(ctx, worker, c.ID, practice.Meeting{MeetingText: words, LookAgainOn: "2026-12-08"})
		must(t, err)
		m, err := s.Meeting(ctx, o.As("head"), c.ID, id)
		must(t, err)
		if m.MeetingText != words || m.By.Name != "worker" || !m.HeldAt.Equal(o.Now()) || m.LookAgainOn != "2026-12-08" {
			t.Errorf("kept: %+v", m)
		}
		tasks, err := cases.TasksOf(ctx, worker, c.ID)
		must(t, err)
		if i := slices.IndexFunc(tasks, func(x casefile.Task) bool { return x.Code == "look_again" }); i < 0 || tasks[i].DueOn != "2026-12-08" || tasks[i].For.ID != worker.User {
			t.Errorf("tasks: %+v", tasks)
		}
		list, err := cases.Timeline(ctx, worker, c.ID, journal.Page{Limit: 1})
		must(t, err)
		if list[0].Code != "practice.family_meeting" {
			t.Errorf("the timeline says %s", list[0].Code)
		}
		if _, err := s.Meeting(ctx, worker, c.ID, db.NewID()); !fault.Is(err, "not_found") {
			t.Errorf("none: %v", err)
		}
		must(t, database.Read(ctx, func(r db.Reader) error {
			got, err := gates.At(ctx, r, c.ID, casefile.Intervention, func(code string) bool { return code == "session_or_step" })
			if err == nil && (len(got) != 1 || !got[0].Met) {
				t.Errorf("the gate: %+v", got)
			}
			return err
		}))
	})
}
