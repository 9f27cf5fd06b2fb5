// Package group keeps the sessions of a case whose client is a group, an organisation or a community: when and where they
// met, about what, who led, and who of the members came.
//
// A Session belongs to a case and is sealed under its key but for its time and who led it. Attendance is one Mark for each
// member and session: present, late, excused or absent. It can be marked once the session has begun, for those who were
// members on its day; two workers may mark at once, for each writes only what they changed. Notes of a session are notes of
// the case: one for all, and for each member one of their own (casefile).
//
// The members themselves are kept by casefile, which also keeps the notes that stand for one of them alone. The package is a
// tab of the case page and part of the API.
package group

import (
	"slices"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// Session is one meeting of a group.
type Session struct {
	ID      db.ID
	Case    db.ID
	HeldAt  db.Time
	Minutes int
	LedBy   casefile.User
	Told
	CancelledAt  db.Time
	CancelledWhy string
	Version      int64
}

// Told is what is sealed of a session.
type Told struct {
	Theme string `json:"theme"`
	Place string `json:"place,omitempty"`
	Aims  string `json:"aims,omitempty"`
}

// States of attendance, in the order in which a cell goes through them.
var States = []string{"present", "late", "excused", "absent"}

// Mark says whether a member came to a session; an empty state says nothing yet.
type Mark struct {
	Member db.ID
	State  string
}

// Tally counts marks by state.
type Tally map[string]int

// Came are those who were there, the late ones too.
func (t Tally) Came() int { return t["present"] + t["late"] }

// All are those of whom something is marked.
func (t Tally) All() (n int) {
	for _, x := range t {
		n += x
	}
	return n
}

// Grid is who came to a page of sessions.
type Grid struct {
	Case     casefile.Case
	Members  []casefile.Member // by name
	Sessions []Session         // of the page, the oldest first
	Earlier  bool              // there are older ones
	Marks    map[db.ID]map[db.ID]string
	ByMember map[db.ID]Tally // over all sessions of the group
}

// State of a member at a session.
func (g Grid) State(session, member db.ID) string { return g.Marks[session][member] }

// Of counts a session's marks.
func (g Grid) Of(session db.ID) Tally {
	t := Tally{}
	for _, state := range g.Marks[session] {
		t[state]++
	}
	return t
}

// begun tells whether a session takes marks: it has begun and was not cancelled.
func (s Session) begun(now time.Time) bool { return s.CancelledAt.IsZero() && !s.HeldAt.After(now) }

func (s Session) day(zone *time.Location) db.Date { return db.DayOf(s.HeldAt.Time, zone) }

// mostAhead is how far ahead a session may be planned.
const mostAhead = 2 * 365 * 24 * time.Hour

func (s Session) check(now time.Time) error {
	var c fault.Checks
	c.Field(s.HeldAt.IsZero(), "held_at", "required", "group.session.when_missing")
	c.Field(s.HeldAt.After(now.Add(mostAhead)), "held_at", "impossible", "group.session.too_far")
	c.Field(s.Minutes < 0 || s.Minutes > 24*60, "minutes", "impossible", "case.note.minutes")
	c.Add(web.Length("theme", s.Theme, 1, web.MaxLine))
	c.Add(web.Length("place", s.Place, 0, web.MaxLine))
	c.Add(web.Length("aims", s.Aims, 0, web.MaxText))
	return c.Err()
}

// next is the state that one tap leads to.
func next(state string) string {
	i := slices.Index(States, state)
	if i == len(States)-1 {
		return ""
	}
	return States[i+1]
}
