package report_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/report"
	"teduh/internal/testkit"
)

// closed is a case that is closed with an outcome; secrecy and village tell where it is counted.
type closed struct {
	village  string
	overcome string
	before   int
	after    int
}

func closeAll(t *testing.T, o *testkit.Office, cases *casefile.Service, list []closed) (last casefile.Case) {
	t.Helper()
	ctx, worker := t.Context(), o.As("worker")
	for _, x := range list {
		p, err := o.People.Add(ctx, worker, person.Person{Name: "Siti", Village: x.village}, true)
		if err == nil {
			last, err = cases.Open(ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: p.Person.ID}, Village: x.village, Categories: []string{"25"}})
		}
		var tasks []casefile.Task
		if err == nil {
			tasks, err = cases.TasksOf(ctx, worker, last.ID)
		}
		var open []db.ID
		for _, task := range tasks {
			open = append(open, task.ID)
		}
		if err == nil {
			change := casefile.Change{Before: &x.before, After: &x.after}
			last, err = cases.Close(ctx, worker, last.ID, casefile.Closing{Reason: "goals_reached", Settle: casefile.Settlement{Done: open}, ClientWord: "Terima kasih", NoFollowUp: "Tidak perlu",
				Outcome: casefile.Outcome{Overcome: x.overcome, Restored: change, Strengthened: change}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return last
}

// Five changes of 1, 2, 3, 4 and 5: their mean is 3, their standard deviation √2.5, Student's t for four degrees of freedom
// 2.776, so the interval reaches 2.776·√(2.5/5) = 1.963 to either side.
func TestOutcomesAreToldWithTheirInterval(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
		const bugis, senggarang = "21.72.04.1002", "21.72.04.1003"
		closeAll(t, o, cases, []closed{{bugis, "gone", 2, 3}, {bugis, "gone", 2, 4}, {bugis, "gone", 2, 5}, {bugis, "gone", 2, 6}, {bugis, "gone", 2, 7}})
		s := report.NewService(d, o.Now)
		ctx, head := t.Context(), o.As("head")
		got, err := s.Outcomes(ctx, head, 2026, "village")
		if err != nil {
			t.Fatal(err)
		}
		m := got.All.Restored
		if m.N != 5 || math.Abs(m.Value-3) > 1e-9 || math.Abs(m.Low-1.037) > 0.001 || math.Abs(m.High-4.963) > 0.001 {
			t.Errorf("the change: %+v", m)
		}
		if got.Closed != 5 || got.All.Overcome != [4]int{5, 0, 0, 0} || len(got.Groups) != 1 || got.Groups[0].Key != bugis || got.Small != 0 {
			t.Errorf("told: %+v", got)
		}
		// One more in another village is too few, and the village that is large enough would betray it.
		last := closeAll(t, o, cases, []closed{{senggarang, "worse", 5, 1}})
		got, err = s.Outcomes(ctx, head, 2026, "village")
		if err != nil || len(got.Groups) != 0 || got.Small != 2 || got.All.N != 6 {
			t.Errorf("with a small one: %+v %v", got, err)
		}
		if got.All.Overcome != [4]int{report.Hidden, 0, 0, report.Hidden} {
			t.Errorf("the one that became worse can be reckoned: %v", got.All.Overcome)
		}
		// A case that is opened again has no outcome until it is closed again.
		if _, err := cases.Reopen(ctx, o.As("worker"), last.ID, "Datang lagi ke kantor", 0); err != nil {
			t.Fatal(err)
		}
		if got, err = s.Outcomes(ctx, head, 2026, ""); err != nil || got.All.N != 5 || got.Closed != 5 {
			t.Errorf("after it was opened again: %+v %v", got, err)
		}
		if got, err = s.Outcomes(ctx, head, 2025, "village"); err != nil || got.Closed != 0 || got.All.N != report.Hidden && got.All.N != 0 {
			t.Errorf("the year before: %+v %v", got, err)
		}
		if got, err = s.Outcomes(ctx, o.As("other"), 2026, "worker"); err != nil || got.Closed != 0 {
			t.Errorf("next door: %+v %v", got, err)
		}
	})
}

// Numbers by worker are for those who look after a team.
func TestWhoSeesOutcomes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		s := report.NewService(d, o.Now)
		for who, want := range map[string]string{"head": "", "supervisor": "", "viewer": "forbidden", "auditor": "forbidden"} {
			if _, err := s.Outcomes(t.Context(), o.As(who), 2026, "worker"); (want == "") != (err == nil) || want != "" && !fault.Is(err, want) {
				t.Errorf("%s by worker: %v", who, err)
			}
			if _, err := s.Outcomes(t.Context(), o.As(who), 2026, "category"); err != nil {
				t.Errorf("%s by category: %v", who, err)
			}
		}
		if _, err := s.Outcomes(t.Context(), o.As("worker"), 2026, "category"); !fault.Is(err, "forbidden") {
			t.Errorf("a worker: %v", err)
		}
		if _, err := s.Outcomes(t.Context(), o.As("head"), 2026, "name"); !fault.Is(err, "invalid") {
			t.Errorf("by name: %v", err)
		}
	})
}

// Whatever the counts, one that is hidden can't be had by taking the others from the whole.
func TestNoSmallCountCanBeReckoned(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 6).Draw(rt, "counts")
		told := report.Hide(counts)
		var gaps []int
		for i, n := range told {
			switch {
			case n == report.Hidden:
				gaps = append(gaps, counts[i])
			case n != counts[i] || n > 0 && n < report.Least:
				rt.Fatalf("%v is told as %v", counts, told)
			}
		}
		small := slices.ContainsFunc(gaps, func(n int) bool { return n < report.Least })
		others := slices.ContainsFunc(counts, func(n int) bool { return n >= report.Least })
		if small && len(gaps) == 1 && others {
			rt.Fatalf("%v is told as %v: the gap can be reckoned", counts, told)
		}
	})
}
