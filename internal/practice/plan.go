package practice

import (
	"context"
	"errors"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/practice/attainment"
	"teduh/internal/web"
)

// Goal is what is to change, how it is measured, and by when.
type Goal struct {
	ID       db.ID
	Aim      string
	Words    string // in the client's own words
	Measure  string
	Baseline string    // how it stands now
	Target   string    // how it shall stand
	Levels   [5]string // what each level from −2 to +2 looks like, where that was described
	Weight   int       // beside the other goals, 1 to 5; 0 is taken as 1
	TargetOn db.Date
	AgreedAt db.Time
	Score    *int // −2 to +2
	Dropped  db.Time
	Steps    []Step
	Past     []PastGoal // newest first
	Item     string     // the problem area of the assessment it came from
	Version  int64
}

// PastGoal is what a goal said before it was changed or dropped, and why.
type PastGoal struct {
	Goal    db.ID
	Reason  string
	Words   string
	Measure string
	Target  string
	Dropped bool
	By      string
	At      db.Time
}

// MaxWeight is the most a goal may weigh.
const MaxWeight = 5

// goalText is what of a goal is sealed.
type goalText struct {
	Words    string    `json:"words"`
	Measure  string    `json:"measure"`
	Baseline string    `json:"baseline,omitempty"`
	Target   string    `json:"target,omitempty"`
	Levels   [5]string `json:"levels"`
}

// pastText is what is sealed of what a goal said.
type pastText struct {
	Reason  string `json:"reason"`
	Dropped bool   `json:"dropped,omitempty"`
	goalText
}

func (g Goal) text() goalText { return goalText{g.Words, g.Measure, g.Baseline, g.Target, g.Levels} }

func (g *Goal) check() error {
	g.Weight = max(g.Weight, 1)
	var c fault.Checks
	c.Field(!slices.Contains(Aims, g.Aim), "aim", "unknown", "error.choice")
	c.Add(web.Length("words", g.Words, 1, web.MaxLine))
	c.Add(web.Length("measure", g.Measure, 1, web.MaxLine))
	c.Add(web.Length("baseline", g.Baseline, 0, web.MaxLine))
	c.Add(web.Length("target", g.Target, 0, web.MaxLine))
	for i, level := range g.Levels {
		c.Add(web.Length(levelFields[i], level, 0, web.MaxLine))
	}
	c.Field(g.Weight > MaxWeight, "weight", "out_of_range", "practice.weight", "max", MaxWeight)
	return c.Err()
}

// Level describes a score of the goal; empty where nobody did.
func (g Goal) Level(score int) string { return g.Levels[score+2] }

// Attainment is how far the scored goals were reached together, and how many of all were scored.
type Attainment struct {
	T      float64
	Scored int
	All    int
}

// AttainmentOf reckons it over the goals that stand.
func AttainmentOf(goals []Goal) (a Attainment) {
	var scored []attainment.Goal
	for _, g := range goals {
		a.All++
		if g.Score != nil {
			scored = append(scored, attainment.Goal{Level: *g.Score, Weight: float64(max(g.Weight, 1))})
		}
	}
	a.T, _ = attainment.T(scored)
	a.Scored = len(scored)
	return a
}

// AddGoal writes a goal with its measure and first step, so that a plan never stands without someone doing something.
func (s *Service) AddGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, first Step) (db.ID, error) {
	return s.newGoal(ctx, a, caseID, g, first, func(tx *journal.Tx, in casefile.Inside, g Goal) error {
		if err := addGoal(ctx, tx, a, in, g, first); err != nil {
			return err
		}
		return s.cases.DropDraft(ctx, tx, a, in, goalDraft)
	})
}

// areaGoal is the code of the task that a goal of a problem area makes.
const areaGoal = "area_goal"

// AddGoalOf writes the goal of a problem area of the assessment (Item), and makes a task for the worker in charge, due with its
// first step. Where a goal of the area stands already it is that one, and nothing is written.
func (s *Service) AddGoalOf(ctx context.Context, a access.Actor, caseID db.ID, g Goal, first Step) (id db.ID, err error) {
	id, err = s.newGoal(ctx, a, caseID, g, first, func(tx *journal.Tx, in casefile.Inside, g Goal) error {
		stands, err := selectGoalOf(ctx, tx, caseID, g.Item)
		if err == nil {
			return &already{stands}
		}
		if !fault.Is(err, "not_found") {
			return err
		}
		if err := addGoal(ctx, tx, a, in, g, first); err != nil {
			return err
		}
		_, err = s.cases.TaskIn(ctx, tx, a, in, areaGoal, first.DueOn)
		return err
	})
	if there := (*already)(nil); errors.As(err, &there) {
		return there.goal, nil
	}
	return id, err
}

// already ends a writing where the goal is there.
type already struct{ goal db.ID }

func (e *already) Error() string { return "practice: the goal is there: " + e.goal.String() }

func (s *Service) newGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, first Step, add func(*journal.Tx, casefile.Inside, Goal) error) (db.ID, error) {
	if err := g.check(); err != nil {
		return db.ID{}, err
	}
	if err := first.check("", 0); err != nil {
		return db.ID{}, err
	}
	g.ID = db.NewID()
	err := s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		return "practice.goal", add(tx, in, g)
	})
	return g.ID, err
}

// addGoal keeps a goal and its first step.
func addGoal(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, g Goal, first Step) error {
	body, err := in.Key.SealJSON("goal", g.text())
	if err == nil {
		err = insertGoal(ctx, tx, goalRow{caseID: in.Case.ID, g: g, by: a.User, at: tx.Now(), body: body})
	}
	if err == nil && first.What != "" {
		err = addStep(ctx, tx, in, g.ID, first)
	}
	return err
}

// ChangeGoal writes over the version that was read; what it said before stays, with the reason. The client has to agree to the
// goal anew.
func (s *Service) ChangeGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, reason string) error {
	if err := g.check(); err != nil {
		return err
	}
	return s.overGoal(ctx, a, caseID, g, pastText{Reason: reason}, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.SealJSON("goal", g.text())
		if err != nil {
			return "", err
		}
		return "practice.goal_changed", updateGoal(ctx, tx, goalRow{caseID: caseID, g: g, at: tx.Now(), body: body})
	})
}

// DropGoal gives a goal up, with the reason; it stays to be read.
func (s *Service) DropGoal(ctx context.Context, a access.Actor, caseID, goal db.ID, reason string, version int64) error {
	return s.overGoal(ctx, a, caseID, Goal{ID: goal, Version: version}, pastText{Reason: reason, Dropped: true},
		func(tx *journal.Tx, _ casefile.Inside) (string, error) {
			return "practice.goal_dropped", dropGoal(ctx, tx, goal, tx.Now())
		})
}

// overGoal runs a change of a goal at the version that was read and keeps what it said before.
func (s *Service) overGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, past pastText, write func(*journal.Tx, casefile.Inside) (string, error)) error {
	if err := web.Line("reason", past.Reason, 3); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		was, err := selectGoal(ctx, tx, in, g.ID)
		switch {
		case err != nil:
			return "", err
		case !was.Dropped.IsZero():
			return "", fault.Conflict("goal_dropped", "practice.goal_dropped_already")
		case was.Version != g.Version:
			return "", fault.VersionChanged(was.Version)
		}
		past.goalText = was.text()
		body, err := in.Key.SealJSON("past goal", past)
		if err != nil {
			return "", err
		}
		if err := insertPast(ctx, tx, g.ID, a.User, tx.Now(), body); err != nil {
			return "", err
		}
		return write(tx, in)
	})
}

// ScoreGoal scores a goal from −2 (much less than hoped) to +2 (much more).
func (s *Service) ScoreGoal(ctx context.Context, a access.Actor, caseID, goal db.ID, score int) error {
	if score < -2 || score > 2 {
		return fault.Invalid(fault.Field("score", "out_of_range", "practice.score"))
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		if err := ofCase(ctx, tx, caseID, goal); err != nil {
			return "", err
		}
		return "practice.goal_scored", scoreGoal(ctx, tx, goal, score, tx.Now())
	})
}

// Goal reads one goal of a case, a dropped one too.
func (s *Service) Goal(ctx context.Context, a access.Actor, caseID, id db.ID) (g Goal, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		g, err = selectGoal(ctx, r, in, id)
		return err
	})
	return g, err
}
