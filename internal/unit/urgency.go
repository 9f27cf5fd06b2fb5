package unit

import (
	"slices"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Urgencies from the most to the least pressing.
var Urgencies = []string{"now", "day", "three_days", "week"}

// DangerSigns that are asked for at intake.
var DangerSigns = []string{"violence_now", "weapon", "child_hurt_or_alone", "suicide", "nowhere_safe", "pregnant", "very_young_or_old"}

// Urgency is the time each urgency leaves until the first contact that reached someone, in minutes.
// «week» runs on the days the office works, the others round the clock.
type Urgency map[string]int

// Area names it.
func (Urgency) Area() string { return "urgency" }

// Check asks for a sensible time for each, no shorter than the more pressing one.
func (u Urgency) Check() error {
	var c fault.Checks
	last := 1
	for _, code := range Urgencies {
		c.Field(u[code] < last || u[code] > 60*24*31, "minutes_"+code, "out_of_range", "unit.urgency.minutes")
		last = u[code]
	}
	return c.Err()
}

// Danger is the least urgency each danger sign sets.
type Danger map[string]string

// Area names it.
func (Danger) Area() string { return "danger" }

// Check asks for a known urgency for every sign.
func (d Danger) Check() error {
	var c fault.Checks
	for _, sign := range DangerSigns {
		c.Field(!slices.Contains(Urgencies, d[sign]), "sign_"+sign, "unknown", "error.choice")
	}
	return c.Err()
}

// Least is the urgency that signs of danger set: the most pressing of them, and «week» without any.
func (d Danger) Least(signs []string) string {
	least := len(Urgencies) - 1
	for _, sign := range signs {
		if at := slices.Index(Urgencies, d[sign]); at >= 0 && at < least {
			least = at
		}
	}
	return Urgencies[least]
}

// RespondBy is when someone must have been reached.
func (s Settings) RespondBy(urgency string, arrived time.Time, zone *time.Location) time.Time {
	minutes := time.Duration(s.Urgency[urgency]) * time.Minute
	if urgency != "week" {
		return arrived.Add(minutes)
	}
	return s.Calendar.Add(arrived.In(zone), minutes)
}

// Holiday is a day on which the office is shut.
type Holiday struct {
	Day  db.Date `json:"day"`
	Name string  `json:"name"`
}

// Calendar is when an office works.
type Calendar struct {
	Days     []int     `json:"days"` // 1 Monday … 7 Sunday
	From     string    `json:"from"` // "08:00"
	To       string    `json:"to"`
	Holidays []Holiday `json:"holidays,omitempty"`
}

// Area names it.
func (Calendar) Area() string { return "calendar" }

// Check names what is wrong.
func (c Calendar) Check() error {
	var bad fault.Checks
	bad.Field(len(c.Days) == 0, "days", "required", "unit.calendar.days_required")
	for _, d := range c.Days {
		bad.Field(d < 1 || d > 7, "days", "unknown", "error.choice")
	}
	from, err1 := time.Parse("15:04", c.From)
	to, err2 := time.Parse("15:04", c.To)
	bad.Field(err1 != nil, "from", "malformed", "unit.calendar.clock")
	bad.Field(err2 != nil || err1 == nil && !to.After(from), "to", "malformed", "unit.calendar.clock")
	for _, h := range c.Holidays {
		if _, err := db.ParseDate(string(h.Day)); err != nil {
			bad.Field(true, "holidays", "impossible", "unit.calendar.holiday")
		}
	}
	return bad.Err()
}

// Works tells whether the office works on the day of t, in t's zone.
func (c Calendar) Works(t time.Time) bool {
	weekday := (int(t.Weekday())+6)%7 + 1
	day := db.Date(t.Format(time.DateOnly))
	return slices.Contains(c.Days, weekday) && !slices.ContainsFunc(c.Holidays, func(h Holiday) bool { return h.Day == day })
}

// Add lets a time run on working days only, each counted whole: from Friday noon, one day later is Monday noon. What ends
// on a working day outside the hours ends at their edge. t is in the office's zone.
func (c Calendar) Add(t time.Time, d time.Duration) time.Time {
	if len(c.Days) == 0 {
		return t.Add(d)
	}
	for ; d >= 24*time.Hour; d -= 24 * time.Hour {
		t = c.nextWorking(t.AddDate(0, 0, 1))
	}
	return c.within(c.nextWorking(t.Add(d)))
}

// nextWorking is t, or the same time of day on the next day the office works; two years without one end the search.
func (c Calendar) nextWorking(t time.Time) time.Time {
	for range 730 {
		if c.Works(t) {
			break
		}
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// within brings a time of day into the hours.
func (c Calendar) within(t time.Time) time.Time {
	clock := t.Format("15:04")
	if clock >= c.From && clock <= c.To {
		return t
	}
	edge := c.From
	if clock > c.To {
		edge = c.To
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", t.Format(time.DateOnly)+" "+edge, t.Location())
	if err != nil {
		return t // the hours were checked when they were written
	}
	return at
}
