// Package supervision is how those who lead look after the work of a team, and after those who do it: the supervisor's list,
// with what lies on each worker.
//
// A supervisor sees those they supervise and their cases, a head all of the office; a secret case counts only for its named.
// Every number of the list leads to the list of just those cases. What a case weighs are the office's points for its stage
// and its risk (unit.Guidance).
package supervision

import "teduh/internal/casefile"

// Sum is what lies on all workers of a list together; Worker is nobody.
func Sum(loads []casefile.Load) (all casefile.Load) {
	for _, l := range loads {
		all.Open += l.Open
		all.Weight += l.Weight
		all.High += l.High
		all.Quiet += l.Quiet
		all.Gates += l.Gates
		all.Unsigned += l.Unsigned
		all.Late += l.Late
	}
	return all
}
