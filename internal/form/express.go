package form

import (
	"strings"

	"teduh/internal/form/expr"
)

// Condition puts into one expression all that must hold for an item to be asked, besides its group; empty where it always is.
func (d *Definition) Condition(it Item) string {
	var parts []string
	for _, c := range it.When {
		parts = append(parts, d.express(c))
	}
	join := expr.Or
	if it.All {
		join = expr.And
	}
	return expr.And(join(parts...), it.Relevant)
}

// express says a condition in words of an expression that holds for the same answers.
func (d *Definition) express(c Condition) string {
	name, q := "${"+c.Question+"}", d.byID[c.Question]
	switch {
	case c.Operator == "exists" && c.Answer == "true":
		return name + " != ''"
	case c.Operator == "exists":
		return name + " = ''"
	case q.Type == Choice || q.Type == Boolean:
		return d.expressChoice(c, q)
	}
	answer := c.Answer
	if q.Type != Integer && q.Type != Decimal {
		answer = expr.Quote(answer)
	}
	said := name + " " + c.Operator + " " + answer
	if c.Operator == "!=" {
		return expr.And(name+" != ''", said) // what was not answered is not another answer
	}
	return said
}

// expressChoice names the options that meet a condition.
func (d *Definition) expressChoice(c Condition, q *Item) string {
	codes := []string{"true", "false"}
	if q.Type == Choice {
		codes = nil
		for _, o := range q.Options {
			codes = append(codes, o.Code)
		}
	}
	var parts []string
	for _, code := range codes {
		if !d.holds(c, []string{code}) {
			continue
		}
		if q.Repeats {
			parts = append(parts, "selected(${"+q.ID+"}, "+expr.Quote(code)+")")
		} else {
			parts = append(parts, "${"+q.ID+"} = "+expr.Quote(code))
		}
	}
	if len(parts) == 0 {
		return "false()"
	}
	return strings.TrimSpace(expr.Or(parts...))
}
