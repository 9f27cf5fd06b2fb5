package instrument_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/report"
)

// scored are answers to a PHQ-9 that come to a score, at most 24: none to its last item.
func scored(score int) string {
	list := make([]string, 9)
	for i := range list {
		n := min(3, score)
		list[i] = strconv.Itoa(n)
		score -= n
	}
	return strings.Join(list, ",")
}

// closing ends the desk's case with all its tasks done.
func (d *desk) closing() {
	d.t.Helper()
	ctx := d.t.Context()
	tasks, err := d.cases.TasksOf(ctx, d.worker, d.c.ID)
	must(d.t, err)
	var open []db.ID
	for _, task := range tasks {
		open = append(open, task.ID)
	}
	d.c, err = d.cases.Close(ctx, d.worker, d.c.ID, casefile.Closing{Reason: "goals_reached", Settle: casefile.Settlement{Done: open}, ClientWord: "Terima kasih", NoFollowUp: "Tidak perlu",
		Outcome: casefile.Outcome{Overcome: "gone"}})
	must(d.t, err)
}

func (d *desk) another() {
	d.t.Helper()
	added, err := d.o.People.Add(d.t.Context(), d.worker, person.Person{Name: "Melati Kencana"}, true)
	must(d.t, err)
	d.c, err = d.cases.Open(d.t.Context(), d.worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	must(d.t, err)
}

// Ten clients answer a PHQ-9 before and after. Changes of −10, −6, −10, −8 and −8 are more than the 5.7 that chance makes, those of
// −1, 0, 1, 0 and −2 are not. Their mean is −4.4, their standard deviation √19.6 = 4.427, Student's t for nine degrees of freedom
// 2.262: the interval reaches 2.262·√1.96 = 3.167 to either side. With four nothing is told, and an open case does not count.
func TestChangeOverClosedCases(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx, day := d.t.Context(), db.DayOf(d.o.Now(), d.worker.Office.Zone)
		d.cases.OnClosing(d.s.KeepMeasures)
		reports := report.NewService(d.o.DB, d.o.Now)
		reports.AskMeasures(d.s.Measures)
		told := func() []report.Scale {
			d.t.Helper()
			out, err := reports.Outcomes(ctx, d.o.As("head"), d.o.Now().Year(), "")
			must(d.t, err)
			return out.Scales
		}
		for i, x := range [][2]int{{15, 5}, {12, 6}, {20, 10}, {18, 10}, {9, 1}, {10, 9}, {18, 18}, {6, 7}, {0, 0}, {12, 10}} {
			if i > 0 {
				d.another()
			}
			d.fill(scored(x[0]), day)
			if i == 3 {
				d.fill(scored(24), day) // in between
			}
			d.fill(scored(x[1]), day)
			d.closing()
			if got := told(); i == 3 && len(got) != 0 {
				d.t.Errorf("four are told: %+v", got)
			}
		}
		got := told()
		if len(got) != 1 || got[0].N != 10 || !strings.Contains(got[0].Title, "PHQ-9") || got[0].Verdicts != [4]int{5, 5, 0, 0} {
			d.t.Fatalf("told %+v", got)
		}
		if m := got[0].Change; math.Abs(m.Value+4.4) > 1e-9 || math.Abs(m.Low+7.567) > 0.001 || math.Abs(m.High+1.233) > 0.001 {
			d.t.Errorf("the change: %+v", m)
		}
		if _, err := d.cases.Reopen(ctx, d.worker, d.c.ID, "Datang lagi ke kantor", 0); err != nil {
			d.t.Fatal(err)
		}
		if got = told(); got[0].N != 9 {
			d.t.Errorf("with one opened again: %+v", got)
		}
		d.fill(scored(0), day)
		d.closing()
		if got = told(); got[0].N != 10 || got[0].Verdicts != [4]int{report.Hidden, report.Hidden, 0, 0} {
			d.t.Errorf("closed again with the last answers: %+v", got)
		}
	})
}
