package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Limits of what a person may type, in characters.
const (
	MaxName = 200
	MaxLine = 500
	MaxText = 100_000
)

// Form is what a browser sent, kept as typed.
type Form struct{ url.Values }

// ReadForm reads a posted form. What is no text at all is refused; NUL, which PostgreSQL can't keep, is taken out.
func ReadForm(r *http.Request) (Form, error) {
	if err := r.ParseForm(); err != nil {
		return Form{}, Unreadable(err)
	}
	return Clean(r.PostForm)
}

// Query reads the address's own questions, such as filters.
func Query(r *http.Request) Form {
	f, err := Clean(r.URL.Query())
	if err != nil {
		return Form{url.Values{}}
	}
	return f
}

// Clean takes NUL out of a form's values and refuses what is no text, for forms that are read in another way.
func Clean(values url.Values) (Form, error) {
	for _, all := range values {
		for i, v := range all {
			if !utf8.ValidString(v) {
				return Form{}, fault.Malformed()
			}
			all[i] = strings.ReplaceAll(v, "\x00", "")
		}
	}
	return Form{values}, nil
}

// Text is a value without the blanks around it, its line ends as \n.
func (f Form) Text(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.Get(name), "\r\n", "\n"))
}

// Line is a value as one line: runs of blanks become one.
func (f Form) Line(name string) string { return strings.Join(strings.Fields(f.Get(name)), " ") }

// All are the values of a name without the empty ones.
func (f Form) All(name string) []string {
	return slices.DeleteFunc(slices.Clone(f.Values[name]), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Checked tells whether a box was ticked.
func (f Form) Checked(name string) bool { return f.Get(name) != "" }

// Int is a whole number, or the fallback.
func (f Form) Int(name string, fallback int) int {
	n, err := strconv.Atoi(f.Text(name))
	if err != nil {
		return fallback
	}
	return n
}

// Version is the version of the row the form was made from.
func (f Form) Version() int64 {
	n, err := strconv.ParseInt(f.Text("version"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// ID is a key, or the zero one.
func (f Form) ID(name string) db.ID {
	id, err := db.ParseID(f.Text(name))
	if err != nil {
		return db.ID{}
	}
	return id
}

// Day reads a day from one text field or from three fields name_d, name_m, name_y; ok is false for one that does not exist.
func (f Form) Day(name string) (day db.Date, ok bool) {
	if whole := f.Text(name); whole != "" {
		return readDay(whole)
	}
	d, m, y := f.Text(name+"_d"), f.Text(name+"_m"), f.Text(name+"_y")
	if d == "" && m == "" && y == "" {
		return "", true
	}
	return readDay(y + "-" + m + "-" + d)
}

// readDay takes 2026-11-24, 2026-1-4 and 24/11/2026.
func readDay(s string) (db.Date, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' })
	if len(parts) != 3 {
		return "", false
	}
	if len(parts[2]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	for i, p := range parts[1:] {
		if len(p) == 1 {
			parts[i+1] = "0" + p
		}
	}
	day, err := db.ParseDate(strings.Join(parts, "-"))
	return day, err == nil
}

// PathID is the key in the address; what is no key is not found.
func PathID(r *http.Request, name string) (db.ID, error) { return AddressID(r.PathValue(name)) }

// AddressID is PathID for a part of an address that was read already, as the operations of the API have it.
func AddressID(text string) (db.ID, error) {
	id, err := db.ParseID(text)
	if err != nil {
		return db.ID{}, fault.NotFound()
	}
	return id, nil
}

// PathForm reads the key in the address and the form that was posted to it.
func PathForm(r *http.Request, name string) (id db.ID, f Form, err error) {
	if id, err = PathID(r, name); err != nil {
		return id, f, err
	}
	f, err = ReadForm(r)
	return id, f, err
}

// Refused tells whether an error is shown beside the form it refuses: what is not known, or not this reader's, is not.
func Refused(err error) bool {
	e, ok := fault.As(err)
	return ok && e.Status != http.StatusNotFound && e.Status != http.StatusForbidden
}

// Line refuses a line that is too short or too long.
func Line(field, value string, least int) error {
	if bad := Length(field, value, least, MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return nil
}

// Length refuses a text that is too long or, where needed, empty.
func Length(field, value string, least, most int) *fault.Error {
	switch n := utf8.RuneCountInString(value); {
	case n < least && n == 0:
		return fault.Field(field, "required", "error.required")
	case n < least:
		return fault.Field(field, "too_short", "error.too_short", "min", least)
	case n > most:
		return fault.Field(field, "too_long", "error.too_long", "max", most)
	}
	return nil
}
