package referral

import (
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// The states of a referral, from its draft to its end.
const (
	Draft       = "draft"
	Sent        = "sent"
	Received    = "received"
	Accepted    = "accepted"
	Declined    = "declined"
	Waitlisted  = "waitlisted"
	InService   = "in_service"
	Completed   = "completed"
	NotAttended = "not_attended"
	Cancelled   = "cancelled"
)

// States in the order people read them.
var States = []string{Draft, Sent, Received, Accepted, Declined, Waitlisted, InService, Completed, NotAttended, Cancelled}

// moves are the states each state may lead to; what is not here is refused. Declined and not attended lead to another try,
// completed and cancelled to nothing.
var moves = map[string][]string{
	Draft:       {Sent, Cancelled},
	Sent:        {Received, Accepted, Declined, Waitlisted, Cancelled},
	Received:    {Accepted, Declined, Waitlisted, Cancelled},
	Waitlisted:  {Accepted, Declined, Cancelled},
	Accepted:    {InService, NotAttended, Cancelled, Received},
	InService:   {Completed, NotAttended, Cancelled},
	Declined:    {Sent},
	NotAttended: {Sent},
}

// Legal tells whether a referral may go from one state to another.
func Legal(from, to string) bool { return slices.Contains(moves[from], to) }

// open are the states in which somebody still has to do something at the partner's.
var open = []string{Sent, Received, Waitlisted, Accepted, InService}

// Underway tells whether it was sent and has not ended.
func (x Referral) Underway() bool { return slices.Contains(open, x.Status) }

// FHIRStatus is the state in the words of FHIR R4 Task.status (hl7.org/fhir/R4/valueset-task-status.html).
func FHIRStatus(state string) string {
	return map[string]string{Draft: "draft", Sent: "requested", Received: "received", Accepted: "accepted", Declined: "rejected",
		Waitlisted: "on-hold", InService: "in-progress", Completed: "completed", NotAttended: "failed", Cancelled: "cancelled"}[state]
}

// The kinds of handing over: the case stays ours, goes over, or both work on it; or only something is asked.
const (
	KindReferral    = "referral"
	KindTransfer    = "transfer"
	KindInformation = "information"
	KindJoint       = "joint"
)

// The closed sets of a referral.
var (
	Kinds     = []string{KindReferral, KindTransfer, KindInformation, KindJoint}
	Urgencies = []string{"now", "day", "three_days", "week"}
	Reasons   = []string{"capacity", "means", "documents", "area", "not_eligible", "other"}
	Outcomes  = []string{"helped", "partly", "not_helped", "passed_on", "withdrew", "other"}
)

// Side says from where a referral is looked at.
type Side string

// The sides; Recorded is the office typing in what the partner said.
const (
	OfficeSide  Side = "office"
	PartnerSide Side = "partner"
	Recorded    Side = "recorded"
)

// right is the permission a move takes, from the side that asks.
func right(from, to string, side Side) access.Permission {
	switch {
	case to == Sent, from == Draft:
		return access.ReferralRefer
	case to == Cancelled:
		return access.ReferralRevoke
	case side != PartnerSide:
		return access.ReferralRecord
	case from == Accepted && to == Received:
		return access.ReferralRevoke
	case to == Received:
		return access.ReferralReceive
	}
	return access.ReferralAccept
}

// officeOnly are the moves a partner never makes.
func officeOnly(from, to string) bool { return to == Sent || to == Cancelled || from == Draft }

// Step is one move of a referral, with what has to be said with it.
type Step struct {
	To      string
	Reason  string  // why it was declined
	Outcome string  // how it ended
	Place   int     // in the queue of those who wait; 0 when it is not known
	NextOn  db.Date // when the client is expected, or the next report
	Words   string  // what was said, given, reached; sealed
	By      string  // who said it at the partner, where no account tells
	Version int64   // of what was read; 0 for whatever stands
}

// check asks for what belongs to a move and refuses what does not.
func (st Step) check() error {
	var c fault.Checks
	c.Field(st.To == Declined && !slices.Contains(Reasons, st.Reason), "reason", "required", "referral.reason_missing")
	c.Field(st.To != Declined && st.Reason != "", "reason", "unknown", "error.choice")
	c.Field(st.To == Completed && !slices.Contains(Outcomes, st.Outcome), "outcome", "required", "referral.outcome_missing")
	c.Field(st.To != Completed && st.Outcome != "", "outcome", "unknown", "error.choice")
	c.Field(st.Place < 0 || st.Place > 100_000, "place", "impossible", "referral.place_impossible")
	c.Field(st.To != Waitlisted && st.Place != 0, "place", "unknown", "error.choice")
	c.Field((st.Reason == "other" || st.Outcome == "other") && st.Words == "", "words", "required", "referral.other_words")
	c.Add(web.Length("words", st.Words, 0, web.MaxText))
	c.Add(web.Length("by", st.By, 0, web.MaxName))
	return c.Err()
}

// standsAgainst says what state a referral is in that does not allow a move.
var standsAgainst = i18n.Family("referral.illegal.")

// illegal tells which state stands against a move.
func illegal(status string) error {
	return fault.Conflict("referral_state", string(standsAgainst)+status).With(map[string]string{"status": status})
}
