package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Step asks for another stage. A step back needs a reason; passing a gate that is not met needs one too, and the right.
type Step struct {
	To      string
	Reason  string
	Pass    bool // pass the gate although something is missing
	Version int64
}

// NextGate tells what the gate before the next stage asks for.
func (s *Service) NextGate(ctx context.Context, a access.Actor, id db.ID) (gates []Gate, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err := s.find(ctx, r, a, id)
		if err != nil {
			return err
		}
		gates, err = s.gatesUpTo(ctx, r, a, c, NextStage(c.Stage))
		return err
	})
	return gates, err
}

// gatesUpTo are the demands of every stage from the current one to the one before to.
func (s *Service) gatesUpTo(ctx context.Context, r db.Reader, a access.Actor, c Case, to string) ([]Gate, error) {
	all := []Gate{}
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return nil, err
	}
	for i := StageIndex(c.Stage); i < StageIndex(to); i++ {
		stage := StageCodes[i]
		gates, err := s.gates.At(ctx, r, c.ID, stage, func(code string) bool { return settings.GateActive(stage, code) })
		if err != nil {
			return nil, err
		}
		all = append(all, gates...)
	}
	return all, nil
}

// MoveStage moves a case to another stage. Forward, every gate between must be met, or passed by the head with a reason;
// when a life is in danger intervention may start first, and what is missing stays open as tasks.
func (s *Service) MoveStage(ctx context.Context, a access.Actor, id db.ID, step Step) (c Case, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return c, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if c, err = s.toWork(ctx, tx, a, id, step.Version); err != nil {
			return err
		}
		from := c.Stage
		passed, err := s.maySteps(ctx, tx, a, c, step)
		if err != nil {
			return err
		}
		c.Stage = step.To
		if err := s.recordMove(ctx, tx, a, c, move{kind: "stage", from: from, to: step.To, passed: passed, reason: step.Reason}); err != nil {
			return err
		}
		if err := s.tasksForMissing(ctx, tx, a, c, passed); err != nil {
			return err
		}
		if err := touch(ctx, tx, &c); err != nil {
			return err
		}
		return s.record(ctx, tx, a, c, s.change(a, id, stageCode(from, step.To, passed), journal.Detail{"from": from, "to": step.To}))
	})
	return c, err
}

func stageCode(from, to string, passed []string) string {
	switch {
	case StageIndex(to) < StageIndex(from):
		return "case.stage_back"
	case len(passed) > 0:
		return "case.stage_passed"
	}
	return "case.stage"
}

// maySteps checks a step and tells which demands it passes over.
func (s *Service) maySteps(ctx context.Context, r db.Reader, a access.Actor, c Case, step Step) ([]string, error) {
	from, to := StageIndex(c.Stage), StageIndex(step.To)
	switch {
	case to < 0:
		return nil, fault.Invalid(fault.Field("to", "unknown", "error.choice"))
	case to == from:
		return nil, fault.Conflict("same_stage", "case.stage.same")
	case to < from:
		return nil, reasonFor("case.stage.back_reason", step.Reason)
	}
	gates, err := s.gatesUpTo(ctx, r, a, c, step.To)
	if err != nil {
		return nil, err
	}
	open := missing(gates)
	switch {
	case len(open) == 0:
		return nil, nil
	case step.To == Intervention && c.Risk == "high":
		return open, nil // danger first: help begins, the papers follow as tasks
	case !step.Pass || !a.Can(access.CasePassGate):
		return nil, fault.Conflict("gate_not_met", "case.gate.not_met").With(gates)
	}
	return open, reasonFor("case.gate.pass_reason", step.Reason)
}

func reasonFor(key, reason string) error {
	if text("reason", reason, 3, web.MaxLine) != nil {
		return fault.Invalid(fault.Field("reason", "required", key))
	}
	return nil
}

// tasksForMissing keeps what was passed over in view.
func (s *Service) tasksForMissing(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, codes []string) error {
	for _, code := range codes {
		t := Task{Case: c.ID, Code: "gate." + code, For: c.Worker, DueOn: db.DayOf(tx.Now().Time, a.Office.Zone).AddDays(3)}
		if err := s.addTaskIn(ctx, tx, a, &t); err != nil {
			return err
		}
	}
	return nil
}

// move is a row of the history of stages, rungs, closings and reopenings.
type move struct {
	kind, from, to string
	passed         []string
	reason         string
}

func (s *Service) recordMove(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, m move) error {
	sealed, err := s.seal(ctx, tx, c.ID, "reason", m.reason)
	if err != nil {
		return err
	}
	return insertMove(ctx, tx, c.ID, a.User, tx.Now(), m, sealed)
}

// seal seals one short text under the case's key.
func (s *Service) seal(ctx context.Context, r db.Reader, caseID db.ID, field, plain string) ([]byte, error) {
	key, err := s.vault.Key(ctx, r, caseID)
	if err != nil {
		return nil, err
	}
	return key.Seal(field, plain)
}

// SetRisk sets the risk with its reason. Raising to high makes the task of a safety plan.
func (s *Service) SetRisk(ctx context.Context, a access.Actor, id db.ID, level, reason string, version int64) (c Case, err error) {
	return s.work(ctx, a, id, version, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		if rank(Risks, level) < 0 {
			return journal.Change{}, fault.Invalid(fault.Field("level", "unknown", "error.choice"))
		}
		if err := reasonFor("case.risk.reason", reason); err != nil {
			return journal.Change{}, err
		}
		if err := s.mayLower(ctx, tx, a, *c, level); err != nil {
			return journal.Change{}, err
		}
		sealed, err := s.seal(ctx, tx, id, "risk", reason)
		if err != nil {
			return journal.Change{}, err
		}
		from := c.Risk
		c.Risk = level
		if err := insertRisk(ctx, tx, id, a.User, tx.Now(), level, sealed); err != nil {
			return journal.Change{}, err
		}
		if level == "high" && from != "high" {
			t := Task{Case: id, Code: "safety_plan", For: c.Worker, DueOn: db.DayOf(tx.Now().Time, a.Office.Zone)}
			if err := s.addTaskIn(ctx, tx, a, &t); err != nil {
				return journal.Change{}, err
			}
		}
		return s.change(a, id, "case.risk", journal.Detail{"from": from, "to": level}), nil
	})
}

// mayLower keeps a high risk from being lowered by the one in charge alone, where the office wants a second person.
func (s *Service) mayLower(ctx context.Context, r db.Reader, a access.Actor, c Case, level string) error {
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return err
	}
	if settings.FollowUp.RiskNeedsSecond && c.Risk == "high" && level != "high" && a.User == c.Worker.ID {
		return fault.Conflict("second_needed", "case.risk.second")
	}
	return nil
}

// Climb moves the rung of who solves it; a higher rung asks why the one below was not enough.
func (s *Service) Climb(ctx context.Context, a access.Actor, id db.ID, level, reason string, version int64) (Case, error) {
	return s.work(ctx, a, id, version, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		return s.climb(ctx, tx, a, c, level, reason)
	})
}

func (s *Service) climb(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, level, reason string) (journal.Change, error) {
	to := rank(Levels, level)
	if to < 0 {
		return journal.Change{}, fault.Invalid(fault.Field("resolution_level", "unknown", "error.choice"))
	}
	if to > rank(Levels, c.ResolutionLevel) {
		if err := reasonFor("case.ladder.reason", reason); err != nil {
			return journal.Change{}, err
		}
	}
	from := c.ResolutionLevel
	c.ResolutionLevel = level
	err := s.recordMove(ctx, tx, a, *c, move{kind: "resolution", from: from, to: level, reason: reason})
	return s.change(a, c.ID, "case.ladder", journal.Detail{"from": from, "to": level}), err
}

// work runs an act on an open case the actor works on, raises its version and records the change.
func (s *Service) work(ctx context.Context, a access.Actor, id db.ID, version int64, act func(*journal.Tx, *Case) (journal.Change, error)) (c Case, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return c, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if c, err = s.toWork(ctx, tx, a, id, version); err != nil {
			return err
		}
		change, err := act(tx, &c)
		if err != nil {
			return err
		}
		if err := touch(ctx, tx, &c); err != nil {
			return err
		}
		return s.record(ctx, tx, a, c, change)
	})
	return c, err
}
