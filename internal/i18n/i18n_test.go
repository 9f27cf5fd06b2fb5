package i18n_test

import (
	"context"
	"testing"
	"time"

	"teduh/internal/i18n"
)

// The office of these tests is in Tanjungpinang, and it is Tuesday.
var (
	indonesian = i18n.With(context.Background(), i18n.ID, i18n.Jakarta)
	english    = i18n.With(context.Background(), i18n.EN, i18n.Jakarta)
	now        = time.Date(2026, 4, 14, 8, 20, 0, 0, i18n.Jakarta)
)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 4, day, hour, minute, 0, 0, i18n.Jakarta)
}

func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got «%s», want «%s»", what, got, want)
	}
}

func TestTimesNearNowAreToldInWords(t *testing.T) {
	for _, c := range []struct {
		when   time.Time
		id, en string
	}{
		{now, "baru saja", "just now"},
		{now.Add(-20 * time.Minute), "20 menit lalu", "20 minutes ago"},
		{now.Add(30 * time.Second), "sebentar lagi", "any moment"},
		{now.Add(time.Hour), "1 jam lagi", "in 1 hour"},
		{now.Add(2*time.Hour + 20*time.Minute), "2 jam lagi", "in 2 hours"},
		{at(13, 10, 40), "kemarin 10.40", "yesterday 10:40"},
		{at(15, 9, 0), "besok 09.00", "tomorrow 09:00"},
		{at(16, 9, 0), "Kamis 09.00", "Thursday 09:00"},
		{at(10, 14, 15), "10 April, 14.15", "10 April, 14:15"},
		{time.Date(2025, 12, 1, 9, 0, 0, 0, i18n.Jakarta), "1 Desember 2025, 09.00", "1 December 2025, 09:00"},
		{time.Time{}, "", ""},
	} {
		same(t, c.when.String(), i18n.Near(indonesian, c.when, now), c.id)
		same(t, c.when.String(), i18n.Near(english, c.when, now), c.en)
	}
}

func TestMinutesAcrossMidnightStayMinutes(t *testing.T) {
	late := at(14, 23, 50)
	same(t, "after midnight", i18n.Near(indonesian, at(15, 0, 10), late), "20 menit lagi")
	same(t, "before midnight", i18n.Near(indonesian, late, at(15, 0, 10)), "20 menit lalu")
}

func TestClocksSayWhatIsLeftAndWhatIsLate(t *testing.T) {
	for _, c := range []struct {
		until  time.Time
		id, en string
	}{
		{now.Add(2*time.Hour + 20*time.Minute), "sisa 2 jam 20 menit", "2 hours 20 minutes left"},
		{now.Add(54 * time.Hour), "sisa 2 hari 6 jam", "2 days 6 hours left"},
		{now.Add(72 * time.Hour), "sisa 3 hari", "3 days left"},
		{now.Add(45 * time.Minute), "sisa 45 menit", "45 minutes left"},
		{now, "baru saja lewat", "just overdue"},
		{now.Add(-26 * time.Hour), "lewat 1 hari", "1 day late"},
	} {
		same(t, c.id, i18n.Remaining(indonesian, c.until, now), c.id)
		same(t, c.en, i18n.Remaining(english, c.until, now), c.en)
	}
}

func TestDueDays(t *testing.T) {
	for day, want := range map[string]string{
		"2026-04-13": "Lewat 1 hari", "2026-04-14": "Hari ini", "2026-04-15": "Besok",
		"2026-04-16": "Kamis", "2026-04-21": "21 April", "2027-01-02": "2 Januari 2027", "": "",
	} {
		same(t, day, i18n.Due(indonesian, day, now), want)
	}
}

func TestDaysAndTimesInTheOfficesZone(t *testing.T) {
	jayapura, err := time.LoadLocation("Asia/Jayapura")
	if err != nil {
		t.Fatal(err)
	}
	east := i18n.With(context.Background(), i18n.ID, jayapura)
	evening := time.Date(2026, 11, 23, 16, 30, 0, 0, time.UTC)
	same(t, "Jakarta", i18n.DateTime(indonesian, evening), "23 November 2026, 23.30")
	same(t, "Jayapura", i18n.DateTime(east, evening), "24 November 2026, 01.30")
	same(t, "English", i18n.DateTime(english, evening), "23 November 2026, 23:30")
	same(t, "long", i18n.LongDate(indonesian, evening), "Senin, 23 November 2026")
	same(t, "day", i18n.Day(indonesian, "2026-08-17"), "17 Agustus 2026")
	same(t, "no day", i18n.Day(indonesian, ""), "")
	same(t, "short", i18n.DayMonthShort(indonesian, evening), "23 Nov")
	same(t, "month", i18n.Month(indonesian, evening), "November 2026")
	same(t, "without With", i18n.Clock(context.Background(), evening), "23.30")
}

func TestNumbers(t *testing.T) {
	same(t, "id", i18n.Number(indonesian, 1234.5), "1.234,5")
	same(t, "en", i18n.Number(english, 1234.5), "1,234.5")
	same(t, "whole", i18n.Number(indonesian, 100000), "100.000")
	same(t, "percent", i18n.Percent(indonesian, 0.125), "12,5%")
	same(t, "plural with a large count", i18n.T(english, "date.days", "n", 1204), "1,204 days")
}

func TestPhones(t *testing.T) {
	for in, want := range map[string]string{
		"081234567890": "0812-3456-7890", "+6281234567890": "0812-3456-7890",
		"08000000417": "0800-0000-417", "0771123456": "0771-123456",
		"110": "110", "+6591234567": "+6591234567", "": "", "0812 abc 45": "0812 abc 45",
	} {
		same(t, in, i18n.Phone(in), want)
	}
}

func TestLanguageOfABrowser(t *testing.T) {
	for header, want := range map[string]i18n.Language{
		"": i18n.ID, "en": i18n.EN, "en-GB,en;q=0.9,id;q=0.8": i18n.EN, "id-ID,id;q=0.9,en;q=0.7": i18n.ID,
		"fr": i18n.ID, "fr,en;q=0.5": i18n.EN, "***": i18n.ID, "ms": i18n.ID,
	} {
		if got := i18n.Match(header); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

func TestAnUnknownKeyIsShownAsItIs(t *testing.T) {
	same(t, "unknown", i18n.T(indonesian, "never"+".written"), "never.written")
}

func BenchmarkPlain(b *testing.B) {
	for b.Loop() {
		i18n.T(indonesian, "date.just_now")
	}
}

func BenchmarkPlural(b *testing.B) {
	for b.Loop() {
		i18n.T(english, "date.days", "n", 3)
	}
}

// Of one thing, too, every text says something: one that has no words of its own for one says what it says of many.
func TestTextsAboutOneThingSaySomething(t *testing.T) {
	same(t, "the same for one", i18n.T(english, "genogram.age", "n", 1), "aged 1")
	same(t, "words of its own", i18n.T(english, "calendar.moved", "n", 1), "Moved once")
	for _, lang := range i18n.Languages {
		ctx := i18n.With(context.Background(), lang, i18n.Jakarta)
		for _, key := range i18n.Keys(lang) {
			for _, n := range []int{0, 1, 2} {
				if got := i18n.T(ctx, key, "n", n); got == key {
					t.Errorf("%s of %d in %s is shown as its key", key, n, lang)
				}
			}
		}
	}
}
