// Package casefile is the case: work done with one client, through stages, by a team, until it is closed.
//
// A Case belongs to an office and one client. It has a number without gaps, a worker in charge and a team, a stage with a
// gate before the next (gate.go), a risk with its history, a confidentiality, a rung on the ladder of who solves it,
// notes, tasks, files, and an outcome when it is closed. What the gates ask for beyond the case itself (consent,
// assessment, goals) comes from checks that practice registers.
//
// Who may open a case stands in one SQL condition (scope in store.go): the office, the confidentiality the role shows, or
// a row in case_reader, and never a row in case_wall. The rows of case_reader are kept here (readers.go) whenever worker,
// team, named or confidentiality change, and carried over to the people behind the case.
//
// Every act is one transaction with its change in the journal. Narratives are sealed under the case's own key.
package casefile

import (
	"slices"

	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/unit"
)

// The seven stages in their order.
const (
	Outreach     = "outreach"
	Engagement   = "engagement"
	Assessment   = "assessment"
	Planning     = "planning"
	Intervention = "intervention"
	Evaluation   = "evaluation"
	Termination  = "termination"
)

// The closed sets of a case.
var (
	StageCodes = unit.StageCodes
	Risks      = []string{"none", "low", "medium", "high"}
	Levels     = []string{"family", "rt", "kelurahan", "lk3", "social_office", "ministry"}
	Parts      = []string{"client", "family_member", "perpetrator", "witness", "reporter", "guardian"}
	Channels   = []string{"walk_in", "phone", "whatsapp", "letter", "referral_in", "outreach", "mobile_unit", "portal",
		"social_media", "facilitator", "event"}
	CloseReasons = []string{"goals_reached", "solved_by_family", "moved_on", "withdrew", "lost_touch", "moved_away", "died",
		"not_within_remit", "duplicate"}
	Overcome = []string{"gone", "less", "same", "worse"}
)

// The confidentialities: everyone of the office who works cases, the case's team, the named alone.
const (
	Ordinary   = 1
	Restricted = 2
	Secret     = 3
)

// Case is a case as its page shows it.
type Case struct {
	ID              db.ID
	Office          db.ID
	Number          string
	OldNumber       string // the number in an imported list
	Client          person.Client
	Request         db.ID
	Channel         string
	Status          string // open or closed
	Stage           string
	Risk            string
	Confidentiality int
	MainCategory    string
	Categories      []string // the main one first
	Village         string
	Worker          User
	Team            []User
	Named           []User // who may open it while it is secret
	ResolutionLevel string
	Continued       bool // the client had a case before
	OpenedOn        db.Date
	ClosedOn        db.Date
	CloseReason     string
	Outcome         Outcome
	ClientWord      string
	FollowUpOn      db.Date
	NoFollowUp      string // why none
	MadeUp          bool
	CreatedAt       db.Time
	UpdatedAt       db.Time
	Version         int64
	Writes          bool          // the actor may work on it
	Safety          []person.Mark // of the client, that the actor may see; on pages
}

// User names a worker.
type User struct {
	ID   db.ID
	Name string
}

// Outcome is what changed for the family: the problem in words, the two scales from 0 to 10 before and after.
type Outcome struct {
	Overcome     string `json:"overcome,omitempty" enum:"gone,less,same,worse" doc:"what became of the problem"`
	Restored     Change `json:"restored"`
	Strengthened Change `json:"strengthened"`
}

// Change of a scale; nil where it was not measured.
type Change struct {
	Before *int `json:"before"`
	After  *int `json:"after"`
}

// sealedCase is what stands under the case's key in the case's own row.
type sealedCase struct {
	ClientWord string `json:"client_word,omitempty"`
	NoFollowUp string `json:"no_follow_up,omitempty"`
}

// StageIndex is a stage's place from 0, or -1.
func StageIndex(stage string) int { return slices.Index(StageCodes, stage) }

// NextStage after one, or empty after the last.
func NextStage(stage string) string {
	i := StageIndex(stage)
	if i < 0 || i == len(StageCodes)-1 {
		return ""
	}
	return StageCodes[i+1]
}
