package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Attend runs an act of another package on a case within the actor's reach, by a right that does not come from working on it,
// such as supervising: scope, version, key and journal stay here. A closed case can be attended too; act may refuse that.
func (s *Service) Attend(ctx context.Context, a access.Actor, id db.ID, right access.Permission, act func(*journal.Tx, Inside) (code string, err error)) error {
	for _, p := range []access.Permission{access.CaseRead, right} {
		if err := a.Require(p); err != nil {
			return err
		}
	}
	may := func(Case) error { return nil }
	return s.attend(ctx, a, id, may, act, func(tx *journal.Tx, _ Case, change journal.Change) error { return tx.Record(ctx, change) })
}

// attend runs an act of another package on a case within the actor's reach, open or closed, that may lets through.
func (s *Service) attend(ctx context.Context, a access.Actor, id db.ID, may func(Case) error, act func(*journal.Tx, Inside) (string, error),
	record func(*journal.Tx, Case, journal.Change) error) error {
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		c, err := s.find(ctx, tx, a, id)
		if err == nil {
			err = may(c)
		}
		if err != nil {
			return err
		}
		key, err := s.vault.Key(ctx, tx, id)
		if err != nil {
			return err
		}
		code, err := act(tx, Inside{Case: c, Key: key})
		if err != nil {
			return err
		}
		if err := touch(ctx, tx, &c); err != nil {
			return err
		}
		return record(tx, c, s.change(a, id, code, nil))
	})
}

// GiveIn makes a task of a case in the transaction of another act, for a colleague who has the profession it needs.
func (s *Service) GiveIn(ctx context.Context, tx *journal.Tx, a access.Actor, in Inside, n NewTask) (Task, error) {
	if !a.Can(access.CaseWork) && !a.Can(access.CaseSupervise) {
		return Task{}, fault.Forbidden()
	}
	if err := n.check(); err != nil {
		return Task{}, err
	}
	return s.give(ctx, tx, a, in.Case, n)
}

// Reopened is when a case was last opened again; the zero time where it never was.
func Reopened(ctx context.Context, r db.Reader, id db.ID) (db.Time, error) {
	return selectReopened(ctx, r, id)
}

// Professions tells whether a worker has a profession at an office.
type Professions func(ctx context.Context, r db.Reader, office, user db.ID, profession string) (bool, error)

// AskProfession lets the package that keeps what workers can do say who may be given a task that needs a profession.
func (s *Service) AskProfession(fn Professions) { s.professions = fn }

// mayBeGiven refuses a task that needs a profession for one who does not have it.
func (s *Service) mayBeGiven(ctx context.Context, r db.Reader, a access.Actor, n NewTask, to User) error {
	if n.Profession == "" {
		return nil
	}
	has, err := s.professions(ctx, r, a.Office.ID, to.ID, n.Profession)
	if err == nil && !has {
		err = fault.Invalid(fault.Field("for", "profession_missing", "case.task_profession_missing", "name", to.Name))
	}
	return err
}
