// Package referral is the handing of a client to a partner's service, followed until its end.
//
// A Referral belongs to a case and asks one service of the directory; several for one need form a group. It goes through
// States by Moves that state.go lists, each with who, when and why; every state that waits for somebody has a clock
// (clock.go). What goes along is chosen field by field and copied when it is sent (share.go): the partner reads that copy
// and never the case.
//
// Office and partner call the same Service. Who may make a move is a permission; which referrals one reaches stands in the
// SQL: the office's side through the case's scope, a partner user's through the service's partner, a link's by the one
// referral it was made for. Messages between the two are kept with the referral, sealed like everything in words under the
// case's key.
//
// Referrals are numbered RJ-year-number by the year they were made in, without gaps. Loader takes the history of an import
// in. Used by the case page, the day, the partners' door and the API.
package referral

import (
	"fmt"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

// Referral is one handing over.
type Referral struct {
	ID          db.ID
	Office      db.ID
	Number      string
	Case        db.ID
	CaseNumber  string
	Service     db.ID // asked for
	ServiceName string
	Partner     db.ID
	PartnerName string
	Kind        string
	Urgency     string
	Status      string
	Group       db.ID // the same for all that ask for one need; zero for one alone
	Step        db.ID // of the plan, done when the referral is completed
	By          casefile.User
	Fields      []string // what goes along, by code
	WantedOn    db.Date
	Transport   bool // by the office's car
	Reason      string
	Outcome     string
	Place       int
	NextOn      db.Date
	SentAt      db.Time
	AnsweredAt  db.Time // the partner's first word
	ServedAt    db.Time
	EndedAt     db.Time
	DueFrom     db.Time
	DueAt       db.Time // by when somebody is to do the next thing
	Looks       int     // how often the clock has told of it in this state
	Tries       int
	CreatedAt   db.Time
	Version     int64
	Words
	Shared *Shared // what was sent; nil for a draft

	body, shared []byte
}

// Words is what the office writes into a referral; sealed.
type Words struct {
	Why       string `json:"why"`                 // why the client is referred
	Asked     string `json:"asked"`               // of the partner
	Companion string `json:"companion,omitempty"` // who goes along
	Summary   string `json:"summary,omitempty"`   // what the partner should know, written for it
}

// Move is what happened to a referral once.
type Move struct {
	ID       db.ID
	At       db.Time
	From, To string
	Side     Side
	By       casefile.User // of an account; without one the name stands in Told
	Reason   string
	Outcome  string
	Place    int
	NextOn   db.Date
	Told
}

// Told is what is sealed of a move.
type Told struct {
	Words string `json:"words,omitempty"`
	Name  string `json:"name,omitempty"` // of who said it at the partner
}

// Message is one of the two sides writing to the other.
type Message struct {
	ID     db.ID
	At     db.Time
	Side   Side
	By     casefile.User
	Name   string // of who wrote, where no account tells
	Text   string
	ReadAt db.Time // by the other side
}

// Number writes a referral's number.
func Number(year, n int) string { return fmt.Sprintf("RJ-%d-%06d", year, n) }
