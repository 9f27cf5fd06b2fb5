package hsds

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/partner/hours"
)

// Clock is a time of day, in minutes from midnight, with the offset from UTC it was written with.
type Clock struct {
	Minute int
	Offset *time.Duration // nil where none was written
}

const day = 24 * 60

// mostOffset is how far from UTC any zone lies, in hours.
const mostOffset = 14

// dayNames by time.Weekday, as RFC 5545 writes them.
var dayNames = [7]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

var errClock = errors.New("not a time of day")

// ParseClock reads 08:00, 8:00:00, 08:00Z or 08:00+07:00; 24:00 is the end of a day.
func ParseClock(s string) (Clock, error) {
	clock, zone := s, ""
	if i := strings.IndexAny(s, "Z+-"); i > 0 {
		clock, zone = s[:i], s[i:]
	}
	var c Clock
	if zone == "Z" {
		c.Offset = new(time.Duration)
	} else if zone != "" {
		offset, err := time.Parse("Z07:00", zone)
		if err != nil {
			return c, errClock
		}
		_, seconds := offset.Zone()
		length := time.Duration(seconds) * time.Second
		c.Offset = &length
	}
	parts := strings.Split(clock, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return c, errClock
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 8)
		if err != nil || len(p) > 2 || i > 0 && (v > 59 || len(p) != 2) {
			return c, errClock
		}
		n[i] = int(v)
	}
	c.Minute = n[0]*60 + n[1]
	if c.Minute > day || c.Minute == day && n[2] > 0 {
		return c, errClock
	}
	return c, nil
}

// Zone is where and when a week is meant: its offset from UTC, and the day from which on seasons count.
type Zone struct {
	Offset time.Duration
	Today  string // 2026-11-25
}

// Week makes opening times of schedules. Times written with another offset are moved to the zone's; times without one are the
// clock on the door. A season that is over says nothing. What a week can't hold — a rule by the month, every other week, a
// season that is to come — is left, for someone to put into words.
func Week(list []Schedule, z Zone) (w hours.Week, left []Schedule) {
	var open [7][]hours.Span
	for _, s := range list {
		if s.over(z.Today) {
			continue
		}
		from, to, ok := s.span(z)
		days := s.days()
		if !ok || len(days) == 0 || !s.everyWeek(z.Today) {
			left = append(left, s)
			continue
		}
		for _, d := range days {
			put(&open, d*day+from, d*day+to)
		}
	}
	for d := range open {
		w.Days[d] = joined(open[d])
	}
	if always(w) {
		w = hours.Week{Always: true}
	}
	return w, left
}

// always tells that every day is open from midnight to midnight.
func always(w hours.Week) bool {
	for _, d := range w.Days {
		if !slices.Equal(d, []hours.Span{{From: 0, To: day}}) {
			return false
		}
	}
	return true
}

// put adds a stretch of the week, in minutes from Sunday's midnight, to the days it lies on.
func put(open *[7][]hours.Span, from, to int) {
	for from < to {
		n := floor(from, day)
		end := min(to, (n+1)*day)
		d := ((n % 7) + 7) % 7
		open[d] = append(open[d], hours.Span{From: from - n*day, To: end - n*day})
		from = end
	}
}

func floor(a, b int) int {
	n := a / b
	if a < 0 && a%b != 0 {
		n--
	}
	return n
}

// joined are the spans of a day in order, those that meet as one.
func joined(spans []hours.Span) (list []hours.Span) {
	slices.SortFunc(spans, func(a, b hours.Span) int { return a.From - b.From })
	for _, s := range spans {
		if n := len(list) - 1; n >= 0 && s.From <= list[n].To {
			list[n].To = max(list[n].To, s.To)
			continue
		}
		list = append(list, s)
	}
	return list
}

func (s Schedule) over(today string) bool {
	return s.ValidTo != "" && s.ValidTo < today || s.Until != "" && s.Until < today
}

// everyWeek tells that the rule holds now and each week.
func (s Schedule) everyWeek(today string) bool {
	return (s.Freq == "WEEKLY" || s.Freq == "") && (s.Interval == "" || s.Interval == "1") && s.Count == "" &&
		s.ByWeekNo == "" && s.ByMonthDay == "" && s.ByYearDay == "" && s.ValidFrom <= today && s.DTStart <= today
}

// days of the week the rule names; where it names none, the day of the week it begins on.
func (s Schedule) days() (list []int) {
	if s.ByDay == "" {
		if t, err := time.Parse(time.DateOnly, s.DTStart); err == nil && s.Freq != "" {
			return []int{int(t.Weekday())}
		}
		return nil
	}
	for part := range strings.SplitSeq(s.ByDay, ",") {
		d := slices.Index(dayNames[:], strings.TrimSpace(part))
		if d < 0 {
			return nil
		}
		list = append(list, d)
	}
	return list
}

// span is from when to when it opens, in minutes from a day's midnight; it may reach into the days beside it. What closes in
// the last minute of a day closes at its end: that is how a place that never closes is written where 24:00 is refused.
func (s Schedule) span(z Zone) (from, to int, ok bool) {
	opens, bad := ParseClock(s.OpensAt)
	closes, worse := ParseClock(s.ClosesAt)
	if bad != nil || worse != nil {
		return 0, 0, false
	}
	if closes.Minute == day-1 {
		closes.Minute = day
	}
	from, to = opens.Minute-s.shift(opens, z), closes.Minute-s.shift(closes, z)
	if to <= from {
		to += ((from-to)/day + 1) * day // until after midnight
	}
	return from, to, to-from <= day
}

// shift is how many minutes a time's own offset is ahead of the zone's.
func (s Schedule) shift(c Clock, z Zone) int {
	switch {
	case c.Offset != nil:
		return int((*c.Offset - z.Offset) / time.Minute)
	case s.Timezone != "":
		return int(min(max(s.Timezone.Float(), -mostOffset), mostOffset)*60) - int(z.Offset/time.Minute)
	}
	return 0
}

// Schedules writes opening times, one schedule for the days that share a stretch: the morning, the afternoon, Friday's own.
// id gives each its key by a number from 0, the same for the same week.
func Schedules(w hours.Week, z Zone, id func(n int) string) (list []Schedule) {
	if w.Always {
		w = hours.Week{}
		for d := range w.Days {
			w.Days[d] = []hours.Span{{From: 0, To: day}}
		}
	}
	at := map[hours.Span]int{}
	for _, d := range []time.Weekday{1, 2, 3, 4, 5, 6, 0} {
		for _, span := range w.Days[d] {
			n, known := at[span]
			if !known {
				n = len(list)
				at[span] = n
				list = append(list, Schedule{ID: id(n), Freq: "WEEKLY", WkSt: "MO", Interval: "1", Timezone: z.number(),
					OpensAt: z.clock(span.From), ClosesAt: z.clock(min(span.To, day-1))})
			}
			list[n].ByDay = strings.TrimPrefix(list[n].ByDay+","+dayNames[d], ",")
		}
	}
	return list
}

func (z Zone) clock(minute int) string {
	offset, sign := z.Offset, '+'
	if offset < 0 {
		offset, sign = -offset, '-'
	}
	return fmt.Sprintf("%02d:%02d%c%02d:%02d", minute/60, minute%60, sign, int(offset.Hours()), int(offset.Minutes())%60)
}

func (z Zone) number() Number {
	return Number(strconv.FormatFloat(z.Offset.Hours(), 'f', -1, 64))
}
