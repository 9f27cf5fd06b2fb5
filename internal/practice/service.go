package practice

import (
	"context"
	"encoding/json"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Service is what can be done; every act goes through the case.
type Service struct{ cases *casefile.Service }

// NewService over the cases of an installation.
func NewService(cases *casefile.Service) *Service { return &Service{cases: cases} }

// Demands are what the gates ask of this package.
func Demands() []casefile.Demand {
	return []casefile.Demand{
		{Stage: casefile.Engagement, Code: "consent_service", Check: hasConsent},
		{Stage: casefile.Assessment, Code: "assessment_written", Check: hasAssessment},
		{Stage: casefile.Planning, Code: "goal_agreed", Check: hasAgreedGoal},
		{Stage: casefile.Intervention, Code: "session_or_step", Check: hasDoneStep},
		{Stage: casefile.Intervention, Code: "session_or_step", Check: metAsFamily},
		{Stage: casefile.Evaluation, Code: "goals_scored", Check: goalsScored},
		{Stage: casefile.Evaluation, Code: "outcome_measured", Check: scalesFilled},
	}
}

func oneOf(field string, set []string, value string) error {
	if slices.Contains(set, value) {
		return nil
	}
	return fault.Invalid(fault.Field(field, "unknown", "error.choice"))
}

func length(field, value string, least, most int) error {
	if bad := web.Length(field, value, least, most); bad != nil {
		return fault.Invalid(bad)
	}
	return nil
}

// GiveConsent records what the client agreed to. Spoken consent names a witness.
func (s *Service) GiveConsent(ctx context.Context, a access.Actor, caseID db.ID, c Consent) error {
	if err := oneOf("kind", ConsentKinds, c.Kind); err != nil {
		return err
	}
	if err := oneOf("manner", ConsentManners, c.Manner); err != nil {
		return err
	}
	if c.Manner == "spoken" {
		if err := length("witness", c.Witness, 1, web.MaxName); err != nil {
			return err
		}
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.Seal("consent", c.Witness)
		if err != nil {
			return "", err
		}
		c.ID, c.TextVersion, c.GivenAt = db.NewID(), ConsentVersion, tx.Now()
		return "practice.consent", insertConsent(ctx, tx, caseID, a.User, c, body)
	})
}

// WithdrawConsent ends what a consent allowed.
func (s *Service) WithdrawConsent(ctx context.Context, a access.Actor, caseID, id db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		ok, err := db.Changed(withdrawConsent(ctx, tx, caseID, id, tx.Now()))
		if err == nil && !ok {
			err = fault.NotFound()
		}
		return "practice.consent_withdrawn", err
	})
}

// goalText is what of a goal is sealed.
type goalText struct {
	Words   string `json:"words"`
	Measure string `json:"measure"`
}

// AddGoal writes a goal with its measure and first step, so that a plan never stands without someone doing something.
func (s *Service) AddGoal(ctx context.Context, a access.Actor, caseID db.ID, g Goal, first Step) (db.ID, error) {
	for _, err := range []error{oneOf("aim", Aims, g.Aim), length("words", g.Words, 1, web.MaxLine),
		length("measure", g.Measure, 1, web.MaxLine), length("what", first.What, 0, web.MaxLine)} {
		if err != nil {
			return db.ID{}, err
		}
	}
	g.ID = db.NewID()
	err := s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := sealJSON(in, "goal", goalText{g.Words, g.Measure})
		if err != nil {
			return "", err
		}
		if err := insertGoal(ctx, tx, goalRow{caseID: caseID, g: g, by: a.User, at: tx.Now(), body: body}); err != nil {
			return "", err
		}
		if first.What != "" {
			if err := addStep(ctx, tx, in, g.ID, first); err != nil {
				return "", err
			}
		}
		return "practice.goal", s.cases.DropDraft(ctx, tx, a, in, goalDraft)
	})
	return g.ID, err
}

func sealJSON(in casefile.Inside, field string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return in.Key.Seal(field, string(plain))
}

// stepText is what of a step is sealed.
type stepText struct {
	What string `json:"what"`
	Who  string `json:"who"`
}

func addStep(ctx context.Context, tx *journal.Tx, in casefile.Inside, goal db.ID, st Step) error {
	body, err := sealJSON(in, "step", stepText{st.What, st.Who})
	if err != nil {
		return err
	}
	return insertStep(ctx, tx, goal, st.DueOn, tx.Now(), body)
}

// AddStep adds a step to a goal of the case.
func (s *Service) AddStep(ctx context.Context, a access.Actor, caseID, goal db.ID, st Step) error {
	if err := length("what", st.What, 1, web.MaxLine); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := ofCase(ctx, tx, caseID, goal); err != nil {
			return "", err
		}
		return "practice.step", addStep(ctx, tx, in, goal, st)
	})
}

// FinishStep marks a step done.
func (s *Service) FinishStep(ctx context.Context, a access.Actor, caseID, step db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		ok, err := db.Changed(finishStep(ctx, tx, caseID, step, tx.Now()))
		if err == nil && !ok {
			err = fault.NotFound()
		}
		return "practice.step_done", err
	})
}

// Agree notes that the client agrees to the goals as they stand.
func (s *Service) Agree(ctx context.Context, a access.Actor, caseID db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		ok, err := db.Changed(agreeGoals(ctx, tx, caseID, tx.Now()))
		if err == nil && !ok {
			err = fault.Conflict("no_goal", "practice.no_goal")
		}
		return "practice.agreed", err
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

// Reading of a scale: 0 to 10 for an aim, before the work or after it.
type Reading struct {
	Aim, Moment string
	Value       int
}

func (m Reading) check() error {
	if m.Value < 0 || m.Value > 10 {
		return fault.Invalid(fault.Field(m.Aim+"_"+m.Moment, "out_of_range", "case.close.scale"))
	}
	if err := oneOf("aim", Aims[1:], m.Aim); err != nil {
		return err
	}
	return oneOf("moment", Moments, m.Moment)
}

// FillScales keeps the readings of the scales, all or none.
func (s *Service) FillScales(ctx context.Context, a access.Actor, caseID db.ID, list ...Reading) error {
	for _, m := range list {
		if err := m.check(); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return fault.Invalid(fault.Field("restored_before", "required", "case.close.scale"))
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		for _, m := range list {
			if err := upsertScale(ctx, tx, scaleRow{caseID, m.Aim, m.Moment, m.Value, a.User, tx.Now()}); err != nil {
				return "", err
			}
		}
		return "practice.scale", nil
	})
}

// WriteSafetyPlan writes the safety plan over the version that was read.
func (s *Service) WriteSafetyPlan(ctx context.Context, a access.Actor, caseID db.ID, text string, version int64) error {
	if err := length("text", text, 1, web.MaxText); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.Seal("safety plan", text)
		if err != nil {
			return "", err
		}
		ok, err := db.Changed(upsertSafetyPlan(ctx, tx, caseID, a.User, tx.Now(), body, version))
		if err == nil && !ok {
			err = fault.VersionChanged(version + 1)
		}
		if err != nil {
			return "", err
		}
		return "practice.safety_plan", s.cases.DropDraft(ctx, tx, a, in, safetyDraft)
	})
}

// Work reads all of a case's professional work.
func (s *Service) Work(ctx context.Context, a access.Actor, caseID db.ID) (w Work, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		w, err = readWork(ctx, r, in)
		return err
	})
	return w, err
}

// planless is how many cases of high risk are looked at in one question, and how often it is asked.
const (
	planlessAtOnce = 100
	planlessRounds = 10
)

// HighWithoutPlan are open cases of high risk that have no safety plan yet, of a worker or (zero) of all the actor may know,
// the longest unchanged first.
func (s *Service) HighWithoutPlan(ctx context.Context, a access.Actor, worker db.ID, most int) (list []casefile.Item, err error) {
	if err := a.Require(access.CaseList); err != nil {
		return nil, err
	}
	f := casefile.Filter{Status: "open", Risk: "high", Worker: worker, Sort: casefile.Quietest, Limit: planlessAtOnce}
	for range planlessRounds {
		more, err := s.cases.Among(ctx, a, f, func(r db.Reader, items []casefile.Item) error {
			last := items[len(items)-1]
			f.After = casefile.Place{At: last.UpdatedAt, ID: last.ID}
			planned, err := withPlan(ctx, r, items)
			for _, i := range items {
				if !planned[i.ID] {
					list = append(list, i)
				}
			}
			return err
		})
		if err != nil || !more || len(list) >= most {
			return list[:min(len(list), most)], err
		}
	}
	return list, nil
}
