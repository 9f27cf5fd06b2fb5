package unit_test

import (
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// The map of danger signs and the clocks are those of the domain's page of defaults.
func TestDangerSignsSetTheUrgency(t *testing.T) {
	t.Parallel()
	s := unit.Defaults()
	for _, c := range []struct {
		signs []string
		want  string
	}{
		{nil, "week"}, {[]string{"pregnant"}, "day"}, {[]string{"very_young_or_old", "weapon"}, "now"}, {[]string{"suicide"}, "now"},
		{[]string{"nowhere_safe"}, "now"}, {[]string{"violence_now"}, "now"}, {[]string{"child_hurt_or_alone"}, "now"},
	} {
		if got := s.Danger.Least(c.signs); got != c.want {
			t.Errorf("%v: %s, want %s", c.signs, got, c.want)
		}
	}
}

// Counted by hand on a calendar of November and December 2026; 24 November is a Tuesday.
func TestTheClocksRun(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*3600)
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", s, jakarta)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	plain := unit.Defaults()
	shut := unit.Defaults()
	shut.Calendar.Holidays = []unit.Holiday{{Day: "2026-11-25", Name: "Libur"}}
	for _, c := range []struct {
		s             unit.Settings
		urgency, from string
		want          string
	}{
		{plain, "now", "2026-11-28 23:30", "2026-11-29 00:30"},
		{plain, "day", "2026-11-28 10:00", "2026-11-29 10:00"},
		{plain, "three_days", "2026-11-27 10:00", "2026-11-30 10:00"},
		{plain, "week", "2026-11-24 10:00", "2026-12-03 10:00"},
		{shut, "week", "2026-11-24 10:00", "2026-12-04 10:00"},
		{plain, "week", "2026-11-24 20:00", "2026-12-03 16:00"},
		{plain, "week", "2026-11-28 06:00", "2026-12-08 08:00"},
	} {
		if got := c.s.RespondBy(c.urgency, at(c.from), jakarta); !got.Equal(at(c.want)) {
			t.Errorf("%s from %s: %s, want %s", c.urgency, c.from, got.In(jakarta).Format("2006-01-02 15:04"), c.want)
		}
	}
}

func TestTheHeadChangesListsAndAWorkerDoesNot(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, head := t.Context(), o.As("head")
		list := append(unit.Defaults().Services, unit.Entry{Code: "own_1", ID: "Antar jemput"})
		if err := o.Units.Change(ctx, o.As("worker"), list, 0); !fault.Is(err, "forbidden") {
			t.Errorf("a worker: %v", err)
		}
		if err := o.Units.Change(ctx, head, list, 0); err != nil {
			t.Fatal(err)
		}
		s, err := o.Units.Of(ctx, o.ID)
		if err != nil || !s.ServiceKnown("own_1") || s.Service(ctx, "own_1") != "Antar jemput" || s.Version("services") != 1 {
			t.Errorf("after the change: %v %+v", err, s.Services)
		}
		if err := o.Units.Change(ctx, head, list, 0); !fault.Is(err, "version_changed") {
			t.Errorf("a change over an old version: %v", err)
		}
		if err := o.Units.Change(ctx, head, unit.Danger{"weapon": "soon"}, 0); !fault.Is(err, "invalid") {
			t.Errorf("an unknown urgency: %v", err)
		}
		other, err := o.Units.Of(ctx, o.As("other").Office.ID)
		if err != nil || other.ServiceKnown("own_1") {
			t.Errorf("the office next door has it too: %v", err)
		}
	})
}
