package assessment

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

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

// lineItem is an item of a section with the words of what it stands under, if that is not the section itself.
type lineItem struct {
	form.Item
	under string
}

// lined are the items of a section in one line, those below others after them.
func lined(items []form.Item, under string) (list []lineItem) {
	for _, it := range items {
		list = append(list, lineItem{it, under})
		words := it.Text.In("id")
		if words == "" {
			words = it.ID
		}
		list = append(list, lined(it.Items, words)...)
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
	return ui.RowProps{Title: strings.TrimSpace(it.Prefix + " " + named(ctx, it)), Href: hrefOf(e, "butir", it.ID), Icon: typeIcons[it.Type], Lines: lines, Marks: itemMarks(ctx, it), Act: act, Attrs: templ.Attributes{"id": "b-" + it.ID}}
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

func newHref(e Edition, kind, section string) string {
	return hrefOf(e, "butir-baru") + "?" + url.Values{"jenis": {kind}, "di": {section}}.Encode()
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
