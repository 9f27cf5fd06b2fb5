package bulk

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// longestDay is longer than any day that is written out.
const longestDay = 60

// Days as people write them, day before month.
var dayForms = []string{"2006-01-02", "2/1/2006", "2-1-2006", "2.1.2006", "2 1 2006", "2006/1/2", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05"}

// Months in Indonesian and English, by their first three letters.
var months = map[string]string{"jan": "1", "feb": "2", "peb": "2", "mar": "3", "apr": "4", "mei": "5", "may": "5", "jun": "6", "jul": "7", "agu": "8", "agt": "8",
	"aug": "8", "sep": "9", "okt": "10", "oct": "10", "nov": "11", "nop": "11", "des": "12", "dec": "12"}

// IsoDay reads a day as people write it, «17/8/1945», «Jumat, 17 Agustus 1945» or Excel's number, and gives it as 1945-08-17.
// What is no day comes back as it is. A number of four digits is a year and so no day; numbers of other lengths are days
// where excel says so, and of five digits always.
func IsoDay(text string, excel bool) string {
	if len(text) > longestDay {
		return text
	}
	if day, ok := serialDay(text, excel); ok {
		return day
	}
	plain := digitsOf(text)
	for _, form := range dayForms {
		if t, err := time.Parse(form, plain); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return text
}

// The last day that Excel knows, and the years that people write as four digits.
const (
	lastSerial            = 2_958_466
	firstYear, latestYear = 1850, 2150
)

func serialDay(text string, excel bool) (string, bool) {
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 1 || n >= lastSerial || !excel && (len(whole) != 5 || strings.ContainsAny(text, "+eExX_")) || isYear(text) {
		return "", false
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Floor(n))).Format(time.DateOnly), true
}

func isYear(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && len(text) == 4 && n >= firstYear && n <= latestYear
}

// digitsOf writes a month's name as its number and leaves the day of the week out.
func digitsOf(text string) string {
	words := strings.Fields(strings.NewReplacer(",", " ").Replace(strings.ToLower(text)))
	if len(words) == 4 && words[0][0] > '9' {
		words = words[1:]
	}
	for i, w := range words {
		if month, ok := months[w[:min(len(w), 3)]]; ok && i > 0 && len(words) == 3 || ok && i == 0 && len(words) == 2 {
			words[i] = month
			return strings.Join(words, " ")
		}
	}
	return strings.TrimSpace(text)
}

// PartDay is IsoDay that also reads what is known only in part: «Mei 1990» and «05/1990» are 1990-05-01 by the month, «1990»
// is 1990-01-01 by the year. The precision is day, month, year, or empty for what is no day.
func PartDay(text string, excel bool) (day, precision string) {
	day = IsoDay(text, excel)
	if _, err := time.Parse(time.DateOnly, day); err == nil {
		return day, "day"
	}
	if isYear(text) {
		return text + "-01-01", "year"
	}
	if len(text) > longestDay {
		return text, ""
	}
	for _, form := range []string{"1 2006", "1/2006", "1-2006", "2006-1"} {
		if t, err := time.Parse(form, digitsOf(text)); err == nil {
			return t.Format(time.DateOnly), "month"
		}
	}
	return text, ""
}
