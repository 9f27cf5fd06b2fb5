package practice_test

import (
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

// An assessment is written, changed by a colleague and shortened; what it said each time is there to be laid beside it.
func TestAFormerAssessmentCanBeRead(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		o := testkit.NewOffice(t, database)
		cases := casefile.NewService(casefile.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
		s := practice.NewService(cases)
		ctx, worker := t.Context(), o.As("worker")
		added, err := o.People.Add(ctx, worker, person.Person{Name: "Nenek Saodah"}, true)
		must(t, err)
		c, err := cases.Open(ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
		must(t, err)
		write := func(texts map[string]string) time.Time {
			o.Clock.Add(time.Hour)
			must(t, s.WriteSections(ctx, worker, c.ID, texts))
			return o.Now()
		}
		write(map[string]string{"problem": "Sering lupa makan", "family": "Tinggal sendiri"})
		first := write(map[string]string{"problem": "Lupa makan setiap hari"})
		second := write(map[string]string{"problem": "Makan teratur", "family": "", "strengths": "Anak datang tiap sore"})
		now, past, err := s.Assessments(ctx, o.As("head"), c.ID)
		must(t, err)
		if got := said(now); got != "problem: Makan teratur; strengths: Anak datang tiap sore; " {
			t.Errorf("now: %s", got)
		}
		if len(past) != 2 || !past[0].Until.Equal(second) || !past[1].Until.Equal(first) {
			t.Fatalf("former: %+v", past)
		}
		if got := said(past[0].Sections); got != "problem: Lupa makan setiap hari; family: Tinggal sendiri; " {
			t.Errorf("before the last change: %s", got)
		}
		if got := said(past[1].Sections); got != "problem: Sering lupa makan; family: Tinggal sendiri; " {
			t.Errorf("before the first change: %s", got)
		}
		if _, _, err := s.Assessments(ctx, o.As("intake"), c.ID); !fault.Is(err, "forbidden") {
			t.Errorf("the intake officer: %v", err)
		}
		if _, _, err := s.Assessments(ctx, o.As("other"), c.ID); !fault.Is(err, "not_found") {
			t.Errorf("next door: %v", err)
		}
	})
}

// said tells sections in their order.
func said(list []practice.Section) (text string) {
	for _, code := range practice.Sections {
		for _, s := range list {
			if s.Code == code {
				text += s.Code + ": " + s.Text + "; "
			}
		}
	}
	return text
}
