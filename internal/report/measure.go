package report

import (
	"context"

	"teduh/internal/db"
)

// Measured is how one scale changed over the closed cases of a period, as the package that keeps scores counts it: from the
// first answers of someone to the last before the case was closed. Sum and Squares are of the changes in hundredths.
type Measured struct {
	Title        string // in the reader's language
	Cases, N     int    // N may be more: several people of a case
	Better, Same int    // by reliable change
	Worse        int
	Sum, Squares int64
}

// Measure asks a package for the scales it keeps.
type Measure func(ctx context.Context, r db.Reader, office db.ID, from, to db.Date) ([]Measured, error)

// AskMeasures lets a package that keeps scores stand in the report of outcomes.
func (s *Service) AskMeasures(fn Measure) { s.measure = fn }

// Verdicts are the words for a change, in the order of their counts; what is left was not judged.
var Verdicts = []string{"better", "same", "worse", "unjudged"}

// Scale is a scale as it is told.
type Scale struct {
	Title    string
	N        int
	Verdicts [4]int // by Verdicts; Hidden where it is too small to tell
	Change   Mean
}

// hundredths of a point are what changes are summed in.
const hundredths = 100

// scales asks for the measures of a period; those of fewer than Least cases are left out.
func (p period) scales(ctx context.Context, r db.Reader, ask Measure) (list []Scale, err error) {
	if ask == nil {
		return nil, nil
	}
	all, err := ask(ctx, r, p.office, p.from, p.to)
	for _, m := range all {
		if m.Cases < Least {
			continue
		}
		change := meanOf(m.N, m.Sum, m.Squares)
		for _, v := range []*float64{&change.Value, &change.Low, &change.High} {
			*v /= hundredths
		}
		counts := hide([]int{m.Better, m.Same, m.Worse, m.N - m.Better - m.Same - m.Worse})
		list = append(list, Scale{Title: m.Title, N: m.N, Verdicts: [4]int(counts), Change: change})
	}
	return list, err
}
