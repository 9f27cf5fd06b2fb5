// Package intake takes in what reaches the office through any door, before it is a case.
//
// A Request is recorded in under a minute: only what happened must be told. Danger signs set the least urgency, and the
// urgency a clock from arrival to the first contact that reached someone. Someone takes it, contacts are noted (those in
// vain too), and triage decides what becomes of it. Nothing is ever deleted.
//
// A request that can't wait alerts those on duty (Alerts), then the stand-ins, then the heads, until someone takes it.
//
// What was told, and by whom, is sealed under the request's own key. A request takes on the confidentiality of its case:
// casefile tells the readers of a case, and the rows of request_reader follow (Follow).
package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// The closed sets, in the order people read them.
var (
	Channels = []string{"walk_in", "phone", "whatsapp", "letter", "referral_in", "outreach", "mobile_unit", "portal", "social_media", "facilitator", "event"}
	Kinds    = []string{"help_self", "report_other", "information", "complaint", "suggestion"}
	States   = []string{"new", "contacted", "decided"}
	Outcomes = []string{"case", "existing_case", "referred", "informed", "resolved_nearby", "out_of_area", "duplicate", "unreachable", "withdrawn"}
	Hows     = []string{"phone", "whatsapp", "walk_in", "visit", "letter", "through_other"}
)

// The states.
const (
	New       = "new"
	Contacted = "contacted"
	Decided   = "decided"
)

// User is a worker by name.
type User struct {
	ID   db.ID
	Name string
}

// Reporter is who told.
type Reporter struct {
	Name      string `json:"name,omitempty"`
	Phone     string `json:"phone,omitempty"`
	Relation  string `json:"relation,omitempty"`
	Anonymous bool   `json:"anonymous,omitempty"`
}

// Told is what of a request is sealed.
type Told struct {
	Narrative   string   `json:"narrative"`
	Reporter    Reporter `json:"reporter"`
	About       string   `json:"about,omitempty"`        // free text, where the person is not known
	SafeContact string   `json:"safe_contact,omitempty"` // how and when it is safe to reach them
	Needs       string   `json:"needs,omitempty"`        // language, access
	Word        string   `json:"word,omitempty"`         // the sentence of the decision
}

// Request is one of them.
type Request struct {
	ID         db.ID
	Office     db.ID
	Number     string
	Channel    string
	Kind       string
	State      string
	Urgency    string
	Outcome    string
	ArrivedAt  db.Time
	RecordedAt db.Time
	RespondBy  db.Time
	Contacted  db.Time
	TakenAt    db.Time
	DecidedAt  db.Time
	RecordedBy User
	AssignedTo User
	DecidedBy  User
	Person     db.ID
	Village    string
	Danger     []string
	Categories []string
	Case       db.ID
	Duplicate  db.ID
	PassedTo   db.ID
	Level      int
	Told       Told
	MadeUp     bool
	Version    int64
}

// Late tells whether nobody was reached in time.
func (r Request) Late(now time.Time) bool { return r.State == New && now.After(r.RespondBy.Time) }

// Title is the beginning of what was told, for a list.
func (r Request) Title() string {
	text := strings.Join(strings.Fields(r.Told.Narrative), " ")
	const most = 72
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := string(letters[:most])
	if space := strings.LastIndexByte(cut, ' '); space > most/2 {
		cut = cut[:space]
	}
	return cut + " …"
}

// Contact is one try to reach someone.
type Contact struct {
	ID         db.ID
	At         db.Time
	How        string
	Reached    bool
	Note       string
	By         User
	RecordedAt db.Time
}

// Number writes a request's number.
func Number(year, n int) string { return fmt.Sprintf("PM-%d-%06d", year, n) }

// tidy fills in what may be left out and names what is wrong. now bounds the arrival.
func (r *Request) tidy(now time.Time, settings *unit.Settings) error {
	if r.Channel == "" {
		r.Channel = "walk_in"
	}
	if r.Kind == "" {
		r.Kind = "help_self"
	}
	if r.ArrivedAt.IsZero() {
		r.ArrivedAt = db.At(now)
	}
	t := &r.Told
	t.Narrative = strings.TrimSpace(t.Narrative)
	if t.Reporter.Anonymous {
		t.Reporter.Name, t.Reporter.Phone = "", ""
	}
	var c fault.Checks
	c.Add(web.Length("narrative", t.Narrative, 1, web.MaxText))
	c.Field(!slices.Contains(Channels, r.Channel), "channel", "unknown", "error.choice")
	c.Field(!slices.Contains(Kinds, r.Kind), "kind", "unknown", "error.choice")
	c.Field(r.ArrivedAt.After(now.Add(clockSlack)), "arrived_at", "future", "intake.arrived.future")
	c.Field(r.ArrivedAt.Before(now.AddDate(-1, 0, 0)), "arrived_at", "past", "intake.arrived.past")
	c.Field(r.Urgency != "" && !slices.Contains(unit.Urgencies, r.Urgency), "urgency", "unknown", "error.choice")
	for _, sign := range r.Danger {
		c.Field(!slices.Contains(unit.DangerSigns, sign), "danger_signs", "unknown", "error.choice")
	}
	for _, code := range r.Categories {
		c.Field(!settings.CategoryKnown(code), "categories", "unknown", "error.choice")
	}
	for field, text := range map[string]string{"reporter.name": t.Reporter.Name, "reporter.relation": t.Reporter.Relation, "about.name": t.About} {
		c.Add(web.Length(field, text, 0, web.MaxName))
	}
	for field, text := range map[string]string{"reporter.phone": t.Reporter.Phone, "safe_contact": t.SafeContact, "needs": t.Needs} {
		c.Add(web.Length(field, text, 0, web.MaxLine))
	}
	return c.Err()
}

// clockSlack forgives a clock that goes a little fast.
const clockSlack = 5 * time.Minute

// more is the more pressing of two urgencies; an empty one presses least.
func more(a, b string) string {
	if a != "" && slices.Index(unit.Urgencies, a) < slices.Index(unit.Urgencies, b) {
		return a
	}
	return b
}
