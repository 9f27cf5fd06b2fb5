package casefile_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

var pageAll = journal.Page{Limit: 100}

// desk is an office at work: its services and its people.
type desk struct {
	*testkit.Office
	cases    *casefile.Service
	practice *practice.Service
	assess   *assessment.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	gates := casefile.NewGates()
	gates.Add(practice.Demands()...)
	gates.Add(assessment.Demands()...)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: gates,
		Office: o.Units, Now: o.Now})
	work := practice.NewService(cases)
	return &desk{Office: o, cases: cases, practice: work, assess: assessment.NewService(assessment.Needs{DB: d, Journal: o.Journal, Cases: cases, Practice: work})}
}

// person keeps someone new and names them as the client of a choice.
func (d *desk) client(t *testing.T, name string) person.ClientChoice {
	t.Helper()
	added, err := d.People.Add(t.Context(), d.As("worker"), person.Person{Name: name}, true)
	if err != nil {
		t.Fatal(err)
	}
	return person.ClientChoice{Kind: "individual", Person: added.Person.ID}
}

func (d *desk) open(t *testing.T, as string, o casefile.Order) casefile.Case {
	t.Helper()
	if o.Client.Kind == "" {
		o.Client = d.client(t, "Siti Aminah")
	}
	c, err := d.cases.Open(t.Context(), d.As(as), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// A mother calls about her child: the case goes through all seven stages and is closed, and no gate lets it through early.
func TestACaseGoesThroughAllStages(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.open(t, "worker", casefile.Order{})
		forward := func(want []string) {
			t.Helper()
			next := casefile.NextStage(c.Stage)
			_, err := d.cases.MoveStage(ctx, worker, c.ID, casefile.Step{To: next})
			refused(t, err, "gate_not_met")
			e, _ := fault.As(err)
			var open []string
			for _, g := range e.Data.([]casefile.Gate) {
				if !g.Met {
					open = append(open, g.Code)
				}
			}
			if !slices.Equal(open, want) {
				t.Errorf("before %s: missing %v, want %v", next, open, want)
			}
		}
		move := func() {
			t.Helper()
			moved, err := d.cases.MoveStage(ctx, worker, c.ID, casefile.Step{To: casefile.NextStage(c.Stage)})
			must(t, err)
			c = moved
		}

		forward([]string{"first_contact"})
		_, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "phone", NoteText: casefile.NoteText{Text: "Ibu menelepon soal anaknya."}, Sign: true})
		must(t, err)
		move()

		forward([]string{"consent_service"})
		_, err = d.practice.GiveConsent(ctx, worker, c.ID, practice.Consent{Kind: "service", Signed: practice.Signed{Manner: "spoken"}}, nil)
		refused(t, err, "invalid")
		_, err = d.practice.GiveConsent(ctx, worker, c.ID, practice.Consent{Kind: "service", Signed: practice.Signed{Manner: "spoken", Witness: "Ketua RT"}}, nil)
		must(t, err)
		move()

		forward([]string{"risk_set", "category", "assessment_written"})
		_, err = d.cases.SetRisk(ctx, worker, c.ID, "medium", "Anak tidak mau sekolah", 0)
		must(t, err)
		_, err = d.cases.Change(ctx, worker, c.ID, casefile.Edit{Categories: &[]string{"25"}})
		must(t, err)
		must(t, d.assess.Write(ctx, worker, c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Tidak sekolah"}, "synthesis": {"Takut dirundung"}}}))
		move()

		forward([]string{"goal_agreed"})
		goal, err := d.practice.AddGoal(ctx, worker, c.ID, practice.Goal{Aim: "overcome", Words: "Arif sekolah lagi", Measure: "hari hadir sebulan"},
			practice.Step{What: "Bicara dengan wali kelas", Who: "Ibu"})
		must(t, err)
		forward([]string{"goal_agreed"})
		must(t, d.practice.Agree(ctx, worker, c.ID, practice.Signed{Manner: "screen", Read: true}, nil))
		move()

		forward([]string{"session_or_step"})
		w, err := d.practice.Work(ctx, worker, c.ID)
		must(t, err)
		must(t, d.practice.FinishStep(ctx, worker, c.ID, w.Goals[0].Steps[0].ID))
		move()

		forward([]string{"goals_scored", "outcome_measured"})
		must(t, d.practice.ScoreGoal(ctx, worker, c.ID, goal, 1))
		for _, aim := range []string{"restored", "strengthened"} {
			must(t, d.practice.FillScales(ctx, worker, c.ID, practice.Reading{Aim: aim, Moment: "before", Value: 3}, practice.Reading{Aim: aim, Moment: "after", Value: 7}))
		}
		move()

		due := d.settle(t, worker, c.ID)
		// the shipped rules: a visit in 3 days, the assessment in 14, a look at the plan 30 days after it was agreed
		if want := []string{"rule.first_visit 2026-11-27", "rule.assessment_due 2026-12-08", "rule.plan_review 2026-12-24"}; !slices.Equal(due, want) {
			t.Errorf("the rules made %v", due)
		}
		three, seven := 3, 7
		closed, err := d.cases.Close(ctx, worker, c.ID, casefile.Closing{Reason: "goals_reached", FollowUpOn: "2026-12-24", ClientWord: "Terima kasih",
			Outcome: casefile.Outcome{Overcome: "gone", Restored: casefile.Change{Before: &three, After: &seven}}})
		must(t, err)
		if closed.Status != "closed" || closed.ClosedOn != "2026-11-24" {
			t.Errorf("got %s on %s", closed.Status, closed.ClosedOn)
		}
		_, err = d.cases.SetRisk(ctx, worker, c.ID, "low", "Sudah tenang", 0)
		refused(t, err, "case_closed")
		// DOMAIN: checks at 1, 3 and 6 months after closing
		if due, want := d.due(t, worker, c.ID), []string{"follow_up 2026-12-24", "follow_up 2027-02-24", "follow_up 2027-05-24"}; !slices.Equal(due, want) {
			t.Errorf("the family is looked in on %v", due)
		}
		again, err := d.cases.Reopen(ctx, worker, c.ID, "Berhenti sekolah lagi", 0)
		must(t, err)
		if again.Number != c.Number || again.Stage != casefile.Intervention {
			t.Errorf("reopened as %s at %s", again.Number, again.Stage)
		}
		if due := d.due(t, worker, c.ID); len(due) != 0 {
			t.Errorf("a case at work is still followed up: %v", due)
		}
	})
}

// due lists the open tasks of a case as "code day".
func (d *desk) due(t *testing.T, who access.Actor, caseID db.ID) (list []string) {
	t.Helper()
	tasks, err := d.cases.TasksOf(t.Context(), who, caseID)
	must(t, err)
	for _, task := range tasks {
		if task.DoneAt.IsZero() {
			list = append(list, task.Code+" "+string(task.DueOn))
		}
	}
	return list
}

// settle finishes the open tasks of a case and tells which they were.
func (d *desk) settle(t *testing.T, who access.Actor, caseID db.ID) []string {
	t.Helper()
	list := d.due(t, who, caseID)
	tasks, err := d.cases.TasksOf(t.Context(), who, caseID)
	must(t, err)
	for _, task := range tasks {
		must(t, d.cases.FinishTask(t.Context(), who, task.ID, false, ""))
	}
	return list
}

func TestTheHeadPassesAGateWithAReasonAndAWorkerDoesNot(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{})
		step := casefile.Step{To: casefile.Engagement, Pass: true, Reason: "Klien dijemput polisi"}
		_, err := d.cases.MoveStage(t.Context(), d.As("worker"), c.ID, step)
		refused(t, err, "gate_not_met")
		_, err = d.cases.MoveStage(t.Context(), d.As("head"), c.ID, casefile.Step{To: casefile.Engagement, Pass: true})
		refused(t, err, "invalid")
		moved, err := d.cases.MoveStage(t.Context(), d.As("head"), c.ID, step)
		must(t, err)
		if moved.Stage != casefile.Engagement {
			t.Errorf("at %s", moved.Stage)
		}
		tasks, err := d.cases.TasksOf(t.Context(), d.As("worker"), c.ID)
		must(t, err)
		if len(tasks) != 2 || tasks[1].Code != "gate.first_contact" { // beside the first visit of every case
			t.Errorf("what was passed over is not kept in view: %+v", tasks)
		}
	})
}

func TestInDangerInterventionStartsFirst(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{})
		_, err := d.cases.SetRisk(t.Context(), d.As("worker"), c.ID, "high", "Diancam dengan parang", 0)
		must(t, err)
		moved, err := d.cases.MoveStage(t.Context(), d.As("worker"), c.ID, casefile.Step{To: casefile.Intervention})
		must(t, err)
		if moved.Stage != casefile.Intervention {
			t.Errorf("at %s", moved.Stage)
		}
		tasks, err := d.cases.TasksOf(t.Context(), d.As("worker"), c.ID)
		must(t, err)
		if len(tasks) != 7 { // the first visit, the safety plan and five demands: contact, consent, category, assessment, goal
			t.Errorf("%d tasks: %+v", len(tasks), tasks)
		}
	})
}

// seen tells which ways lead a role to a case: opening, lists, totals, search, timeline.
func (d *desk) seen(t *testing.T, role string, c casefile.Case) []string {
	t.Helper()
	ctx, a := t.Context(), d.As(role)
	var ways []string
	note := func(way string, ok bool) {
		if ok {
			ways = append(ways, way)
		}
	}
	_, err := d.cases.Get(ctx, a, c.ID, "page")
	note("open", err == nil)
	for way, f := range map[string]casefile.Filter{"list": {}, "worker": {Worker: c.Worker.ID}, "number": {Query: c.Number}, "name": {Query: "aminah"},
		"person": {Person: c.Client.Person}} {
		f.Limit, f.Total = 50, true
		l, err := d.cases.List(ctx, a, f)
		note(way, err == nil && slices.ContainsFunc(l.Items, func(i casefile.Item) bool { return i.ID == c.ID }))
		note(way+" total", err == nil && l.Total > 0)
	}
	_, err = d.cases.Timeline(ctx, a, c.ID, pageAll)
	note("timeline", err == nil)
	_, _, err = d.cases.Notes(ctx, a, c.ID, casefile.NotesPage{Limit: 5}, "page")
	note("notes", err == nil)
	_, err = d.People.Get(ctx, a, c.Client.Person, "page")
	note("person", err == nil)
	found, _, err := d.People.Search(ctx, a, person.Search{Query: "aminah", Limit: 10})
	note("person search", err == nil && len(found) > 0)
	slices.Sort(ways)
	return ways
}

func TestASecretCaseIsSeenByItsNamedAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{})
		secret := casefile.Secret
		_, err := d.cases.Change(t.Context(), d.As("worker"), c.ID, casefile.Edit{Confidentiality: &secret})
		refused(t, err, "invalid") // no head among the named
		_, err = d.cases.Change(t.Context(), d.As("worker"), c.ID, casefile.Edit{Confidentiality: &secret, Named: &[]string{d.As("head2").User.String()}})
		must(t, err)
		for _, role := range []string{"head", "supervisor", "worker2", "psychologist", "intake", "facilitator", "viewer", "admin", "dpo", "auditor", "other"} {
			if ways := d.seen(t, role, c); len(ways) > 0 {
				t.Errorf("%s reaches the secret case: %v", role, ways)
			}
		}
		for _, role := range []string{"worker", "head2"} {
			if ways := d.seen(t, role, c); len(ways) != 15 {
				t.Errorf("%s, who is named, reaches only %v", role, ways)
			}
		}
	})
}

func TestARestrictedCaseIsForItsTeamAndTheHead(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{Confidentiality: casefile.Restricted})
		want := map[string]bool{"worker": true, "head": true, "supervisor": true, "worker2": false, "psychologist": false, "intake": false, "other": false, "admin": false}
		for role, may := range want {
			if _, err := d.cases.Get(t.Context(), d.As(role), c.ID, "page"); (err == nil) != may {
				t.Errorf("%s: %v, want %v", role, err, may)
			}
		}
		team := []string{d.As("worker2").User.String()}
		_, err := d.cases.Change(t.Context(), d.As("head"), c.ID, casefile.Edit{Team: &team})
		must(t, err)
		if _, err := d.cases.Get(t.Context(), d.As("worker2"), c.ID, "page"); err != nil {
			t.Errorf("a member of the team: %v", err)
		}
		must(t, d.cases.Wall(t.Context(), d.As("head"), c.ID, d.As("worker2").User))
		_, err = d.cases.Get(t.Context(), d.As("worker2"), c.ID, "page")
		refused(t, err, "not_found")
		_, err = d.cases.BreakGlass(t.Context(), d.As("worker2"), c.Number, "Saya perlu membuka kasus kakak saya sendiri")
		refused(t, err, "not_found")
	})
}

func TestBreakGlassOpensForAnHour(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{Confidentiality: casefile.Restricted})
		_, err := d.cases.BreakGlass(t.Context(), d.As("worker2"), c.Number, "perlu")
		refused(t, err, "invalid")
		_, err = d.cases.BreakGlass(t.Context(), d.As("worker2"), c.Number, "Klien di depan kantor, petugasnya cuti")
		must(t, err)
		_, err = d.cases.Get(t.Context(), d.As("worker2"), c.ID, "page")
		must(t, err)
		_, err = d.cases.SetRisk(t.Context(), d.As("worker2"), c.ID, "high", "Terlihat luka", 0)
		refused(t, err, "forbidden")
		d.Clock.Add(61 * time.Minute)
		_, err = d.cases.Get(t.Context(), d.As("worker2"), c.ID, "page")
		refused(t, err, "not_found")
		line, err := d.cases.Timeline(t.Context(), d.As("worker"), c.ID, pageAll)
		must(t, err)
		if line[0].Code != "case.break_glass" || line[0].By != "worker2" {
			t.Errorf("the timeline tells %s by %s", line[0].Code, line[0].By)
		}
	})
}

func TestTwentyCasesOpenedAtOnceHaveNoGapAndNoTwin(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		choice := d.client(t, "Siti Aminah")
		numbers := make([]string, 20)
		var wg sync.WaitGroup
		for i := range numbers {
			wg.Go(func() {
				o := casefile.Order{Client: choice}
				if i%4 == 3 {
					o.Worker = "nobody@example.org" // refused: its number must not be lost
					_, err := d.cases.Open(t.Context(), d.As("worker"), o)
					if !fault.Is(err, "invalid") {
						t.Error(err)
					}
					o.Worker = ""
				}
				c, err := d.cases.Open(t.Context(), d.As("worker"), o)
				if err != nil {
					t.Error(err)
				}
				numbers[i] = c.Number
			})
		}
		wg.Wait()
		slices.Sort(numbers)
		for i, n := range numbers {
			if want := fmt.Sprintf("LK3-2026-%06d", i+1); n != want {
				t.Errorf("got %s, want %s", n, want)
			}
		}
	})
}

func TestASignedNoteIsNeverChanged(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.open(t, "worker", casefile.Order{})
		n, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "phone", NoteText: casefile.NoteText{Text: "pertama"}})
		must(t, err)
		list, _, err := d.cases.Notes(ctx, d.As("head"), c.ID, casefile.NotesPage{Limit: 5}, "page")
		must(t, err)
		if len(list) != 0 {
			t.Error("another's unsigned note is shown")
		}
		over := casefile.NewNote{ID: n.ID, Version: n.Version, Kind: "phone", NoteText: casefile.NoteText{Text: "kedua"}, Sign: true}
		_, err = d.cases.WriteNote(ctx, worker, c.ID, over)
		must(t, err)
		over.Version++
		_, err = d.cases.WriteNote(ctx, worker, c.ID, over)
		refused(t, err, "note_signed")
		must(t, d.cases.AddToNote(ctx, worker, c.ID, n.ID, "Ternyata hari Selasa"))
		refused(t, d.cases.StrikeNote(ctx, d.As("worker2"), c.ID, n.ID, "salah kasus"), "forbidden")
		must(t, d.cases.StrikeNote(ctx, worker, c.ID, n.ID, "salah kasus"))
		list, _, err = d.cases.Notes(ctx, worker, c.ID, casefile.NotesPage{Limit: 5}, "page")
		must(t, err)
		got := list[0]
		if got.Text != "kedua" || got.StruckReason != "salah kasus" || len(got.Addenda) != 1 || got.Addenda[0].Text != "Ternyata hari Selasa" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestADraftIsItsAuthorsAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{})
		_, err := d.cases.SaveDraft(t.Context(), d.As("worker"), c.ID, "note", "text=Baru separuh")
		must(t, err)
		mine, err := d.cases.Draft(t.Context(), d.As("worker"), c.ID, "note")
		must(t, err)
		theirs, err := d.cases.Draft(t.Context(), d.As("head"), c.ID, "note")
		must(t, err)
		if mine.Body != "text=Baru separuh" || theirs.Body != "" {
			t.Errorf("mine %q, theirs %q", mine.Body, theirs.Body)
		}
	})
}

func TestALostRaceIsTold(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, "worker", casefile.Order{})
		_, err := d.cases.SetRisk(t.Context(), d.As("worker"), c.ID, "low", "Tenang", c.Version)
		must(t, err)
		_, err = d.cases.SetRisk(t.Context(), d.As("head"), c.ID, "high", "Ancaman", c.Version)
		refused(t, err, "version_changed")
	})
}

func TestAHandOverLeavesNoCaseBehind(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		choice := d.client(t, "Siti Aminah")
		for range 60 { // more than a page
			d.open(t, "worker", casefile.Order{Client: choice})
		}
		n, err := d.cases.HandOver(t.Context(), d.As("head"), d.As("worker").User, d.As("worker2").User.String())
		must(t, err)
		left, err := d.cases.List(t.Context(), d.As("head"), casefile.Filter{Worker: d.As("worker").User, Limit: 50, Total: true})
		must(t, err)
		if n != 60 || left.Total != 0 {
			t.Errorf("handed %d, left %d", n, left.Total)
		}
	})
}

func TestPagingLosesAndRepeatsNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		choice := d.client(t, "Siti Aminah")
		days := []db.Date{"2026-11-20", "2026-11-21", "2026-11-21", "2026-11-21", "2026-11-24", "2026-11-01", "2026-11-01"}
		for _, day := range days {
			d.open(t, "worker", casefile.Order{Client: choice, OpenedOn: day})
		}
		for _, sort := range []string{casefile.NewestFirst, casefile.OldestFirst, casefile.LatestChange} {
			seen := map[db.ID]bool{}
			f := casefile.Filter{Sort: sort, Limit: 2}
			for range 10 {
				l, err := d.cases.List(t.Context(), d.As("worker"), f)
				must(t, err)
				for _, i := range l.Items {
					if seen[i.ID] {
						t.Errorf("%s: %s twice", sort, i.Number)
					}
					seen[i.ID] = true
					f.After = casefile.Place{Day: i.OpenedOn, At: i.UpdatedAt, ID: i.ID}
				}
				if !l.More {
					break
				}
			}
			if len(seen) != len(days) {
				t.Errorf("%s: %d of %d", sort, len(seen), len(days))
			}
		}
	})
}
