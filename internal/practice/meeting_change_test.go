package practice_test

import (
	"context"
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

// desk is an office with one case of the worker's in which the family has met.
type desk struct {
	*testkit.Office
	t       *testing.T
	ctx     context.Context
	cases   *casefile.Service
	service *practice.Service
	gates   *casefile.Gates
	caseID  db.ID
	meeting db.ID
}

var decided = practice.MeetingText{TookPart: "Nenek Saodah\nRosmawati", Decided: "Makan malam di rumah Rosmawati", Watches: "Pak Ramli"}

func newDesk(t *testing.T, database *db.DB) *desk {
	o := testkit.NewOffice(t, database)
	d := &desk{Office: o, t: t, ctx: t.Context(), gates: casefile.NewGates()}
	d.gates.Add(practice.Demands()...)
	d.cases = casefile.NewService(casefile.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: d.gates, Office: o.Units, Now: o.Now})
	d.cases.AskConsent(practice.LetOut)
	d.service = practice.NewService(d.cases)
	added, err := o.People.Add(d.ctx, o.As("worker"), person.Person{Name: "Nenek Saodah"}, true)
	must(t, err)
	c, err := d.cases.Open(d.ctx, o.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	must(t, err)
	d.caseID = c.ID
	d.meeting, err = d.service.HoldMeeting(d.ctx, o.As("worker"), c.ID, practice.Meeting{MeetingText: decided, LookAgainOn: "2026-12-08"})
	must(t, err)
	return d
}

// reminders are the days of the tasks to look again, open or cancelled.
func (d *desk) reminders(open bool) (days []db.Date) {
	d.t.Helper()
	tasks, err := d.cases.TasksOf(d.ctx, d.As("worker"), d.caseID)
	must(d.t, err)
	for _, x := range tasks {
		if x.Code == "look_again" && x.DoneAt.IsZero() == open && x.Cancelled != open {
			days = append(days, x.DueOn)
		}
	}
	return days
}

func (d *desk) stands() practice.Meeting {
	d.t.Helper()
	m, err := d.service.Meeting(d.ctx, d.As("head"), d.caseID, d.meeting)
	must(d.t, err)
	return m
}

func (d *desk) refused(what, code string, err error) {
	d.t.Helper()
	if !fault.Is(err, code) {
		d.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func (d *desk) timeline(n int) (codes []string) {
	d.t.Helper()
	list, err := d.cases.Timeline(d.ctx, d.As("worker"), d.caseID, journal.Page{Limit: n})
	must(d.t, err)
	for _, x := range list {
		codes = append(codes, x.Code)
	}
	return codes
}

// The family meets again in December's last week instead; who wrote it down mends the record, and the reminder moves along.
func TestAMeetingIsMended(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		change := func(a access.Actor, m practice.Meeting) error {
			if m.ID.IsZero() {
				m.ID = d.meeting
			}
			return d.service.ChangeMeeting(d.ctx, a, d.caseID, m)
		}
		mended := practice.MeetingText{TookPart: decided.TookPart + "\nPak Ramli", Decided: "Makan malam bergantian", Watches: "Rosmawati"}
		worker := d.As("worker")
		d.refused("not who recorded it", "forbidden", change(d.As("head"), practice.Meeting{MeetingText: mended, Version: 1}))
		d.refused("a stranger to the case", "forbidden", change(d.As("worker2"), practice.Meeting{MeetingText: mended, Version: 1}))
		d.refused("none", "not_found", change(worker, practice.Meeting{ID: db.NewID(), MeetingText: mended, Version: 1}))
		d.refused("nothing decided", "invalid", change(worker, practice.Meeting{MeetingText: practice.MeetingText{TookPart: "x", Watches: "x"}, Version: 1}))
		d.refused("looked at before", "invalid", change(worker, practice.Meeting{MeetingText: mended, LookAgainOn: "2026-11-01", Version: 1}))
		d.refused("no version", "version_changed", change(worker, practice.Meeting{MeetingText: mended}))
		if m := d.stands(); m.MeetingText != decided || m.Version != 1 {
			t.Fatalf("a refusal changed it: %+v", m)
		}
		must(t, change(worker, practice.Meeting{MeetingText: mended, LookAgainOn: "2026-12-29", Version: 1}))
		m := d.stands()
		if m.MeetingText != mended || m.LookAgainOn != "2026-12-29" || m.Version != 2 || !m.HeldAt.Equal(d.Now()) {
			t.Errorf("stands: %+v", m)
		}
		if open, gone := d.reminders(true), d.reminders(false); !slices.Equal(open, []db.Date{"2026-12-29"}) || !slices.Equal(gone, []db.Date{"2026-12-08"}) {
			t.Errorf("open %v, cancelled %v", open, gone)
		}
		d.refused("a lost race", "version_changed", change(worker, practice.Meeting{MeetingText: decided, Version: 1}))
		must(t, change(worker, practice.Meeting{MeetingText: decided, LookAgainOn: "2026-12-29", Version: 2}))
		if open := d.reminders(true); !slices.Equal(open, []db.Date{"2026-12-29"}) {
			t.Errorf("the same day makes no second reminder: %v", open)
		}
		if codes := d.timeline(1); codes[0] != "practice.family_meeting_changed" {
			t.Errorf("the timeline says %v", codes)
		}
	})
}

// A meeting that was written into the wrong case is struck: it stays to be read, counts for nothing and reminds nobody.
func TestAMeetingIsStruck(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		strike := func(a access.Actor, reason string) error {
			return d.service.StrikeMeeting(d.ctx, a, d.caseID, d.meeting, reason)
		}
		d.refused("without a reason", "invalid", strike(d.As("worker"), ""))
		d.refused("a stranger to the case", "forbidden", strike(d.As("worker2"), "Salah keluarga"))
		d.refused("none", "not_found", d.service.StrikeMeeting(d.ctx, d.As("worker"), d.caseID, db.NewID(), "Salah keluarga"))
		must(t, strike(d.As("head"), "Salah keluarga"))
		m := d.stands()
		if m.MeetingText != decided || m.StruckBy.Name != "head" || m.StruckReason != "Salah keluarga" || !m.StruckAt.Equal(d.Now()) {
			t.Errorf("stands: %+v", m)
		}
		if open, gone := d.reminders(true), d.reminders(false); len(open) != 0 || !slices.Equal(gone, []db.Date{"2026-12-08"}) {
			t.Errorf("open %v, cancelled %v", open, gone)
		}
		d.refused("twice", "meeting_struck", strike(d.As("worker"), "Salah keluarga"))
		d.refused("changed after", "meeting_struck", d.service.ChangeMeeting(d.ctx, d.As("worker"), d.caseID,
			practice.Meeting{ID: d.meeting, MeetingText: decided, Version: m.Version}))
		if codes := d.timeline(1); codes[0] != "practice.family_meeting_struck" {
			t.Errorf("the timeline says %v", codes)
		}
		must(t, database.Read(d.ctx, func(r db.Reader) error {
			got, err := d.gates.At(d.ctx, r, d.caseID, casefile.Intervention, func(code string) bool { return code == "session_or_step" })
			if err == nil && (len(got) != 1 || got[0].Met) {
				t.Errorf("the gate: %+v", got)
			}
			return err
		}))
	})
}
