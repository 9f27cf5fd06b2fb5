package casefile

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// Task is something someone is to do by a day.
type Task struct {
	ID         db.ID
	Case       db.ID
	CaseNumber string
	Code       string // what a rule or gate asks for; empty for words of a person's own
	What       string
	For        User
	DueOn      db.Date
	DoneAt     db.Time
	Cancelled  bool
	Profession string // that it needs; empty for anyone
	Word       string // what was said when it was done or cancelled
	Version    int64
}

// NewTask is what it takes to make a task.
type NewTask struct {
	What  string
	For   string // e-mail or id; empty means oneself
	DueOn db.Date
	Code  string // instead of What, for rules

	Profession string // that whoever it is for must have; empty for anyone
}

func (n NewTask) check() error {
	var c fault.Checks
	if n.Code == "" {
		c.Add(text("what", n.What, 1, web.MaxLine))
	}
	c.Field(n.Profession != "" && !slices.Contains(unit.Professions, n.Profession), "profession", "unknown", "error.choice")
	return c.Err()
}

// AddTask makes a task of a case.
func (s *Service) AddTask(ctx context.Context, a access.Actor, caseID db.ID, n NewTask) (t Task, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return t, err
	}
	if err := n.check(); err != nil {
		return t, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		c, err := s.toWork(ctx, tx, a, caseID, 0)
		if err != nil {
			return err
		}
		t, err = s.give(ctx, tx, a, c, n)
		return err
	})
	return t, err
}

// give makes a task for a colleague who has the profession it needs.
func (s *Service) give(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, n NewTask) (t Task, err error) {
	forWhom, err := s.colleague(ctx, tx, a, "for", n.For)
	if err != nil {
		return t, err
	}
	if err := s.mayBeGiven(ctx, tx, a, n, forWhom); err != nil {
		return t, err
	}
	t = Task{Case: c.ID, CaseNumber: c.Number, Code: n.Code, What: n.What, For: forWhom, DueOn: n.DueOn, Profession: n.Profession, Version: 1}
	return t, s.addTaskIn(ctx, tx, a, &t)
}

// addTaskIn writes a task in the transaction of another act.
func (s *Service) addTaskIn(ctx context.Context, tx *journal.Tx, a access.Actor, t *Task) error {
	key, err := s.vault.Key(ctx, tx, t.Case)
	if err != nil {
		return err
	}
	body, err := key.Seal("task", t.What)
	if err != nil {
		return err
	}
	t.ID = db.NewID()
	if err := insertTask(ctx, tx, taskRow{t: *t, office: a.Office.ID, madeBy: a.User, madeAt: tx.Now(), body: body}); err != nil {
		return err
	}
	return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "task.added", Kind: "task", Subject: t.ID, Case: t.Case})
}

// FinishTask marks a task done, or cancelled with a word.
func (s *Service) FinishTask(ctx context.Context, a access.Actor, id db.ID, cancelled bool, word string) error {
	if err := a.Require(access.TaskOwn); err != nil {
		return err
	}
	if bad := text("word", word, 0, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.onTask(ctx, a, id, taskCode(cancelled), func(tx *journal.Tx, t taskRow) error {
		return s.endTask(ctx, tx, a, t, cancelled, word)
	})
}

func (s *Service) endTask(ctx context.Context, tx *journal.Tx, a access.Actor, t taskRow, cancelled bool, word string) error {
	if !t.t.DoneAt.IsZero() {
		return nil // ticked twice is ticked
	}
	key, err := s.vault.Key(ctx, tx, t.t.Case)
	if err != nil {
		return err
	}
	sealed, err := key.Seal("word", word)
	if err != nil {
		return err
	}
	return finishTask(ctx, tx, taskEnd{id: t.t.ID, by: a.User, at: tx.Now(), cancelled: cancelled, word: sealed})
}

func taskCode(cancelled bool) string {
	if cancelled {
		return "task.cancelled"
	}
	return "task.done"
}

// ReopenTask takes back that a task was done.
func (s *Service) ReopenTask(ctx context.Context, a access.Actor, id db.ID) error {
	if err := a.Require(access.TaskOwn); err != nil {
		return err
	}
	return s.onTask(ctx, a, id, "task.reopened", func(tx *journal.Tx, _ taskRow) error { return reopenTask(ctx, tx, id) })
}

// onTask runs an act on a task that is the actor's own or of a case the actor works on.
func (s *Service) onTask(ctx context.Context, a access.Actor, id db.ID, code string, act func(*journal.Tx, taskRow) error) error {
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		t, err := selectTask(ctx, tx, s.scope(a), id)
		if err != nil {
			return err
		}
		if t.t.For.ID != a.User {
			c, err := s.find(ctx, tx, a, t.t.Case)
			if err != nil {
				return err
			}
			if !c.Writes {
				return fault.Forbidden()
			}
		}
		if err := act(tx, t); err != nil {
			return err
		}
		return tx.Record(ctx, taskChange(a, t, code))
	})
}

func taskChange(a access.Actor, t taskRow, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "task", Subject: t.t.ID, Case: t.t.Case}
}

// TasksOf reads the tasks of a case, open ones first by day.
func (s *Service) TasksOf(ctx context.Context, a access.Actor, caseID db.ID) (list []Task, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectCase(ctx, r, s.scope(a), caseID); err != nil {
			return err
		}
		rows, err := selectTasks(ctx, r, caseID)
		if err != nil {
			return err
		}
		list, err = s.openTasks(rows)
		return err
	})
	return list, err
}

// MyTasks reads the actor's open tasks that are due until a day, the oldest first.
func (s *Service) MyTasks(ctx context.Context, a access.Actor, until db.Date, limit int) (list []Task, err error) {
	if err := a.Require(access.TaskOwn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectDue(ctx, r, s.scope(a), until, limit)
		if err != nil {
			return err
		}
		list, err = s.openTasks(rows)
		return err
	})
	return list, err
}

func (s *Service) openTasks(rows []taskRow) ([]Task, error) {
	list := make([]Task, len(rows))
	for i, row := range rows {
		key, err := s.vault.Unwrap(row.t.Case, row.wrapped)
		if err != nil {
			return nil, err
		}
		list[i] = row.t
		if list[i].What, err = key.Open("task", row.body); err != nil {
			return nil, err
		}
		if list[i].Word, err = key.Open("word", row.word); err != nil {
			return nil, err
		}
	}
	return list, nil
}
