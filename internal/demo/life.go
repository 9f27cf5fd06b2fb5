package demo

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/practice"
)

// fate is how far a case comes and when.
type fate struct {
	stage    int    // index of casefile.StageCodes it reaches
	begun    int    // days ago
	last     int    // days ago of the last act while it was open
	reason   string // why it was closed; empty while open
	reopened bool
	late     int // days until its own task is due, negative when it is late
	tasked   bool
}

// life is a case on its way: what happens in it, in its order, each step some time after the one before.
type life struct {
	*filler
	fate
	voice
	st     *story
	home   *home
	body   person.Client
	worker access.Actor
	mate   *access.Actor
	id     db.ID
	client person.ClientChoice
	goals  []*plannedGoal
	note   int
	nth    uint64      // of the cases, in the order they were planned
	gaps   []float64   // how much of the whole time passes before each step
	steps  []doing     // in their order
	ends   []laterStep // after the case was closed
}

type doing func(context.Context) error

// laterStep happens some days after the closing.
type laterStep struct {
	after int
	do    doing
}

type plannedGoal struct {
	id    db.ID
	score int
}

// then plans what happens next; gap is its share of the time a case lasts.
func (l *life) then(gap float64, do doing) {
	l.gaps, l.steps = append(l.gaps, gap), append(l.steps, do)
}

// put lays the steps out between the first and the last day and hands them to the agenda.
func (l *life) put() {
	from, to := l.days.moment(l.begun, l.chance.IntN(300)), l.days.moment(l.last, 120+l.chance.IntN(300))
	whole := 0.0
	for _, g := range l.gaps {
		whole += g
	}
	passed, before := 0.0, from.Add(-time.Minute)
	for i, do := range l.steps {
		passed += l.gaps[i]
		at := from
		if whole > 0 {
			at = from.Add(time.Duration(passed / whole * float64(to.Sub(from))))
		}
		if at = l.working(at); !at.After(before) {
			at = before.Add(time.Duration(2+i%7) * time.Minute)
		}
		if latest := l.now.Add(-time.Minute); at.After(latest) {
			at = latest
		}
		l.add(at, do)
		before = at
	}
	for _, e := range l.ends {
		if at := before.AddDate(0, 0, e.after); at.Before(l.now) {
			l.add(maxTime(l.working(at), before.Add(time.Minute)), e.do)
		}
	}
}

// plan writes the whole course of a case.
func (l *life) plan() {
	l.planned++
	l.nth = l.planned
	l.then(0, l.involve)
	l.firstContact()
	if l.stage >= 1 {
		l.move(0.2, casefile.Engagement)
	}
	if l.stage >= 2 {
		l.then(1, l.consent("service", "", "data"))
		l.move(0, casefile.Assessment)
		l.writeNote(1)
		l.assess()
		l.surround()
		l.confide()
	}
	if l.stage >= 3 {
		l.move(0.5, casefile.Planning)
		l.makeGoals()
	}
	if l.stage >= 4 {
		l.then(0.5, func(ctx context.Context) error {
			return l.Practice.Agree(ctx, l.worker, l.id, practice.Signed{Manner: "screen", Read: true}, nil)
		})
		l.move(0, casefile.Intervention)
		l.writeNote(1.5)
		l.guided()
		l.gather()
		l.observe()
		l.refer()
		l.finishSteps()
		l.mended()
		l.review()
		l.writeNote(1.5)
	}
	if l.stage >= 5 {
		for l.note < len(l.st.Note) {
			l.writeNote(1.5)
		}
		l.setRisk(0.1, len(l.st.Risk)-1)
		l.move(0.5, casefile.Evaluation)
	}
	if l.stage >= 6 {
		l.score()
		l.move(0.2, casefile.Termination)
	}
	l.end()
	l.put()
}

// firstContact is the first note; where the danger is great, the risk and what keeps someone safe come with it.
func (l *life) firstContact() {
	l.writeNote(0.3)
	if l.st.Risk[0][0] == "high" {
		l.setRisk(0, 0)
		if l.st.Safety.Signs != "" && !(l.reason == "" && l.stage < 2) {
			plan := l.safety()
			l.then(0.1, func(ctx context.Context) error { return l.Practice.WriteSafetyPlan(ctx, l.worker, l.id, plan, 0) })
		}
		l.then(0, l.settle(1))
	}
}

// safety is the story's plan in the words of this life.
func (l *life) safety() (p practice.SafetyParts) {
	s := l.st.Safety
	p = practice.SafetyParts{Signs: l.say(s.Signs), Coping: l.say(s.Coping), Distract: l.say(s.Distract), Safe: l.say(s.Safe)}
	for _, x := range s.Helpers {
		p.Helpers = append(p.Helpers, practice.Contact{Name: l.say(x[0]), Phone: x[1]})
	}
	for _, x := range s.Experts {
		p.Experts = append(p.Experts, practice.Contact{Name: l.say(x[0]), Phone: x[1]})
	}
	return p
}

// end settles what is open: a closed case is closed, an open one keeps what is still to be done.
func (l *life) end() {
	if l.reason != "" {
		l.close()
		return
	}
	if l.tasked {
		what := l.say(l.st.Tasks[l.chance.IntN(len(l.st.Tasks))])
		due := db.DayOf(l.now, l.zone).AddDays(l.late)
		l.then(0, func(ctx context.Context) error {
			_, err := l.Cases.AddTask(ctx, l.worker, l.id, casefile.NewTask{What: what, DueOn: due})
			return err
		})
	}
	l.then(0, l.settleBefore(db.DayOf(l.now, l.zone), l.tasked))
}

// involve names the people of a case with their part, and the team.
func (l *life) involve(ctx context.Context) error {
	if l.home != nil {
		for _, p := range l.home.people {
			part := l.st.Parts[p.role]
			switch {
			case part == "" && (p.role == l.st.Client || l.st.Client == "family"):
				continue // the client is there already
			case part == "":
				part = "family_member"
			}
			if err := l.Cases.Involve(ctx, l.worker, l.id, p.ID, part); err != nil {
				return err
			}
		}
	}
	if l.mate == nil || l.st.Secrecy == casefile.Secret {
		return nil
	}
	team := []string{l.mate.User.String()}
	_, err := l.Cases.Change(ctx, l.worker, l.id, casefile.Edit{Team: &team})
	return err
}

// writer of the next note: now and then the colleague in the team.
func (l *life) writer() access.Actor {
	if l.mate != nil && l.st.Secrecy < casefile.Secret && l.note%3 == 1 {
		return *l.mate
	}
	return l.worker
}

func (l *life) writeNote(gap float64) {
	if l.note >= len(l.st.Note) {
		return
	}
	t, by := l.st.Note[l.note], l.writer()
	n := casefile.NewNote{Kind: t.Kind, Minutes: t.Minutes[0] + 5*l.chance.IntN((t.Minutes[1]-t.Minutes[0])/5+1), Services: t.Services, Sign: true,
		NoteText: casefile.NoteText{Text: l.anew(t.Text), Place: l.say(t.Place), Participants: l.say(t.With), NextStep: l.say(t.Next)}}
	ago := time.Duration(n.Minutes+5+l.chance.IntN(90)) * time.Minute
	l.note++
	l.then(gap, func(ctx context.Context) error {
		n.HappenedAt = l.Clock.Now().Add(-ago)
		if _, err := l.Cases.WriteNote(ctx, by, l.id, n); err != nil {
			return err
		}
		return l.settle(1)(ctx)
	})
}

func (l *life) setRisk(gap float64, i int) {
	level, why := l.st.Risk[i][0], l.say(l.st.Risk[i][1])
	l.then(gap, func(ctx context.Context) error {
		_, err := l.Cases.SetRisk(ctx, l.worker, l.id, level, why, 0)
		return err
	})
}

func (l *life) move(gap float64, stage string) {
	l.then(gap, func(ctx context.Context) error {
		_, err := l.Cases.MoveStage(ctx, l.worker, l.id, casefile.Step{To: stage})
		return err
	})
}

// settle finishes the tasks that are due within some days, as one does after a visit.
func (l *life) settle(days int) doing {
	return func(ctx context.Context) error {
		return l.settleBefore(db.DayOf(l.Clock.Now(), l.zone).AddDays(days), false)(ctx)
	}
}

// settleBefore finishes what is due before a day; its own words stay where they are kept for the day page.
func (l *life) settleBefore(day db.Date, keep bool) doing {
	return func(ctx context.Context) error {
		list, err := l.Cases.TasksOf(ctx, l.worker, l.id)
		if err != nil {
			return err
		}
		for _, t := range list {
			urgent := t.Code == "safety_plan" && l.reason == "" && l.stage < 2 // a plan that nobody has written yet
			if !t.DoneAt.IsZero() || t.DueOn >= day || urgent || keep && t.Code == "" {
				continue
			}
			if err := l.Cases.FinishTask(ctx, l.worker, t.ID, false, ""); err != nil {
				return err
			}
		}
		return nil
	}
}
