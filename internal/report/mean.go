package report

import "math"

// Mean is the average of a change with its 95 % interval of confidence. N is how many it stands on; under Least it tells
// nothing else.
type Mean struct {
	N         int
	Value     float64
	Low, High float64
}

// Told tells whether there are enough to say it.
func (m Mean) Told() bool { return m.N >= Least }

// students are the two-sided 95 % points of Student's t by degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2).
var students = [...]float64{0, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110,
	2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042}

// student rounds the degrees of freedom down where the table has gaps: the interval is never too narrow.
func student(df int) float64 {
	switch {
	case df < len(students):
		return students[max(df, 1)]
	case df < 40:
		return 2.042
	case df < 60:
		return 2.021
	case df < 100:
		return 2.000
	}
	return 1.984
}

// meanOf reckons from the number, the sum and the sum of squares, as a database counts them.
func meanOf(n int, sum, squares int64) Mean {
	m := Mean{N: n}
	if !m.Told() {
		return m
	}
	count := float64(n)
	m.Value = float64(sum) / count
	spread := max(0, (float64(squares)-float64(sum)*m.Value)/(count-1))
	half := student(n-1) * math.Sqrt(spread/count)
	m.Low, m.High = m.Value-half, m.Value+half
	return m
}
