package casefile

import (
	"context"
	"encoding/json"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Closing is what it takes to close a case.
type Closing struct {
	Reason     string
	Outcome    Outcome
	ClientWord string
	FollowUpOn db.Date
	NoFollowUp string // why no follow-up, where there is no day
	Settle     Settlement
	Version    int64
}

func (cl Closing) check() error {
	var c fault.Checks
	c.Field(!slices.Contains(CloseReasons, cl.Reason), "reason", "unknown", "error.choice")
	c.Field(!slices.Contains(Overcome, cl.Outcome.Overcome), "outcome.overcome", "unknown", "error.choice")
	for field, v := range map[string]*int{"outcome.restored.before": cl.Outcome.Restored.Before, "outcome.restored.after": cl.Outcome.Restored.After,
		"outcome.strengthened.before": cl.Outcome.Strengthened.Before, "outcome.strengthened.after": cl.Outcome.Strengthened.After} {
		c.Field(v != nil && (*v < 0 || *v > 10), field, "out_of_range", "case.close.scale")
	}
	c.Field(cl.FollowUpOn == "" && cl.NoFollowUp == "", "follow_up_on", "required", "case.close.follow_up")
	c.Add(text("client_word", cl.ClientWord, 0, web.MaxText))
	c.Add(text("no_follow_up", cl.NoFollowUp, 0, web.MaxLine))
	return c.Err()
}

// Unsettled is what must be settled before a case closes.
type Unsettled struct {
	UnsignedNotes int `json:"unsigned_notes"`
	OpenTasks     int `json:"open_tasks"`
	OpenReferrals int `json:"open_referrals"`
}

// Close closes a case with its outcome. What the settlement leaves open, unsigned notes, tasks and referrals, is named and stops it.
func (s *Service) Close(ctx context.Context, a access.Actor, id db.ID, cl Closing) (c Case, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return c, err
	}
	if err := cl.check(); err != nil {
		return c, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if c, err = s.toWork(ctx, tx, a, id, cl.Version); err != nil {
			return err
		}
		if err := s.settle(ctx, tx, a, c, cl.Settle); err != nil {
			return err
		}
		left, err := selectUnsettled(ctx, tx, id, a.User)
		if err != nil {
			return err
		}
		handed, err := s.handed(ctx, tx, id, cl.Reason)
		if err != nil {
			return err
		}
		left.OpenReferrals = len(handed)
		if err := s.mayClose(ctx, tx, a, c); err != nil {
			return err
		}
		if err := s.mayMoveOn(ctx, tx, id, cl.Reason); err != nil {
			return err
		}
		if left != (Unsettled{}) {
			return fault.Conflict("unsettled", "case.close.unsettled", "notes", left.UnsignedNotes, "tasks", left.OpenTasks, "referrals", left.OpenReferrals).With(left)
		}
		return s.closeIn(ctx, tx, a, &c, cl)
	})
	return c, err
}

// mayClose asks for what the office wants before any case closes, at whichever stage; nobody passes it with a reason.
func (s *Service) mayClose(ctx context.Context, r db.Reader, a access.Actor, c Case) error {
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return err
	}
	gates, err := s.gates.At(ctx, r, c.ID, Termination, func(code string) bool { return settings.GateActive(Termination, code) })
	if err == nil && len(missing(gates)) > 0 {
		err = fault.Conflict("gate_not_met", "case.close.approval").With(gates)
	}
	return err
}

func (s *Service) closeIn(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, cl Closing) error {
	c.Status, c.CloseReason, c.Outcome = "closed", cl.Reason, cl.Outcome
	c.ClientWord, c.NoFollowUp, c.FollowUpOn = cl.ClientWord, cl.NoFollowUp, cl.FollowUpOn
	c.ClosedOn = db.DayOf(tx.Now().Time, a.Office.Zone)
	from := c.Stage
	c.Stage = Termination
	if err := touch(ctx, tx, c); err != nil {
		return err
	}
	outcome, err := json.Marshal(cl.Outcome)
	if err != nil {
		return err
	}
	words, err := json.Marshal(sealedCase{ClientWord: cl.ClientWord, NoFollowUp: cl.NoFollowUp})
	if err != nil {
		return err
	}
	sealed, err := s.seal(ctx, tx, c.ID, "case", string(words))
	if err != nil {
		return err
	}
	if err := updateClosing(ctx, tx, c.ID, string(outcome), sealed); err != nil {
		return err
	}
	if err := upsertOutcome(ctx, tx, *c); err != nil {
		return err
	}
	if err := s.tellClosed(ctx, tx, *c); err != nil {
		return err
	}
	if err := s.recordMove(ctx, tx, a, *c, move{kind: "closed", from: from, to: cl.Reason}); err != nil {
		return err
	}
	if err := s.followUp(ctx, tx, a, *c); err != nil {
		return err
	}
	return tx.Record(ctx, s.change(a, c.ID, "case.closed", journal.Detail{"reason": cl.Reason}))
}

// followUp makes the tasks of looking in on the family after closing.
func (s *Service) followUp(ctx context.Context, tx *journal.Tx, a access.Actor, c Case) error {
	if c.FollowUpOn == "" {
		return nil
	}
	settings, err := s.office.In(ctx, tx, a.Office.ID)
	if err != nil {
		return err
	}
	for _, day := range followUpDays(c, settings.FollowUp.Months) {
		t := Task{Case: c.ID, Code: "follow_up", For: c.Worker, DueOn: day}
		if err := s.addTaskIn(ctx, tx, a, &t); err != nil {
			return err
		}
	}
	return nil
}

// followUpDays are the day that was agreed and those of the office's months that come after it.
func followUpDays(c Case, months []int) []db.Date {
	days := []db.Date{c.FollowUpOn}
	for _, m := range months {
		if day := c.ClosedOn.AddMonths(m); day > days[len(days)-1] {
			days = append(days, day)
		}
	}
	return days
}

// Reopen opens a closed case again under its number, at intervention.
func (s *Service) Reopen(ctx context.Context, a access.Actor, id db.ID, reason string, version int64) (c Case, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return c, err
	}
	if err := reasonFor("case.reopen.reason", reason); err != nil {
		return c, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if c, err = s.find(ctx, tx, a, id); err != nil {
			return err
		}
		switch {
		case !c.Writes:
			return fault.Forbidden()
		case version != 0 && version != c.Version:
			return fault.VersionChanged(c.Version)
		case c.Status != "closed":
			return fault.Conflict("case_open", "case.open_already")
		}
		c.Status, c.Stage, c.ClosedOn, c.CloseReason, c.FollowUpOn = "open", Intervention, "", "", ""
		if err := touch(ctx, tx, &c); err != nil {
			return err
		}
		if err := s.recordMove(ctx, tx, a, c, move{kind: "reopened", from: Termination, to: Intervention, reason: reason}); err != nil {
			return err
		}
		if err := dropTasks(ctx, tx, id, "follow_up", a.User, tx.Now()); err != nil {
			return err
		}
		return s.record(ctx, tx, a, c, s.change(a, id, "case.reopened", nil))
	})
	return c, err
}
