package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"teduh/internal/db"
)

// period is what is counted: the closed cases of an office between two days.
type period struct {
	office   db.ID
	from, to db.Date
}

func (p period) args() []any { return []any{p.office, p.from, p.to} }

func countClosed(ctx context.Context, r db.Reader, p period) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM case_file c
  WHERE c.office_id = $1 AND c.status = 'closed' AND c.closed_on >= $2 AND c.closed_on <= $3`, p.args()...)
}

// groupOf is what cases are told apart by, and the table that it needs beside the case.
var groupOf = map[string]struct{ column, join string }{
	"":         {column: "NULL"},
	"category": {column: "c.main_category"},
	"village":  {column: "c.village_code"},
	"worker":   {column: "u.name", join: " LEFT JOIN app_user u ON u.id = c.worker_id"},
}

const (
	restored     = "o.restored_after - o.restored_before"
	strengthened = "o.strengthened_after - o.strengthened_before"
)

// sumsOf counts, adds and squares what is there of a change.
func sumsOf(change string) string {
	return `COUNT(` + change + `), CAST(COALESCE(SUM(` + change + `), 0) AS BIGINT), CAST(COALESCE(SUM((` + change + `) * (` + change + `)), 0) AS BIGINT)`
}

func countOutcomes(ctx context.Context, r db.Reader, p period, by string) ([]Outcome, error) {
	g := groupOf[by]
	text := `SELECT ` + g.column + `, COUNT(*), ` + countedWord("gone") + `, ` + countedWord("less") + `, ` + countedWord("same") + `, ` + countedWord("worse") + `,
    ` + sumsOf(restored) + `, ` + sumsOf(strengthened) + `
  FROM case_outcome o JOIN case_file c ON c.id = o.case_id` + g.join + `
  WHERE o.office_id = $1 AND o.closed_on >= $2 AND o.closed_on <= $3 AND c.status = 'closed'`
	if by != "" {
		text += ` GROUP BY ` + g.column
	}
	list, err := db.All(ctx, r, func(row db.Row) (o Outcome, err error) {
		var n [2]int
		var sum, squares [2]int64
		w := &o.Overcome
		err = row.Scan((*db.Text)(&o.Key), &o.N, &w[0], &w[1], &w[2], &w[3], &n[0], &sum[0], &squares[0], &n[1], &sum[1], &squares[1])
		o.Restored, o.Strengthened = meanOf(n[0], sum[0], squares[0]), meanOf(n[1], sum[1], squares[1])
		return o, err
	}, text, p.args()...)
	slices.SortFunc(list, func(x, y Outcome) int { return cmp.Or(y.N-x.N, strings.Compare(x.Key, y.Key)) })
	return list, err
}

func countedWord(word string) string {
	return `COUNT(CASE WHEN o.overcome = '` + word + `' THEN 1 END)`
}

// countReached counts the scored goals of the cases that were closed.
func countReached(ctx context.Context, r db.Reader, p period) ([]Reached, error) {
	return db.All(ctx, r, func(row db.Row) (x Reached, err error) {
		var sum, squares int64
		err = row.Scan(&x.Aim, &x.N, &x.Goals, &sum, &squares)
		x.Score = meanOf(x.N, sum, squares)
		if x.Goals = hide([]int{x.Goals, x.N - x.Goals})[0]; x.N < Least {
			x.Goals = Hidden
		}
		return x, err
	}, `SELECT g.aim, COUNT(*), COUNT(CASE WHEN g.score >= 0 THEN 1 END), CAST(SUM(g.score) AS BIGINT), CAST(SUM(g.score * g.score) AS BIGINT)
  FROM case_outcome o JOIN case_file c ON c.id = o.case_id JOIN goal g ON g.case_id = o.case_id
  WHERE o.office_id = $1 AND o.closed_on >= $2 AND o.closed_on <= $3 AND c.status = 'closed' AND g.score IS NOT NULL AND g.dropped_at IS NULL
  GROUP BY g.aim ORDER BY g.aim`, p.args()...)
}
