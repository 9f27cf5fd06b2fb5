package demo

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// slots are the appointments of a worker's case around the day of the first start: how many days from then, when, and
// what for.
var slots = []struct {
	days, hour, minute, length int
	kind, place                string
}{
	{-1, 9, 0, 60, "office", "Ruang konseling 1"}, {0, 9, 0, 60, "office", "Ruang konseling 1"}, {0, 10, 30, 90, "home_visit", ""},
	{0, 14, 0, 30, "phone", ""}, {1, 9, 0, 45, "online", ""}, {1, 13, 30, 120, "family_meeting", "Rumah Pak RT"}, {2, 10, 0, 60, "office", "Ruang konseling 2"},
	{3, 8, 30, 90, "home_visit", ""}, {3, 15, 0, 45, "outside", "Ruang BK sekolah"}, {6, 9, 0, 60, "office", "Ruang konseling 1"}, {7, 11, 0, 60, "home_visit", ""},
}

// appointments keep time for some of each worker's cases; those of the day before took place.
func (f *filler) appointments(ctx context.Context, a access.Actor, cases []casefile.Case) error {
	today := db.DayOf(f.Now, a.Office.Zone)
	for i, s := range slots {
		c := cases[i%len(cases)]
		from := today.AddDays(s.days).In(a.Office.Zone).Add(time.Duration(s.hour)*time.Hour + time.Duration(s.minute)*time.Minute)
		p, err := f.Calendar.Make(ctx, a, calendar.Order{Kind: s.kind, From: from, To: from.Add(time.Duration(s.length) * time.Minute),
			Subject: calendar.Subject{Case: c.ID}, Told: calendar.Told{Place: s.place}, Accept: true})
		if err != nil {
			return err
		}
		if s.days < 0 {
			kept := calendar.Kept
			if _, err := f.Calendar.Change(ctx, a, p.ID, calendar.Edit{State: &kept}); err != nil {
				return err
			}
		}
	}
	return nil
}
