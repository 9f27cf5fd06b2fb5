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
			"assessment": func() error {
				return d.service.WriteSections(d.ctx, worker, d.caseID, map[string]string{"problem": "Tidak sekolah"})
			},
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
		_, err := d.cases.SaveDraft(d.ctx, d.As("head"), d.caseID, "assessment", "text=Milik kepala")
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
		if got := d.left("head", "assessment"); got != "text=Milik kepala" {
			t.Errorf("the head's own went along: %q", got)
		}
		_, err = d.cases.SaveDraft(d.ctx, worker, d.caseID, "safety", "text=Baru")
		must(t, err)
		d.refused("an old version", "version_changed", d.service.WriteSafetyPlan(d.ctx, worker, d.caseID, practice.SafetyParts{Text: "Lain"}, 0))
		if got := d.left("worker", "safety"); got != "text=Baru" {
			t.Errorf("a refusal took what was typed: %q", got)
		}
		if _, err := d.cases.SaveDraft(d.ctx, d.As("other"), d.caseID, "assessment", "text=x"); !fault.Is(err, "not_found") {
			t.Errorf("another office: %v", err)
		}
	})
}

// Two write on one assessment: what each left alone stays as the other wrote it, and what both changed is not written over.
func TestTwoWriteOnOneAssessment(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		// The first 8 bytes of SHA-256, from sha256sum: of «Tidak sekolah», and of nothing.
		const ofTidakSekolah, ofNothing = "c164137b69f35149", "e3b0c44298fc1c14"
		must(t, d.service.WriteSections(d.ctx, worker, d.caseID, map[string]string{"problem": "Tidak sekolah"}))
		must(t, d.service.WriteSections(d.ctx, d.As("head"), d.caseID, map[string]string{"problem": "Takut ke sekolah", "mind": "Cemas"}))
		was := map[string]string{"problem": ofTidakSekolah, "mind": ofNothing, "family": ofNothing}
		over := func(texts map[string]string) error {
			return d.service.WriteSectionsOver(d.ctx, worker, d.caseID, texts, was)
		}
		must(t, over(map[string]string{"problem": "Tidak sekolah", "mind": "", "family": "Ibu sendiri"}))
		d.stand(map[string]string{"problem": "Takut ke sekolah", "mind": "Cemas", "family": "Ibu sendiri"})

		err := over(map[string]string{"problem": "Tidak mau sekolah", "mind": "", "family": "Ibu sendiri", "body": "Sehat"})
		d.refused("both changed the problem", "version_changed", err)
		if e, _ := fault.As(err); e == nil || len(e.Data.([]string)) != 1 || e.Data.([]string)[0] != "problem" {
			t.Errorf("lost: %v", e)
		}
		d.stand(map[string]string{"problem": "Takut ke sekolah", "mind": "Cemas", "family": "Ibu sendiri"})

		must(t, over(map[string]string{"problem": "Takut ke sekolah", "mind": ""})) // the same words are no race
		was["mind"] = "dd2c64ed4fc2d5a0"
		d.refused("a mark of other words", "version_changed", over(map[string]string{"mind": "Tenang"}))
	})
}

// stand insists on what the assessment says.
func (d *desk) stand(want map[string]string) {
	d.t.Helper()
	w, err := d.service.Work(d.ctx, d.As("head"), d.caseID)
	must(d.t, err)
	got := map[string]string{}
	for _, s := range w.Sections {
		got[s.Code] = s.Text
	}
	for code, text := range want {
		if got[code] != text {
			d.t.Errorf("%s: %q, want %q", code, got[code], text)
		}
	}
	if len(got) != len(want) {
		d.t.Errorf("stands: %v", got)
	}
}
