package xlsform

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"teduh/internal/form"
	"teduh/internal/form/expr"
)

// Write puts a definition into a workbook. Names that XLSForm does not allow are given a leading q_, everywhere alike.
func Write(out io.Writer, d *form.Definition) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	w := &writer{d: d, names: map[string]string{}, taken: map[string]bool{}, languages: languagesOf(d), lists: map[string]string{}}
	w.name(d.Items)
	w.survey = [][]any{w.header([]string{"type", "name", "label", "hint", "required", "relevant", "constraint", "calculation", "readonly", "appearance", "stage", "problem_area", "prefix"})}
	w.choices = [][]any{w.header([]string{"list_name", "name", "label", "value", "system"})}
	w.items(d.Items, "")
	settings := [][]any{w.header([]string{"form_title", "form_id", "version", "default_language", "copyright"}),
		append(w.words(d.Title), d.URL, d.Version, called(d.Language), d.Copyright)}
	for i, s := range []struct {
		name  string
		lines [][]any
	}{{"survey", w.survey}, {"choices", w.choices}, {"settings", settings}} {
		if err := put(book, i, s.name, s.lines); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(out)
	return err
}

// put fills a sheet. Every cell is a text: what a spreadsheet takes for a number or a formula would not come back as it was.
func put(book *excelize.File, at int, name string, lines [][]any) error {
	if at == 0 {
		if err := book.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := book.NewSheet(name); err != nil {
		return err
	}
	for i, cells := range lines {
		place, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = book.SetSheetRow(name, place, &cells)
		}
		if err != nil {
			return err
		}
	}
	return book.SetColWidth(name, "A", "F", 24)
}

type writer struct {
	d               *form.Definition
	names           map[string]string // of items, as the workbook has them
	taken           map[string]bool
	languages       []string
	lists           map[string]string // names of lists by what stands in them
	survey, choices [][]any
}

// languagesOf a definition: its own first.
func languagesOf(d *form.Definition) []string {
	found := d.Languages()
	maps.Copy(found, map[string]bool{"id": true, "en": true})
	delete(found, d.Language)
	return append([]string{d.Language}, slices.Sorted(maps.Keys(found))...)
}

// called is a language as XLSForm names it.
func called(code string) string {
	switch code {
	case "id":
		return "Bahasa Indonesia (id)"
	case "en":
		return "English (en)"
	}
	return code + " (" + code + ")"
}

// header has a column a language for what is said in words.
func (w *writer) header(columns []string) (cells []any) {
	for _, c := range columns {
		if c != "label" && c != "hint" && c != "form_title" {
			cells = append(cells, c)
			continue
		}
		for _, l := range w.languages {
			cells = append(cells, c+"::"+called(l))
		}
	}
	return cells
}

func (w *writer) words(text form.Words) (cells []any) {
	for _, l := range w.languages {
		cells = append(cells, text[l])
	}
	return cells
}

// name gives every item one that XLSForm allows, and no two the same.
func (w *writer) name(items []form.Item) {
	each(items, func(it *form.Item) {
		if names.MatchString(it.ID) {
			w.names[it.ID], w.taken[it.ID] = it.ID, true
		}
	})
	each(items, func(it *form.Item) {
		if w.names[it.ID] != "" {
			return
		}
		name := "q_" + strings.Map(allowed, it.ID)
		for w.taken[name] {
			name += "_"
		}
		w.names[it.ID], w.taken[name] = name, true
	})
}

func allowed(r rune) rune {
	if names.MatchString("_" + string(r)) {
		return r
	}
	return '_'
}

// items writes rows. Above is what must hold for the question they stand under: XLSForm knows no questions under questions,
// so they follow it.
func (w *writer) items(items []form.Item, above string) {
	for _, it := range items {
		relevant := expr.And(above, w.expression(w.d.Condition(it)))
		w.row(it, relevant)
		if it.Type == form.Group {
			w.items(it.Items, "")
			w.survey = append(w.survey, []any{"end group"})
		} else {
			w.items(it.Items, relevant)
		}
	}
}

func (w *writer) row(it form.Item, relevant string) {
	cells := []any{w.kind(it), w.names[it.ID]}
	cells = append(append(cells, w.words(it.Text)...), w.words(it.Help)...)
	cells = append(cells, when(it.Required, "yes"), relevant, constraint(it), w.expression(it.Calculation), when(it.Calculated(), "yes"),
		when(it.Type == form.Text, "multiline"), it.Stage, when(it.Area, "yes"), it.Prefix)
	w.survey = append(w.survey, cells)
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

// expression renames the questions in it.
func (w *writer) expression(source string) string {
	e, err := expr.Parse(source)
	if err != nil {
		return "" // there is none; what a definition holds was read before
	}
	return e.Renamed(func(name string) string { return w.names[name] })
}

// kind is the type of a row. What is calculated keeps its own type, so that it comes back with it.
func (w *writer) kind(it form.Item) string {
	switch it.Type {
	case form.Group:
		return "begin group"
	case form.Display:
		return "note"
	case form.Boolean:
		return "select_one " + w.list(it, yesOrNo)
	case form.Choice:
		if it.Repeats {
			return "select_multiple " + w.list(it, it.Options)
		}
		return "select_one " + w.list(it, it.Options)
	case form.String, form.Text:
		return "text"
	}
	return string(it.Type)
}

var yesOrNo = []form.Option{{Code: "true", Text: form.Words{"id": "Ya", "en": "Yes"}}, {Code: "false", Text: form.Words{"id": "Tidak", "en": "No"}}}

// list writes the options once, however many questions have them.
func (w *writer) list(it form.Item, options []form.Option) string {
	var rows [][]any
	for _, o := range options {
		value := ""
		if o.Value != nil {
			value = strconv.FormatFloat(*o.Value, 'f', -1, 64)
		}
		rows = append(rows, append(append([]any{o.Code}, w.words(o.Text)...), value, o.System))
	}
	key := fmt.Sprint(rows)
	if name, ok := w.lists[key]; ok {
		return name
	}
	name := "list_" + w.names[it.ID]
	w.lists[key] = name
	for _, cells := range rows {
		w.choices = append(w.choices, append([]any{name}, cells...))
	}
	return name
}

func constraint(it form.Item) string {
	least, most := "", ""
	if it.Least != nil {
		least = ". >= " + strconv.FormatFloat(*it.Least, 'f', -1, 64)
	}
	if it.Most != nil {
		most = ". <= " + strconv.FormatFloat(*it.Most, 'f', -1, 64)
	}
	return expr.And(least, most)
}
