package i18n

import (
	"context"
	"time"
)

// Near writes a time as seen from now: «baru saja», «20 menit lalu», «3 jam
// lalu», «kemarin 10.40», «2 jam lagi», «besok 09.00», «Kamis 09.00»; farther
// away «13 April, 10.40», with the year when it is not this one. Show the full
// time beside it for readers of screens (ui.Time does).
func Near(ctx context.Context, t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.In(Zone(ctx)), now.In(Zone(ctx))
	clock := Clock(ctx, t)
	switch days := daysBetween(now, t); {
	case days == 0:
		return nearToday(ctx, t.Sub(now))
	case days == -1 && now.Sub(t) < time.Hour, days == 1 && t.Sub(now) < time.Hour:
		return nearToday(ctx, t.Sub(now))
	case days == -1:
		return T(ctx, "date.yesterday_at", "clock", clock)
	case days == 1:
		return T(ctx, "date.tomorrow_at", "clock", clock)
	case days > 1 && days < 7:
		return weekdayName(ctx, t) + " " + clock
	case t.Year() == now.Year():
		return dayMonth(ctx, t) + ", " + clock
	default:
		return fullDay(ctx, t) + ", " + clock
	}
}

func nearToday(ctx context.Context, d time.Duration) string {
	switch {
	case d <= -time.Minute:
		return T(ctx, "date.ago", "time", largestUnit(ctx, -d))
	case d <= 0:
		return T(ctx, "date.just_now")
	case d < time.Minute:
		return T(ctx, "date.any_moment")
	default:
		return T(ctx, "date.from_now", "time", largestUnit(ctx, d))
	}
}

// Remaining writes how long is left until a clock runs out, «sisa 2 jam 20
// menit»; once it has run out it says so as Overdue does.
func Remaining(ctx context.Context, until, now time.Time) string {
	if !now.Before(until) {
		return Overdue(ctx, until, now)
	}
	return T(ctx, "date.remaining", "time", Duration(ctx, until.Sub(now)))
}

// Overdue writes for how long a clock has run out, «lewat 3 hari». Under a
// minute it is «baru saja lewat».
func Overdue(ctx context.Context, since, now time.Time) string {
	late := now.Sub(since)
	if late < time.Minute {
		return T(ctx, "date.overdue_now")
	}
	return T(ctx, "date.overdue", "time", largestUnit(ctx, late))
}

// Due writes a day by which something is to be done, as seen from now: «Hari
// ini», «Besok», «Kamis» within the week, «16 April», «Lewat 1 hari». day is
// 2026-11-24 (db.Date).
func Due[S ~string](ctx context.Context, day S, now time.Time) string {
	t, err := time.Parse(dayLayout, string(day))
	if err != nil {
		return string(day)
	}
	now = now.In(Zone(ctx))
	switch days := daysBetween(now, t); {
	case days < 0:
		return T(ctx, "date.due_late", "n", -days)
	case days == 0:
		return T(ctx, "date.due_today")
	case days == 1:
		return T(ctx, "date.due_tomorrow")
	case days < 7:
		return weekdayName(ctx, t)
	case t.Year() == now.Year():
		return dayMonth(ctx, t)
	default:
		return fullDay(ctx, t)
	}
}

// Duration writes a length of time in its two largest units, rounded down to
// the minute: «2 hari 6 jam», «2 jam 20 menit», «45 menit».
func Duration(ctx context.Context, d time.Duration) string {
	minutes := int(d / time.Minute)
	days, hours, minutes := minutes/(24*60), minutes/60%24, minutes%60
	switch {
	case days > 0 && hours > 0:
		return T(ctx, "date.days", "n", days) + " " + T(ctx, "date.hours", "n", hours)
	case days > 0:
		return T(ctx, "date.days", "n", days)
	case hours > 0 && minutes > 0:
		return T(ctx, "date.hours", "n", hours) + " " + T(ctx, "date.minutes", "n", minutes)
	case hours > 0:
		return T(ctx, "date.hours", "n", hours)
	default:
		return T(ctx, "date.minutes", "n", minutes)
	}
}

func largestUnit(ctx context.Context, d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return T(ctx, "date.days", "n", int(d/(24*time.Hour)))
	case d >= time.Hour:
		return T(ctx, "date.hours", "n", int(d/time.Hour))
	default:
		return T(ctx, "date.minutes", "n", int(d/time.Minute))
	}
}
