package assessment

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"teduh/internal/casefile"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

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

// sectionOptions are the groups an item may stand in; none is the top of the form. One that stands under a question may stay
// there.
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
	if it, ok := v.Edition.Form.Item(v.Form.Line("section")); ok && it.Type != form.Group {
		list = append(list, ui.Option{Value: it.ID, Label: i18n.T(ctx, "assessment.editor.under", "name", named(ctx, it))})
	}
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
