package form_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form"
)

// A condition in an expression's words holds for the same answers as the condition it is of.
func TestConditionsAndTheirExpressionsHoldAlike(t *testing.T) {
	t.Parallel()
	questions := []form.Item{
		{ID: "yes", Type: form.Boolean}, {ID: "whole", Type: form.Integer}, {ID: "part", Type: form.Decimal}, {ID: "day", Type: form.Date},
		{ID: "one", Type: form.Choice, Options: weights("A", "B", "C")}, {ID: "several", Type: form.Choice, Repeats: true, Options: weights("A", "B", "C")}, {ID: "line", Type: form.String},
	}
	answers := map[string][]string{"yes": {"true", "false"}, "whole": {"0", "2", "-3"}, "part": {"0", "1.5"}, "day": {"2026-01-01", "2026-02-01"},
		"one": {"a", "b", "c"}, "several": {"a", "b", "c"}, "line": {"ya", "O'Neil", `dia "Ani" d'Arc`}}
	rapid.Check(t, func(rt *rapid.T) {
		it := form.Item{ID: "it", Type: form.String, All: rapid.Bool().Draw(rt, "all")}
		for range rapid.IntRange(1, 3).Draw(rt, "conditions") {
			q := rapid.SampledFrom(questions).Draw(rt, "question")
			operators := []string{"exists", "=", "!=", ">", "<", ">=", "<="}
			if q.Type == form.String {
				operators = operators[:3]
			}
			c := form.Condition{Question: q.ID, Operator: rapid.SampledFrom(operators).Draw(rt, "operator"), Answer: rapid.SampledFrom(answers[q.ID]).Draw(rt, "answer")}
			if c.Operator == "exists" {
				c.Answer = rapid.SampledFrom(answers["yes"]).Draw(rt, "exists")
			}
			it.When = append(it.When, c)
		}
		d := build(t, append(questions, it)...)
		said := form.Item{ID: "it", Type: form.String, Relevant: d.Condition(it)}
		e := build(t, append(questions, said)...)
		given := form.Answers{}
		for _, q := range questions {
			if n := rapid.IntRange(0, 2).Draw(rt, "answers to "+q.ID); n > 0 {
				given[q.ID] = rapid.SliceOfNDistinct(rapid.SampledFrom(answers[q.ID]), 1, map[bool]int{true: 2, false: 1}[q.Repeats], strings.Clone).Draw(rt, q.ID)
			}
		}
		if d.Asked(given)["it"] != e.Asked(given)["it"] {
			rt.Fatalf("%+v is said as %q, which differs for %v", it.When, said.Relevant, given)
		}
	})
}
