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

// Agreement is that client and worker agreed to the goals as they stood.
type Agreement struct {
	ID db.ID
	Signed
	By string
	At db.Time
}

// Agree notes that the client agrees to the goals as they stand, and how. A photograph that comes along is kept with it.
func (s *Service) Agree(ctx context.Context, a access.Actor, caseID db.ID, sg Signed, photo Photo) error {
	sg.File = fileOf(photo)
	var c fault.Checks
	sg.check(&c)
	if err := c.Err(); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		ok, err := db.Changed(agreeGoals(ctx, tx, caseID, tx.Now()))
		if err == nil && !ok {
			err = fault.Conflict("no_goal", "practice.no_goal")
		}
		if err != nil {
			return "", err
		}
		body, err := in.Key.SealJSON("plan agreement", sg)
		if err != nil {
			return "", err
		}
		if err := keepPhoto(ctx, tx, in, photo); err != nil {
			return "", err
		}
		return "practice.agreed", insertAgreement(ctx, tx, in, Agreement{ID: db.NewID(), Signed: sg, At: tx.Now()}, a.User, body)
	})
}

// Review is a look at the plan with the client: what changed, and when it is looked at next.
type Review struct {
	ID      db.ID
	HeldOn  db.Date
	NextOn  db.Date
	Changed string
	By      string
	At      db.Time
	task    db.ID
}

// planReview is the code of the task that a review leaves behind.
const planReview = "plan_review"

// ReviewPlan keeps a review; its next day becomes a task, and that of the former one is done.
func (s *Service) ReviewPlan(ctx context.Context, a access.Actor, caseID db.ID, v Review) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		today := db.DayOf(tx.Now().Time, a.Office.Zone)
		if v.HeldOn == "" {
			v.HeldOn = today
		}
		var c fault.Checks
		c.Add(web.Length("changed", v.Changed, 1, web.MaxText))
		c.Field(v.HeldOn > today, "held_on", "future", "practice.review.future")
		c.Field(v.NextOn != "" && v.NextOn <= v.HeldOn, "next_on", "before", "practice.review.before")
		if err := c.Err(); err != nil {
			return "", err
		}
		if err := s.moveReviewTask(ctx, tx, a, in, &v); err != nil {
			return "", err
		}
		body, err := in.Key.Seal("plan review", v.Changed)
		if err != nil {
			return "", err
		}
		v.ID = db.NewID()
		if err := insertReview(ctx, tx, caseID, a.User, tx.Now(), v, body); err != nil {
			return "", err
		}
		return "practice.reviewed", s.cases.DropDraft(ctx, tx, a, in, reviewDraft)
	})
}

func (s *Service) moveReviewTask(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, v *Review) error {
	former, err := selectReviews(ctx, tx, in)
	if err != nil {
		return err
	}
	if len(former) > 0 {
		if err := s.cases.FinishTaskIn(ctx, tx, a, in, former[0].task); err != nil {
			return err
		}
	}
	if v.NextOn != "" {
		v.task, err = s.cases.TaskIn(ctx, tx, a, in, planReview, v.NextOn)
	}
	return err
}
