package hours_test

import (
	"reflect"
	"testing"
	"time"

	"teduh/internal/partner/hours"
)

func TestAWeekInShort(t *testing.T) {
	t.Parallel()
	for text, week := range map[string]hours.Week{
		"": {}, "24": {Always: true},
		"1:480-720,780-930;2:480-720,780-930;3:480-720,780-930;4:480-720,780-930;5:480-690": office(),
		"0:0-1440": {Days: [7][]hours.Span{0: {{From: 0, To: 1440}}}},
	} {
		if got := week.String(); got != text {
			t.Errorf("written %q, want %q", got, text)
		}
		if got, err := hours.Parse(text); err != nil || !reflect.DeepEqual(got, week) {
			t.Errorf("read %q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"x", "7:0-10", "1:10-0", "1:0-10,5-20", "1:", "1:0", "1", "24;1:0-10", "1:0-1441"} {
		if got, err := hours.Parse(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestWhenItCloses(t *testing.T) {
	t.Parallel()
	night := hours.Week{}
	night.Days[time.Monday] = []hours.Span{{From: 1200, To: 1440}}
	night.Days[time.Tuesday] = []hours.Span{{From: 0, To: 240}}
	for _, c := range []struct {
		name string
		week hours.Week
		at   time.Time
		want time.Time
	}{
		{"in the morning", office(), on(23, 9, 0), on(23, 12, 0)},
		{"at lunch it is closed", office(), on(23, 12, 0), time.Time{}},
		{"at all hours", hours.Week{Always: true}, on(23, 9, 0), time.Time{}},
		{"over midnight", night, on(23, 21, 0), on(24, 4, 0)},
		{"after midnight", night, on(24, 1, 0), on(24, 4, 0)},
	} {
		if got := c.week.Closes(c.at); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
