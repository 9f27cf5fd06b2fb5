package assessment_test

import (
	"strings"
	"sync"
	"testing"

	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/practice"
)

func (d *desk) goals() []practice.Goal {
	d.t.Helper()
	w, err := d.work.Work(d.t.Context(), d.head, d.c.ID)
	must(d.t, err)
	return w.Goals
}

func (d *desk) makeGoal(item string) db.ID {
	d.t.Helper()
	id, err := d.s.MakeGoal(d.t.Context(), d.worker, d.c.ID, item)
	must(d.t, err)
	return id
}

// A heavy area becomes a goal with its own measure, a first step and a task for the worker in charge; a second click makes no
// second one, and what was given up can be made again.
func TestAnAreaBecomesAGoal(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := t.Context()
		d.write(d.worker, form.Answers{"area_work": {"1"}, "area_couple": {"3"}, "area_couple_note": {"Suami\ntidak pulang"}, "area_health": {"0"}, "area_violence": {"2"}})
		var heavy []string
		for _, x := range d.of().Areas(nil) {
			heavy = append(heavy, x.Item.ID+" "+x.Score.Code)
		}
		if got := strings.Join(heavy, ", "); got != "area_couple 3, area_violence 2, area_work 1" {
			t.Errorf("by weight: %s", got)
		}
		id := d.makeGoal("area_couple")
		if again := d.makeGoal("area_couple"); again != id || len(d.goals()) != 1 {
			t.Errorf("clicked twice: %s and %s, %d goals", id, again, len(d.goals()))
		}
		g := d.goals()[0]
		if g.Item != "area_couple" || g.Aim != "overcome" || g.Words != "Hubungan suami istri: Suami tidak pulang" || g.Baseline != "3 – sangat berat" || g.Target != "1 – ringan" ||
			g.Measure != "Nilai bidang «Hubungan suami istri» dalam asesmen (0 – tidak ada; 3 – sangat berat)" {
			t.Errorf("the goal: %+v", g)
		}
		if len(g.Steps) != 1 || g.Steps[0].Who != "worker" || g.Steps[0].DueOn != "2026-12-01" {
			t.Errorf("its step: %+v", g.Steps)
		}
		tasks, err := d.cases.TasksOf(ctx, d.worker, d.c.ID)
		must(t, err)
		made := 0
		for _, x := range tasks {
			if x.Code == "area_goal" && x.For.Name == "worker" && x.DueOn == "2026-12-01" {
				made++
			}
		}
		if made != 1 {
			t.Errorf("%d tasks", made)
		}
		if areas := d.of().Areas(d.goals()); areas[0].Goal != id || !areas[1].Goal.IsZero() {
			t.Errorf("areas: %+v", areas)
		}
		d.makeGoal("area_work") // a light one is to end
		if g := d.goals()[1]; g.Words != "Pekerjaan dan penghasilan membaik" || g.Baseline != "1 – ringan" || g.Target != "0 – tidak ada" {
			t.Errorf("a light one: %+v", g)
		}
		must(t, d.work.DropGoal(ctx, d.worker, d.c.ID, id, "Klien ingin menunggu", 1))
		if again := d.makeGoal("area_couple"); again == id || len(d.goals()) != 2 {
			t.Error("what was given up was not made again")
		}
	})
}

// Clicked by several hands at once an area is one goal too.
func TestAnAreaClickedAtOnceIsOneGoal(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.write(d.worker, form.Answers{"area_couple": {"3"}})
		ids, errs := make([]db.ID, 4), make([]error, 4)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() { ids[i], errs[i] = d.s.MakeGoal(t.Context(), d.worker, d.c.ID, "area_couple") })
		}
		all.Wait()
		for i := range ids {
			if errs[i] != nil || ids[i] != ids[0] {
				t.Errorf("%s beside %s: %v", ids[i], ids[0], errs[i])
			}
		}
		if n := len(d.goals()); n != 1 {
			t.Errorf("%d goals", n)
		}
	})
}

// What is no problem becomes no goal, nor what the form does not ask; nobody from elsewhere makes one.
func TestWhatIsNoProblemBecomesNoGoal(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.write(d.worker, form.Answers{"area_health": {"0"}, "area_couple": {"3"}, "problem": {"Ada"}})
		for _, item := range []string{"area_health", "area_work", "problem", "lain", ""} {
			_, err := d.s.MakeGoal(t.Context(), d.worker, d.c.ID, item)
			d.refused(item, "invalid", err)
		}
		for as, code := range map[string]string{"other": "not_found", "intake": "forbidden", "worker2": "forbidden"} {
			_, err := d.s.MakeGoal(t.Context(), d.o.As(as), d.c.ID, "area_couple")
			d.refused(as, code, err)
		}
		if len(d.goals()) != 0 {
			t.Errorf("goals: %+v", d.goals())
		}
	})
}
