// Package supervision is how those who lead look after the work of a team, and after those who do it: the supervisor's list
// (Team), notes of supervision (guidance.go), case conferences, a case masked for peers (Review), approvals of plans and
// closings, and what each worker is able and licensed to do (Competence).
//
// A supervisor sees those they supervise and their cases, a head all of the office; a secret case is for its named. Every
// number of the list leads to the list of just those cases; what a case weighs are the office's points for its stage and its
// risk (unit.Guidance). Acts in a case go through casefile.Attend, for those who lead do not work on it. Approvals are gates
// (Demands) that an office keeps only where it asks for them, and whoever asked never approves. A task that needs a
// profession is given only to one recorded with it (HasProfession).
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
