package casefile

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Inside is a case that is open to the actor, for packages that keep more of it in tables of their own.
type Inside struct {
	Case Case
	Key  vault.Key
}

// Work runs an act of another package on an open case the actor works on: scope, version, key and journal stay here. An act
// that records a change of its own, of something in the case, answers no code.
func (s *Service) Work(ctx context.Context, a access.Actor, id db.ID, act func(*journal.Tx, Inside) (code string, err error)) error {
	_, err := s.work(ctx, a, id, 0, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		key, err := s.vault.Key(ctx, tx, id)
		if err != nil {
			return journal.Change{}, err
		}
		code, err := act(tx, Inside{Case: *c, Key: key})
		return s.change(a, id, code, nil), err
	})
	return err
}

// WorkEver is Work on a case that may be closed, for what a client may ask for at any time.
func (s *Service) WorkEver(ctx context.Context, a access.Actor, id db.ID, act func(*journal.Tx, Inside) (code string, err error)) error {
	if err := a.Require(access.CaseWork); err != nil {
		return err
	}
	may := func(c Case) error {
		if !c.Writes {
			return fault.Forbidden()
		}
		return nil
	}
	return s.attend(ctx, a, id, may, act, func(tx *journal.Tx, c Case, change journal.Change) error { return s.record(ctx, tx, a, c, change) })
}

// Read runs a question of another package on a case within the actor's scope.
func (s *Service) Read(ctx context.Context, a access.Actor, id db.ID, ask func(db.Reader, Inside) error) error {
	if err := a.Require(access.CaseRead); err != nil {
		return err
	}
	return s.db.Read(ctx, func(r db.Reader) error {
		c, err := s.find(ctx, r, a, id)
		if err != nil {
			return err
		}
		key, err := s.vault.Key(ctx, r, id)
		if err != nil {
			return err
		}
		return ask(r, Inside{Case: c, Key: key})
	})
}

// Now is the time of the installation's clock.
func (s *Service) Now() time.Time { return s.now() }

// LogReading keeps that something of an opened case was read, such as a file; of a secret case before the answer leaves.
func (s *Service) LogReading(ctx context.Context, a access.Actor, in Inside, kind string, subject db.ID) error {
	return s.logReading(ctx, a, in.Case, kind, subject, "page")
}

// Reachable is a case within the actor's scope, in the transaction of another act that names it.
func (s *Service) Reachable(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Case, error) {
	if err := a.Require(access.CaseRead); err != nil {
		return Case{}, err
	}
	return s.find(ctx, r, a, id)
}

// TaskIn makes a task of a code for the worker in charge of the case, or the actor where there is none, in the transaction
// of another act. The catalog says the code in words («case.task.» and the code).
func (s *Service) TaskIn(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, code string, due db.Date) (db.ID, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return db.ID{}, err
	}
	forWhom := in.Case.Worker
	if forWhom.ID.IsZero() {
		forWhom = User{ID: a.User, Name: a.Name}
	}
	t := Task{Case: in.Case.ID, Code: code, For: forWhom, DueOn: due}
	err := s.addTaskIn(ctx, tx, a, &t)
	return t.ID, err
}

// DropTaskIn cancels a task that TaskIn made, where it is still open, in the transaction of another act. The zero id is none.
func (s *Service) DropTaskIn(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, id db.ID) error {
	return s.endTaskIn(ctx, tx, a, in, id, true)
}

// FinishTaskIn marks a task that TaskIn made as done, where it is still open, in the transaction of another act.
func (s *Service) FinishTaskIn(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, id db.ID) error {
	return s.endTaskIn(ctx, tx, a, in, id, false)
}

func (s *Service) endTaskIn(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, id db.ID, cancel bool) error {
	if err := a.Require(access.CaseWork); err != nil {
		return err
	}
	if id.IsZero() {
		return nil
	}
	t, err := selectTask(ctx, tx, s.scope(a), id)
	if err != nil || t.t.Case != in.Case.ID || !t.t.DoneAt.IsZero() {
		return err
	}
	if err := s.endTask(ctx, tx, a, t, cancel, ""); err != nil {
		return err
	}
	return tx.Record(ctx, taskChange(a, t, taskCode(cancel)))
}
