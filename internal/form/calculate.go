package form

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"teduh/internal/form/expr"
)

// checkExpressions reads an item's expressions and looks at the names in them.
func (d *Definition) checkExpressions(it *Item, tell telling) {
	for _, x := range []struct {
		source string
		into   map[string]*expr.Expr
	}{{it.Relevant, d.relevance}, {it.Calculation, d.calculation}} {
		if x.source == "" {
			continue
		}
		if e := d.readExpression(it.ID, x.source, tell); e != nil {
			x.into[it.ID] = e
		}
	}
}

func (d *Definition) readExpression(id, source string, tell telling) *expr.Expr {
	e, err := expr.Parse(source)
	var wrong *expr.Error
	if errors.As(err, &wrong) {
		tell(Problem{Code: "expression_" + wrong.Code, Item: id, Word: wrong.Word, At: wrong.At})
		return nil
	}
	if e.Self() {
		tell.about("expression_self", id, "")
	}
	for _, name := range e.Names() {
		if asked, ok := d.byID[name]; !ok {
			tell.about("unknown_question", id, name)
		} else if !asked.Type.asks() {
			tell.about("no_question", id, name)
		}
	}
	return e
}

// Reckon gives the answers with those that are calculated: each by its expression, after those it is reckoned from. What
// gives no number, or is not asked for, has no entry.
func (d *Definition) Reckon(a Answers) Answers {
	r := d.reckoning(a)
	out := Answers{}
	d.walk(func(it *Item, _ int) {
		values := a[it.ID]
		if it.Calculated() {
			values = r.values(it.ID)
		}
		if it.Type.asks() && len(values) > 0 {
			out[it.ID] = values
		}
	})
	return out
}

// reckoning settles, each once, what is asked and what is calculated. A definition without cycles ends it.
type reckoning struct {
	d          *Definition
	answers    Answers
	settled    map[string]bool
	asked      map[string]bool
	calculated map[string][]string
}

func (d *Definition) reckoning(a Answers) *reckoning {
	return &reckoning{d: d, answers: a, settled: map[string]bool{}, asked: map[string]bool{}, calculated: map[string][]string{}}
}

// is tells whether an item is asked.
func (r *reckoning) is(id string) bool {
	if r.settled[id] {
		return r.asked[id]
	}
	it := r.d.byID[id]
	up, nested := r.d.parent[id]
	r.asked[id] = (!nested || r.is(up)) && it.enabled(func(c Condition) bool { return r.d.holds(c, r.values(c.Question)) }) && r.relevant(id)
	r.settled[id] = true
	return r.asked[id]
}

func (r *reckoning) relevant(id string) bool {
	e, ok := r.d.relevance[id]
	return !ok || e.Reckon(r.value, expr.Empty).Bool()
}

// values are the answers to a question, reckoned where they are; none where it is not asked.
func (r *reckoning) values(id string) []string {
	if !r.is(id) {
		return nil
	}
	e, ok := r.d.calculation[id]
	if !ok {
		return r.answers[id]
	}
	values, done := r.calculated[id]
	if !done {
		values = r.d.byID[id].answer(e.Reckon(r.value, expr.Empty))
		r.calculated[id] = values
	}
	return values
}

// value is what an expression reads of a question.
func (r *reckoning) value(id string) expr.Value {
	values := r.values(id)
	if len(values) == 0 {
		return expr.Empty
	}
	it := r.d.byID[id]
	switch it.Type {
	case Boolean:
		return expr.True(values[0] == "true")
	case Integer, Decimal:
		if n, ok := decimal(values[0]); ok {
			return expr.Numeric(n)
		}
	case Choice:
		if n, ok := it.Number(values[0]); ok && len(values) == 1 {
			return expr.Worth(values[0], n)
		}
	}
	return expr.Words(strings.Join(values, " "))
}

// answer puts a value into the words of an item's answer, or none where it is no answer to it.
func (it *Item) answer(v expr.Value) []string {
	text := v.String()
	switch n := v.Number(); it.Type {
	case Boolean:
		text = strconv.FormatBool(v.Bool())
	case Integer:
		text = strconv.FormatFloat(math.Floor(n+0.5), 'f', -1, 64)
	case Decimal:
		text = places(n)
	case String, Text:
		if v.Kind() == expr.Number {
			text = places(n)
		}
	}
	if text == "NaN" || !it.takes(text) || utf8.RuneCountInString(text) > MostAnswer {
		return nil
	}
	return []string{text}
}

// exact is up to where nine places of a number can be told apart.
const exact = 1e6

// places writes a number with nine places at most, so that 0.1 + 0.2 is 0.3.
func places(n float64) string {
	if math.Abs(n) < exact {
		n = math.Floor(n*1e9+0.5) / 1e9
	}
	if n == 0 {
		n = 0
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
