package hours_test

import (
	"testing"
	"time"

	"teduh/internal/partner/hours"

	"pgregory.net/rapid"
)

var jakarta = time.FixedZone("WIB", 7*3600)

// office is open Monday to Thursday 08.00–12.00 and 13.00–15.30, Friday 08.00–11.30.
func office() (w hours.Week) {
	for day := time.Monday; day <= time.Thursday; day++ {
		w.Days[day] = []hours.Span{{480, 720}, {780, 930}}
	}
	w.Days[time.Friday] = []hours.Span{{480, 690}}
	return w
}

// on is a time of November 2026 in Jakarta; the 23rd is a Monday.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, jakarta)
}

func TestOpeningTimeIsCountedAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		from   time.Time
		length time.Duration
		want   time.Time
	}{
		{"within a morning", on(23, 8, 0), 2 * time.Hour, on(23, 10, 0)},
		{"to the minute it closes at", on(23, 8, 0), 4 * time.Hour, on(23, 12, 0)},
		{"over lunch", on(23, 11, 0), 2 * time.Hour, on(23, 14, 0)},
		{"sent in the night", on(23, 22, 0), time.Hour, on(24, 9, 0)},
		{"over the weekend", on(27, 11, 0), time.Hour, on(30, 8, 30)},
		{"a day and a half: 6.5 hours, then 3.25", on(24, 8, 0), 9*time.Hour + 45*time.Minute, on(25, 11, 15)},
		{"a week of 29.5 hours", on(23, 8, 0), 29*time.Hour + 30*time.Minute, on(27, 11, 30)},
		{"a week and a minute", on(23, 8, 0), 29*time.Hour + 31*time.Minute, on(30, 8, 1)},
	} {
		if got := office().Add(c.from, c.length); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := (hours.Week{Always: true}).Add(on(28, 23, 0), 3*time.Hour); !got.Equal(on(29, 2, 0)) {
		t.Errorf("round the clock: %s", got)
	}
	if got := (hours.Week{}).Add(on(23, 8, 0), time.Hour); !got.IsZero() {
		t.Errorf("what never opens: %s", got)
	}
}

func TestWhenItOpensNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, want time.Time }{
		{on(23, 9, 0), on(23, 9, 0)}, {on(23, 12, 0), on(23, 13, 0)}, {on(27, 11, 30), on(30, 8, 0)}, {on(28, 9, 0), on(30, 8, 0)},
	} {
		if got := office().NextOpen(c.at); !got.Equal(c.want) {
			t.Errorf("from %s: %s, want %s", c.at, got, c.want)
		}
	}
	if office().OpenAt(on(23, 15, 30)) || !office().OpenAt(on(23, 15, 29)) {
		t.Error("it closes at 15.30")
	}
}

func TestSpansThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, spans := range [][]hours.Span{{{600, 600}}, {{700, 600}}, {{-1, 60}}, {{0, 1441}}, {{480, 720}, {700, 800}}, {{480, 720}, {720, 800}}} {
		if (hours.Week{Days: [7][]hours.Span{1: spans}}).Check() == nil {
			t.Errorf("%v is taken", spans)
		}
	}
	if err := office().Check(); err != nil {
		t.Error(err)
	}
}

// What is added is what lies between, from any minute on, for any week.
func TestAddingAndCountingAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var w hours.Week
		for day := range w.Days {
			from := rapid.IntRange(0, 1000).Draw(t, "from")
			if rapid.Bool().Draw(t, "open") {
				w.Days[day] = []hours.Span{{from, from + rapid.IntRange(1, 400).Draw(t, "length")}}
			}
		}
		w.Days[3] = []hours.Span{{480, 900}}
		start := on(1, 0, 0).Add(time.Duration(rapid.IntRange(0, 20000).Draw(t, "start")) * time.Minute)
		length := time.Duration(rapid.IntRange(1, 20000).Draw(t, "minutes")) * time.Minute
		if got := w.Between(start, w.Add(start, length)); got != length {
			t.Fatalf("%s of %v from %s is %s", length, w, start, got)
		}
	})
}
