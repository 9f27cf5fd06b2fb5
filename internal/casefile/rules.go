package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/unit"
)

// record writes a change and makes the tasks that the office's rules let follow from it.
func (s *Service) record(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, change journal.Change) error {
	if change.Code == "" {
		return nil // the act has recorded what it did itself
	}
	if err := tx.Record(ctx, change); err != nil {
		return err
	}
	settings, err := s.office.In(ctx, tx, a.Office.ID)
	if err != nil {
		return err
	}
	if c.Worker.ID.IsZero() {
		return nil // the head will name someone; until then there is nobody to remind
	}
	for _, rule := range settings.Rules.After(occasion(change)) {
		if err := s.addTaskIn(ctx, tx, a, ruleTask(c, rule, db.DayOf(tx.Now().Time, a.Office.Zone))); err != nil {
			return err
		}
	}
	return nil
}

// occasion is a change's code with where it led to, as rules name it. Passing a gate leads to the stage all the same.
func occasion(c journal.Change) string {
	to, ok := c.Detail["to"].(string)
	switch {
	case !ok:
		return c.Code
	case c.Code == "case.stage_passed":
		return "case.stage." + to
	}
	return c.Code + "." + to
}

func ruleTask(c Case, rule unit.Rule, today db.Date) *Task {
	t := Task{Case: c.ID, What: rule.What, For: c.Worker, DueOn: today.AddDays(rule.Days)}
	if rule.What == "" {
		t.Code = "rule." + rule.Code
	}
	return &t
}
