// Package form holds definitions of questionnaires and assessments, and what was answered to them.
//
// A definition is read from and stands as a FHIR R4 Questionnaire (https://hl7.org/fhir/R4/questionnaire.html), so that
// offices can exchange forms with any system that speaks it. Texts in other languages come with the translation extension,
// the number an answer counts for with ordinalValue, least and most values with minValue and maxValue. What Parse accepts
// can be shown, filled and stored; everything that can't is told by its place and a code (Problem), never half-taken.
//
// The package is pure: it knows neither the database nor who asks.
package form

import (
	"maps"
	"slices"
	"strings"

	"teduh/internal/form/expr"
)

// Limits keep any definition small enough to be shown and filled.
const (
	MostItems   = 500
	MostOptions = 100
	MostDepth   = 6
	MostText    = 4000 // letters of one text
	MostBytes   = 1 << 20
)

// Type of an item; the closed set of FHIR that a page can show.
type Type string

// The types.
const (
	Group   Type = "group"
	Display Type = "display"
	Boolean Type = "boolean"
	Integer Type = "integer"
	Decimal Type = "decimal"
	Date    Type = "date"
	String  Type = "string"
	Text    Type = "text"
	Choice  Type = "choice"
)

var types = map[Type]bool{Group: true, Display: true, Boolean: true, Integer: true, Decimal: true, Date: true, String: true, Text: true, Choice: true}

// asks tells whether an item of this type takes an answer.
func (t Type) asks() bool { return t != Group && t != Display }

// Calculated tells whether the item's answer is reckoned and never asked.
func (it Item) Calculated() bool { return it.Calculation != "" }

// Words are one text in the languages it is there in, by their code («id», «en»).
type Words map[string]string

// In is the text in a language, or else in the definition's own, or else in any.
func (w Words) In(language string) string {
	for _, l := range []string{language, "id", "en"} {
		if text := w[l]; text != "" {
			return text
		}
	}
	for _, text := range w {
		return text
	}
	return ""
}

// Definition is a questionnaire in one version.
type Definition struct {
	URL       string
	Version   string
	Name      string
	Language  string // of the plain texts
	Title     Words
	Copyright string
	Status    string // «draft», «active», «retired», or empty where it is not known; FHIR's word for it
	Items     []Item

	byID        map[string]*Item
	parent      map[string]string // the group or question an item stands in
	relevance   map[string]*expr.Expr
	calculation map[string]*expr.Expr
}

// Item is a question, a group of them, or a text to read.
type Item struct {
	ID       string // linkId
	Prefix   string // «1.»
	Type     Type
	Text     Words
	Required bool
	Repeats  bool // of a choice: several answers
	Options  []Option
	Least    *float64
	Most     *float64
	When     []Condition
	All      bool // all conditions must hold, not one of them
	Items    []Item

	Help        Words  // what to think of when answering; shown beside the question
	Stage       string // code of the stage of a case that can't be left before this is answered; empty: none
	Area        bool   // a choice that tells by the values of its options how heavy a problem weighs, 0 for none
	Relevant    string // an expression (package expr): asked only while it holds, besides When
	Calculation string // an expression: reckoned from other answers, never asked
}

// Option is one possible answer of a choice.
type Option struct {
	System string // of the code
	Code   string
	Text   Words
	Value  *float64 // what it counts for
}

// Condition lets an item be asked only when another was answered so.
type Condition struct {
	Question string
	Operator string // exists, =, !=, >, <, >=, <=
	Answer   string // as Answers hold it
}

// Build makes a definition of what was put together in code, as Parse does of a file. It shares nothing with what it was given.
func Build(d Definition) (*Definition, []Problem) {
	if d.Language == "" {
		d.Language = "id"
	}
	d.Title = tidy(d.Title)
	d.Items = cloned(d.Items)
	d.walk(func(it *Item, _ int) {
		it.Text, it.Help = tidy(it.Text), tidy(it.Help)
		for i := range it.Options {
			it.Options[i].Text = tidy(it.Options[i].Text)
		}
	})
	if problems := d.measure(); len(problems) > 0 {
		return nil, problems
	}
	if problems := d.check(); len(problems) > 0 {
		return nil, problems
	}
	return &d, nil
}

// tidy takes off what stands around words, and languages that say nothing.
func tidy(w Words) Words {
	out := Words{}
	for language, text := range w {
		if text = strings.TrimSpace(text); text != "" {
			out[language] = text
		}
	}
	return out
}

// Plain is the definition to change and build anew; it shares nothing with the one it is of.
func (d *Definition) Plain() Definition {
	return Definition{URL: d.URL, Version: d.Version, Name: d.Name, Language: d.Language, Title: maps.Clone(d.Title), Copyright: d.Copyright,
		Status: d.Status, Items: cloned(d.Items)}
}

func cloned(items []Item) []Item {
	items = slices.Clone(items)
	for i := range items {
		it := &items[i]
		it.Text, it.Help = maps.Clone(it.Text), maps.Clone(it.Help)
		it.Options, it.When, it.Items = slices.Clone(it.Options), slices.Clone(it.When), cloned(it.Items)
		for k := range it.Options {
			it.Options[k].Text = maps.Clone(it.Options[k].Text)
		}
	}
	return items
}

// Item finds an item anywhere in the definition.
func (d *Definition) Item(id string) (Item, bool) {
	it, ok := d.byID[id]
	if !ok {
		return Item{}, false
	}
	return *it, true
}

// Questions are the items that take an answer, in the order they are asked.
func (d *Definition) Questions() (list []Item) {
	d.walk(func(it *Item, _ int) {
		if it.Type.asks() {
			list = append(list, *it)
		}
	})
	return list
}

// Worded tells whether every question has its words: a definition without them has only the structure of a questionnaire
// whose text its owner gives out.
func (d *Definition) Worded() bool {
	for _, it := range d.Questions() {
		if it.Text.In("id") == "" {
			return false
		}
	}
	return true
}

// Languages are those that some text of the definition is there in.
func (d *Definition) Languages() map[string]bool {
	found := map[string]bool{}
	note := func(w Words) {
		for l := range maps.Keys(w) {
			found[l] = true
		}
	}
	d.walk(func(it *Item, _ int) { note(it.Text) })
	return found
}

// walk visits every item with its depth, parents first.
func (d *Definition) walk(visit func(it *Item, depth int)) {
	var into func(items []Item, depth int)
	into = func(items []Item, depth int) {
		for i := range items {
			visit(&items[i], depth)
			into(items[i].Items, depth+1)
		}
	}
	into(d.Items, 1)
}

// Option finds an option by its code.
func (it Item) Option(code string) (Option, bool) {
	for _, o := range it.Options {
		if o.Code == code {
			return o, true
		}
	}
	return Option{}, false
}
