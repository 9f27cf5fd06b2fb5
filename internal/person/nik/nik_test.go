package nik_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"teduh/internal/person/nik"
)

// Numbers put together by hand from the rule: 217201 is Tanjungpinang Barat,
// 170885 the 17th of August 1985, 570885 the same day for a woman.
func TestCheck(t *testing.T) {
	t.Parallel()
	table := []struct {
		name, nik, birth, sex string
		want                  []nik.Warning
	}{
		{"a man", "2172011708850001", "1985-08-17", "male", nil},
		{"a woman", "2172015708850001", "1985-08-17", "female", nil},
		{"none given", "", "1985-08-17", "male", nil},
		{"nothing known of the person", "2172015708850001", "", "", nil},
		{"sex not stated", "2172015708850001", "1985-08-17", "not_stated", nil},
		{"only the month known", "2172011708850001", "1985-08", "male", nil},
		{"only the year known", "2172011708850001", "1985", "male", nil},
		{"born in this century", "2172010102030004", "2003-02-01", "male", nil},
		{"the last day of a month", "2172017112990001", "1999-12-31", "female", nil},
		{"29 February of a leap year", "2172012902000001", "2000-02-29", "male", nil},

		{"too short", "217201170885001", "1985-08-17", "male", []nik.Warning{nik.WrongForm}},
		{"too long", "21720117088500011", "1985-08-17", "male", []nik.Warning{nik.WrongForm}},
		{"a letter o", "21720117o8850001", "1985-08-17", "male", []nik.Warning{nik.WrongForm}},
		{"Arabic digits", "٢١٧٢٠١١٧٠٨٨٥٠٠٠١", "", "", []nik.Warning{nik.WrongForm}},
		{"no province 99", "9972011708850001", "1985-08-17", "male", []nik.Warning{nik.WrongRegion}},
		{"no province 00", "0072011708850001", "1985-08-17", "male", []nik.Warning{nik.WrongRegion}},
		{"serial 0000", "2172011708850000", "1985-08-17", "male", []nik.Warning{nik.WrongSerial}},
		{"31 June", "2172013106850001", "", "", []nik.Warning{nik.WrongDay}},
		{"day 0", "2172010006850001", "", "", []nik.Warning{nik.WrongDay}},
		{"day 40", "2172014006850001", "", "", []nik.Warning{nik.WrongDay}},
		{"a woman's day 32", "2172017206850001", "", "", []nik.Warning{nik.WrongDay}},
		{"month 13", "2172011713850001", "", "", []nik.Warning{nik.WrongDay}},
		{"29 February 1985", "2172012902850001", "", "", []nik.Warning{nik.WrongDay}},
		{"29 February 1900, born 1900", "2172012902000001", "1900-02-28", "male", []nik.Warning{nik.WrongDay}},
		{"made up", "2172019908850001", "1985-08-17", "male", []nik.Warning{nik.Invented}},
		{"made up, for a woman too", "2172019908850001", "1985-08-17", "female", []nik.Warning{nik.Invented}},
		{"another day", "2172011708850001", "1985-08-18", "male", []nik.Warning{nik.BirthMismatch}},
		{"another month", "2172011708850001", "1985-09", "male", []nik.Warning{nik.BirthMismatch}},
		{"another year", "2172011708850001", "1986", "male", []nik.Warning{nik.BirthMismatch}},
		{"a woman's number, a man", "2172015708850001", "1985-08-17", "male", []nik.Warning{nik.SexMismatch}},
		{"a man's number, a woman", "2172011708850001", "1985-08-17", "female", []nik.Warning{nik.SexMismatch}},
		{"several at once", "9972011708850000", "1985-08-18", "female",
			[]nik.Warning{nik.WrongRegion, nik.WrongSerial, nik.BirthMismatch, nik.SexMismatch}},
	}
	for _, row := range table {
		if got := nik.Check(row.nik, row.birth, row.sex); !slices.Equal(got, row.want) {
			t.Errorf("%s: Check(%q, %q, %q) = %v, want %v", row.name, row.nik, row.birth, row.sex, got, row.want)
		}
	}
}

func TestNormalise(t *testing.T) {
	t.Parallel()
	table := map[string]string{
		"2172011708850001":      "2172011708850001",
		" 2172 0117 0885 0001 ": "2172011708850001",
		"217201-170885-0001":    "2172011708850001",
		"21.72.01.170885.0001":  "2172011708850001",
		"'2172011708850001":     "2172011708850001",
		"2172011708850001\n":    "2172011708850001",
		"2.17201170885E+15":     "2.17201170885E+15", // a spreadsheet has eaten the digits: seen, not mended
		" belum ada ":           "belum ada",
		"":                      "",
		" - ":                   "-",
	}
	for typed, want := range table {
		if got := nik.Normalise(typed); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", typed, got, want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("2172011708850001", "1985-08-17", "male")
	f.Add("'2172 0199 0885 0001", "1985-", "female")
	f.Add("", "--", "\xff")
	f.Fuzz(func(t *testing.T, typed, birth, sex string) {
		n := nik.Normalise(typed)
		if len(n) > len(typed) || utf8.ValidString(typed) && !utf8.ValidString(n) {
			t.Errorf("Normalise(%q) = %q", typed, n)
		}
		if again := nik.Normalise(n); again != n {
			t.Errorf("Normalise(%q) = %q, and again %q", typed, n, again)
		}
		if got := nik.Check(n, birth, sex); len(got) > 5 {
			t.Errorf("Check(%q, %q, %q) = %v", n, birth, sex, got)
		}
	})
}
