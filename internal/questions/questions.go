// Package questions shows the questions of a form, reads what was answered to them, and says answers in words. Instruments and
// assessments are asked by it alike; it knows neither of them.
//
// A question with linkId «mood» is the field «q-mood» (a day comes in three). Errors are told at these fields.
package questions

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// Sheet is a form as it is asked: its words are in the language of the one who answers, not the reader's.
type Sheet struct {
	Form     *form.Definition
	Language string
	Values   web.Form        // what stands in the fields
	Err      error           // why it was refused
	Asked    map[string]bool // the items that are asked; nil is all of them
	Reckoned form.Answers    // of calculated items
}

// Name is the field of a question.
func Name(id string) string { return "q-" + id }

// hides tells whether an item waits for another answer.
func (s Sheet) hides(it form.Item) bool { return s.Asked != nil && !s.Asked[it.ID] }

// Field is a question as a field.
func (s Sheet) Field(ctx context.Context, it form.Item) ui.Field {
	label := strings.TrimSpace(it.Prefix + " " + it.Text.In(s.Language))
	f := ui.Field{Name: Name(it.ID), Label: label, Hint: it.Help.In(s.Language), Value: s.value(it), Error: ui.ErrorsOf(ctx, s.Err).On(Name(it.ID))}
	switch it.Type {
	case form.Integer:
		f.InputMode = "numeric"
	case form.Decimal:
		f.InputMode = "decimal"
	}
	return f
}

func (s Sheet) value(it form.Item) string {
	switch {
	case s.Values.Values == nil:
		return ""
	case it.Type == form.Date:
		return ui.DateValue(s.Values.Get, Name(it.ID))
	}
	return s.Values.Get(Name(it.ID))
}

// chosen are the options that are ticked.
func (s Sheet) chosen(it form.Item) []string { return s.Values.Values[Name(it.ID)] }

// options are the answers to choose from. Where one was chosen, another takes it back.
func (s Sheet) options(ctx context.Context, it form.Item) (list []ui.Option) {
	if it.Type == form.Boolean {
		list = []ui.Option{{Value: "true", Label: boolWords.T(ctx, "true")}, {Value: "false", Label: boolWords.T(ctx, "false")}}
	}
	for _, o := range it.Options {
		list = append(list, ui.Option{Value: o.Code, Label: o.Text.In(s.Language)})
	}
	if !it.Repeats && !it.Required && s.value(it) != "" {
		list = append(list, ui.Option{Label: i18n.T(ctx, "form.take_back")})
	}
	return list
}

// mostShort is how many letters an answer has that still stands in a row of chips.
const mostShort = 32

func short(options []ui.Option) bool {
	return !slices.ContainsFunc(options, func(o ui.Option) bool { return utf8.RuneCountInString(o.Label) > mostShort })
}

// ValuesOf puts answers into the fields of a form.
func ValuesOf(d *form.Definition, a form.Answers) url.Values {
	f := url.Values{}
	for _, it := range d.Questions() {
		values, name := a[it.ID], Name(it.ID)
		switch {
		case len(values) == 0:
		case it.Type == form.Date:
			if parts := strings.Split(values[0], "-"); len(parts) == 3 {
				f.Set(name+"_y", parts[0])
				f.Set(name+"_m", parts[1])
				f.Set(name+"_d", parts[2])
			}
		default:
			f[name] = values
		}
	}
	return f
}

// Fields are the names of a question's fields.
func Fields(it form.Item) []string {
	name := Name(it.ID)
	if it.Type == form.Date {
		return []string{name + "_d", name + "_m", name + "_y"}
	}
	return []string{name}
}

// Read takes the answers out of a form that was posted, of the questions that stood in it; one that was left empty has no
// values. What no field of the definition explains is answered too, by its own name, so that it can be told as unknown.
func Read(d *form.Definition, f web.Form) form.Answers {
	answers, explained := form.Answers{}, map[string]bool{}
	for _, it := range d.Questions() {
		stood := false
		for _, name := range Fields(it) {
			stood = stood || f.Has(name)
			explained[name] = true
		}
		if stood {
			answers[it.ID] = read(it, f)
		}
	}
	for name, values := range f.Values {
		if id, ok := strings.CutPrefix(name, "q-"); ok && !explained[name] {
			answers[id] = values
		}
	}
	return answers
}

func read(it form.Item, f web.Form) (values []string) {
	if it.Type == form.Date {
		if ui.DateValue(f.Get, Name(it.ID)) == "" {
			return nil
		}
		day, ok := f.Day(Name(it.ID))
		if !ok {
			return []string{ui.DateValue(f.Get, Name(it.ID))}
		}
		return []string{string(day)}
	}
	values = Trimmed(f.Values[Name(it.ID)])
	if it.Type == form.Integer || it.Type == form.Decimal {
		for i, v := range values {
			values[i] = number(v)
		}
	}
	return values
}

// Trimmed are the values that say something, each once, without what stands around them.
func Trimmed(given []string) (values []string) {
	for _, v := range given {
		v = strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n"))
		if v != "" && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

// number reads «1.234,5» and «1234.5» alike: with a comma, points only part the thousands.
func number(v string) string {
	if strings.Contains(v, ",") {
		v = strings.ReplaceAll(strings.ReplaceAll(v, ".", ""), ",", ".")
	}
	return strings.ReplaceAll(v, " ", "")
}

// Told is an answer in words, empty where there is none.
func Told(ctx context.Context, it form.Item, values []string, language string) string {
	var words []string
	for _, v := range values {
		switch o, ok := it.Option(v); {
		case it.Type == form.Choice && ok:
			v = o.Text.In(language)
		case it.Type == form.Boolean:
			v = boolWords.T(ctx, v)
		case it.Type == form.Date:
			v = i18n.Day(ctx, db.Date(v))
		case it.Type == form.Decimal && i18n.Lang(ctx) == "id":
			v = strings.Replace(v, ".", ",", 1)
		}
		words = append(words, v)
	}
	return strings.Join(words, "; ")
}

// Tell adds what is wrong with answers, each at its field.
func Tell(c *fault.Checks, list []form.Wrong) {
	for _, w := range list {
		c.Add(fault.Field(Name(w.Item), w.Code, string(wrongWords)+w.Code))
	}
}

var (
	boolWords  = i18n.Family("form.bool.")
	wrongWords = i18n.Family("form.wrong.")
)
