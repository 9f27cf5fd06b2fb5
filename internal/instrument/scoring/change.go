package scoring

import "math"

// Verdict is what a change comes to.
type Verdict string

// The verdicts; Unknown where the document does not tell spread and reliability.
const (
	Better  Verdict = "better"
	Same    Verdict = "same"
	Worse   Verdict = "worse"
	Unknown Verdict = "unknown"
)

// confident is the two-sided 95 % bound of the normal distribution.
const confident = 1.96

// Index is the reliable change index: the difference over its standard error, √2·SD·√(1−r) (Jacobson & Truax 1991,
// doi:10.1037/0022-006X.59.1.12).
func (c Change) Index(before, after float64) float64 {
	return (after - before) / c.standardError()
}

// Least is the smallest difference that is more than chance.
func (c Change) Least() float64 { return confident * c.standardError() }

func (c Change) standardError() float64 {
	return math.Sqrt2 * c.SD * math.Sqrt(1-c.Reliability)
}

// Judge tells whether the second score is reliably better or worse than the first.
func (s Scale) Judge(before, after float64) Verdict {
	if s.Change == nil {
		return Unknown
	}
	switch index := s.Change.Index(before, after); {
	case math.Abs(index) < confident:
		return Same
	case (index < 0) == (s.Better == "lower"):
		return Better
	}
	return Worse
}
