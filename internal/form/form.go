// Package form holds definitions of questionnaires and assessments, and what was answered to them.
//
// A definition is read from and stands as a FHIR R4 Questionnaire (https://hl7.org/fhir/R4/questionnaire.html), so that
// offices can exchange forms with any system that speaks it. Texts in other languages come with the translation extension,
// the number an answer counts for with ordinalValue, least and most values with minValue and maxValue. What Parse accepts
// can be shown, filled and stored; everything that can't is told by its place and a code (Problem), never half-taken.
//
// The package is pure: it knows neither the database nor who asks.
package form

import "maps"

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
	Items     []Item

	byID map[string]*Item
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
	Relevant    string // an expression: asked only while it holds, besides When
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
