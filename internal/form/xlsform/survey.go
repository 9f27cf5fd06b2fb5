package xlsform

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"

	"teduh/internal/form"
	"teduh/internal/form/expr"
)

// plainTypes are those that are one of ours as they stand.
var plainTypes = map[string]form.Type{"text": form.String, "string": form.String, "integer": form.Integer, "int": form.Integer, "decimal": form.Decimal,
	"date": form.Date, "note": form.Display, "acknowledge": form.Boolean, "trigger": form.Boolean, "calculate": form.String}

// noted are what a device writes down by itself and nobody is asked.
var noted = []string{"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}

// names are what XLSForm lets a question be called.
var names = regexp.MustCompile(`^[\pL_][\pL\pN._-]*$`)

// pile holds the groups that are open, the outermost first.
type pile struct {
	items []*form.Item
	top   []form.Item
}

func (p *pile) put(it form.Item) *form.Item {
	into := &p.top
	if len(p.items) > 0 {
		into = &p.items[len(p.items)-1].Items
	}
	*into = append(*into, it)
	return &(*into)[len(*into)-1]
}

func (r *reader) survey(s *sheet) []form.Item {
	for _, must := range []string{"type", "name"} {
		if _, ok := s.columns[must]; !ok {
			r.tell(form.Problem{Code: "sheet_column_missing", Word: must})
			return nil
		}
	}
	p := &pile{}
	for _, l := range s.lines {
		r.row(s, l, p)
	}
	for _, open := range p.items {
		r.tell(form.Problem{Code: "sheet_open", Item: open.ID, Row: r.rows[open.ID]})
	}
	r.settleKinds(p.top)
	return p.top
}

func (r *reader) row(s *sheet, l line, p *pile) {
	kind := strings.Fields(strings.ReplaceAll(strings.ToLower(s.of(l, "type")), "_", " "))
	if len(kind) == 0 || len(kind) == 1 && slices.Contains(noted, kind[0]) {
		return
	}
	if kind[0] == "begin" || kind[0] == "end" {
		r.group(s, l, p, strings.Join(kind, " "))
		return
	}
	it := r.item(s, l)
	r.typed(&it, s, l)
	p.put(it)
}

func (r *reader) group(s *sheet, l line, p *pile, kind string) {
	switch kind {
	case "begin group":
		it := r.item(s, l)
		it.Type = form.Group
		p.items = append(p.items, p.put(it))
	case "end group":
		if len(p.items) == 0 {
			r.tell(form.Problem{Code: "sheet_end", Row: l.row})
			return
		}
		p.items = p.items[:len(p.items)-1]
	case "begin repeat", "end repeat":
		r.tell(form.Problem{Code: "sheet_repeat", Row: l.row})
	default:
		r.tell(form.Problem{Code: "sheet_type", Row: l.row, Word: kind})
	}
}

// item reads what every row has.
func (r *reader) item(s *sheet, l line) form.Item {
	it := form.Item{ID: s.of(l, "name"), Text: s.in(l, "label"), Help: s.in(l, "hint"), Prefix: s.of(l, "prefix"), Stage: s.of(l, "stage"),
		Relevant: s.of(l, "relevant"), Calculation: s.of(l, "calculation"), Area: yes(s.of(l, "problem_area"))}
	if !names.MatchString(it.ID) {
		r.tell(form.Problem{Code: "sheet_name", Row: l.row, Word: it.ID})
	}
	if r.rows[it.ID] == 0 {
		r.rows[it.ID] = l.row
	}
	for _, w := range []form.Words{it.Text, it.Help} {
		for _, text := range w {
			if strings.Contains(text, "${") {
				r.tell(form.Problem{Code: "sheet_variable", Item: it.ID, Row: l.row})
			}
		}
	}
	switch required := strings.ToLower(s.of(l, "required")); {
	case yes(required):
		it.Required = true
	case required != "" && required != "no" && required != "false" && required != "false()" && required != "0":
		r.tell(form.Problem{Code: "sheet_required", Item: it.ID, Row: l.row, Word: required})
	}
	for _, column := range []string{"choice_filter", "repeat_count"} {
		if s.of(l, column) != "" {
			r.tell(form.Problem{Code: "sheet_column", Item: it.ID, Row: l.row, Word: column})
		}
	}
	return it
}

func yes(cell string) bool {
	switch strings.ToLower(cell) {
	case "yes", "true", "true()", "1":
		return true
	}
	return false
}

// typed gives the row its type, its options and its bounds.
func (r *reader) typed(it *form.Item, s *sheet, l line) {
	kind := strings.Fields(s.of(l, "type"))
	base := strings.ToLower(kind[0])
	switch {
	case base == "select" && len(kind) > 1:
		base, kind = base+"_"+strings.ToLower(kind[1]), kind[1:]
	case len(kind) == 1 && plainTypes[base] != "":
		it.Type = plainTypes[base]
	}
	switch {
	case base == "select_one" || base == "select_multiple":
		r.choice(it, kind[1:], l.row)
		it.Repeats = base == "select_multiple" && it.Type == form.Choice
	case it.Type == "":
		r.tell(form.Problem{Code: "sheet_type", Item: it.ID, Row: l.row, Word: strings.Join(kind, " ")})
		it.Type = form.String
	}
	if it.Type == form.String && base != "calculate" && strings.Contains(strings.ToLower(s.of(l, "appearance")), "multiline") {
		it.Type = form.Text
	}
	if base == "calculate" {
		it.Type = undecided
	}
	if len(it.Text) == 0 && !it.Calculated() && base != "calculate" {
		r.tell(form.Problem{Code: "sheet_no_label", Item: it.ID, Row: l.row})
	}
	if base == "calculate" && it.Calculation == "" {
		r.tell(form.Problem{Code: "expression_empty", Item: it.ID, Row: l.row})
	}
	r.bounds(it, s.of(l, "constraint"), l.row)
}

func (r *reader) choice(it *form.Item, rest []string, row int) {
	it.Type = form.Choice
	if len(rest) == 0 || r.lists[rest[0]] == nil {
		r.tell(form.Problem{Code: "sheet_list", Item: it.ID, Row: row, Word: strings.Join(rest, " ")})
		return
	}
	if len(rest) > 1 {
		r.tell(form.Problem{Code: "sheet_type", Item: it.ID, Row: row, Word: strings.Join(rest[1:], " ")})
	}
	list := r.lists[rest[0]]
	if list.yesNo() {
		it.Type = form.Boolean
		return
	}
	it.Options = slices.Clone(list.options)
}

// bounds reads a constraint that says no more than how little or how much a number may be.
func (r *reader) bounds(it *form.Item, constraint string, row int) {
	if constraint == "" {
		return
	}
	e, err := expr.Parse(constraint)
	var wrong *expr.Error
	if errors.As(err, &wrong) {
		r.tell(form.Problem{Code: "expression_" + wrong.Code, Item: it.ID, Row: row, Word: wrong.Word, At: wrong.At})
		return
	}
	b, ok := e.Bounds()
	whole := it.Type == form.Integer
	if !ok || !whole && it.Type != form.Decimal || !whole && (b.LeastOut || b.MostOut) {
		r.tell(form.Problem{Code: "sheet_constraint", Item: it.ID, Row: row, Word: constraint})
		return
	}
	if b.LeastOut {
		*b.Least = math.Floor(*b.Least) + 1
	}
	if b.MostOut {
		*b.Most = math.Ceil(*b.Most) - 1
	}
	it.Least, it.Most = b.Least, b.Most
}

// undecided is the type of a calculation before it is known what comes out.
const undecided form.Type = "calculate"

// settleKinds gives each calculation the type of what comes out of it, once all questions are known.
func (r *reader) settleKinds(items []form.Item) {
	kinds := map[string]expr.Kind{}
	each(items, func(it *form.Item) {
		switch it.Type {
		case form.Integer, form.Decimal:
			kinds[it.ID] = expr.Number
		case form.Boolean:
			kinds[it.ID] = expr.Truth
		}
	})
	each(items, func(it *form.Item) {
		if it.Type != undecided {
			return
		}
		it.Type = form.String
		e, err := expr.Parse(it.Calculation)
		if err != nil {
			return // told when the definition is built
		}
		kinds[it.ID] = e.Kind(func(name string) expr.Kind { return kinds[name] })
		it.Type = map[expr.Kind]form.Type{expr.Number: form.Decimal, expr.Truth: form.Boolean, expr.Text: form.String}[kinds[it.ID]]
	})
}

func each(items []form.Item, visit func(*form.Item)) {
	for i := range items {
		visit(&items[i])
		each(items[i].Items, visit)
	}
}
