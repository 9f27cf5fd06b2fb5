package practice

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// StepJSON is a step of a goal.
type StepJSON struct {
	ID      string  `json:"id"`
	What    string  `json:"what" example:"(what is done)"`
	Who     string  `json:"who" example:"(by whom)"`
	DueOn   *string `json:"due_on" format:"date"`
	DoneAt  db.Time `json:"done_at" format:"date-time" nullable:"true"`
	Dropped db.Time `json:"dropped_at" format:"date-time" nullable:"true"`
	Version int64   `json:"version"`
}

// GoalJSON is a goal of a plan.
type GoalJSON struct {
	ID       string     `json:"id"`
	Aim      string     `json:"aim" enum:"overcome,restored,strengthened"`
	Words    string     `json:"words" example:"(in the client's own words)"`
	Measure  string     `json:"measure" example:"(how it is measured)"`
	Baseline string     `json:"baseline"`
	Target   string     `json:"target"`
	Levels   []string   `json:"levels" nullable:"false" doc:"what each level from -2 to +2 looks like; empty where not described" example:"[\"\",\"\",\"\",\"\",\"\"]"`
	Weight   int        `json:"weight" minimum:"1" maximum:"5"`
	TargetOn *string    `json:"target_on" format:"date"`
	AgreedAt db.Time    `json:"agreed_at" format:"date-time" nullable:"true"`
	Score    *int       `json:"score" minimum:"-2" maximum:"2"`
	Dropped  db.Time    `json:"dropped_at" format:"date-time" nullable:"true"`
	Steps    []StepJSON `json:"steps" nullable:"false"`
	Item     string     `json:"item" doc:"the problem area of the assessment it came from; empty where none"`
	Version  int64      `json:"version"`
}

// PlanJSON is the plan of a case.
type PlanJSON struct {
	Goals   []GoalJSON `json:"goals" nullable:"false" doc:"those that stand"`
	Dropped []GoalJSON `json:"dropped" nullable:"false" doc:"those that were given up"`
	T       *float64   `json:"t_score" doc:"goal attainment by Kiresuk and Sherman (1968); 50 is as hoped; null without a scored goal"`
	Scored  int        `json:"scored" doc:"how many goals it is reckoned from"`
}

func goalJSON(g Goal) GoalJSON {
	j := GoalJSON{ID: g.ID.String(), Aim: g.Aim, Words: g.Words, Measure: g.Measure, Baseline: g.Baseline, Target: g.Target, Levels: g.Levels[:], Weight: g.Weight,
		TargetOn: web.Optional(string(g.TargetOn)), AgreedAt: g.AgreedAt, Score: g.Score, Dropped: g.Dropped, Steps: []StepJSON{}, Item: g.Item, Version: g.Version}
	for _, s := range g.Steps {
		j.Steps = append(j.Steps, StepJSON{s.ID.String(), s.What, s.Who, web.Optional(string(s.DueOn)), s.DoneAt, s.Dropped, s.Version})
	}
	return j
}

func goalsJSON(list []Goal) []GoalJSON {
	out := make([]GoalJSON, len(list))
	for i, g := range list {
		out[i] = goalJSON(g)
	}
	return out
}

type planOutput struct{ Body PlanJSON }

func (o operations) plan(ctx context.Context, in *IDInput) (*planOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	w, err := o.s.Work(ctx, access.From(ctx), id[0])
	if err != nil {
		return nil, err
	}
	a := AttainmentOf(w.Goals)
	out := &planOutput{PlanJSON{Goals: goalsJSON(w.Goals), Dropped: goalsJSON(w.Dropped), Scored: a.Scored}}
	if a.Scored > 0 {
		t := round(a.T)
		out.Body.T = &t
	}
	return out, nil
}

type goalInput struct {
	IDInput
	Body struct {
		Aim       string   `json:"aim" enum:"overcome,restored,strengthened"`
		Words     string   `json:"words" minLength:"1" maxLength:"500" doc:"in the client's own words"`
		Measure   string   `json:"measure" minLength:"1" maxLength:"500"`
		Baseline  string   `json:"baseline,omitempty" maxLength:"500"`
		Target    string   `json:"target,omitempty" maxLength:"500"`
		Weight    int      `json:"weight,omitempty" minimum:"1" maximum:"5" doc:"1 when left out"`
		TargetOn  *string  `json:"target_on,omitempty" format:"date"`
		FirstStep *NewStep `json:"first_step,omitempty"`
	}
}

// NewStep is a step that comes with a goal; a schema of the document, so it must be exported.
type NewStep struct {
	What  string  `json:"what" minLength:"1" maxLength:"500"`
	Who   string  `json:"who,omitempty" maxLength:"500"`
	DueOn *string `json:"due_on,omitempty" format:"date"`
}

type goalOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     GoalJSON
}

func (o operations) addGoal(ctx context.Context, in *goalInput) (*goalOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	b, first := in.Body, Step{}
	if b.FirstStep != nil {
		first = Step{What: b.FirstStep.What, Who: b.FirstStep.Who, DueOn: web.OptionalDay(b.FirstStep.DueOn)}
	}
	made, err := o.s.AddGoal(ctx, access.From(ctx), id[0], Goal{Aim: b.Aim, Words: b.Words, Measure: b.Measure, Baseline: b.Baseline, Target: b.Target, Weight: b.Weight,
		TargetOn: web.OptionalDay(b.TargetOn)}, first)
	if err != nil {
		return nil, err
	}
	return o.added(ctx, in.ID, made.String())
}

func (o operations) added(ctx context.Context, caseID, goal string) (*goalOutput, error) {
	out, err := o.goal(ctx, caseID, goal)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/cases/"+caseID+"/plan"
	}
	return out, err
}

// goalAgain answers a goal that was kept and whose answer was lost with the newest of the same words.
func (o operations) goalAgain(ctx context.Context, in *goalInput, _ web.Made) (*goalOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	w, err := o.s.Work(ctx, access.From(ctx), id[0])
	if err != nil {
		return nil, err
	}
	for i := len(w.Goals) - 1; i >= 0; i-- {
		if w.Goals[i].Words == in.Body.Words {
			return o.added(ctx, in.ID, w.Goals[i].ID.String())
		}
	}
	return nil, fault.NotFound()
}

func (o operations) goal(ctx context.Context, caseID, goal string) (*goalOutput, error) {
	list, err := web.AddressIDs(caseID, goal)
	if err != nil {
		return nil, err
	}
	j, err := o.s.Planned(ctx, access.From(ctx), list[0], list[1])
	if err != nil {
		return nil, err
	}
	return &goalOutput{Status: http.StatusOK, ETag: web.ETag(j.Version), Body: j}, nil
}

// Planned is a goal of a case, also one that was given up, as operations tell it.
func (s *Service) Planned(ctx context.Context, a access.Actor, caseID, id db.ID) (GoalJSON, error) {
	if err := a.Require(access.CaseRead); err != nil {
		return GoalJSON{}, err
	}
	w, err := s.Work(ctx, a, caseID)
	if err != nil {
		return GoalJSON{}, err
	}
	for _, g := range append(w.Goals, w.Dropped...) {
		if g.ID == id {
			return goalJSON(g), nil
		}
	}
	return GoalJSON{}, fault.NotFound()
}

type goalPatch struct {
	IDInput
	Goal    string `path:"goal" format:"uuid" doc:"of the goal"`
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Words    *string `json:"words,omitempty" minLength:"1" maxLength:"500"`
		Measure  *string `json:"measure,omitempty" minLength:"1" maxLength:"500"`
		Baseline *string `json:"baseline,omitempty" maxLength:"500"`
		Target   *string `json:"target,omitempty" maxLength:"500"`
		Weight   *int    `json:"weight,omitempty" minimum:"1" maximum:"5"`
		TargetOn *string `json:"target_on,omitempty" format:"date"`
		Reason   string  `json:"reason,omitempty" maxLength:"500" doc:"needed but for a score"`
		Score    *int    `json:"score,omitempty" minimum:"-2" maximum:"2" doc:"alone"`
		Drop     bool    `json:"drop,omitempty" doc:"give the goal up; alone, with the reason"`
	}
}

func (o operations) patchGoal(ctx context.Context, in *goalPatch) (*goalOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Goal)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	g, err := o.s.Goal(ctx, a, list[0], list[1])
	if err != nil {
		return nil, err
	}
	if err := o.overGoal(ctx, a, list[0], g, version, in); err != nil {
		return nil, err
	}
	return o.goal(ctx, in.ID, in.Goal)
}

// overGoal does the one thing a patch asks for.
func (o operations) overGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, version int64, in *goalPatch) error {
	b := in.Body
	switch {
	case b.Drop:
		return o.s.DropGoal(ctx, a, caseID, g.ID, b.Reason, version)
	case b.Score != nil && g.Version != version:
		return fault.VersionChanged(g.Version)
	case b.Score != nil:
		return o.s.ScoreGoal(ctx, a, caseID, g.ID, *b.Score)
	}
	for into, text := range map[*string]*string{&g.Words: b.Words, &g.Measure: b.Measure, &g.Baseline: b.Baseline, &g.Target: b.Target} {
		if text != nil {
			*into = *text
		}
	}
	if b.Weight != nil {
		g.Weight = *b.Weight
	}
	if b.TargetOn != nil {
		g.TargetOn = db.Date(*b.TargetOn)
	}
	g.Version = version
	return o.s.ChangeGoal(ctx, a, caseID, g, b.Reason)
}
