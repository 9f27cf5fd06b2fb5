package assessment

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"teduh/internal/casefile"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

var (
	stateWords    = i18n.Family("assessment.editor.state.")
	typeWords     = i18n.Family("assessment.editor.type.")
	operatorWords = i18n.Family("assessment.editor.operator.")
	whatWords     = i18n.Family("assessment.editor.what.")
	kindWords     = i18n.Family("assessment.editor.change.")
)

type listView struct {
	Editions []Edition
	Err      error
}

// draft is the one that is being worked at, if any.
func (v listView) draft() (Edition, bool) {
	for _, e := range v.Editions {
		if e.State == Draft {
			return e, true
		}
	}
	return Edition{}, false
}

type editionView struct {
	Edition  Edition
	InForce  Edition
	Undoable int
	Err      error
}

// changes are what the edition differs in from the one in force.
func (v editionView) changes() []edit.Change {
	if v.InForce.Form == nil {
		return nil
	}
	return edit.Diff(v.InForce.Form, v.Edition.Form)
}

type titleView struct {
	Edition Edition
	ID, EN  string
	Err     error
}

type removeView struct {
	Edition Edition
	Item    form.Item
	Asked   bool
	Err     error
}

func stateMark(ctx context.Context, e Edition) ui.Mark {
	tone := map[string]ui.Tone{Draft: ui.Amber, Published: ui.Green}[e.State]
	return ui.Mark{Text: stateWords.T(ctx, e.State), Tone: tone}
}

func editionRow(ctx context.Context, e Edition) ui.RowProps {
	who := i18n.T(ctx, "assessment.editor.shipped")
	if !e.Shipped() {
		who = i18n.T(ctx, "assessment.editor.by", "name", e.By.Name, "when", i18n.DateTime(ctx, e.At.Time))
	}
	return ui.RowProps{Title: editionTitle(ctx, e), Href: hrefOf(e), Icon: "clipboard-list", Marks: []ui.Mark{stateMark(ctx, e)},
		Lines: []string{i18n.T(ctx, "assessment.editor.size", "n", len(e.Form.Questions())) + ", " + who}}
}

func editionTitle(ctx context.Context, e Edition) string {
	if e.Shipped() {
		return e.Title(ctx)
	}
	return i18n.T(ctx, "assessment.editor.edition", "title", e.Title(ctx), "n", e.Number)
}

func version(e Edition) string { return strconv.FormatInt(e.Version, 10) }

// sections are the groups of the form; what stands outside of any comes as one without a name.
func sections(d *form.Definition) (list []form.Item) {
	for _, it := range d.Items {
		if it.Type == form.Group {
			list = append(list, it)
		} else if len(list) > 0 && list[len(list)-1].ID == "" {
			list[len(list)-1].Items = append(list[len(list)-1].Items, it)
		} else {
			list = append(list, form.Item{Type: form.Group, Items: []form.Item{it}})
		}
	}
	return list
}

var typeIcons = map[form.Type]string{form.Group: "folder-heart", form.Display: "info", form.Boolean: "circle-check", form.Integer: "chart-column", form.Decimal: "chart-column",
	form.Date: "calendar", form.String: "pencil", form.Text: "file-text", form.Choice: "list-checks"}

// itemRow is a question on the outline.
func itemRow(ctx context.Context, e Edition, it form.Item, act templ.Component) ui.RowProps {
	kind := string(it.Type)
	if it.Repeats {
		kind = severalChoice
	}
	lines := []string{typeWords.T(ctx, kind)}
	if n := len(it.Options); n > 0 {
		lines[0] = i18n.T(ctx, "assessment.editor.options_of", "type", lines[0], "n", n)
	}
	return ui.RowProps{Title: strings.TrimSpace(it.Prefix + " " + named(ctx, it)), Href: hrefOf(e, "butir", it.ID), Icon: typeIcons[it.Type], Lines: lines, Marks: itemMarks(ctx, it), Act: act}
}

// named is an item by its words, or by its name where it has none.
func named(ctx context.Context, it form.Item) string {
	if words := say(ctx, it.Text); words != "" {
		return words
	}
	return it.ID
}

func itemMarks(ctx context.Context, it form.Item) (marks []ui.Mark) {
	for _, m := range []struct {
		is   bool
		mark ui.Mark
	}{
		{it.Required, ui.Mark{Text: i18n.T(ctx, "assessment.editor.mark.required"), Line: true}},
		{it.Stage != "", ui.Mark{Text: i18n.T(ctx, "assessment.editor.mark.stage", "stage", unit.From(ctx).Stage(ctx, it.Stage)), Tone: ui.Amber}},
		{it.Area, ui.Mark{Text: i18n.T(ctx, "assessment.editor.mark.area"), Tone: ui.Teal}},
		{it.Calculated(), ui.Mark{Text: i18n.T(ctx, "assessment.editor.mark.calculated"), Tone: ui.Blue}},
		{len(it.When) > 0 || it.Relevant != "", ui.Mark{Text: i18n.T(ctx, "assessment.editor.mark.condition"), Tone: ui.Plum}},
	} {
		if m.is {
			marks = append(marks, m.mark)
		}
	}
	return marks
}

// changeLine tells one change in words.
func changeLine(ctx context.Context, c edit.Change) string {
	var what []string
	for _, w := range c.What {
		what = append(what, whatWords.T(ctx, w))
	}
	line := named(ctx, c.Item)
	if len(what) > 0 {
		line += " (" + strings.Join(what, ", ") + ")"
	}
	return line
}

func changeMark(ctx context.Context, kind string) ui.Mark {
	tone := map[string]ui.Tone{edit.Added: ui.Green, edit.Changed: ui.Amber, edit.Gone: ui.Coral}[kind]
	return ui.Mark{Text: kindWords.T(ctx, kind), Tone: tone}
}

func (v itemView) title(ctx context.Context) string {
	switch {
	case v.ID == "" && v.Group:
		return i18n.T(ctx, "assessment.editor.add_section")
	case v.ID == "":
		return i18n.T(ctx, "assessment.editor.add_question")
	case v.Group:
		return i18n.T(ctx, "assessment.editor.section")
	}
	return i18n.T(ctx, "assessment.editor.question")
}

func (v itemView) action() string {
	if v.ID == "" {
		return hrefOf(v.Edition, "butir-baru")
	}
	return hrefOf(v.Edition, "butir", v.ID)
}

// field is a field of the page with what stands in it.
func (v itemView) field(ctx context.Context, name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: v.Form.Get(name), Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v itemView) hinted(ctx context.Context, name, label, hint string) ui.Field {
	f := v.field(ctx, name, label)
	f.Hint = hint
	return f
}

func (v itemView) small(ctx context.Context, name string, row int, label string) ui.Field {
	f := v.field(ctx, at(name, row), label)
	f.Small = true
	return f
}

func (v itemView) kind() string { return v.Form.Get("type") }

func (v itemView) choice() bool {
	return v.kind() == string(form.Choice) || v.kind() == severalChoice
}

func (v itemView) number() bool {
	return v.kind() == string(form.Integer) || v.kind() == string(form.Decimal)
}

func (v itemView) rows(name string, most int) (list []int) {
	for i := range min(max(v.Form.Int(name, 0), 0), most) {
		list = append(list, i)
	}
	return list
}

func (v itemView) options() []int { return v.rows("options", form.MostOptions+blankOptions+moreRows) }

func (v itemView) conditions() []int { return v.rows("conditions", mostConditions) }

func typeOptions(ctx context.Context) (list []ui.Option) {
	for _, t := range []string{string(form.String), string(form.Text), string(form.Choice), severalChoice, string(form.Boolean), string(form.Integer), string(form.Decimal), string(form.Date), string(form.Display)} {
		list = append(list, ui.Option{Value: t, Label: typeWords.T(ctx, t)})
	}
	return list
}

func stageOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "assessment.editor.no_stage")}}
	for _, s := range casefile.StageCodes {
		list = append(list, ui.Option{Value: s, Label: unit.From(ctx).Stage(ctx, s)})
	}
	return list
}

// sectionOptions are the groups an item may stand in; none is the top of the form.
func (v itemView) sectionOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "assessment.editor.no_section")}}
	var walk func(items []form.Item, depth int)
	walk = func(items []form.Item, depth int) {
		for _, it := range items {
			if it.Type != form.Group || it.ID == v.ID {
				continue
			}
			list = append(list, ui.Option{Value: it.ID, Label: strings.Repeat("– ", depth) + named(ctx, it)})
			walk(it.Items, depth+1)
		}
	}
	walk(v.Edition.Form.Items, 0)
	return list
}

// questionOptions are the questions a condition may ask about.
func (v itemView) questionOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "assessment.editor.pick_question")}}
	for _, q := range v.Edition.Form.Questions() {
		if q.ID != v.ID {
			list = append(list, ui.Option{Value: q.ID, Label: named(ctx, q)})
		}
	}
	return list
}

// asked is the question of a row of conditions.
func (v itemView) asked(row int) form.Item {
	it, _ := v.Edition.Form.Item(v.Form.Line(at("question", row)))
	return it
}

// operatorOptions fit the type of the question.
func operatorOptions(ctx context.Context, q form.Item) (list []ui.Option) {
	codes := []string{"=", "!=", "exists", "missing"}
	weighs := slices.ContainsFunc(q.Options, func(o form.Option) bool { return o.Value != nil })
	if q.Type == form.Integer || q.Type == form.Decimal || q.Type == form.Date || weighs {
		codes = []string{"=", "!=", ">", ">=", "<", "<=", "exists", "missing"}
	}
	for _, c := range codes {
		list = append(list, ui.Option{Value: c, Label: operatorWords.T(ctx, operatorCodes[c])})
	}
	return append(list, ui.Option{Label: i18n.T(ctx, "assessment.editor.drop_condition")})
}

// operatorCodes are the names of operators in the catalog.
var operatorCodes = map[string]string{"=": "is", "!=": "is_not", ">": "above", ">=": "least", "<": "below", "<=": "most", "exists": "answered", "missing": "unanswered"}

func answerOptions(ctx context.Context, q form.Item) (list []ui.Option) {
	if q.Type == form.Boolean {
		return []ui.Option{{Value: "true", Label: i18n.T(ctx, "assessment.editor.yes")}, {Value: "false", Label: i18n.T(ctx, "assessment.editor.no")}}
	}
	for _, o := range q.Options {
		list = append(list, ui.Option{Value: o.Code, Label: o.Text.In(string(i18n.Lang(ctx)))})
	}
	return list
}

// names are what formulas can name.
func (v itemView) names(ctx context.Context) (facts []ui.Fact) {
	for _, q := range v.Edition.Form.Questions() {
		if q.ID != v.ID {
			facts = append(facts, ui.Fact{Label: "${" + q.ID + "}", Value: named(ctx, q)})
		}
	}
	return facts
}

// read tells in words which answers the formulas look at.
func (v itemView) read(ctx context.Context) string {
	var words []string
	for _, id := range v.Checked {
		if q, ok := v.Edition.Form.Item(id); ok && !slices.Contains(words, named(ctx, q)) {
			words = append(words, named(ctx, q))
		}
	}
	if len(words) == 0 {
		return i18n.T(ctx, "assessment.editor.reads_nothing")
	}
	return i18n.T(ctx, "assessment.editor.reads", "names", strings.Join(words, "; "))
}

func newHref(e Edition, kind, section string) string {
	return hrefOf(e, "butir-baru") + "?" + url.Values{"jenis": {kind}, "di": {section}}.Encode()
}

// decimal is a field for a number.
func (v itemView) decimal(ctx context.Context, name, label string) ui.Field {
	f := v.field(ctx, name, label)
	f.InputMode = "decimal"
	return f
}

// day is the answer of a condition on a day.
func (v itemView) day(ctx context.Context, row int, label string) ui.Field {
	f := v.small(ctx, "answer", row, label)
	f.Type = "date"
	return f
}

// formula is a field for an expression, which no keyboard should mend.
func (v itemView) formula(ctx context.Context, name, label, hint string) ui.Field {
	f := v.hinted(ctx, name, label, hint)
	f.Attrs = templ.Attributes{"spellcheck": "false", "autocapitalize": "off"}
	return f
}

// lines say what taking an item away does.
func (v removeView) lines(ctx context.Context) []string {
	lines := []string{i18n.T(ctx, "assessment.editor.remove_words")}
	if n := len(v.Item.Items); n > 0 {
		lines = append(lines, i18n.T(ctx, "assessment.editor.remove_below", "n", n))
	}
	if v.Asked {
		lines = append(lines, i18n.T(ctx, "assessment.editor.remove_asked"))
	}
	return lines
}

// outlineFacts are the questions of a section with how they are answered.
func outlineFacts(ctx context.Context, items []form.Item) (facts []ui.Fact) {
	for _, it := range items {
		kind := string(it.Type)
		if it.Repeats {
			kind = severalChoice
		}
		facts = append(facts, ui.Fact{Label: strings.TrimSpace(it.Prefix + " " + named(ctx, it)), Value: typeWords.T(ctx, kind)})
		facts = append(facts, outlineFacts(ctx, it.Items)...)
	}
	return facts
}
