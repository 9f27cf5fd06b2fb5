package i18n

import (
	"context"
	"strconv"
	"time"
)

var (
	monthWords      = Family("date.month.")
	shortMonthWords = Family("date.month_short.")
	weekdayWords    = Family("date.weekday.")
)

// dayLayout is how a day without a time is kept and sent: 2026-11-24.
const dayLayout = "2006-01-02"

// Day writes a day kept as 2026-11-24 (db.Date) as «24 November 2026». An
// empty day is empty; what is not a day is returned as it is.
func Day[S ~string](ctx context.Context, day S) string {
	t, err := time.Parse(dayLayout, string(day))
	if err != nil {
		return string(day)
	}
	return fullDay(ctx, t)
}

// Date writes the day of t in the context's zone, «23 November 2026».
func Date(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fullDay(ctx, t.In(Zone(ctx)))
}

// LongDate writes the day with its weekday, «Selasa, 14 April 2026».
func LongDate(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return T(ctx, "date.long", "weekday", Weekday(ctx, t), "date", Date(ctx, t))
}

// DayMonth writes the day without its year, «14 April».
func DayMonth(ctx context.Context, t time.Time) string {
	return dayMonth(ctx, t.In(Zone(ctx)))
}

// DayMonthShort is DayMonth for narrow places, «14 Apr».
func DayMonthShort(ctx context.Context, t time.Time) string {
	t = t.In(Zone(ctx))
	return strconv.Itoa(t.Day()) + " " + shortMonthWords.T(ctx, strconv.Itoa(int(t.Month())))
}

// Month writes a month of a year, «April 2026».
func Month(ctx context.Context, t time.Time) string {
	t = t.In(Zone(ctx))
	return monthName(ctx, t.Month()) + " " + strconv.Itoa(t.Year())
}

// Clock writes the time of day, «09.00» in Indonesian and «09:00» in English.
func Clock(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if Lang(ctx) == EN {
		return t.In(Zone(ctx)).Format("15:04")
	}
	return t.In(Zone(ctx)).Format("15.04")
}

// DateTime writes day and time, «24 November 2026, 09.00».
func DateTime(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(ctx, t) + ", " + Clock(ctx, t)
}

// Weekday writes the weekday of t in the context's zone, «Selasa».
func Weekday(ctx context.Context, t time.Time) string {
	return weekdayName(ctx, t.In(Zone(ctx)))
}

// fullDay, dayMonth and weekdayName take a time that is already in its zone.
func fullDay(ctx context.Context, t time.Time) string {
	return dayMonth(ctx, t) + " " + strconv.Itoa(t.Year())
}

func dayMonth(ctx context.Context, t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + monthName(ctx, t.Month())
}

func monthName(ctx context.Context, m time.Month) string {
	return monthWords.T(ctx, strconv.Itoa(int(m)))
}

func weekdayName(ctx context.Context, t time.Time) string {
	return weekdayWords.T(ctx, strconv.Itoa(int(t.Weekday())))
}

// daysBetween counts midnights from a to b, both taken in the same zone; it
// is negative when b is on an earlier day.
func daysBetween(a, b time.Time) int {
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}
