package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"teduh/internal/fault"
	"teduh/internal/i18n"
)

// Field is one question of a form. Label, Hint and Error are in the reader's
// language already. Type is that of the input and empty means text; Required
// only says so, the server checks. Small labels stand in side columns. ID may
// be set where two forms of a page ask the same name.
type Field struct {
	Name         string
	ID           string
	Label        string
	Hint         string
	Value        string
	Error        string
	Required     bool
	Small        bool
	Type         string
	Autocomplete string
	InputMode    string
	MaxLength    int
	Attrs        templ.Attributes
}

// Option is one answer to choose; Hint explains it in a line below.
type Option struct {
	Value string
	Label string
	Hint  string
}

// Options are the codes of a closed set, each in its words.
func Options(ctx context.Context, codes []string, words i18n.Family) []Option {
	list := make([]Option, len(codes))
	for i, code := range codes {
		list[i] = Option{Value: code, Label: words.T(ctx, code)}
	}
	return list
}

// FieldID is the id of the input of a field, which links to it point at.
func FieldID(name string) string {
	return "f-" + strings.NewReplacer(".", "-", "_", "-", "[", "-", "]", "").Replace(name)
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return FieldID(f.Name)
}

// optionID is the field's own id for the first answer, so that the link of an
// error summary leads to it.
func (f Field) optionID(index int) string {
	if index == 0 {
		return f.id()
	}
	return fmt.Sprintf("%s-%d", f.id(), index+1)
}

func (f Field) hintID() string  { return f.id() + "-hint" }
func (f Field) errorID() string { return f.id() + "-error" }

func (f Field) fieldClass() string {
	if f.Error != "" {
		return "field field--bad"
	}
	return "field"
}

func (f Field) labelClass() string {
	if f.Small {
		return "label small"
	}
	return "label"
}

// wiring ties hint and error to the input for readers of screens.
func (f Field) wiring() templ.Attributes {
	attrs := templ.Attributes{}
	described := []string{}
	if f.Hint != "" {
		described = append(described, f.hintID())
	}
	if f.Error != "" {
		described = append(described, f.errorID())
		attrs["aria-invalid"] = "true"
	}
	if len(described) > 0 {
		attrs["aria-describedby"] = strings.Join(described, " ")
	}
	return attrs
}

// inputAttrs are the attributes of a text-like input beside its id, name and
// value.
func (f Field) inputAttrs() templ.Attributes {
	attrs := f.wiring()
	if f.Required {
		attrs["required"] = true
	}
	if f.Autocomplete != "" {
		attrs["autocomplete"] = f.Autocomplete
	}
	if f.InputMode != "" {
		attrs["inputmode"] = f.InputMode
	}
	if f.MaxLength > 0 {
		attrs["maxlength"] = strconv.Itoa(f.MaxLength)
	}
	for name, value := range f.Attrs {
		attrs[name] = value
	}
	return attrs
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// part is one of the three inputs of a DateField.
func (f Field) part(suffix string) Field {
	id := f.id()
	if suffix != "d" {
		id += "-" + suffix
	}
	return Field{Name: f.Name + "_" + suffix, ID: id, Value: datePart(f.Value, suffix)}
}

func datePart(value, suffix string) string {
	parts := strings.SplitN(value, "-", 3)
	index := map[string]int{"y": 0, "m": 1, "d": 2}[suffix]
	if index >= len(parts) {
		return ""
	}
	return strings.TrimLeft(parts[index], "0")
}

// DateValue puts the three inputs of a DateField (name_d, name_m, name_y)
// together again: get reads one posted value (web.Form.Text). The result is
// 2026-11-04, or as near to it as what was typed («2026-13-»), so that a
// refused form can show it again; or empty.
func DateValue(get func(string) string, name string) string {
	year := strings.TrimSpace(get(name + "_y"))
	month := strings.TrimSpace(get(name + "_m"))
	day := strings.TrimSpace(get(name + "_d"))
	if year+month+day == "" {
		return ""
	}
	return year + "-" + twoDigits(month) + "-" + twoDigits(day)
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// FieldError is one line of an error summary. Field is the name of the field,
// or empty when the whole form is meant.
type FieldError struct {
	Field   string
	Message string
}

// FieldErrors are the lines of an error summary.
type FieldErrors []FieldError

// ErrorsOf turns a fault into the lines of an error summary, in the context's
// language. Of nil, and of an error that is no fault, it makes none.
func ErrorsOf(ctx context.Context, err error) FieldErrors {
	problem, ok := fault.As(err)
	if !ok {
		return nil
	}
	wrong := problem.Fields
	if len(wrong) == 0 {
		wrong = []*fault.Error{problem}
	}
	lines := make(FieldErrors, len(wrong))
	for i, f := range wrong {
		lines[i] = FieldError{Field: f.Field, Message: i18n.T(ctx, f.Key, f.Args...)}
	}
	return lines
}

// On is the message of one field, for Field.Error; empty when it is right.
func (e FieldErrors) On(field string) string {
	for _, line := range e {
		if line.Field == field {
			return line.Message
		}
	}
	return ""
}
