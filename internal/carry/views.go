package carry

import (
	"context"

	"teduh/internal/form/edit"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var (
	areaWords     = i18n.Family("unit.area.")
	textWords     = i18n.Family("practice.consent_kind.")
	languageWords = i18n.Family("practice.language.")
	kindWords     = i18n.Family("assessment.editor.change.")
	whatWords     = i18n.Family("assessment.editor.what.")
)

// title is a part in words.
func (p Part) title(ctx context.Context) string {
	switch p.Kind {
	case "assessment":
		return i18n.T(ctx, "assessment.editor.title")
	case "instrument":
		return i18n.T(ctx, "carry.instrument", "name", p.Name, "edition", p.Other)
	case "text":
		return i18n.T(ctx, "carry.text", "kind", textWords.T(ctx, p.Name), "language", languageWords.T(ctx, p.Other))
	}
	return areaWords.T(ctx, p.Name)
}

// options are the parts to choose from, each with how much it changes.
func (v view) options(ctx context.Context) (list []ui.Option) {
	for _, p := range v.changes() {
		hint := i18n.T(ctx, "carry.new")
		if len(p.Lines) > 0 {
			hint = i18n.T(ctx, "carry.changes", "n", len(p.Lines))
		}
		if p.Kind == "assessment" || p.Kind == "instrument" {
			hint += ". " + i18n.T(ctx, "carry.as_draft")
		}
		list = append(list, ui.Option{Value: p.Code, Label: p.title(ctx), Hint: hint})
	}
	return list
}

// chosen are the parts that are ticked: all of them at first.
func (v view) chosen() []string {
	if v.Chosen != nil {
		return v.Chosen
	}
	var all []string
	for _, p := range v.changes() {
		all = append(all, p.Code)
	}
	return all
}

func changeMark(ctx context.Context, kind string) ui.Mark {
	tone := map[string]ui.Tone{edit.Added: ui.Green, edit.Changed: ui.Amber, edit.Gone: ui.Coral}[kind]
	return ui.Mark{Text: kindWords.T(ctx, kind), Tone: tone}
}

// formLines are the differences of a form in words.
func formLines(ctx context.Context, list []edit.Change) (lines []Change) {
	for _, c := range list {
		label := c.Item.Text.In(string(i18n.Lang(ctx)))
		if label == "" {
			label = c.Item.ID
		}
		lines = append(lines, Change{Kind: c.Kind, Label: label, Value: whats(ctx, c.What)})
	}
	return lines
}

func whats(ctx context.Context, codes []string) (words string) {
	for i, c := range codes {
		if i > 0 {
			words += ", "
		}
		words += whatWords.T(ctx, c)
	}
	return words
}
