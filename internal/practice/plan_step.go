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

// Step is who does what by when.
type Step struct {
	ID      db.ID
	Goal    db.ID
	What    string
	Who     string
	DueOn   db.Date
	DoneAt  db.Time
	Dropped db.Time
	Reason  string // why it was dropped
	Version int64
}

// stepText is what of a step is sealed.
type stepText struct {
	What string `json:"what"`
	Who  string `json:"who"`
}

// check refuses what is too long. Its fields begin with prefix; least is 0 where a step may be left out.
func (st Step) check(prefix string, least int) error {
	var c fault.Checks
	c.Add(web.Length(prefix+"what", st.What, least, web.MaxLine))
	c.Add(web.Length(prefix+"who", st.Who, 0, web.MaxLine))
	return c.Err()
}

func addStep(ctx context.Context, tx *journal.Tx, in casefile.Inside, goal db.ID, st Step) error {
	body, err := in.Key.SealJSON("step", stepText{st.What, st.Who})
	if err != nil {
		return err
	}
	return insertStep(ctx, tx, goal, st.DueOn, tx.Now(), body)
}

// AddStep adds a step to a goal of the case.
func (s *Service) AddStep(ctx context.Context, a access.Actor, caseID, goal db.ID, st Step) error {
	if err := st.check("step_", 1); err != nil {
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

// ChangeStep writes over the version that was read, while the step is neither done nor dropped.
func (s *Service) ChangeStep(ctx context.Context, a access.Actor, caseID db.ID, st Step) error {
	if err := st.check("step_", 1); err != nil {
		return err
	}
	return s.overStep(ctx, a, caseID, st, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.SealJSON("step", stepText{st.What, st.Who})
		if err != nil {
			return "", err
		}
		return "practice.step_changed", updateStep(ctx, tx, st, body)
	})
}

// DropStep gives a step up, with the reason.
func (s *Service) DropStep(ctx context.Context, a access.Actor, caseID, step db.ID, reason string, version int64) error {
	if err := web.Line("reason", reason, 3); err != nil {
		return err
	}
	return s.overStep(ctx, a, caseID, Step{ID: step, Version: version}, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.Seal("dropped step", reason)
		if err != nil {
			return "", err
		}
		return "practice.step_dropped", dropStep(ctx, tx, step, tx.Now(), body)
	})
}

func (s *Service) overStep(ctx context.Context, a access.Actor, caseID db.ID, st Step, write func(*journal.Tx, casefile.Inside) (string, error)) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		was, err := selectStep(ctx, tx, in, st.ID)
		switch {
		case err != nil:
			return "", err
		case !was.DoneAt.IsZero() || !was.Dropped.IsZero():
			return "", fault.Conflict("step_ended", "practice.step_ended")
		case was.Version != st.Version:
			return "", fault.VersionChanged(was.Version)
		}
		return write(tx, in)
	})
}

// Step reads one step of a case.
func (s *Service) Step(ctx context.Context, a access.Actor, caseID, id db.ID) (st Step, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		st, err = selectStep(ctx, r, in, id)
		return err
	})
	return st, err
}
