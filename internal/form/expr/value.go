package expr

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Kind of a value.
type Kind int

// The kinds.
const (
	Text Kind = iota
	Number
	Truth
	either // of a function: that of its last arguments
)

// Value is a text, a number or a truth. A text may count for a number that its letters don't show.
type Value struct {
	kind   Kind
	text   string
	number float64
	worth  *float64
}

// Empty is the value of what was not answered.
var Empty = Value{}

// Words is a text.
func Words(text string) Value { return Value{text: text} }

// Worth is a text, such as the code of an option, that counts for a number.
func Worth(text string, counts float64) Value { return Value{text: text, worth: &counts} }

// Numeric is a number.
func Numeric(n float64) Value { return Value{kind: Number, number: n} }

// True is a truth.
func True(is bool) Value {
	if is {
		return Value{kind: Truth, number: 1}
	}
	return Value{kind: Truth}
}

// Kind of the value.
func (v Value) Kind() Kind { return v.kind }

// Bool is what XPath's boolean() makes of a value: a number other than 0 and a text that is not empty are true.
func (v Value) Bool() bool {
	if v.kind == Text {
		return v.text != ""
	}
	return v.number != 0 && !math.IsNaN(v.number)
}

// Number is what number() makes of it, or no number. A day counts as the days since 1 January 1970.
func (v Value) Number() float64 {
	switch {
	case v.kind != Text:
		return v.number
	case v.worth != nil:
		return *v.worth
	}
	text := strings.TrimSpace(v.text)
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return float64(day.Unix() / 86400)
	}
	if !numeral(text) {
		return math.NaN()
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// numeral tells whether a text is a number as XPath writes them: «-12.5», never «1e3» or «0x10».
func numeral(text string) bool {
	text = strings.TrimPrefix(text, "-")
	digits, points := 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points < 2
}

// String is what string() makes of it: a whole number without a point, no number as «NaN».
func (v Value) String() string {
	switch {
	case v.kind == Text:
		return v.text
	case v.kind == Truth:
		return strconv.FormatBool(v.number != 0)
	case math.IsInf(v.number, 1):
		return "Infinity"
	case math.IsInf(v.number, -1):
		return "-Infinity"
	case v.number == 0:
		return "0"
	}
	return strconv.FormatFloat(v.number, 'f', -1, 64)
}

// saysTrue reads a text beside a truth.
func (v Value) saysTrue() bool {
	if v.kind != Text {
		return v.Bool()
	}
	return v.text == "true" || v.text == "1" || v.text == "OK"
}

// operate reckons with two values.
func operate(operator string, a, b Value) Value {
	switch operator {
	case "=":
		return True(equal(a, b))
	case "!=":
		return True(!equal(a, b))
	}
	x, y := a.Number(), b.Number()
	switch operator {
	case "+":
		return Numeric(x + y)
	case "-":
		return Numeric(x - y)
	case "*":
		return Numeric(x * y)
	case "div":
		return Numeric(x / y)
	case "mod":
		return Numeric(math.Mod(x, y))
	case "<":
		return True(x < y)
	case "<=":
		return True(x <= y)
	case ">":
		return True(x > y)
	}
	return True(x >= y)
}

// equal compares truths where there is one, else numbers where there is one, else texts (XPath 1.0, 3.4). A truth is an
// answer, so it is never equal to none.
func equal(a, b Value) bool {
	switch {
	case a.kind != b.kind && (a == Empty && b.kind == Truth || b == Empty && a.kind == Truth):
		return false
	case a.kind == Truth || b.kind == Truth:
		return a.saysTrue() == b.saysTrue()
	case a.kind == Number || b.kind == Number:
		return a.Number() == b.Number()
	}
	return a.text == b.text
}
