// Package hours says when something is open, and counts the time that passes while it is.
//
// A Week holds spans of opening time by weekday; what is open at all hours says so instead («24 jam»). Instants are given in
// the zone the week is meant in: the wall clock of that zone decides, so that a day on which clocks are changed still opens
// when the door says so.
package hours

import (
	"fmt"
	"slices"
	"time"
)

// Span of a day, in minutes from midnight: 480 to 930 is 08.00–15.30. To may be 1440, the end of the day.
type Span struct{ From, To int }

// minutes of a day.
const minutes = 24 * 60

// Week is when something is open. The zero week never is.
type Week struct {
	Always bool      // at all hours of all days; Days say nothing then
	Days   [7][]Span // by time.Weekday, Sunday first
}

// Check refuses spans that end before they begin, leave the day or overlap, with the weekday at fault.
func (w Week) Check() error {
	for day, spans := range w.Days {
		last := -1
		for _, s := range spans {
			if s.From < 0 || s.To > minutes || s.From >= s.To || s.From <= last {
				return fmt.Errorf("weekday %d: %d to %d", day, s.From, s.To)
			}
			last = s.To
		}
	}
	return nil
}

// Never tells that it opens at no time of the week.
func (w Week) Never() bool {
	return !w.Always && !slices.ContainsFunc(w.Days[:], func(d []Span) bool { return len(d) > 0 })
}

// OpenAt tells whether it is open at an instant.
func (w Week) OpenAt(t time.Time) bool {
	if w.Always {
		return true
	}
	at := t.Hour()*60 + t.Minute()
	return slices.ContainsFunc(w.Days[t.Weekday()], func(s Span) bool { return s.From <= at && at < s.To })
}

// NextOpen is the first instant from t on at which it is open; the zero time where it never is.
func (w Week) NextOpen(t time.Time) time.Time {
	if w.OpenAt(t) {
		return t
	}
	for _, s := range w.from(t) {
		if s.from.After(t) {
			return s.from
		}
	}
	return time.Time{}
}

// Add is the instant at which a length of opening time has passed since t; the zero time where it never opens.
func (w Week) Add(t time.Time, length time.Duration) time.Time {
	if w.Always {
		return t.Add(length)
	}
	for !w.Never() {
		for _, s := range w.from(t) {
			begin := s.from
			if t.After(begin) {
				begin = t
			}
			if open := s.to.Sub(begin); open >= length {
				return begin.Add(length)
			} else if open > 0 {
				length -= open
			}
		}
		t = midnight(t, 8)
	}
	return time.Time{}
}

// Between is how much opening time lies between two instants.
func (w Week) Between(from, to time.Time) (open time.Duration) {
	if w.Always {
		return max(to.Sub(from), 0)
	}
	for ; !w.Never() && from.Before(to); from = midnight(from, 8) {
		for _, s := range w.from(from) {
			open += max(earlier(s.to, to).Sub(later(s.from, from)), 0)
		}
	}
	return open
}

// stretch is a span on a day of the calendar.
type stretch struct{ from, to time.Time }

// from lists the stretches of the day of t and the seven after it that end after t.
func (w Week) from(t time.Time) (list []stretch) {
	for n := range 8 {
		day := midnight(t, n)
		for _, s := range w.Days[day.Weekday()] {
			x := stretch{clock(day, s.From), clock(day, s.To)}
			if x.to.After(t) {
				list = append(list, x)
			}
		}
	}
	return list
}

func midnight(t time.Time, days int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+days, 0, 0, 0, 0, t.Location())
}

// clock is a time of the wall clock on a day.
func clock(day time.Time, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minute, 0, 0, day.Location())
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
