// Package partnerdesk is the partners' door: the working side of partners' users, and the link with a PIN for a partner that has no
// account.
//
// Whoever comes in does what referral.Service lets the partner's side do; this package adds how they come in and what they see.
// A Link leads to one referral. Its address holds a token of 132 bits, of which the table holds a keyed hash; the PIN is told by
// phone, shown once and kept as a keyed hash. To open the address changes nothing, since programs that look through mail open
// addresses too; the PIN and a name begin a Visit, a session of its own that reaches that referral alone. Five wrong PINs lock a
// link until the office gives a new one. A link ends after fourteen days; Renew lets it live on while the referral is under way,
// and a new link ends the one before.
//
// Pages are made from what was sent (referral.Shared) and from nothing else of the case. What a partner notes for itself (Note) is
// sealed under a key of its own and never shown to the office.
//
// Used by app; the office's page of a referral shows the link by OnReferral, letters print its address by PaperLink.
package partnerdesk

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// How long things last, and how often one may be wrong.
const (
	LinkLasts  = 14 * 24 * time.Hour
	VisitLasts = 12 * time.Hour
	VisitIdle  = 30 * time.Minute
	MaxMisses  = 5

	seenEvery = time.Minute
)

// Contact is whom a link's notices go to; either may be empty.
type Contact struct {
	Mail  string `json:"mail,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Link is the one living link of a referral, as the office sees it.
type Link struct {
	ID          db.ID
	Referral    db.ID
	Office      db.ID
	MadeBy      casefile.User
	MadeAt      db.Time
	EndsAt      db.Time
	OpenedAt    db.Time // by the first PIN that was right
	ElsewhereAt db.Time // when it was last opened on another device than the first
	LockedAt    db.Time
	Token       string
	Contact
	Visitors []Visitor // the last ones

	sealed   []byte
	pin      []byte
	misses   int
	missedAt db.Time
}

// Visitor is who said they came in by a link.
type Visitor struct {
	Name string
	At   db.Time
}

// HasPIN tells whether the link can be opened at all: one that only stands on paper has none yet.
func (l Link) HasPIN() bool { return len(l.pin) > 0 }

// Path is the address of a link.
func (l Link) Path() string { return linkPath(l.Token) }

func linkPath(token string) string { return "/r/" + token }

// newPIN is six digits by chance.
func newPIN() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%06d", n), nil
}

// digits of a PIN as it was typed: people write it in two halves.
func digits(pin string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, pin)
}

// patience is how long to wait after so many wrong PINs: twice as long each time.
func patience(misses int) time.Duration {
	if misses == 0 {
		return 0
	}
	return time.Second << misses
}

// gone is said of a link that was never there, has ended, or was taken back: of all in the same words.
func gone() *fault.Error {
	return &fault.Error{Status: http.StatusNotFound, Code: "link_gone", Key: "partnerdesk.door.gone"}
}

// locked is said after too many wrong PINs.
func locked() *fault.Error {
	return &fault.Error{Status: http.StatusLocked, Code: "link_locked", Key: "partnerdesk.door.locked"}
}

// wrongPIN says how often one may still try.
func wrongPIN(left int) *fault.Error {
	return fault.Invalid(fault.Field("pin", "wrong", "partnerdesk.door.wrong", "n", left))
}

// Note is what a partner wrote for itself about a referral.
type Note struct {
	Text    string
	By      casefile.User
	At      db.Time
	Version int64
}
