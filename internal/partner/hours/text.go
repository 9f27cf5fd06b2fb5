package hours

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// always is how a week that is open at all hours is written.
const always = "24"

// String writes a week in short: «24», or the weekdays with their spans in minutes, as «1:480-720,780-930;5:480-690». The week
// that never opens is empty.
func (w Week) String() string {
	if w.Always {
		return always
	}
	var days []string
	for day, spans := range w.Days {
		if len(spans) == 0 {
			continue
		}
		words := make([]string, len(spans))
		for i, s := range spans {
			words[i] = strconv.Itoa(s.From) + "-" + strconv.Itoa(s.To)
		}
		days = append(days, strconv.Itoa(day)+":"+strings.Join(words, ","))
	}
	return strings.Join(days, ";")
}

var errWeek = errors.New("hours: not a week")

// Parse reads what String wrote.
func Parse(text string) (w Week, err error) {
	switch text {
	case "":
		return w, nil
	case always:
		return Week{Always: true}, nil
	}
	for part := range strings.SplitSeq(text, ";") {
		day, spans, ok := strings.Cut(part, ":")
		n, err := strconv.Atoi(day)
		if !ok || err != nil || n < 0 || n > 6 {
			return Week{}, errWeek
		}
		for span := range strings.SplitSeq(spans, ",") {
			from, to, _ := strings.Cut(span, "-")
			f, errFrom := strconv.Atoi(from)
			t, errTo := strconv.Atoi(to)
			if errFrom != nil || errTo != nil {
				return Week{}, errWeek
			}
			w.Days[n] = append(w.Days[n], Span{f, t})
		}
	}
	return w, w.Check()
}

// Closes is when it closes that is open at an instant: the zero time where it is not open, or never closes. What goes on from
// midnight to the next day's first minute is one stretch.
func (w Week) Closes(t time.Time) time.Time {
	if w.Always || !w.OpenAt(t) {
		return time.Time{}
	}
	end := t
	for n := range 8 {
		day := midnight(t, n)
		for _, s := range w.Days[day.Weekday()] {
			if begin := clock(day, s.From); !begin.After(end) && clock(day, s.To).After(end) {
				end = clock(day, s.To)
			}
		}
		if end.Before(midnight(t, n+1)) {
			return end
		}
	}
	return time.Time{}
}
