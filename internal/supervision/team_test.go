package supervision_test

import (
	"context"
	"testing"
	"time"

	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/supervision"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is an office with its cases and those who look after them; «supervisor» supervises «worker».
type desk struct {
	*testkit.Office
	t      *testing.T
	ctx    context.Context
	cases  *casefile.Service
	work   *practice.Service
	assess *assessment.Service
	s      *supervision.Service
}

func newDesk(t *testing.T, database *db.DB) *desk {
	t.Helper()
	d := &desk{Office: testkit.NewOffice(t, database), t: t, ctx: t.Context()}
	gates := casefile.NewGates()
	gates.Add(practice.Demands()...)
	d.cases = casefile.NewService(casefile.Needs{DB: database, Journal: d.Journal, Vault: d.Vault, People: d.People, Gates: gates, Office: d.Units, Now: d.Now})
	d.Access.OnSupervision(d.cases.RefreshSupervised)
	d.work = practice.NewService(d.cases)
	d.assess = assessment.NewService(assessment.Needs{DB: database, Journal: d.Journal, Cases: d.cases, Practice: d.work})
	gates.Add(supervision.Demands()...)
	d.cases.AskProfession(supervision.HasProfession)
	d.s = supervision.NewService(supervision.Needs{DB: database, Journal: d.Journal, Cases: d.cases, People: d.People, Work: d.work, Assess: d.assess, Now: d.Now})
	return d
}

// open opens a case of somebody's about a person of that name.
func (d *desk) open(as, name string, level int, named ...string) casefile.Case {
	d.t.Helper()
	added, err := d.People.Add(d.ctx, d.As("intake"), person.Person{Name: name}, true)
	must(d.t, err)
	o := casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}, Confidentiality: level, Categories: []string{"25"}}
	for _, n := range named {
		o.Named = append(o.Named, d.As(n).User.String())
	}
	c, err := d.cases.Open(d.ctx, d.As(as), o)
	must(d.t, err)
	return c
}

func (d *desk) refused(what, code string, err error) {
	d.t.Helper()
	if !fault.Is(err, code) {
		d.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// loads are the loads somebody sees, by the worker's name.
func (d *desk) loads(as string) map[string]casefile.Load {
	d.t.Helper()
	team, err := d.s.Team(d.ctx, d.As(as), 0)
	must(d.t, err)
	list := map[string]casefile.Load{}
	for _, l := range team.Loads {
		list[l.Worker.Name] = l
	}
	return list
}

// listed counts the list that a number leads to.
func (d *desk) listed(as, worker string, narrow casefile.Filter) int {
	d.t.Helper()
	narrow.Worker, narrow.Status, narrow.Limit, narrow.Total = d.As(worker).User, "open", 50, true
	list, err := d.cases.List(d.ctx, d.As(as), narrow)
	must(d.t, err)
	return int(list.Total)
}

// A supervisor sees what lies on those they supervise: six numbers, each the length of the list it leads to.
func TestASupervisorSeesWhatLiesOnTheSupervised(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		d.open("worker", "Sepi Sekali", casefile.Ordinary) // outreach weighs 1, and the office's first visit is due in 3 days
		d.Clock.Add(15 * 24 * time.Hour)
		high := d.open("worker", "Bahaya Besar", casefile.Restricted)
		_, err := d.cases.SetRisk(d.ctx, worker, high.ID, "high", "ada ancaman", 0)
		must(t, err)
		_, err = d.cases.WriteNote(d.ctx, worker, high.ID, casefile.NewNote{Kind: "phone", NoteText: casefile.NoteText{Text: "Belum selesai ditulis"}})
		must(t, err)
		secret := d.open("worker", "Rahasia Dijaga", casefile.Secret, "head")
		d.open("worker2", "Bukan Binaan", casefile.Ordinary)
		gone := d.open("worker", "Sudah Selesai", casefile.Ordinary)
		list, err := d.cases.TasksOf(d.ctx, worker, gone.ID)
		must(t, err)
		_, err = d.cases.Close(d.ctx, worker, gone.ID, casefile.Closing{Reason: "moved_away", Outcome: casefile.Outcome{Overcome: "less"}, NoFollowUp: "pindah kota",
			Settle: casefile.Settlement{Done: []db.ID{list[0].ID}}})
		must(t, err)

		got := d.loads("supervisor")
		if len(got) != 1 {
			t.Fatalf("the supervisor sees %v", got)
		}
		want := casefile.Load{Worker: casefile.User{ID: worker.User, Name: "worker"}, Open: 2, Weight: 1 + 1 + 3, High: 1, Quiet: 1, Gates: 1, Unsigned: 1, Late: 1}
		if got["worker"] != want {
			t.Errorf("the supervisor sees %+v, want %+v", got["worker"], want)
		}
		today, since := db.DayOf(d.Now(), worker.Office.Zone), db.At(d.Now().Add(-casefile.QuietAfter))
		for as, secrets := range map[string]int{"supervisor": 0, "head": 1, "head2": 0} {
			l := d.loads(as)["worker"]
			for what, pair := range map[string][2]int{"open": {l.Open, d.listed(as, "worker", casefile.Filter{})}, "high": {l.High, d.listed(as, "worker", casefile.Filter{Risk: "high"})},
				"gates": {l.Gates, d.listed(as, "worker", casefile.Filter{GatesLate: today})}, "quiet": {l.Quiet, d.listed(as, "worker", casefile.Filter{QuietSince: since})},
				"unsigned": {l.Unsigned, d.listed(as, "worker", casefile.Filter{Unsigned: true})}} {
				if pair[0] != pair[1] {
					t.Errorf("%s: %d %s, their list has %d", as, pair[0], what, pair[1])
				}
			}
			if l.Open != 2+secrets {
				t.Errorf("%s counts %d open cases; the secret %s is for its named", as, l.Open, secret.Number)
			}
		}
		if all := d.loads("head"); all["worker2"].Open != 1 || all["psychologist"].Worker.Name == "" {
			t.Errorf("the head sees all who work cases: %v", all)
		}
		if theirs := d.loads("other"); len(theirs) != 0 {
			t.Errorf("another office sees %v", theirs)
		}
		for _, as := range []string{"worker", "psychologist", "intake", "facilitator", "partner", "viewer", "upper", "admin", "auditor", "dpo"} {
			_, err := d.s.Team(d.ctx, d.As(as), 0)
			d.refused(as, "forbidden", err)
		}
	})
}

// What a case weighs is the office's to say.
func TestTheOfficeSaysWhatACaseWeighs(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		_, err := d.cases.SetRisk(d.ctx, d.As("worker"), c.ID, "medium", "sering menangis", 0)
		must(t, err)
		if w := d.loads("head")["worker"].Weight; w != 2 { // outreach 1, medium risk 1
			t.Errorf("it weighs %d", w)
		}
		g := unit.Defaults().Guidance
		g.Stages["outreach"], g.Risks["medium"] = 4, 7
		for what, bad := range map[string]unit.Guidance{"nothing": {}, "too much": {Stages: unit.Weights{"outreach": 21}}} {
			if err := d.Units.Change(d.ctx, d.As("head"), bad, 0); !fault.Is(err, "invalid") {
				t.Errorf("%s: %v", what, err)
			}
		}
		d.refused("a supervisor changes it", "forbidden", d.Units.Change(d.ctx, d.As("supervisor"), g, 0))
		must(t, d.Units.Change(d.ctx, d.As("head"), g, 0))
		if w := d.loads("supervisor")["worker"].Weight; w != 11 {
			t.Errorf("by the office's points it weighs %d", w)
		}
	})
}

// said are the codes of the case's timeline, the newest first.
func (d *desk) said(c casefile.Case, n int) (codes []string) {
	d.t.Helper()
	list, err := d.cases.Timeline(d.ctx, d.As("head"), c.ID, journal.Page{Limit: n})
	must(d.t, err)
	for _, x := range list {
		codes = append(codes, x.Code)
	}
	return codes
}
