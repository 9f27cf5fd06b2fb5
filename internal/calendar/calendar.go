// Package calendar keeps time for someone: appointments of workers, about a case, a request, a person or something of
// their own.
//
// An Appointment has a kind, workers, a beginning and an end, and what it is about; the words are sealed under the key of
// the case, the request or the person it is about, or else of the office. It is planned, and then kept, missed or
// cancelled; one that is moved stays the same appointment and counts how often (docs/adr/0006). The note of a kept
// appointment is its session: casefile keeps it, with the appointment's id.
//
// Whoever may see a colleague's time sees that it is taken. What it is taken for is told only to those who may know the
// case, request or person (know.go asks their packages within the reader's scope), and nothing sealed is fetched for
// others. A clash, a time outside the office's hours and a time that has passed are warnings one may go over.
package calendar

import (
	"slices"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// The closed sets, in the order people read them.
var (
	Kinds  = []string{"office", "home_visit", "phone", "online", "outside", "family_meeting", "internal"}
	States = []string{Planned, Kept, Missed, Cancelled}
)

// The states.
const (
	Planned   = "planned"
	Kept      = "kept"
	Missed    = "missed"
	Cancelled = "cancelled"
)

// Limits of an appointment.
const (
	MaxLength  = 24 * time.Hour
	MaxWorkers = 12
	MaxAhead   = 2 * 365 * 24 * time.Hour
)

// Knowledge is how much of an appointment a reader may know.
type Knowledge int

// Busy is that the time is taken; Outline the number, workers, kind and state; Whole everything.
const (
	Busy Knowledge = iota
	Outline
	Whole
)

// User is a worker by name.
type User struct {
	ID   db.ID
	Name string
}

// Subject is what an appointment is about: at most one of them.
type Subject struct {
	Case    db.ID
	Request db.ID
	Person  db.ID
}

// Told is what of an appointment is sealed.
type Told struct {
	Title string `json:"title,omitempty"` // whom or what, where no case, request or person says it
	About string `json:"about,omitempty"`
	Place string `json:"place,omitempty"`
	Word  string `json:"word,omitempty"` // why it was cancelled or missed
}

// Appointment as one reader may know it. Of a busy one only the times and the worker asked for are filled.
type Appointment struct {
	ID    db.ID
	Kind  string
	State string
	From  db.Time
	To    db.Time
	Moved int // how often it was moved
	Subject
	Workers []User
	Told
	MadeBy  User
	MadeAt  db.Time
	Version int64

	Knows           Knowledge
	Name            string // of the client or person, as the reader may see it
	Number          string // of the case or request
	Confidentiality int    // of the case
	Session         bool   // its note is written
	Writes          bool   // the reader may change it
}

// Takes tells whether it takes its workers' time.
func (p Appointment) Takes() bool { return p.State == Planned || p.State == Kept }

// With tells whether someone is one of its workers.
func (p Appointment) With(user db.ID) bool {
	return slices.ContainsFunc(p.Workers, func(u User) bool { return u.ID == user })
}

// NoteKind is the kind of note a kept appointment leads to.
func (p Appointment) NoteKind() string {
	switch p.Kind {
	case "home_visit", "family_meeting", "phone":
		return p.Kind
	case "outside", "internal":
		return "coordination"
	}
	return "counselling"
}

// check names what is wrong with an appointment as it is to be kept.
func (p *Appointment) check(now time.Time) error {
	var c fault.Checks
	c.Field(!slices.Contains(Kinds, p.Kind), "kind", "unknown", "error.choice")
	c.Field(p.From.IsZero(), "from", "required", "error.required")
	c.Field(p.To.IsZero(), "to", "required", "error.required")
	c.Field(!p.To.After(p.From.Time), "to", "before", "calendar.to.before")
	c.Field(p.To.Sub(p.From.Time) > MaxLength, "to", "too_long", "calendar.to.too_long")
	c.Field(p.From.Sub(now).Abs() > MaxAhead, "from", "too_far", "calendar.from.too_far")
	c.Add(web.Length("about", p.About, 0, web.MaxText))
	c.Add(web.Length("place", p.Place, 0, web.MaxLine))
	c.Add(web.Length("word", p.Word, 0, web.MaxLine))
	least := 0
	if p.Subject == (Subject{}) {
		least = 1
	}
	c.Add(web.Length("title", p.Title, least, web.MaxName))
	return c.Err()
}

// Warning is something one may go over.
type Warning struct {
	Code   string  `json:"code" enum:"clash,outside_hours,past"`
	Worker string  `json:"worker,omitempty" doc:"who has something else then"`
	From   db.Time `json:"from"`
	To     db.Time `json:"to"`
}
