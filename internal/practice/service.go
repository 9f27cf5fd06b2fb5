package practice

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// Service is what can be done; every act goes through the case.
type Service struct{ cases *casefile.Service }

// NewService over the cases of an installation.
func NewService(cases *casefile.Service) *Service { return &Service{cases: cases} }

// Demands are what the gates ask of this package.
func Demands() []casefile.Demand {
	return []casefile.Demand{
		{Stage: casefile.Engagement, Code: "consent_service", Check: hasConsent},
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

// Work reads all of a case's professional work.
func (s *Service) Work(ctx context.Context, a access.Actor, caseID db.ID) (w Work, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		w, err = readWork(ctx, r, in)
		return err
	})
	return w, err
}
