// Package practice holds the professional work in a case: consent, the plan with goals and steps, scales of
// functioning and resilience, and the safety plan.
//
// All of it is sealed under the case's own key and reached only through the case. The gates of the stages ask this package
// whether what they need is there (Demands), casefile asks it whether a client's data may leave the office (LetOut); it
// registers the answers when the program starts. Texts of consent are the office's own and stand open.
package practice

import (
	"teduh/internal/casefile"
)

// The closed sets.
var (
	ConsentKinds = []string{"service", "data", "referral", "recording", "child"}
	Aims         = []string{"overcome", "restored", "strengthened"}
	Moments      = []string{"before", "after"}
)

// Scales hold the value of each aim and moment that was filled, by "restored before" and so on.
type Scales map[string]int

// Work is all of a case's professional work.
type Work struct {
	Consents   []Consent // newest first
	Waivers    []Waiver  // what left without consent, newest first
	Goals      []Goal    // those that stand
	Dropped    []Goal
	Agreements []Agreement      // newest first
	Reviews    []Review         // newest first
	Given      []casefile.Given // services, by the notes of the case
	Scales     Scales
	SafetyPlan SafetyPlan
}
