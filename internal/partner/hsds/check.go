package hsds

import (
	"fmt"
	"net/mail"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// choices of the closed sets.
var choices = map[string][]string{
	"status":  {"active", "inactive", "defunct", "temporarily closed"},
	"place":   {"physical", "postal", "virtual"},
	"freq":    {"WEEKLY", "MONTHLY"},
	"weekday": {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}

// longest is how many letters a field of each kind may have; what is not named is a line.
var longest = map[string]int{"id": MaxID, "ref": MaxID, "name": MaxName, "uri": MaxURL, "text": MaxText}

// dispensable kinds are left out when they are wrong; what they stand in is taken.
var dispensable = []string{"email", "uri", "extra", "moment"}

// checker goes through things and gathers what is wrong with them.
type checker struct {
	place Place
	found func(*Problem)
	ids   seenIDs
}

// seenIDs keeps the keys of each table.
type seenIDs map[string]map[string]struct{}

// new tells whether a key has not been seen in a table.
func (s seenIDs) new(table, id string) bool {
	keys := s[table]
	if keys == nil {
		keys = map[string]struct{}{}
		s[table] = keys
	}
	if _, twice := keys[id]; twice {
		return false
	}
	keys[strings.Clone(id)] = struct{}{}
	return true
}

func (s seenIDs) has(table, id string) bool { _, ok := s[table][id]; return ok }

func (c *checker) report(path, code, value string, kept bool) {
	c.found(&Problem{Place: c.place, Path: path, Code: code, Value: short(value), Kept: kept})
}

// short is what is shown of a value.
func short(value string) string {
	const most = 80
	value = strings.ToValidUTF8(value, "\ufffd")
	if utf8.RuneCountInString(value) <= most {
		return value
	}
	return string([]rune(value)[:most]) + "…"
}

// whole checks a thing and what stands in it; false where nothing can be made of it. Parts that are wrong are taken out.
func (c *checker) whole(v reflect.Value, path string) bool {
	t := byType[v.Type()]
	if !c.columns(t, v, path) {
		return false
	}
	for _, k := range t.kids {
		field, at := v.Field(k.index), path+k.name
		switch {
		case k.many:
			c.list(k, field, at)
		case !field.IsNil() && !c.whole(field.Elem(), at+"."):
			field.SetZero()
		}
	}
	return true
}

// list checks the parts of one kind and keeps the good ones.
func (c *checker) list(k child, field reflect.Value, path string) {
	good, seen := 0, map[string]bool{}
	for i := range field.Len() {
		at := fmt.Sprintf("%s[%d].", path, i)
		if !c.whole(field.Index(i), at) {
			continue
		}
		id := field.Index(i).Field(byType[k.of].cols[0].index).String()
		if seen[id] {
			c.report(at+"id", "twice", id, false)
			continue
		}
		seen[id] = true
		if good != i {
			field.Index(good).Set(field.Index(i))
		}
		good++
	}
	if good == 0 {
		field.SetZero()
		return
	}
	field.SetLen(good)
}

// columns checks the values of a thing.
func (c *checker) columns(t *table, v reflect.Value, path string) bool {
	ok := true
	for _, col := range t.cols {
		field := v.Field(col.index)
		value := field.String()
		if value != "" {
			if tidy := tidied(value); tidy != value {
				field.SetString(tidy)
				value = tidy
			}
		}
		code, kind := wrong(value, col.rules), col.rules[len(col.rules)-1]
		if code == "missing" && col.rules[0] == "want" {
			continue
		}
		if at, ok := Moment(value); ok && kind == "moment" {
			field.SetString(at.Format(time.RFC3339)) // with the zone that is left out by many
		}
		if code == "" {
			continue
		}
		kept := slices.Contains(dispensable, kind)
		c.report(path+col.name, code, value, kept)
		if kept {
			field.SetString("")
		}
		ok = ok && kept
	}
	return ok
}

// tidied is text without letters that no database keeps, and without white space around it.
func tidied(value string) string {
	if strings.IndexByte(value, 0) >= 0 {
		value = strings.ReplaceAll(value, "\x00", "")
	}
	return strings.TrimSpace(strings.ToValidUTF8(value, "\ufffd"))
}

// wrong is the code of what is wrong with a value, or nothing.
func wrong(value string, rules []string) string {
	kind := rules[len(rules)-1]
	if value == "" {
		if len(rules) > 1 {
			return "missing"
		}
		return ""
	}
	most := longest[kind]
	if most == 0 {
		most = MaxLine
	}
	if len(value) > most && utf8.RuneCountInString(value) > most {
		return "long"
	}
	if set := choices[kind]; set != nil {
		if !slices.Contains(set, value) {
			return "choice"
		}
		return ""
	}
	if test := kinds[kind]; test != nil && !test(value) {
		return codes[kind]
	}
	return ""
}

// kinds of values that have a form, and codes of those that have not kept it.
var (
	kinds = map[string]func(string) bool{
		"email": isEmail, "uri": isURI, "date": layout(time.DateOnly), "moment": isMoment, "days": isDays,
		"time":      func(s string) bool { _, err := ParseClock(s); return err == nil },
		"number":    func(s string) bool { return Number(s).Valid() },
		"extra":     func(s string) bool { return Number(s).Valid() },
		"zone":      func(s string) bool { return within(s, mostOffset) },
		"latitude":  func(s string) bool { return within(s, 90) },
		"longitude": func(s string) bool { return within(s, 180) },
	}
	codes = map[string]string{"email": "email", "uri": "uri", "date": "date", "moment": "moment", "days": "days", "time": "time",
		"number": "number", "zone": "number", "extra": "number", "latitude": "number", "longitude": "number"}
	numeric = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?$`)
	oneDay  = regexp.MustCompile(`^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$`)
)

// Valid tells whether it is a number.
func (n Number) Valid() bool { return numeric.MatchString(string(n)) }

// Float is its value; 0 where it is none.
func (n Number) Float() float64 {
	f, _ := strconv.ParseFloat(string(n), 64)
	return f
}

func within(s string, most float64) bool {
	n := Number(s)
	return n.Valid() && n.Float() >= -most && n.Float() <= most
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "")
}

func layout(form string) func(string) bool {
	return func(s string) bool { _, err := time.Parse(form, s); return err == nil }
}

// isMoment takes RFC 3339, and the same without a zone, which publishers write and which is meant as UTC.
func isMoment(s string) bool {
	_, ok := Moment(s)
	return ok
}

// Moment reads an instant.
func Moment(s string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func isDays(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if !oneDay.MatchString(strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}
