// Package attainment reckons how far the goals of a plan were reached, by goal attainment scaling.
//
// Each goal has five levels that were described beforehand: −2 much less than hoped, −1 less, 0 as hoped, +1 more, +2 much
// more. T puts the scored ones together: 50 means that on the whole it came as hoped, ten points are one spread (standard
// deviation) if goals were set fairly. It needs no database and knows nothing of cases; practice shows it on the plan.
//
// Source: T. J. Kiresuk, R. E. Sherman, «Goal attainment scaling: a general method for evaluating comprehensive community
// mental health programs», Community Mental Health Journal 4 (1968) 443–453, with their expected correlation of 0.3.
package attainment

import "math"

// Rho is how much the scores of one client's goals are expected to hang together.
const Rho = 0.3

// Goal is one that was scored: its level from −2 to +2, and how much it weighs beside the others (above 0).
type Goal struct {
	Level  int
	Weight float64
}

// T is the score of a plan; ok is false where no goal was scored.
func T(goals []Goal) (t float64, ok bool) {
	var sum, squares, weights float64
	for _, g := range goals {
		sum += g.Weight * float64(g.Level)
		squares += g.Weight * g.Weight
		weights += g.Weight
	}
	if weights == 0 {
		return 0, false
	}
	return 50 + 10*sum/math.Sqrt((1-Rho)*squares+Rho*weights*weights), true
}

// Meaning is what a score says in a word: «less» than was hoped (below 45), «hoped», or «more» (above 55). Half a spread on
// either side counts as what was hoped.
func Meaning(t float64) string {
	switch {
	case t < 45:
		return "less"
	case t > 55:
		return "more"
	}
	return "hoped"
}
