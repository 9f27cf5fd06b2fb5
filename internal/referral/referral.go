// Package referral keeps what was handed to partners: a client of a case sent to a partner's service, followed until its
// end.
//
// A Referral belongs to a case and is read within that case's scope: casefile opens the case, then asks here (OfCase). The
// services themselves are kept by partner. Referrals are numbered RJ-year-number by the year they were sent in, without gaps.
//
// Loader takes the history of an import in. Used by the case page, the API's case and imports.
package referral

import (
	"fmt"

	"teduh/internal/db"
)

// States are what a referral can be in, from its draft to its end.
var States = []string{"draft", "sent", "received", "accepted", "declined", "waitlisted", "in_service", "completed", "not_attended", "cancelled"}

// Referral is one handing over.
type Referral struct {
	ID         db.ID
	Number     string
	Case       db.ID
	Service    string // the name of the partner's service
	Status     string
	SentAt     db.Time
	AnsweredAt db.Time
}

// Number writes a referral's number.
func Number(year, n int) string { return fmt.Sprintf("RJ-%d-%06d", year, n) }
