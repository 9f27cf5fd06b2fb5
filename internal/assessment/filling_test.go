package assessment_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/form"
)

func (d *desk) write(a access.Actor, answers form.Answers) {
	d.t.Helper()
	must(d.t, d.s.Write(d.t.Context(), a, d.c.ID, assessment.Writing{Answers: answers}))
}

func (d *desk) of() assessment.Assessment {
	d.t.Helper()
	x, err := d.s.Of(d.t.Context(), d.head, d.c.ID)
	must(d.t, err)
	return x
}

// stand insists on what was given, as «item: value, value»; what is calculated is not among it.
func (d *desk) stand(want ...string) {
	d.t.Helper()
	var got []string
	for _, x := range d.of().Given {
		got = append(got, x.Item+": "+strings.Join(x.Values, ", "))
	}
	if !slices.Equal(got, want) {
		d.t.Errorf("stands: %v, want %v", got, want)
	}
}

// publish puts a form of the office in use.
func (d *desk) publish(raw string) assessment.Edition {
	d.t.Helper()
	ctx := d.t.Context()
	e, err := d.s.Begin(ctx, d.head)
	must(d.t, err)
	e, err = d.s.SaveDraft(ctx, d.head, e.ID, e.Version, []byte(raw))
	must(d.t, err)
	must(d.t, d.s.Publish(ctx, d.head, e.ID, e.Version))
	return e
}

// gate insists on what a stage's gate says of the assessment: met, open, or not asked.
func (d *desk) gate(want string) {
	d.t.Helper()
	gates, err := d.cases.NextGate(d.t.Context(), d.worker, d.c.ID)
	must(d.t, err)
	got := "not asked"
	for _, g := range gates {
		if strings.HasPrefix(g.Code, "assessment_") {
			got = map[bool]string{true: "met", false: "open"}[g.Met]
		}
	}
	if got != want {
		d.t.Errorf("the gate of %s is %s, want %s", d.c.Stage, got, want)
	}
}

// to brings the case to a stage, past what its gates ask for.
func (d *desk) to(stage string) {
	d.t.Helper()
	c, err := d.cases.MoveStage(d.t.Context(), d.head, d.c.ID, casefile.Step{To: stage, Pass: true, Reason: "Mendesak, menyusul kemudian"})
	must(d.t, err)
	d.c = c
}

// Answers of every kind are kept and read back; what depends on another answer goes with it, and heavy areas are counted.
func TestAnAssessmentIsAnswered(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.write(d.worker, form.Answers{"problem": {"Suami pergi\nsejak Mei"}, "events": {"loss", "job"}, "household": {"5"}, "pregnant": {"true"}, "pregnant_weeks": {"12"},
			"area_couple": {"3"}, "area_couple_note": {"Tidak pulang dua bulan"}, "area_work": {"2"}, "area_school": {"1"}, "area_health": {"0"}})
		d.stand("problem: Suami pergi\nsejak Mei", "events: loss, job", "household: 5", "area_couple: 3", "area_couple_note: Tidak pulang dua bulan", "area_work: 2", "area_school: 1",
			"pregnant: true", "pregnant_weeks: 12", "area_health: 0")
		if x := d.of(); x.Answers.First("heavy") != "2" || x.Version != 2 || x.Given[0].By != "worker" || x.Given[0].Edition != "teduh-1" {
			t.Errorf("heavy areas %q, version %d, %+v", x.Answers.First("heavy"), x.Version, x.Given[0])
		}
		d.write(d.head, form.Answers{"pregnant": {"false"}, "area_couple": {"0"}, "events": nil})
		d.stand("problem: Suami pergi\nsejak Mei", "household: 5", "area_couple: 0", "area_work: 2", "area_school: 1", "pregnant: false", "area_health: 0")
		if x := d.of(); x.Answers.First("heavy") != "1" || x.Version != 3 {
			t.Errorf("heavy areas %q, version %d", x.Answers.First("heavy"), x.Version)
		}
	})
}

// What can't stand is refused at its question, and nothing of it is kept.
func TestWrongAnswersAreRefused(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.write(d.worker, form.Answers{"problem": {"Ada"}})
		for what, c := range map[string]struct {
			item, code string
			values     []string
		}{
			"no such question":              {"sekolah", "unknown", []string{"ya"}},
			"taking back what is not asked": {"sekolah", "unknown", nil},
			"out of range":                  {"pregnant_weeks", "range", []string{"60"}},
			"no number":                     {"household", "kind", []string{"lima"}},
			"a gone option":                 {"area_couple", "option", []string{"9"}},
			"20,001 letters":                {"history", "long", []string{strings.Repeat("a", form.MostAnswer+1)}},
			"two for one":                   {"safe", "kind", []string{"yes", "no"}},
		} {
			err := d.s.Write(t.Context(), d.worker, d.c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Lain"}, "pregnant": {"true"}, c.item: c.values}})
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Field != "q-"+c.item || f.Fields[0].Code != c.code {
				t.Errorf("%s: %v", what, err)
			}
		}
		d.stand("problem: Ada")
		for as, code := range map[string]string{"other": "not_found", "intake": "forbidden", "worker2": "forbidden"} {
			d.refused(as, code, d.s.Write(t.Context(), d.o.As(as), d.c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Lain"}}}))
		}
		_, err := d.s.Of(t.Context(), d.o.As("other"), d.c.ID)
		d.refused("another office reads", "not_found", err)
	})
}

// Two write on one assessment: what each left alone stays as the other wrote it, and what both changed is not written over.
func TestTwoWriteOnOneAssessment(t *testing.T) {
	onDesk(t, func(d *desk) {
		// The first 8 bytes of SHA-256, from sha256sum: of «Tidak sekolah», of nothing, and of «Tenang».
		const ofTidakSekolah, ofNothing, ofTenang = "c164137b69f35149", "e3b0c44298fc1c14", "dd2c64ed4fc2d5a0"
		d.write(d.worker, form.Answers{"problem": {"Tidak sekolah"}})
		d.write(d.head, form.Answers{"problem": {"Takut ke sekolah"}, "mind": {"Cemas"}})
		was := map[string]string{"problem": ofTidakSekolah, "mind": ofNothing, "family": ofNothing}
		over := func(answers form.Answers) error {
			return d.s.Write(t.Context(), d.worker, d.c.ID, assessment.Writing{Answers: answers, Was: was})
		}
		must(t, over(form.Answers{"problem": {"Tidak sekolah"}, "mind": nil, "family": {"Ibu sendiri"}}))
		d.stand("problem: Takut ke sekolah", "family: Ibu sendiri", "mind: Cemas")

		err := over(form.Answers{"problem": {"Tidak mau sekolah"}, "mind": nil, "family": {"Ibu sendiri"}, "body": {"Sehat"}})
		d.refused("both changed the problem", "version_changed", err)
		if e, _ := fault.As(err); e == nil || !slices.Equal(e.Data.([]string), []string{"problem"}) {
			t.Errorf("lost: %v", e)
		}
		d.stand("problem: Takut ke sekolah", "family: Ibu sendiri", "mind: Cemas")

		must(t, over(form.Answers{"problem": {"Takut ke sekolah"}, "mind": nil})) // the same words are no race
		was["mind"] = ofTenang
		d.refused("a mark of other words", "version_changed", over(form.Answers{"mind": {"Gelisah"}}))
		d.refused("an old version", "version_changed", d.s.Write(t.Context(), d.worker, d.c.ID, assessment.Writing{Answers: form.Answers{"mind": {"Gelisah"}}, Over: 2}))
	})
}

// The form changes: answers to questions it has no more stay readable in the words of the edition they were given under, and
// what was filled in for the old form is not mixed into the new one.
func TestOldAnswersStayUnderTheirEdition(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.write(d.worker, form.Answers{"problem": {"Tidak sekolah"}, "faith": {"holds"}, "events": {"loss", "move"}})
		first := d.publish(short)
		d.stand("problem: Tidak sekolah")
		x := d.of()
		if len(x.Old) != 2 || len(x.Editions) != 1 || x.Editions[0].Name() != "teduh-1" {
			t.Fatalf("old: %+v", x.Old)
		}
		var told []string
		for _, s := range x.Told(t.Context()) {
			told = append(told, s.Question+" "+s.Answer)
		}
		want := []string{"Apa masalahnya? Tidak sekolah", "Peristiwa berat dalam dua tahun terakhir Kehilangan orang dekat; Pindah atau merantau", "Keyakinan saat ini terasa Menguatkan"}
		if !slices.Equal(told, want) {
			t.Errorf("told: %q", told)
		}
		err := d.s.Write(t.Context(), d.worker, d.c.ID, assessment.Writing{Edition: "teduh-1", Answers: form.Answers{"problem": {"Lain"}}})
		d.refused("filled in on the old form", "form_changed", err)
		d.write(d.worker, form.Answers{"urgent": {"true"}})

		// The second edition asks for the same thing in another way: what does not fit counts as old, and can be answered anew.
		d.publish(strings.Replace(short, `"type":"boolean"`, `"type":"choice","answerOption":[{"valueCoding":{"code":"now","display":"Sekarang"}}]`, 1))
		if x := d.of(); !slices.ContainsFunc(x.Old, func(o assessment.Answer) bool { return o.Item == "urgent" && o.Edition == first.Name() }) {
			t.Errorf("old: %+v", x.Old)
		}
		d.write(d.worker, form.Answers{"urgent": {"now"}})
		d.stand("problem: Tidak sekolah", "urgent: now")
		if x := d.of(); len(x.Old) != 2 {
			t.Errorf("old: %+v", x.Old)
		}
	})
}

// An assessment is written, changed by a colleague and shortened; what it said each time is there to be laid beside it.
func TestAFormerAssessmentCanBeRead(t *testing.T) {
	onDesk(t, func(d *desk) {
		write := func(answers form.Answers) time.Time {
			d.o.Clock.Add(time.Hour)
			d.write(d.worker, answers)
			return d.o.Now()
		}
		write(form.Answers{"problem": {"Sering lupa makan"}, "family": {"Tinggal sendiri"}, "feels": {"alone", "sad"}})
		first := write(form.Answers{"problem": {"Lupa makan setiap hari"}, "feels": {"alone"}})
		second := write(form.Answers{"problem": {"Makan teratur"}, "family": nil, "strengths": {"Anak datang tiap sore"}})
		h, err := d.s.History(t.Context(), d.head, d.c.ID)
		must(t, err)
		if len(h.Past) != 2 || !h.Past[0].Until.Equal(second) || !h.Past[1].Until.Equal(first) {
			t.Fatalf("former: %+v", h.Past)
		}
		changes := func(shown int) (list []string) {
			for _, c := range h.Changes(shown) {
				list = append(list, c.Item+": "+strings.Join(c.Then.Values, ",")+" → "+strings.Join(c.Now.Values, ","))
			}
			return list
		}
		if got := changes(0); !slices.Equal(got, []string{"problem: Lupa makan setiap hari → Makan teratur", "family: Tinggal sendiri → ", "strengths:  → Anak datang tiap sore"}) {
			t.Errorf("since the last change: %q", got)
		}
		if got := changes(1); !slices.Equal(got, []string{"problem: Sering lupa makan → Makan teratur", "family: Tinggal sendiri → ", "feels: alone\nsad → alone", "strengths:  → Anak datang tiap sore"}) {
			t.Errorf("since the first: %q", got)
		}
		_, err = d.s.History(t.Context(), d.o.As("intake"), d.c.ID)
		d.refused("the intake officer", "forbidden", err)
		_, err = d.s.History(t.Context(), d.o.As("other"), d.c.ID)
		d.refused("next door", "not_found", err)
	})
}

// planned is short, with a need at the stage of planning: when it is urgent, why.
const planned = `{"resourceType":"Questionnaire","url":"urn:x:planned","version":"1","title":"Pendek","status":"active","language":"id","item":[
 {"linkId":"urgent","type":"boolean","text":"Mendesak?"},
 {"linkId":"why","type":"text","text":"Mengapa?","extension":[{"url":"urn:teduh:extension:stage","valueCode":"planning"}],
  "enableWhen":[{"question":"urgent","operator":"=","answerBoolean":true}]}]}`

// The gates wait for the answers that the form needs: of the shipped one the problem and the synthesis, of the office's own
// what it says, and only where it is asked.
func TestAStageWaitsForItsAnswers(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.gate("not asked") // outreach
		d.to(casefile.Assessment)
		d.gate("open")
		d.write(d.worker, form.Answers{"problem": {"Tidak sekolah"}})
		d.gate("open")
		missing := assessment.Missing(d.of().Edition.Form, d.of().Answers, casefile.Assessment)
		if len(missing) != 1 || missing[0].ID != "synthesis" {
			t.Errorf("missing: %+v", missing)
		}
		d.write(d.worker, form.Answers{"synthesis": {"Takut dirundung"}})
		d.gate("met")
		d.write(d.worker, form.Answers{"problem": nil})
		d.gate("open")

		d.publish(planned)
		d.gate("met") // it asks nothing at this stage
		d.to(casefile.Planning)
		d.gate("open") // nobody has answered it yet
		d.write(d.worker, form.Answers{"urgent": {"true"}})
		d.gate("open")
		d.write(d.worker, form.Answers{"why": {"Anak sendirian"}})
		d.gate("met")
		d.write(d.worker, form.Answers{"why": nil})
		d.gate("open")
		d.write(d.worker, form.Answers{"urgent": {"false"}})
		d.gate("met") // not asked any more
	})
}

// What is typed waits for its author alone, and goes when it is kept for good; a refusal takes nothing away.
func TestATypedAssessmentWaits(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := t.Context()
		left := func(as access.Actor) string {
			x, err := d.cases.Draft(ctx, as, d.c.ID, "assessment")
			must(t, err)
			return x.Body
		}
		for _, as := range []access.Actor{d.worker, d.head} {
			_, err := d.cases.SaveDraft(ctx, as, d.c.ID, "assessment", "q-problem=Baru+separuh")
			must(t, err)
		}
		d.refused("a wrong answer", "invalid", d.s.Write(ctx, d.worker, d.c.ID, assessment.Writing{Answers: form.Answers{"safe": {"mungkin"}}}))
		if left(d.worker) == "" {
			t.Error("a refusal took what was typed")
		}
		d.write(d.worker, form.Answers{"problem": {"Lengkap"}})
		if left(d.worker) != "" || left(d.head) == "" {
			t.Errorf("left: %q and %q", left(d.worker), left(d.head))
		}
	})
}
