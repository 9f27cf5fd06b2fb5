// Package phone brings telephone numbers to one form.
//
// A number is stored, compared and blind-indexed as E.164 (+6281234567890) and
// shown as people here write it (0812-3456-7890). Normalise reads what was
// typed, with or without the country, from a form or a spreadsheet; Display
// writes it for a screen. What is no telephone number is kept as it was typed
// and only warned about: a note such as «lewat tetangga» is worth more than an
// empty field.
//
// Which numbers exist is told by the numbering plans in the library
// phonenumbers. One range is added: 0800-0000-xxxx, which can't ring and is
// used by the demo office.
package phone

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// country is where a number without a country code belongs to.
const country = "ID"

// longest is more than any number with all its signs between the digits.
const longest = 40

// The demo range, as E.164.
const (
	inventedStart  = "+628000000"
	inventedLength = len("+6280000001234")
)

// Normalise returns a number as E.164 and true. What is not one number that
// exists, or has an extension, comes back as it was typed, without the spaces
// around it, and false.
func Normalise(typed string) (number string, ok bool) {
	typed = strings.TrimSpace(typed)
	if len(typed) > longest || strings.ContainsFunc(typed, unicode.IsLetter) {
		return typed, false
	}
	parsed, err := phonenumbers.Parse(dialled(typed), country)
	if err != nil || parsed.GetExtension() != "" {
		return typed, false
	}
	e164 := phonenumbers.Format(parsed, phonenumbers.E164)
	if !phonenumbers.IsValidNumber(parsed) && !Invented(e164) {
		return typed, false
	}
	return e164, true
}

// dialled writes the usual 00 before a country code as +.
func dialled(typed string) string {
	typed = strings.TrimPrefix(typed, "'") // a spreadsheet's sign for text
	if rest, ok := strings.CutPrefix(typed, "00"); ok {
		return "+" + rest
	}
	return typed
}

// Display writes a stored number for people: 0812-3456-7890, (0771) 21234, a
// foreign one with its country, +65 9123 4567. What is not E.164 stays as it is.
func Display(number string) string {
	if !strings.HasPrefix(number, "+") {
		return number
	}
	parsed, err := phonenumbers.Parse(number, country)
	if err != nil || phonenumbers.Format(parsed, phonenumbers.E164) != number {
		return number
	}
	if phonenumbers.GetRegionCodeForCountryCode(int(parsed.GetCountryCode())) == country {
		return phonenumbers.Format(parsed, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

// Invented tells whether a normalised number is of the range that can't ring.
func Invented(number string) bool {
	return strings.HasPrefix(number, inventedStart) && len(number) == inventedLength
}
