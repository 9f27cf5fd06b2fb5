package practice_test

import (
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

var school = practice.Goal{Aim: "overcome", Words: "Arif sekolah lagi", Measure: "hari hadir sebulan", Baseline: "2 hari", Target: "18 hari",
	Levels: [5]string{"tidak masuk", "sampai 8 hari", "sekitar 18 hari", "20 hari", "tidak pernah bolos"}, TargetOn: "2027-01-31"}

var read = practice.Signed{Manner: "screen", Name: "Nenek Saodah", Read: true}

func (d *desk) add(g practice.Goal) db.ID {
	d.t.Helper()
	id, err := d.service.AddGoal(d.ctx, d.As("worker"), d.caseID, g, practice.Step{What: "Bicara dengan wali kelas", Who: "Ibu", DueOn: "2026-12-01"})
	must(d.t, err)
	return id
}

func (d *desk) work() practice.Work {
	d.t.Helper()
	w, err := d.service.Work(d.ctx, d.As("head"), d.caseID)
	must(d.t, err)
	return w
}

// A goal is written with the client, agreed to, scored, changed with a reason, and has to be agreed to anew.
func TestAGoalIsChangedWithAReason(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker, id := d.As("worker"), d.add(school)
		must(t, d.service.Agree(d.ctx, worker, d.caseID, read, nil))
		g := d.work().Goals[0]
		if g.Baseline != "2 hari" || g.Target != "18 hari" || g.Level(2) != "tidak pernah bolos" || g.Level(-2) != "tidak masuk" || g.Weight != 1 || g.AgreedAt.IsZero() {
			t.Fatalf("kept: %+v", g)
		}
		change := func(a access.Actor, reason string, version int64, change func(*practice.Goal)) error {
			x := school
			x.ID, x.Version = id, version
			change(&x)
			return d.service.ChangeGoal(d.ctx, a, d.caseID, x, reason)
		}
		same := func(*practice.Goal) {}
		d.refused("without a reason", "invalid", change(worker, "", 2, same))
		d.refused("no words", "invalid", change(worker, "Lebih jelas", 2, func(g *practice.Goal) { g.Words = "" }))
		d.refused("no such aim", "invalid", change(worker, "Lebih jelas", 2, func(g *practice.Goal) { g.Aim = "rich" }))
		d.refused("too heavy", "invalid", change(worker, "Lebih jelas", 2, func(g *practice.Goal) { g.Weight = 6 }))
		d.refused("a level too long", "invalid", change(worker, "Lebih jelas", 2, func(g *practice.Goal) { g.Levels[0] = strings.Repeat("x", 501) }))
		d.refused("a stranger to the case", "forbidden", change(d.As("worker2"), "Lebih jelas", 2, same))
		d.refused("another office", "not_found", change(d.As("other"), "Lebih jelas", 2, same))
		d.refused("a lost race", "version_changed", change(worker, "Lebih jelas", 1, same))
		must(t, change(worker, "Ibu merasa 18 hari terlalu berat", 2, func(g *practice.Goal) { g.Target, g.Weight = "14 hari", 3 }))
		g = d.work().Goals[0]
		if g.Target != "14 hari" || g.Weight != 3 || g.Version != 3 || !g.AgreedAt.IsZero() {
			t.Errorf("stands: %+v", g)
		}
		if len(g.Past) != 1 || g.Past[0].Target != "18 hari" || g.Past[0].Reason != "Ibu merasa 18 hari terlalu berat" || g.Past[0].By != "worker" {
			t.Errorf("before: %+v", g.Past)
		}
		if codes := d.timeline(1); codes[0] != "practice.goal_changed" {
			t.Errorf("the timeline says %v", codes)
		}
	})
}

// A goal that no longer fits is given up with a reason: it counts for no gate and no score, and stays to be read.
func TestAGoalIsGivenUp(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker, id := d.As("worker"), d.add(school)
		must(t, d.service.Agree(d.ctx, worker, d.caseID, read, nil))
		d.gate(casefile.Planning, "goal_agreed", true)
		drop := func(a access.Actor, reason string, version int64) error {
			return d.service.DropGoal(d.ctx, a, d.caseID, id, reason, version)
		}
		d.refused("without a reason", "invalid", drop(worker, "", 2))
		d.refused("a lost race", "version_changed", drop(worker, "Pindah sekolah", 1))
		d.refused("a stranger to the case", "forbidden", drop(d.As("worker2"), "Pindah sekolah", 2))
		must(t, drop(worker, "Pindah sekolah", 2))
		w := d.work()
		if len(w.Goals) != 0 || len(w.Dropped) != 1 || w.Dropped[0].Past[0].Reason != "Pindah sekolah" || !w.Dropped[0].Past[0].Dropped {
			t.Errorf("%+v", w)
		}
		d.gate(casefile.Planning, "goal_agreed", false)
		d.refused("twice", "goal_dropped", drop(worker, "Pindah sekolah", 3))
		d.refused("scored after", "not_found", d.service.ScoreGoal(d.ctx, worker, d.caseID, id, 1))
		d.refused("a step after", "not_found", d.service.AddStep(d.ctx, worker, d.caseID, id, practice.Step{What: "Daftar"}))
	})
}

// gate insists on what a demand of a stage says now.
func (d *desk) gate(stage, code string, met bool) {
	d.t.Helper()
	must(d.t, d.DB.Read(d.ctx, func(r db.Reader) error {
		got, err := d.gates.At(d.ctx, r, d.caseID, stage, func(c string) bool { return c == code })
		if err == nil && (len(got) != 1 || got[0].Met != met) {
			d.t.Errorf("%s: %+v, want %t", code, got, met)
		}
		return err
	}))
}

// Steps have a day, are done, mended or given up; what has ended is not changed any more.
func TestStepsAreMendedAndGivenUp(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker, goal := d.As("worker"), d.add(school)
		must(t, d.service.AddStep(d.ctx, worker, d.caseID, goal, practice.Step{What: "Antar ke gerbang", Who: "Paman"}))
		steps := d.work().Goals[0].Steps
		if len(steps) != 2 || steps[0].DueOn != "2026-12-01" {
			t.Fatalf("%+v", steps)
		}
		one, other := steps[0], steps[1]
		one.What, one.DueOn = "Bicara dengan guru BK", "2026-12-05"
		d.refused("a stranger to the case", "forbidden", d.service.ChangeStep(d.ctx, d.As("worker2"), d.caseID, one))
		must(t, d.service.ChangeStep(d.ctx, worker, d.caseID, one))
		d.refused("a lost race", "version_changed", d.service.ChangeStep(d.ctx, worker, d.caseID, one))
		d.refused("without words", "invalid", d.service.ChangeStep(d.ctx, worker, d.caseID, practice.Step{ID: one.ID, Version: 2}))
		d.refused("none", "not_found", d.service.ChangeStep(d.ctx, worker, d.caseID, practice.Step{ID: db.NewID(), What: "x", Version: 1}))
		d.refused("given up without a reason", "invalid", d.service.DropStep(d.ctx, worker, d.caseID, other.ID, "", 1))
		must(t, d.service.DropStep(d.ctx, worker, d.caseID, other.ID, "Paman pindah kerja", 1))
		d.refused("given up twice", "step_ended", d.service.DropStep(d.ctx, worker, d.caseID, other.ID, "Paman pindah kerja", 2))
		d.refused("done after", "not_found", d.service.FinishStep(d.ctx, worker, d.caseID, other.ID))
		must(t, d.service.FinishStep(d.ctx, worker, d.caseID, one.ID))
		one.Version = 3
		d.refused("changed after it was done", "step_ended", d.service.ChangeStep(d.ctx, worker, d.caseID, one))
		steps = d.work().Goals[0].Steps
		if steps[0].What != "Bicara dengan guru BK" || steps[0].DueOn != "2026-12-05" || steps[0].DoneAt.IsZero() || steps[1].Reason != "Paman pindah kerja" {
			t.Errorf("%+v", steps)
		}
		d.gate(casefile.Intervention, "session_or_step", true)
	})
}

// Who agreed, and how, is kept as it was; what is missing for the manner is asked for.
func TestClientAndWorkerSign(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		agree := func(s practice.Signed) error { return d.service.Agree(d.ctx, worker, d.caseID, s, nil) }
		d.refused("nothing to agree to", "no_goal", agree(read))
		d.add(school)
		for what, s := range map[string]practice.Signed{
			"on the screen without a sign": {Manner: "screen", Name: "Nenek"},
			"on paper that lies nowhere":   {Manner: "paper"},
			"spoken without a witness":     {Manner: "spoken"},
			"in no manner":                 {Read: true},
			"a mark that is no path":       {Manner: "screen", Mark: `M1 1"/><script>`},
			"a mark outside of its box":    {Manner: "screen", Mark: "M10000 1"},
		} {
			d.refused(what, "invalid", agree(s))
		}
		d.refused("a stranger to the case", "forbidden", d.service.Agree(d.ctx, d.As("worker2"), d.caseID, read, nil))
		signed := practice.Signed{Manner: "screen", Name: "Nenek Saodah", Mark: "M10 20L30 40M50 60L70 80", WorkerMark: "M1 2L3 4"}
		must(t, agree(signed))
		w := d.work()
		if len(w.Agreements) != 1 || w.Agreements[0].Signed != signed || w.Agreements[0].By != "worker" || w.Goals[0].AgreedAt.IsZero() {
			t.Errorf("%+v", w.Agreements)
		}
		d.refused("all is agreed", "no_goal", agree(read))
	})
}

// A review leaves a task for the next day; the next review finishes it.
func TestThePlanIsReviewed(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		d.add(school)
		review := func(v practice.Review) error { return d.service.ReviewPlan(d.ctx, worker, d.caseID, v) }
		d.refused("nothing said", "invalid", review(practice.Review{}))
		d.refused("tomorrow", "invalid", review(practice.Review{Changed: "Membaik", HeldOn: "2026-11-25"}))
		d.refused("next before", "invalid", review(practice.Review{Changed: "Membaik", NextOn: "2026-11-01"}))
		must(t, review(practice.Review{Changed: "Sudah masuk 5 hari", NextOn: "2026-12-15"}))
		if open := d.tasks("plan_review", false); !slices.Equal(open, []db.Date{"2026-12-15"}) {
			t.Errorf("open: %v", open)
		}
		must(t, review(practice.Review{Changed: "Sudah masuk 9 hari", NextOn: "2027-01-15"}))
		if open, done := d.tasks("plan_review", false), d.tasks("plan_review", true); !slices.Equal(open, []db.Date{"2027-01-15"}) || !slices.Equal(done, []db.Date{"2026-12-15"}) {
			t.Errorf("open %v, done %v", open, done)
		}
		list := d.work().Reviews
		if len(list) != 2 || list[0].Changed != "Sudah masuk 9 hari" || list[0].NextOn != "2027-01-15" || list[0].HeldOn != db.DayOf(d.Now(), worker.Office.Zone) {
			t.Errorf("%+v", list)
		}
	})
}

// tasks are the days of those of a code that are open, or done and not cancelled.
func (d *desk) tasks(code string, done bool) (days []db.Date) {
	d.t.Helper()
	all, err := d.cases.TasksOf(d.ctx, d.As("worker"), d.caseID)
	must(d.t, err)
	for _, x := range all {
		if x.Code == code && !x.DoneAt.IsZero() == done && !x.Cancelled {
			days = append(days, x.DueOn)
		}
	}
	return days
}

// How far the goals came stands on the plan: three of the same weight, each one step above what was hoped, are 63.7
// (50 + 30 / √4.8); without a score there is none. What was given is counted from signed notes.
func TestWhatThePlanCameTo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		for range 3 {
			d.add(school)
		}
		if a := practice.AttainmentOf(d.work().Goals); a.Scored != 0 || a.All != 3 {
			t.Errorf("%+v", a)
		}
		for _, g := range d.work().Goals {
			must(t, d.service.ScoreGoal(d.ctx, worker, d.caseID, g.ID, 1))
		}
		if a := practice.AttainmentOf(d.work().Goals); a.Scored != 3 || a.T < 63.69 || a.T > 63.70 {
			t.Errorf("%+v", a)
		}
		for _, n := range []casefile.NewNote{{Kind: "counselling", Services: []string{"counselling"}, Sign: true}, {Kind: "phone", Services: []string{"counselling", "information"}, Sign: true},
			{Kind: "phone", Services: []string{"advocacy"}}} {
			n.Text = "Bertemu"
			_, err := d.cases.WriteNote(d.ctx, worker, d.caseID, n)
			must(t, err)
		}
		given := d.work().Given
		if len(given) != 2 || given[0].Code != "counselling" || given[0].Times != 2 || given[1].Code != "information" || given[1].Times != 1 {
			t.Errorf("given: %+v", given)
		}
	})
}
