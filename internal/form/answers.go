package form

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Answers are what was answered, by linkId: «true» or «false», a whole or decimal number with a point, a day as 2026-11-24,
// text, or codes of options. A question without an answer has no entry.
type Answers map[string][]string

// First is the only or first answer, or empty.
func (a Answers) First(id string) string {
	if len(a[id]) == 0 {
		return ""
	}
	return a[id][0]
}

// Wrong is an answer that can't stand: «required», «kind», «range», «option», «long», «unknown», with its item.
type Wrong struct{ Item, Code string }

// MostAnswer is how many letters an answer in words may have.
const MostAnswer = 20000

// Clean keeps what answers a question that is asked, trimmed; what answers nothing, or what is calculated, falls away.
func (d *Definition) Clean(a Answers) Answers {
	kept := Answers{}
	for _, it := range d.Questions() {
		if it.Calculated() {
			continue
		}
		for _, v := range a[it.ID] {
			if v = strings.TrimSpace(v); v != "" && !slices.Contains(kept[it.ID], v) {
				kept[it.ID] = append(kept[it.ID], v)
			}
		}
	}
	asked := d.Asked(kept)
	for id := range kept {
		if !asked[id] {
			delete(kept, id)
		}
	}
	return kept
}

// Check tells what is wrong with answers in the order of the questions. Whole asks for the required ones too. What is
// calculated is nobody's to answer, and passed over.
func (d *Definition) Check(a Answers, whole bool) (list []Wrong) {
	asked, known := d.Asked(a), map[string]bool{}
	for _, it := range d.Questions() {
		known[it.ID] = true
		if it.Calculated() {
			continue
		}
		code := it.wrong(a[it.ID])
		if whole && it.Required && asked[it.ID] && len(a[it.ID]) == 0 {
			code = "required"
		}
		if code != "" {
			list = append(list, Wrong{it.ID, code})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(a)) {
		if !known[id] {
			list = append(list, Wrong{id, "unknown"})
		}
	}
	return list
}

// wrong is the code of what is wrong with the answers to one question, or empty.
func (it Item) wrong(values []string) string {
	if len(values) > 1 && !it.Repeats {
		return "kind"
	}
	for _, v := range values {
		switch {
		case it.Type == Choice && !it.takes(v):
			return "option"
		case utf8.RuneCountInString(v) > MostAnswer:
			return "long"
		case !it.takes(v):
			return "kind"
		}
		if n, ok := decimal(v); ok && (it.Type == Integer || it.Type == Decimal) && !it.within(n) {
			return "range"
		}
	}
	return ""
}

func (it Item) within(n float64) bool {
	return (it.Least == nil || n >= *it.Least) && (it.Most == nil || n <= *it.Most)
}

// Asked are the items that are asked, given the answers so far: those whose conditions and relevance hold and whose groups
// are asked. An item that is calculated is among them where its result is to be shown.
func (d *Definition) Asked(a Answers) map[string]bool {
	r := d.reckoning(a)
	d.walk(func(it *Item, _ int) { r.is(it.ID) })
	return r.asked
}

func (it *Item) enabled(holds func(Condition) bool) bool {
	switch {
	case len(it.When) == 0:
		return true
	case it.All:
		return !slices.ContainsFunc(it.When, func(c Condition) bool { return !holds(c) })
	}
	return slices.ContainsFunc(it.When, holds)
}

// holds tells whether an answered question meets a condition; one answer of several is enough.
func (d *Definition) holds(c Condition, values []string) bool {
	if c.Operator == "exists" {
		return (len(values) > 0) == (c.Answer == "true")
	}
	it := d.byID[c.Question]
	return slices.ContainsFunc(values, func(v string) bool {
		if it.Type == Choice && (c.Operator == "=" || c.Operator == "!=") {
			return (v == c.Answer) == (c.Operator == "=")
		}
		return meets(c.Operator, it.compare(v, c.Answer))
	})
}

func meets(operator string, order int) bool {
	switch operator {
	case "=":
		return order == 0
	case "!=":
		return order != 0
	case ">":
		return order > 0
	case "<":
		return order < 0
	case ">=":
		return order >= 0
	}
	return order <= 0
}

// compare orders two answers: numbers and what options count for by size, days and texts by their letters.
func (it *Item) compare(a, b string) int {
	x, okx := it.Number(a)
	y, oky := it.Number(b)
	if okx && oky && it.Type != Date {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

// Number is what an answer counts for, where it counts.
func (it *Item) Number(answer string) (float64, bool) {
	switch it.Type {
	case Integer, Decimal:
		return decimal(answer)
	case Boolean:
		if answer == "true" {
			return 1, true
		}
		return 0, answer == "false"
	case Choice:
		if o, ok := it.Option(answer); ok && o.Value != nil {
			return *o.Value, true
		}
	}
	return 0, false
}

func decimal(s string) (float64, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}
