package expr

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// function is one that an expression may call, with how many arguments it takes; most of -1 is any number.
type function struct {
	least, most int
	kind        Kind
	reckon      func(s *scene, args []node) Value
}

// Functions are the names of those that are known, sorted.
func Functions() []string {
	var list []string
	for name := range functions {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// functions by name. What each does stands in https://docs.getodk.org/form-operators-functions/.
var functions = map[string]function{
	"if":                  {3, 3, either, choose},
	"coalesce":            {2, -1, either, firstAnswered},
	"selected":            {2, 2, Truth, words(func(v []Value) Value { return True(slices.Contains(list(v[0]), v[1].String())) })},
	"selected-at":         {2, 2, Text, words(func(v []Value) Value { return Words(at(list(v[0]), v[1].Number())) })},
	"count-selected":      {1, 1, Number, words(func(v []Value) Value { return Numeric(float64(len(list(v[0])))) })},
	"count-non-empty":     {1, -1, Number, words(func(v []Value) Value { return Numeric(float64(len(answered(v)))) })},
	"not":                 {1, 1, Truth, words(func(v []Value) Value { return True(!v[0].Bool()) })},
	"true":                {0, 0, Truth, words(func([]Value) Value { return True(true) })},
	"false":               {0, 0, Truth, words(func([]Value) Value { return True(false) })},
	"boolean":             {1, 1, Truth, words(func(v []Value) Value { return True(v[0].Bool()) })},
	"boolean-from-string": {1, 1, Truth, words(func(v []Value) Value { return True(v[0].String() == "true" || v[0].String() == "1") })},
	"number":              {1, 1, Number, number(func(n []float64) float64 { return n[0] })},
	"int":                 {1, 1, Number, number(func(n []float64) float64 { return math.Trunc(n[0]) })},
	"round":               {1, 2, Number, number(round)},
	"abs":                 {1, 1, Number, number(func(n []float64) float64 { return math.Abs(n[0]) })},
	"pow":                 {2, 2, Number, number(func(n []float64) float64 { return math.Pow(n[0], n[1]) })},
	"sum":                 {1, -1, Number, over(func(a, b float64) float64 { return a + b })},
	"min":                 {1, -1, Number, over(math.Min)},
	"max":                 {1, -1, Number, over(math.Max)},
	"string":              {1, 1, Text, words(func(v []Value) Value { return Words(v[0].String()) })},
	"concat":              {1, -1, Text, words(concat)},
	"string-length":       {1, 1, Number, words(func(v []Value) Value { return Numeric(float64(utf8.RuneCountInString(v[0].String()))) })},
	"contains":            {2, 2, Truth, words(func(v []Value) Value { return True(strings.Contains(v[0].String(), v[1].String())) })},
	"starts-with":         {2, 2, Truth, words(func(v []Value) Value { return True(strings.HasPrefix(v[0].String(), v[1].String())) })},
	"ends-with":           {2, 2, Truth, words(func(v []Value) Value { return True(strings.HasSuffix(v[0].String(), v[1].String())) })},
}

// choose reckons only the side that is taken.
func choose(s *scene, args []node) Value {
	if args[0].reckon(s).Bool() {
		return args[1].reckon(s)
	}
	return args[2].reckon(s)
}

func firstAnswered(s *scene, args []node) Value {
	for _, a := range args {
		if v := a.reckon(s); v.String() != "" {
			return v
		}
	}
	return Empty
}

// words makes a function of the values of its arguments.
func words(of func([]Value) Value) func(*scene, []node) Value {
	return func(s *scene, args []node) Value { return of(values(s, args)) }
}

func values(s *scene, args []node) []Value {
	list := make([]Value, len(args))
	for i, a := range args {
		list[i] = a.reckon(s)
	}
	return list
}

// number makes a function of the numbers of its arguments.
func number(of func([]float64) float64) func(*scene, []node) Value {
	return words(func(v []Value) Value {
		n := make([]float64, len(v))
		for i := range v {
			n[i] = v[i].Number()
		}
		return Numeric(of(n))
	})
}

// over folds what was answered; where nothing was, there is no number.
func over(fold func(a, b float64) float64) func(*scene, []node) Value {
	return words(func(v []Value) Value {
		v = answered(v)
		if len(v) == 0 {
			return Numeric(math.NaN())
		}
		total := v[0].Number()
		for _, x := range v[1:] {
			total = fold(total, x.Number())
		}
		return Numeric(total)
	})
}

func answered(v []Value) []Value {
	return slices.DeleteFunc(v, func(x Value) bool { return x.String() == "" })
}

// list takes the codes of several answers apart, which stand with spaces between them.
func list(v Value) []string { return strings.Fields(v.String()) }

// at is an entry of a list, counted from 0, or empty.
func at(list []string, n float64) string {
	if n >= 0 && n < float64(len(list)) {
		return list[int(n)]
	}
	return ""
}

// round goes to the nearest number with so many places; of two as near, to the greater (XPath 1.0, 4.4).
func round(n []float64) float64 {
	places := 0.0
	if len(n) == 2 {
		places = math.Trunc(n[1])
	}
	if math.Abs(places) > 15 || math.IsNaN(places) {
		return math.NaN()
	}
	scale := math.Pow(10, places)
	if r := math.Floor(n[0]*scale+0.5) / scale; !math.IsInf(r, 0) {
		return r
	}
	return n[0]
}

// MostResult is how long a text may grow while it is put together.
const MostResult = 4000

func concat(v []Value) Value {
	var b strings.Builder
	for _, x := range v {
		b.WriteString(x.String())
	}
	out := b.String()
	if utf8.RuneCountInString(out) > MostResult {
		out = string([]rune(out)[:MostResult])
	}
	return Words(out)
}
