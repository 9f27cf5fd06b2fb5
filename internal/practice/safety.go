package practice

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

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
