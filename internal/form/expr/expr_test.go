package expr_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form/expr"
)

// told are the answers of a made-up family: a number, a code, several codes, a day, a yes, a code that counts for 3, and
// nothing to «blank».
var told = map[string]expr.Value{
	"age": expr.Numeric(17), "bill_amount": expr.Numeric(55.88), "percent_int": expr.Numeric(50), "even_number": expr.Numeric(8),
	"enrolled": expr.Words("yes"), "toppings": expr.Words("cheese sausage"), "first_name": expr.Words("Adam"), "last_name": expr.Words("Malik"),
	"born": expr.Words("2000-01-01"), "alone": expr.True(true), "weight": expr.Worth("heavy", 3),
}

func reckon(t testing.TB, source string) expr.Value {
	t.Helper()
	e, err := expr.Parse(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return e.Reckon(func(name string) expr.Value { return told[name] }, expr.Numeric(20))
}

func TestExpressionsReckonAsTheirDocumentsSay(t *testing.T) {
	t.Parallel()
	table := []struct{ source, want string }{
		// SurveyCTO, «Using expressions in your forms», table of operators.
		{"1 + 1", "2"}, {"3 - 2", "1"}, {"3 * 2", "6"}, {"10 div 2", "5"}, {"9 mod 2", "1"},
		// XPath 1.0, 3.5: the sign of mod follows the dividend.
		{"5 mod 2", "1"}, {"5 mod -2", "1"}, {"-5 mod 2", "-1"}, {"-5 mod -2", "-1"},
		// XPath 1.0, 3.4: (3 > 2) > 1 is false, for operators hold to the left.
		{"3 > 2 > 1", "false"},
		// ODK, «Form Operators and Functions», examples of operators.
		{"${percent_int} div 100", "0.5"}, {"(${even_number} mod 2) = 0", "true"}, {"${enrolled} = 'yes'", "true"}, {"${enrolled} != 'yes'", "false"},
		{"${age} > 17", "false"}, {"${age} >= 18", "false"}, {"${age} < 65", "true"}, {"${age} <= 64", "true"},
		{"${age} > -1 and ${age} < 120", "true"}, {"${age} < 19 or ${age} > 64", "true"}, {". >= 18", "true"},
		// ODK, «Form Logic», calculations: a bill of 55.88 with a tip of 18 % of 10.06.
		{"round((${bill_amount} * 0.18),2)", "10.06"},
		{"concat(${first_name}, ' ', ${last_name})", "Adam Malik"},
		// ODK, «Empty values in math»: reckoning with what was not answered gives no number, unless it is made one.
		{"${blank} + 1", "NaN"}, {"coalesce(${blank}, 0) + 1", "1"}, {`if(${blank}="", 0, ${blank})`, "0"}, {"${blank} > 0", "false"}, {"${blank} = ''", "true"},
		// ODK, functions: selected, selected-at (from 0, empty beyond), count-selected, int, number, boolean, not.
		{"selected(${toppings}, 'cheese')", "true"}, {"selected(${toppings}, 'che')", "false"}, {"selected(${blank}, '')", "false"},
		{"selected-at(${toppings}, 1)", "sausage"}, {"selected-at(${toppings}, 2)", ""}, {"selected-at(${toppings}, -1)", ""},
		{"count-selected(${toppings})", "2"}, {"count-selected(${blank})", "0"}, {"int(3.7)", "3"}, {"int(-3.7)", "-3"},
		{"number('12')", "12"}, {"number(true())", "1"}, {"number('twelve')", "NaN"}, {"number('1e3')", "NaN"},
		{"boolean(0)", "false"}, {"boolean('')", "false"}, {"boolean('false')", "true"}, {"not(${enrolled} = 'no')", "true"},
		{"boolean-from-string('1')", "true"}, {"boolean-from-string('yes')", "false"}, {"string-length('kelurahan')", "9"},
		{"contains('kelurahan', 'lurah')", "true"}, {"starts-with('kelurahan', 'ke')", "true"}, {"ends-with('kelurahan', 'ke')", "false"},
		// XPath 1.0, 4.4: round goes to the greater of two whole numbers as near.
		{"round(2.5)", "3"}, {"round(-2.5)", "-2"}, {"round(2.4999)", "2"}, {"round(1234.5, -2)", "1200"},
		// XPath 1.0, 4.2: how a number is written.
		{"string(1 div 0)", "Infinity"}, {"-1 div 0", "-Infinity"}, {"0 div 0", "NaN"}, {"1.50", "1.5"}, {"-0", "0"}, {"100000000 * 100000000", "10000000000000000"},
		// ODK XForms, number(): a day counts from 1 January 1970; 10,957 days lie before the year 2000 (30 years with 7 leap days).
		{"number(${born})", "10957"}, {"${born} < '2001-01-01'", "true"},
		// Ours: several values, without those that were not answered.
		{"sum(${age}, ${blank}, 3)", "20"}, {"max(${age}, ${blank}, 3)", "17"}, {"min(${age}, ${blank}, 3)", "3"}, {"sum(${blank})", "NaN"}, {"count-non-empty(${age}, ${blank})", "1"},
		// Ours: a truth beside a text, and what an option counts for.
		{"${alone} = 'true'", "true"}, {"${alone} = 'OK'", "true"}, {"${alone} = 'false'", "false"}, {"${alone} != ''", "true"}, {"${blank} = false()", "false"}, {"false() = ''", "false"}, {"${weight} + 1", "4"}, {"${weight} = 'heavy'", "true"}, {"${weight} > 2", "true"},
		// What binds tighter: div before +, + before <, < before =, = before and, and before or; a minus before all.
		{"1 + 2 * 3", "7"}, {"(1 + 2) * 3", "9"}, {"2 - 3 - 4", "-5"}, {"1 < 2 = 3 < 4", "true"}, {"true() or true() and false()", "true"}, {"- 2 + 3", "1"}, {"--2", "2"}, {"8 div 2 div 2", "2"},
		// Quotes as spreadsheets turn them.
		{"${enrolled} = ‘yes’", "true"}, {"concat(“a”, \"b\")", "ab"}, {"${ enrolled }", "yes"}, {".5 + .5", "1"}, {"pow(2, 10)", "1024"}, {"abs(-3)", "3"},
	}
	for _, c := range table {
		if got := reckon(t, c.source).String(); got != c.want {
			t.Errorf("%s is %s, want %s", c.source, got, c.want)
		}
	}
}

func TestBrokenExpressionsAreToldByTheirPlace(t *testing.T) {
	t.Parallel()
	table := []struct {
		source string
		want   expr.Error
	}{
		{"", expr.Error{Code: "empty", At: 1}},
		{"  ", expr.Error{Code: "empty", At: 1}},
		{"1 +", expr.Error{Code: "missing", At: 4}},
		{"(1 + 2", expr.Error{Code: "missing", Word: ")", At: 7}},
		{"1 2", expr.Error{Code: "unexpected", Word: "2", At: 3}},
		{"${umur", expr.Error{Code: "unclosed", Word: "${", At: 1}},
		{"${} = 1", expr.Error{Code: "unexpected", Word: "${}", At: 1}},
		{"${a} = 'ya", expr.Error{Code: "unclosed", Word: "'", At: 8}},
		{"umur > 3", expr.Error{Code: "unexpected", Word: "umur", At: 1}},
		{"1 > today()", expr.Error{Code: "function", Word: "today", At: 5}},
		{"if(1, 2)", expr.Error{Code: "arguments", Word: "if", At: 1}},
		{"true(1)", expr.Error{Code: "arguments", Word: "true", At: 1}},
		{"1.2.3", expr.Error{Code: "unexpected", Word: "1.2.3", At: 1}},
		{"sum(1 2)", expr.Error{Code: "unexpected", Word: "2", At: 7}},
		{"sum(1,)", expr.Error{Code: "unexpected", Word: ")", At: 7}},
		{"/data/umur", expr.Error{Code: "unexpected", Word: "/", At: 1}},
		{strings.Repeat("(", 100), expr.Error{Code: "deep", At: 41}},
		{strings.Repeat("-", 100) + "1", expr.Error{Code: "deep", At: 41}},
		{strings.Repeat("1", expr.MostLetters+1), expr.Error{Code: "long", At: expr.MostLetters + 1}},
	}
	for _, c := range table {
		_, err := expr.Parse(c.source)
		var got *expr.Error
		if !errors.As(err, &got) || *got != c.want {
			t.Errorf("%.20q: %+v, want %+v", c.source, err, c.want)
		}
	}
}

func TestAnExpressionTellsWhatItReads(t *testing.T) {
	t.Parallel()
	e, err := expr.Parse("if(${a} = 1, ${b}, concat(${a}, .))")
	if err != nil || strings.Join(e.Names(), " ") != "a b" || !e.Self() {
		t.Errorf("%v reads %v, itself %v", err, e.Names(), e.Self())
	}
	kinds := map[string]expr.Kind{"1 + ${n}": expr.Number, "${n} > 1": expr.Truth, "concat(1, 2)": expr.Text, "if(1, ${n}, 2)": expr.Number, "if(1, ${n}, 'a')": expr.Text, "coalesce(${n}, 0)": expr.Number, "-1": expr.Number, "not(1)": expr.Truth}
	for source, want := range kinds {
		e, err := expr.Parse(source)
		if err != nil || e.Kind(func(string) expr.Kind { return expr.Number }) != want {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// XLSForm's own examples of constraints are bounds; anything more is not.
func TestConstraintsThatAreBounds(t *testing.T) {
	t.Parallel()
	table := map[string][2]float64{". <= 150": {math.NaN(), 150}, ".>=18": {18, math.NaN()}, ". >= 1 and . <= 30": {1, 30}, "-5 <= . and (. < 7)": {-5, 7}}
	for source, want := range table {
		e, err := expr.Parse(source)
		if err != nil {
			t.Fatal(err)
		}
		b, ok := e.Bounds()
		if !ok || !same(b.Least, want[0]) || !same(b.Most, want[1]) || b.MostOut != strings.Contains(source, "< 7") || b.LeastOut {
			t.Errorf("%s: %+v %v", source, b, ok)
		}
	}
	for _, source := range []string{". >= 1 or . <= 0", ". > ${a}", ". >= 1 and . >= 2", "${a} > 1", ". = 3", "true()", "not(. > 3)"} {
		e, err := expr.Parse(source)
		if err != nil {
			t.Fatal(err)
		}
		if b, ok := e.Bounds(); ok {
			t.Errorf("%s: %+v", source, b)
		}
	}
}

func same(got *float64, want float64) bool {
	return got == nil && math.IsNaN(want) || got != nil && *got == want
}

// What is asked of any two numbers: not(a < b) is b <= a, and together they make what each makes alone.
func TestLawsOfNumbers(t *testing.T) {
	t.Parallel()
	less, add := parse(t, "not(${a} < ${b}) = (${b} <= ${a})"), parse(t, "sum(${a}, ${b}) = ${a} + ${b} and max(${a}, ${b}) >= min(${a}, ${b})")
	rapid.Check(t, func(rt *rapid.T) {
		of := map[string]expr.Value{"a": expr.Numeric(rapid.Float64Range(-1e9, 1e9).Draw(rt, "a")), "b": expr.Numeric(rapid.Float64Range(-1e9, 1e9).Draw(rt, "b"))}
		for _, e := range []*expr.Expr{less, add} {
			if !e.Reckon(func(name string) expr.Value { return of[name] }, expr.Empty).Bool() {
				rt.Fatalf("%s does not hold for %v", e, of)
			}
		}
	})
}

func parse(t testing.TB, source string) *expr.Expr {
	t.Helper()
	e, err := expr.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func FuzzExpressionsNeverPanic(f *testing.F) {
	for _, seed := range []string{"1 + ${a} div 2", "if(selected(${x}, 'a'), round(1.5, 1), -3)", "((((", "${", "'", "concat(", ". >= 1 and . <= 3", "pow(10, 400) mod 0", "selected-at('a b', 1 div 0)", "round(1, 99)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := expr.Parse(source)
		if (e == nil) == (err == nil) {
			t.Fatalf("%q: %v with %v", source, e, err)
		}
		if e == nil {
			return
		}
		v := e.Reckon(func(name string) expr.Value { return told[name] }, expr.Words("3"))
		_, _ = v.Bool(), v.Number()
		if len([]rune(v.String())) > expr.MostResult && len([]rune(source)) < expr.MostResult {
			t.Fatalf("%q gives %d letters", source, len(v.String()))
		}
		e.Bounds()
		e.Kind(func(string) expr.Kind { return expr.Text })
	})
}
