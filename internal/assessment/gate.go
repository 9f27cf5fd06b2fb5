package assessment

import (
	"context"
	"slices"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
)

// Demands are what the gates ask of this package: at each stage, the answers that the form needs before it is left. A gate
// knows no key, so each writing keeps which stages have theirs; what was met stays met until the assessment is written again,
// so that a new form holds up no case that nobody touches.
func Demands() (list []casefile.Demand) {
	for _, stage := range casefile.StageCodes[:len(casefile.StageCodes)-1] {
		if stage == casefile.Assessment {
			list = append(list, casefile.Demand{Stage: stage, Code: "assessment_written", Check: written})
			continue
		}
		list = append(list, casefile.Demand{Stage: stage, Code: "assessment_asked", Check: metAt(stage), Asked: asksAt(stage)})
	}
	return list
}

func metAt(stage string) casefile.Check {
	return func(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
		return selectMet(ctx, r, caseID, stage)
	}
}

// asksAt tells whether the form of the case's office needs an answer of a stage at all.
func asksAt(stage string) casefile.Check {
	return func(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
		needed, err := selectNeed(ctx, r, caseID, stage)
		if fault.Is(err, "not_found") {
			return slices.Contains(needs(shippedNow().Form), stage), nil
		}
		return needed, err
	}
}

// written is met too where the form asks nothing before the stage of the assessment is left.
func written(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
	asks, err := asksAt(casefile.Assessment)(ctx, r, caseID)
	if err != nil || !asks {
		return !asks, err
	}
	return selectMet(ctx, r, caseID, casefile.Assessment)
}

// Missing are the questions of a stage that are asked and not answered.
func Missing(d *form.Definition, answers form.Answers, stage string) (list []form.Item) {
	asked := d.Asked(answers)
	for _, it := range d.Questions() {
		if it.Stage == stage && !it.Calculated() && asked[it.ID] && len(answers[it.ID]) == 0 {
			list = append(list, it)
		}
	}
	return list
}

// met are the stages whose answers are all there.
func met(d *form.Definition, answers form.Answers) (stages []string) {
	for _, stage := range needs(d) {
		if len(Missing(d, answers, stage)) == 0 {
			stages = append(stages, stage)
		}
	}
	return stages
}
