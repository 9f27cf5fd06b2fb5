// Package inbound is what others refer to the office: partners, SLRT and Puskesos, the police, schools, another LK3.
//
// Each becomes a request of the door «referral_in», kept by intake, with an In beside it: who sent it and by which Way, what was
// sent along, what it has come to, what the sender was told of that and by when it wants to hear. The four ways:
//
//   - office: another office of this installation referred to us as a partner of its directory. The request appears in the
//     transaction in which the referral is sent, with the copy that was sent along and nothing else; what becomes of it goes back
//     as the partner's moves of that referral. Neither office reaches the case of the other.
//   - file: a signed and sealed file of an installation whose key the head has entered (key.go, parcel.go).
//   - account: a partner's user handed it in, on the page or by the API, and reads its state there.
//   - hand: a letter or a call, typed in by a worker, who also tells the sender.
//
// The state goes on by itself as the request does: taken is received, opened as a case is accepted, and so on (advance.go).
// Words about the client go back only with the client's consent. All in words is sealed under the request's key.
package inbound

import (
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/referral"
)

// The ways a referral comes to the office.
const (
	ByOffice  = "office"
	ByFile    = "file"
	ByAccount = "account"
	ByHand    = "hand"
)

// SenderKinds in the order people read them.
var SenderKinds = []string{"partner", "slrt", "police", "school", "lk3", "other"}

// Hows are the ways in which a worker tells a sender.
var Hows = []string{"phone", "letter", "meeting"}

// What is known of the client's word that their data may come to this office.
const (
	ConsentGiven     = "given"
	ConsentEmergency = "emergency" // sent without, for the reason of an emergency
	ConsentUnknown   = "unknown"
)

// In is one referral to the office.
type In struct {
	ID         db.ID
	Office     db.ID
	Request    db.ID
	Number     string // of the request
	SenderKind string
	Partner    db.ID // of the directory, where the sender stands in it
	Unit       db.ID // another office of this installation
	Key        db.ID // of an office elsewhere, which signed it
	Way        string
	Referral   db.ID  // of the other office of this installation
	External   string // the sender's mark of it in a file; taken in once
	HandedBy   db.ID
	Kind       string
	State      string // of referral.States: what has become of it
	Reason     string
	Outcome    string
	ToldState  string // what the sender knows
	ToldAt     db.Time
	DueAt      db.Time // when the sender wants to hear next; zero when nothing is owed
	Consent    string
	Person     db.ID // written down from what was sent along
	CopiedBy   casefile.User
	CopiedAt   db.Time
	CreatedAt  db.Time
	Version    int64
	Body

	sealed []byte
}

// Body is what of it is sealed.
type Body struct {
	Sender    string `json:"sender"`
	Contact   string `json:"contact,omitempty"`
	Reference string `json:"reference,omitempty"` // the sender's own number of it
	referral.Shared
}

// Word is one step of what became of a referral, and what the sender was told.
type Word struct {
	ID      db.ID
	At      db.Time
	By      casefile.User
	State   string
	Reason  string
	Outcome string
	How     string // seen, file, or one of Hows; empty where the sender was not told yet
	Text    string // told to the sender
}

// Sees tells whether the sender sees the state without being told.
func (x In) Sees() bool { return x.Way == ByOffice || x.Way == ByAccount }

// Ended tells whether nothing more will come of it.
func (x In) Ended() bool { return ended(x.State) }

func ended(state string) bool {
	switch state {
	case referral.Declined, referral.Completed, referral.NotAttended, referral.Cancelled:
		return true
	}
	return false
}
