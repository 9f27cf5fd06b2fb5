package practice_test

import (
	"testing"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

// left is what someone left in a form of the case, as it was posted.
func (d *desk) left(as, form string) string {
	d.t.Helper()
	x, err := d.cases.Draft(d.ctx, d.As(as), d.caseID, form)
	must(d.t, err)
	return x.Body
}

// What is typed into the long forms waits for its author alone, and goes when it is kept for good.
func TestWhatWasTypedGoesWhenItIsKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		forms := map[string]func() error{
			"safety": func() error {
				return d.service.WriteSafetyPlan(d.ctx, worker, d.caseID, practice.SafetyParts{Safe: "Ke rumah Bu RT"}, 0)
			},
			"goal": func() error {
				_, err := d.service.AddGoal(d.ctx, worker, d.caseID, practice.Goal{Aim: "overcome", Words: "Sekolah lagi", Measure: "Hari hadir"}, practice.Step{What: "Jemput"})
				return err
			},
			"meeting": func() error {
				_, err := d.service.HoldMeeting(d.ctx, worker, d.caseID, practice.Meeting{MeetingText: decided})
				return err
			},
		}
		for form := range forms {
			_, err := d.cases.SaveDraft(d.ctx, worker, d.caseID, form, "text=Baru separuh")
			must(t, err)
		}
		_, err := d.cases.SaveDraft(d.ctx, d.As("head"), d.caseID, "safety", "text=Milik kepala")
		must(t, err)
		for form, keep := range forms {
			if got := d.left("worker", form); got != "text=Baru separuh" {
				t.Errorf("%s: left %q", form, got)
			}
			must(t, keep())
			if got := d.left("worker", form); got != "" {
				t.Errorf("%s: still left %q", form, got)
			}
		}
		if got := d.left("head", "safety"); got != "text=Milik kepala" {
			t.Errorf("the head's own went along: %q", got)
		}
		_, err = d.cases.SaveDraft(d.ctx, worker, d.caseID, "safety", "text=Baru")
		must(t, err)
		d.refused("an old version", "version_changed", d.service.WriteSafetyPlan(d.ctx, worker, d.caseID, practice.SafetyParts{Text: "Lain"}, 0))
		if got := d.left("worker", "safety"); got != "text=Baru" {
			t.Errorf("a refusal took what was typed: %q", got)
		}
		if _, err := d.cases.SaveDraft(d.ctx, d.As("other"), d.caseID, "safety", "text=x"); !fault.Is(err, "not_found") {
			t.Errorf("another office: %v", err)
		}
	})
}
