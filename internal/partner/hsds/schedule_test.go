package hsds_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"teduh/internal/partner/hours"
	"teduh/internal/partner/hsds"

	"pgregory.net/rapid"
)

var jakarta = hsds.Zone{Offset: 7 * time.Hour, Today: "2026-11-25"}

func key(n int) string { return fmt.Sprint("h", n) }

// office is open Monday to Thursday 08.00–12.00 and 13.00–15.30, Friday 08.00–11.30.
func office() (w hours.Week) {
	for d := time.Monday; d <= time.Thursday; d++ {
		w.Days[d] = []hours.Span{{From: 480, To: 720}, {From: 780, To: 930}}
	}
	w.Days[time.Friday] = []hours.Span{{From: 480, To: 690}}
	return w
}

// One schedule for the days that share a stretch. BYDAY and FREQ are written as RFC 5545 has them, times with the offset the
// specification asks for.
func TestAWeekIsWrittenAsSchedules(t *testing.T) {
	t.Parallel()
	brief := func(list []hsds.Schedule) (out []string) {
		for _, s := range list {
			out = append(out, fmt.Sprintf("%s %s %s %s-%s %s", s.ID, s.Freq, s.ByDay, s.OpensAt, s.ClosesAt, s.Timezone))
		}
		return out
	}
	for name, c := range map[string]struct {
		week hours.Week
		want []string
	}{
		"an office": {office(), []string{"h0 WEEKLY MO,TU,WE,TH 08:00+07:00-12:00+07:00 7", "h1 WEEKLY MO,TU,WE,TH 13:00+07:00-15:30+07:00 7", "h2 WEEKLY FR 08:00+07:00-11:30+07:00 7"}},
		"always":    {hours.Week{Always: true}, []string{"h0 WEEKLY MO,TU,WE,TH,FR,SA,SU 00:00+07:00-23:59+07:00 7"}},
		"never":     {hours.Week{}, nil},
	} {
		if got := brief(hsds.Schedules(c.week, jakarta, key)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestSchedulesAreReadAsAWeek(t *testing.T) {
	t.Parallel()
	on := func(day time.Weekday, spans ...hours.Span) (w hours.Week) {
		w.Days[day] = spans
		return w
	}
	both := func(a, b hours.Week) hours.Week {
		for d := range a.Days {
			a.Days[d] = append(a.Days[d], b.Days[d]...)
		}
		return a
	}
	every := "MO,TU,WE,TH,FR,SA,SU"
	for _, c := range []struct {
		name string
		list []hsds.Schedule
		want hours.Week
		left int
	}{
		{"the clock on the door", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "TH", OpensAt: "10:00:00", ClosesAt: "18:00:00"}}, on(time.Thursday, hours.Span{From: 600, To: 1080}), 0},
		{"day and night, to the last minute", []hsds.Schedule{{Freq: "WEEKLY", ByDay: every, OpensAt: "00:00", ClosesAt: "23:59"}}, hours.Week{Always: true}, 0},
		{"day and night, to 24", []hsds.Schedule{{Freq: "WEEKLY", ByDay: every, OpensAt: "00:00", ClosesAt: "24:00"}}, hours.Week{Always: true}, 0},
		{"day and night, from midnight to midnight", []hsds.Schedule{{Freq: "WEEKLY", ByDay: every, OpensAt: "00:00", ClosesAt: "00:00"}}, hours.Week{Always: true}, 0},
		{"a night shift on Saturday ends on Sunday", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "SA", OpensAt: "20:00", ClosesAt: "02:00"}},
			both(on(time.Saturday, hours.Span{From: 1200, To: 1440}), on(time.Sunday, hours.Span{From: 0, To: 120})), 0},
		{"nine in UTC is four in the afternoon in Jakarta", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "09:00Z", ClosesAt: "10:30Z"}}, on(time.Monday, hours.Span{From: 960, To: 1050}), 0},
		{"Monday evening in New York is Tuesday morning", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "19:00-05:00", ClosesAt: "21:00-05:00"}}, on(time.Tuesday, hours.Span{From: 420, To: 540}), 0},
		{"early on Sunday in Jayapura is Saturday", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "SU", Timezone: "9", OpensAt: "00:30", ClosesAt: "01:30"}}, on(time.Saturday, hours.Span{From: 1350, To: 1410}), 0},
		{"stretches that meet are one", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "08:00", ClosesAt: "12:00"}, {Freq: "WEEKLY", ByDay: "MO", OpensAt: "11:00", ClosesAt: "13:00"}},
			on(time.Monday, hours.Span{From: 480, To: 780}), 0},
		{"a season that is over", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "08:00", ClosesAt: "12:00", ValidTo: "2026-11-24"}}, hours.Week{}, 0},
		{"its last day", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "08:00", ClosesAt: "12:00", ValidTo: "2026-11-25"}}, on(time.Monday, hours.Span{From: 480, To: 720}), 0},
		{"a season to come is left", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "08:00", ClosesAt: "12:00", ValidFrom: "2026-12-01"}}, hours.Week{}, 1},
		{"the first Saturday of a month is left", []hsds.Schedule{{Freq: "MONTHLY", ByDay: "1SA", OpensAt: "10:00", ClosesAt: "13:00"}}, hours.Week{}, 1},
		{"every other week is left", []hsds.Schedule{{Freq: "WEEKLY", Interval: "2", ByDay: "WE", OpensAt: "10:00", ClosesAt: "13:00"}}, hours.Week{}, 1},
		{"no times are left", []hsds.Schedule{{Freq: "WEEKLY", ByDay: "WE", Description: "by appointment"}}, hours.Week{}, 1},
		{"RFC 5545: without BYDAY, the weekday of the first", []hsds.Schedule{{Freq: "WEEKLY", DTStart: "2026-11-24", OpensAt: "10:00", ClosesAt: "13:00"}}, on(time.Tuesday, hours.Span{From: 600, To: 780}), 0},
	} {
		got, left := hsds.Week(c.list, jakarta)
		if !reflect.DeepEqual(got, c.want) || len(left) != c.left {
			t.Errorf("%s: %v and %d left, want %v and %d", c.name, got, len(left), c.want, c.left)
		}
		if err := got.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"08:00": 480, "8:05": 485, "17:30:00": 1050, "24:00": 1440, "23:59Z": 1439, "09:00-05:00": 540, "00:00": 0} {
		if c, err := hsds.ParseClock(text); err != nil || c.Minute != want {
			t.Errorf("%s: %d %v", text, c.Minute, err)
		}
	}
	for _, text := range []string{"", "8", "8 pagi", "25:00", "08:60", "24:00:01", "08.00", "08:00+7", "-1:00", "08:0", "08:00 WIB", "1:2:3:4"} {
		if _, err := hsds.ParseClock(text); err == nil {
			t.Errorf("%q is a time", text)
		}
	}
}

// Any week comes back as it was, in any zone.
func TestAWeekComesBackFromItsSchedules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var w hours.Week
		for d := range w.Days {
			at := 0
			for range rapid.IntRange(0, 3).Draw(t, "spans") {
				from := at + rapid.IntRange(1, 240).Draw(t, "gap")
				to := min(from+rapid.IntRange(1, 300).Draw(t, "length"), 1440)
				if to == 1439 { // the last minute is the end of the day
					to = 1440
				}
				if from < to {
					w.Days[d] = append(w.Days[d], hours.Span{From: from, To: to})
				}
				at = to
			}
		}
		z := hsds.Zone{Offset: time.Duration(rapid.IntRange(-48, 56).Draw(t, "quarters")) * 15 * time.Minute, Today: "2026-11-25"}
		if got, left := hsds.Week(hsds.Schedules(w, z, key), z); !reflect.DeepEqual(got, w) || len(left) > 0 {
			t.Fatalf("%v came back as %v", w, got)
		}
	})
}
