// Package practice holds the professional work in a case: consent, assessment, the plan with goals and steps, scales of
// functioning and resilience, and the safety plan.
//
// These are its thinnest true forms: sections of text, goals with a measure, scales from 0 to 10. All of it is sealed
// under the case's own key and reached only through the case. The gates of the stages ask this package whether what they
// need is there (Demands), and it registers the answers with casefile when the program starts.
package practice

import (
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// Sections of an assessment, biopsychosocial–spiritual, in their order.
var Sections = []string{"problem", "history", "family", "surroundings", "body", "mind", "spirit", "strengths", "needs", "synthesis"}

// The closed sets.
var (
	ConsentKinds   = []string{"service", "data", "referral", "recording"}
	ConsentManners = []string{"screen", "paper", "spoken"}
	Aims           = []string{"overcome", "restored", "strengthened"}
	Moments        = []string{"before", "after"}
)

// ConsentVersion is the version of the texts shown with this release.
const ConsentVersion = "1"

// Consent is what the client agreed to.
type Consent struct {
	ID          db.ID
	Kind        string
	TextVersion string
	Manner      string
	Witness     string // for spoken consent
	GivenAt     db.Time
	WithdrawnAt db.Time
	By          string
}

// Section is one part of the assessment as it stands.
type Section struct {
	Code    string
	Text    string
	By      string
	At      db.Time
	Version int64
}

// Scales hold the value of each aim and moment that was filled, by "restored before" and so on.
type Scales map[string]int

// Work is all of a case's professional work.
type Work struct {
	Consents   []Consent
	Sections   []Section
	Goals      []Goal // those that stand
	Dropped    []Goal
	Agreements []Agreement      // newest first
	Reviews    []Review         // newest first
	Given      []casefile.Given // services, by the notes of the case
	Scales     Scales
	SafetyPlan SafetyPlan
}
