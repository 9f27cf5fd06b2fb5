package supervision

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/practice"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// What may be approved.
const (
	Plan    = "plan"
	Closing = "closing"
)

// ApprovalKinds in their order.
var ApprovalKinds = []string{Plan, Closing}

// Approval is a request for a second person's word on a plan or a closing, and the answer to it. Whoever asked never answers.
type Approval struct {
	ID        db.ID
	Case      db.ID
	Kind      string
	AskedBy   casefile.User
	AskedAt   db.Time
	Word      string // what was said with the request
	DecidedBy casefile.User
	DecidedAt db.Time // zero while it waits
	Approved  bool
	Overtaken bool // the plan was changed after it was asked for: the answer is about another one
	Reply     string
}

// Waits tells that nobody has answered yet.
func (x Approval) Waits() bool { return x.DecidedAt.IsZero() }

// Demands are what the gates ask of this package, where the office keeps them.
func Demands() []casefile.Demand {
	return []casefile.Demand{{Stage: casefile.Planning, Code: unit.PlanApproved, Check: approved(Plan)},
		{Stage: casefile.Termination, Code: unit.ClosingApproved, Check: approved(Closing)}}
}

// approved looks at the last request of a kind since the case was last opened again and its plan last changed.
func approved(kind string) casefile.Check {
	return func(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
		since, err := casefile.Reopened(ctx, r, caseID)
		if err != nil {
			return false, err
		}
		changed, err := changedAt(ctx, r, caseID, kind)
		if err != nil {
			return false, err
		}
		last, err := selectLast(ctx, r, caseID, kind)
		return err == nil && last.Approved && last.AskedAt.After(since.Time) && !changed.After(last.AskedAt.Time), err
	}
}

// changedAt is when what a kind is about was last changed, where that matters.
func changedAt(ctx context.Context, r db.Reader, caseID db.ID, kind string) (db.Time, error) {
	if kind != Plan {
		return db.Time{}, nil
	}
	return practice.PlanChanged(ctx, r, caseID)
}

// Ask asks for an approval. The actor works on the case; one request of a kind waits at a time.
func (s *Service) Ask(ctx context.Context, a access.Actor, caseID db.ID, kind, word string) (db.ID, error) {
	var c fault.Checks
	c.Field(!slices.Contains(ApprovalKinds, kind), "kind", "unknown", "error.choice")
	c.Add(web.Length("word", word, 0, web.MaxText))
	if err := c.Err(); err != nil {
		return db.ID{}, err
	}
	x := Approval{ID: db.NewID(), Case: caseID, Kind: kind, AskedBy: casefile.User{ID: a.User}}
	return x.ID, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		last, err := selectLast(ctx, tx, caseID, kind)
		if err != nil {
			return "", err
		}
		if !last.ID.IsZero() && last.Waits() {
			return "", fault.Conflict("asked_already", "supervision.approval.asked_already")
		}
		x.AskedAt = tx.Now()
		body, err := in.Key.Seal("approval", word)
		if err != nil {
			return "", err
		}
		return "approval." + kind + "_asked", insertApproval(ctx, tx, a.Office.ID, x, body)
	})
}

// Answer to a request for approval. Sending back needs a word.
type Answer struct {
	Approve bool
	Reply   string
}

func (d Answer) check() error {
	least := 3
	if d.Approve {
		least = 0
	}
	if bad := web.Length("reply", d.Reply, least, web.MaxText); bad != nil {
		return fault.Invalid(bad)
	}
	return nil
}

// Decide answers a request: a head, or who supervises the worker in charge, but never the one who asked. What is sent back
// becomes a task of the one in charge.
func (s *Service) Decide(ctx context.Context, a access.Actor, caseID, id db.ID, d Answer) error {
	if err := d.check(); err != nil {
		return err
	}
	return s.cases.Attend(ctx, a, caseID, access.CaseSupervise, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := leads(ctx, tx, a, in.Case); err != nil {
			return "", err
		}
		list, err := selectApprovals(ctx, tx, in)
		i := slices.IndexFunc(list, func(x Approval) bool { return x.ID == id })
		switch {
		case err != nil:
			return "", err
		case i < 0:
			return "", fault.NotFound()
		case !list[i].Waits():
			return "", fault.Conflict("decided_already", "supervision.approval.decided_already")
		case list[i].AskedBy.ID == a.User:
			return "", fault.Conflict("own_request", "supervision.approval.own")
		}
		return s.answer(ctx, tx, a, in, list[i], d)
	})
}

func (s *Service) answer(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, x Approval, d Answer) (string, error) {
	body, err := in.Key.Seal("reply", d.Reply)
	if err != nil {
		return "", err
	}
	x.DecidedBy, x.DecidedAt, x.Approved = casefile.User{ID: a.User}, tx.Now(), d.Approve
	if err := updateApproval(ctx, tx, x, body); err != nil {
		return "", err
	}
	if d.Approve {
		return "approval." + x.Kind + "_given", s.cases.SettleTasks(ctx, tx, a, in.Case.ID, "approval_returned")
	}
	if in.Case.Worker.ID.IsZero() || in.Case.Status == "closed" {
		return "approval." + x.Kind + "_returned", nil
	}
	_, err = s.cases.GiveIn(ctx, tx, a, in, casefile.NewTask{Code: "approval_returned", For: in.Case.Worker.ID.String(),
		DueOn: db.DayOf(tx.Now().Time, a.Office.Zone).AddDays(returnedWithin)})
	if fault.Is(err, "invalid") {
		err = nil // whoever was in charge has left; the head finds the case among those without a worker
	}
	return "approval." + x.Kind + "_returned", err
}

// returnedWithin is how many days one has to mend what was sent back.
const returnedWithin = 7

// Approvals reads the requests of a case and their answers, the newest first.
func (s *Service) Approvals(ctx context.Context, a access.Actor, caseID db.ID) (list []Approval, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if list, err = selectApprovals(ctx, r, in); err != nil {
			return err
		}
		changed, err := practice.PlanChanged(ctx, r, caseID)
		for i := range list {
			list[i].Overtaken = list[i].Kind == Plan && changed.After(list[i].AskedAt.Time)
		}
		return err
	})
	return list, err
}

// Waiting is a request that the actor may answer, with its case.
type Waiting struct {
	Approval
	Item casefile.Item
}

// mostWaiting bounds how many requests of an office are looked through.
const mostWaiting = 200

// Waiting are the requests the actor may answer, the oldest first.
func (s *Service) Waiting(ctx context.Context, a access.Actor, most int) (list []Waiting, err error) {
	if err := a.Require(access.CaseSupervise); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		found, err := selectWaiting(ctx, r, a, mostWaiting)
		if err != nil {
			return err
		}
		ids := make([]db.ID, len(found))
		for i, x := range found {
			ids[i] = x.Case
		}
		heads, err := s.cases.Heads(ctx, r, a, ids)
		for _, x := range found {
			if item, known := heads[x.Case]; known && item.Status == "open" && len(list) < most {
				list = append(list, Waiting{x, item})
			}
		}
		return err
	})
	return list, err
}
