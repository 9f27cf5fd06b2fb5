// Package nik reads the Indonesian identity number (Nomor Induk Kependudukan).
//
// Its 16 digits are PPRRDD ddmmyy ssss: province, regency or city and district
// of the first registration, the day of birth (for women the day plus 40), and
// a serial number (UU 23/2006 and PP 37/2007 on population administration).
//
// People and offices make mistakes, and so did registries: nothing here is
// refused. Check returns warnings for the person at the desk, who decides. The
// region is that of the first registration and so says nothing about today's
// address; districts and regencies have been split and renamed since, therefore
// only the province is checked. Numbers with day 99 belong to nobody: the demo
// office uses them.
//
// Normalise brings a typed number to the form that is stored, compared and
// blind-indexed. Used by person, intake and imports.
package nik

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"teduh/internal/region"
)

// Length of an identity number, in digits.
const Length = 16

// Warning is something about a number that a person should look at. Its value
// names it in the catalogs.
type Warning string

// The warnings. A number of the wrong form gets no other warning, an invented
// one none about its birth date.
const (
	WrongForm     Warning = "form"       // not 16 digits
	WrongRegion   Warning = "region"     // no province has these first digits
	WrongDay      Warning = "day"        // the birth date in it is in no calendar
	WrongSerial   Warning = "serial"     // ends in 0000, which is never given out
	Invented      Warning = "invented"   // day 99: made up, nobody's
	BirthMismatch Warning = "birth_date" // another birth date than the one given
	SexMismatch   Warning = "sex"        // another sex than the one given
)

// The sexes that Check compares; anything else is not compared.
const (
	Male   = "male"
	Female = "female"
)

// Places in the number, and what is added to a woman's day of birth.
const (
	womanOffset = 40
	inventedDay = 99
)

// Normalise takes off what is written around and between the digits: spaces,
// dots, hyphens, and the apostrophe by which a spreadsheet keeps a number as
// text. Anything else stays as typed, without spaces around it.
func Normalise(typed string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(".-–'’", r) {
			return -1
		}
		return r
	}, typed)
	if digits == "" || !allDigits(digits) {
		return strings.TrimSpace(typed)
	}
	return digits
}

// Check returns what is doubtful about a normalised number, nil when nothing
// is or the number is empty. birth is the day of birth as 2006-01-02, as far
// as it is known: 2006-01 and 2006 are compared too, an empty one is not.
func Check(nik, birth, sex string) []Warning {
	if nik == "" {
		return nil
	}
	if len(nik) != Length || !allDigits(nik) {
		return []Warning{WrongForm}
	}
	var warnings []Warning
	if !region.Valid(nik[0:2]) {
		warnings = append(warnings, WrongRegion)
	}
	if nik[12:] == "0000" {
		warnings = append(warnings, WrongSerial)
	}
	return append(warnings, checkBirth(nik, birth, sex)...)
}

// checkBirth looks at the six digits of the birth date.
func checkBirth(nik, birth, sex string) []Warning {
	day, month, year := number(nik[6:8]), number(nik[8:10]), nik[10:12]
	if day == inventedDay {
		return []Warning{Invented}
	}
	woman := day > womanOffset
	if woman {
		day -= womanOffset
	}
	if !inCalendar(day, month, year, birth) {
		return []Warning{WrongDay}
	}
	var warnings []Warning
	if !agrees(birth, day, month, year) {
		warnings = append(warnings, BirthMismatch)
	}
	if sex == Male && woman || sex == Female && !woman {
		warnings = append(warnings, SexMismatch)
	}
	return warnings
}

// inCalendar tells whether the day exists. The number holds no century, so
// 29 February is granted when either century has it.
func inCalendar(day, month int, year, birth string) bool {
	centuries := []string{"19", "20"}
	if len(birth) >= 4 && strings.HasSuffix(birth[:4], year) {
		centuries = []string{birth[:2]}
	}
	return slices.ContainsFunc(centuries, func(century string) bool {
		d := time.Date(number(century+year), time.Month(month), day, 0, 0, 0, 0, time.UTC)
		return d.Day() == day && int(d.Month()) == month
	})
}

// agrees compares the parts of the birth date that are known.
func agrees(birth string, day, month int, year string) bool {
	parts := strings.Split(birth, "-")
	if birth == "" || len(parts[0]) != 4 {
		return true
	}
	return parts[0][2:] == year &&
		(len(parts) < 2 || number(parts[1]) == month) &&
		(len(parts) < 3 || number(parts[2]) == day)
}

// number reads digits; what is none reads as zero and so agrees with no date.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func allDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
