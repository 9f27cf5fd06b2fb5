package supervision_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/practice"
	"teduh/internal/supervision"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// asksFor switches on what the office wants approved.
func (d *desk) asksFor(plan, closing bool) {
	d.t.Helper()
	g := unit.Defaults().Guidance
	g.PlanApproval, g.ClosingApproval = plan, closing
	must(d.t, d.Units.Change(d.ctx, d.As("head"), g, 0))
}

// planned is a case of the worker's at planning, with a goal that was agreed.
func (d *desk) planned(name string) casefile.Case {
	d.t.Helper()
	c, worker := d.open("worker", name, casefile.Ordinary), d.As("worker")
	_, err := d.cases.MoveStage(d.ctx, d.As("head"), c.ID, casefile.Step{To: casefile.Planning, Pass: true, Reason: "sudah dikerjakan di kertas"})
	must(d.t, err)
	_, err = d.work.AddGoal(d.ctx, worker, c.ID, practice.Goal{Aim: "overcome", Words: "Tenang di rumah", Measure: "Malam tanpa pertengkaran"}, practice.Step{What: "Bicara bertiga"})
	must(d.t, err)
	must(d.t, d.work.Agree(d.ctx, worker, c.ID, practice.Signed{Manner: "screen", Read: true}, nil))
	return c
}

func (d *desk) toIntervention(c casefile.Case) error {
	_, err := d.cases.MoveStage(d.ctx, d.As("worker"), c.ID, casefile.Step{To: casefile.Intervention})
	return err
}

func leaving() casefile.Closing {
	return casefile.Closing{Reason: "moved_away", Outcome: casefile.Outcome{Overcome: "less"}, NoFollowUp: "pindah kota"}
}

// closes settles all tasks and closes.
func (d *desk) closes(c casefile.Case) error {
	d.t.Helper()
	tasks, err := d.cases.TasksOf(d.ctx, d.As("worker"), c.ID)
	must(d.t, err)
	cl := leaving()
	for _, x := range tasks {
		if x.DoneAt.IsZero() {
			cl.Settle.Done = append(cl.Settle.Done, x.ID)
		}
	}
	_, err = d.cases.Close(d.ctx, d.As("worker"), c.ID, cl)
	return err
}

// An office that asks for nothing goes on as before.
func TestNoApprovalIsAskedForByDefault(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.planned("Wulan Sari")
		must(t, d.toIntervention(c))
		must(t, d.closes(c))
	})
}

// Where the office asks for it, a plan waits for a second person: it is sent back with a word, mended, and approved.
func TestAPlanIsApprovedBeforeIntervention(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.asksFor(true, false)
		c := d.planned("Wulan Sari")
		d.refused("before anyone asked", "gate_not_met", d.toIntervention(c))
		gates, err := d.cases.NextGate(d.ctx, d.As("worker"), c.ID)
		must(t, err)
		if !slices.Contains(gates, casefile.Gate{Code: "plan_approved"}) {
			t.Errorf("the gate says %v", gates)
		}
		_, err = d.s.Ask(d.ctx, d.As("worker2"), c.ID, supervision.Plan, "")
		d.refused("who does not work on it", "forbidden", err)
		_, err = d.s.Ask(d.ctx, d.As("worker"), c.ID, "budget", "")
		d.refused("something else", "invalid", err)
		id, err := d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Plan, "Tiga langkah, dua bulan")
		must(t, err)
		_, err = d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Plan, "")
		d.refused("twice", "asked_already", err)
		d.refused("while it waits", "gate_not_met", d.toIntervention(c))
		d.waits(c)

		d.refused("sent back without a word", "invalid", d.s.Decide(d.ctx, d.As("supervisor"), c.ID, id, supervision.Answer{}))
		d.refused("the worker approves", "forbidden", d.s.Decide(d.ctx, d.As("worker"), c.ID, id, supervision.Answer{Approve: true}))
		d.refused("next door approves", "not_found", d.s.Decide(d.ctx, d.As("other"), c.ID, id, supervision.Answer{Approve: true}))
		must(t, d.s.Decide(d.ctx, d.As("supervisor"), c.ID, id, supervision.Answer{Reply: "Ukurannya belum jelas"}))
		d.refused("answered twice", "decided_already", d.s.Decide(d.ctx, d.As("head"), c.ID, id, supervision.Answer{Approve: true}))
		d.refused("after it was sent back", "gate_not_met", d.toIntervention(c))
		if open := d.mending(c); open != 1 {
			t.Errorf("%d tasks to mend it", open)
		}

		again, err := d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Plan, "Ukuran ditambah")
		must(t, err)
		must(t, d.s.Decide(d.ctx, d.As("head"), c.ID, again, supervision.Answer{Approve: true}))
		if open := d.mending(c); open != 0 {
			t.Errorf("%d tasks to mend what was approved", open)
		}
		// A goal that is changed after the approval was not in what was approved.
		work, err := d.work.Work(d.ctx, d.As("worker"), c.ID)
		must(t, err)
		g := work.Goals[0]
		g.Target = "Tujuh malam"
		d.Clock.Add(time.Minute)
		must(t, d.work.ChangeGoal(d.ctx, d.As("worker"), c.ID, g, "Lebih jelas"))
		must(t, d.work.Agree(d.ctx, d.As("worker"), c.ID, practice.Signed{Manner: "screen", Read: true}, nil))
		d.refused("after the plan was changed", "gate_not_met", d.toIntervention(c))
		list, err := d.s.Approvals(d.ctx, d.As("worker"), c.ID)
		must(t, err)
		if !list[0].Overtaken || !list[1].Overtaken {
			t.Errorf("not told as overtaken: %+v", list)
		}
		d.Clock.Add(time.Minute)
		third, err := d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Plan, "Tujuh malam")
		must(t, err)
		must(t, d.s.Decide(d.ctx, d.As("head"), c.ID, third, supervision.Answer{Approve: true}))
		must(t, d.toIntervention(c))
		list, err = d.s.Approvals(d.ctx, d.As("worker"), c.ID)
		must(t, err)
		if len(list) != 3 || !list[0].Approved || list[0].Overtaken || list[0].DecidedBy.Name != "head" || list[2].Reply != "Ukurannya belum jelas" || list[2].Word != "Tiga langkah, dua bulan" {
			t.Errorf("approvals: %+v", list)
		}
		if codes := d.said(c, 12); !slices.Contains(codes, "approval.plan_asked") || !slices.Contains(codes, "approval.plan_returned") || !slices.Contains(codes, "approval.plan_given") {
			t.Errorf("the timeline says %v", codes)
		}
	})
}

// waits looks who is told of the request: those who may answer it.
func (d *desk) waits(c casefile.Case) {
	d.t.Helper()
	for as, n := range map[string]int{"supervisor": 1, "head": 1, "other": 0} {
		list, err := d.s.Waiting(d.ctx, d.As(as), 8)
		must(d.t, err)
		if len(list) != n || n > 0 && (list[0].Item.ID != c.ID || list[0].AskedBy.Name != "worker") {
			d.t.Errorf("%s is told of %+v", as, list)
		}
	}
}

// mending counts the open tasks to mend what was sent back.
func (d *desk) mending(c casefile.Case) (n int) {
	d.t.Helper()
	tasks, err := d.cases.TasksOf(d.ctx, d.As("worker"), c.ID)
	must(d.t, err)
	for _, x := range tasks {
		if x.Code == "approval_returned" && x.DoneAt.IsZero() && x.For.Name == "worker" {
			n++
		}
	}
	return n
}

// A head who works on a case is approved by the other head; nobody approves what they asked for.
func TestWhoAskedDoesNotApprove(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("head", "Arif Budiman", casefile.Ordinary)
		id, err := d.s.Ask(d.ctx, d.As("head"), c.ID, supervision.Closing, "")
		must(t, err)
		d.refused("their own", "own_request", d.s.Decide(d.ctx, d.As("head"), c.ID, id, supervision.Answer{Approve: true}))
		if list, err := d.s.Waiting(d.ctx, d.As("head"), 8); err != nil || len(list) != 0 {
			t.Errorf("their own waits for them: %v %v", list, err)
		}
		d.refused("a supervisor of others", "not_found", d.s.Decide(d.ctx, d.As("supervisor"), c.ID, id, supervision.Answer{Approve: true}))
		must(t, d.s.Decide(d.ctx, d.As("head2"), c.ID, id, supervision.Answer{Approve: true}))
	})
}

// A case closes once its closing was approved; opened again, it takes a new word to close it.
func TestAClosingIsApproved(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.asksFor(false, true)
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		d.refused("before anyone asked", "gate_not_met", d.closes(c))
		approve := func() {
			id, err := d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Closing, "Keluarga pindah")
			must(t, err)
			must(t, d.s.Decide(d.ctx, d.As("supervisor"), c.ID, id, supervision.Answer{Approve: true}))
		}
		approve()
		must(t, d.closes(c))
		_, err := d.s.Ask(d.ctx, d.As("worker"), c.ID, supervision.Closing, "")
		d.refused("of a closed case", "case_closed", err)
		d.Clock.Add(1e9)
		_, err = d.cases.Reopen(d.ctx, d.As("worker"), c.ID, "datang lagi", 0)
		must(t, err)
		d.refused("with the word of before", "gate_not_met", d.closes(c))
		d.Clock.Add(1e9)
		approve()
		must(t, d.closes(c))
	})
}
