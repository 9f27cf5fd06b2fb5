package practice

import (
	"context"

	"teduh/internal/db"
)

func answer(ctx context.Context, r db.Reader, condition string, id db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT CASE WHEN `+condition+` THEN 1 ELSE 0 END`, id)
	return n == 1, err
}

func hasConsent(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return answer(ctx, r, `EXISTS (SELECT 1 FROM consent WHERE case_id = $1 AND kind = 'service' AND withdrawn_at IS NULL)`, id)
}

// hasAgreedGoal: a goal with a step, agreed with the client. A goal is never kept without its measure.
func hasAgreedGoal(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return answer(ctx, r, `EXISTS (SELECT 1 FROM goal g JOIN goal_step s ON s.goal_id = g.id
    WHERE g.case_id = $1 AND g.dropped_at IS NULL AND g.agreed_at IS NOT NULL AND s.dropped_at IS NULL)`, id)
}

func hasDoneStep(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return answer(ctx, r, `EXISTS (SELECT 1 FROM goal g JOIN goal_step s ON s.goal_id = g.id WHERE g.case_id = $1 AND s.done_at IS NOT NULL)`, id)
}

func goalsScored(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return answer(ctx, r, `EXISTS (SELECT 1 FROM goal WHERE case_id = $1 AND dropped_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM goal WHERE case_id = $1 AND dropped_at IS NULL AND score IS NULL)`, id)
}

// scalesFilled: both scales before and after.
func scalesFilled(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return answer(ctx, r, `(SELECT COUNT(*) FROM scale WHERE case_id = $1) = 4`, id)
}
