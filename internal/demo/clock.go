package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"teduh/internal/db"
)

// Clock is the time by which the demo's services work while they are filled: it stands at the moment of each act.
type Clock struct{ micro atomic.Int64 }

// Now is the moment of the act under way.
func (c *Clock) Now() time.Time { return time.UnixMicro(c.micro.Load()).UTC() }

// Set moves the clock.
func (c *Clock) Set(t time.Time) { c.micro.Store(t.UnixMicro()) }

// act is something someone did at a moment.
type act struct {
	at time.Time
	do func(context.Context) error
}

// agenda holds what happened in the demo's past. Nothing is drawn by chance while it runs: the order of acts hangs on the
// day of the first start, what they say does not.
type agenda struct{ acts []act }

func (a *agenda) add(at time.Time, do func(context.Context) error) {
	a.acts = append(a.acts, act{at, do})
}

// run lets everything happen in the order of time, so that numbers, timelines and the audit log are in order too.
// Many acts share a transaction, which spares the disk most of the writing.
func (a *agenda) run(ctx context.Context, d *db.DB, clock *Clock) error {
	slices.SortStableFunc(a.acts, func(x, y act) int { return cmp.Compare(x.at.UnixMicro(), y.at.UnixMicro()) })
	for some := range slices.Chunk(a.acts, atOnce) {
		err := d.Together(ctx, func(ctx context.Context) error {
			for _, x := range some {
				clock.Set(x.at)
				if err := x.do(ctx); err != nil {
					return fmt.Errorf("at %s: %w", x.at.Format(time.DateTime), err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const atOnce = 200

// hours are when the office's people act, in the office's zone.
const (
	opens  = 8
	closes = 16
)

// days turns «so many days ago» into a moment at which somebody could have been at work.
type days struct {
	now  time.Time
	zone *time.Location
}

// moment is a minute of a day long past: a working day, within the hours, and never after now.
func (c days) moment(daysAgo int, minute int) time.Time {
	day := c.now.In(c.zone).AddDate(0, 0, -daysAgo)
	return c.past(time.Date(day.Year(), day.Month(), day.Day(), opens, minute%((closes-opens)*60), 0, 0, c.zone))
}

// working brings any moment to a working day and into the hours, keeping the day where it can.
func (c days) working(at time.Time) time.Time {
	local := at.In(c.zone)
	minutes := local.Hour()*60 + local.Minute()
	if minutes < opens*60 || minutes >= closes*60 {
		span := (closes - opens) * 60
		local = time.Date(local.Year(), local.Month(), local.Day(), opens, minutes*7%span, 0, 0, c.zone)
	}
	return c.past(local)
}

// past is the same time of day on the last working day that lies behind now.
func (c days) past(at time.Time) time.Time {
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.After(c.now.Add(-2*time.Minute)) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}
