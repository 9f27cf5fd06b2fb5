package practice

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/ui"
)

// The forms whose text is kept as typed, as that of notes is.
const (
	assessmentDraft = "assessment"
	safetyDraft     = "safety"
	goalDraft       = "goal"
	meetingDraft    = "meeting"
	reviewDraft     = "review"
)

// Forms that are sent at once.
const (
	stepChange = "step"
	dropForm   = "drop"
	agreeForm  = "agree"
	scaleForm  = "scales"

	consentForm = "consent"
	textDraft   = "text"
)

// fillLeft reads what the reader left in the forms of a part of the case.
func (p *Pages) fillLeft(ctx context.Context, a access.Actor, v *view, forms ...string) (err error) {
	v.Left = map[string]casefile.Left{}
	for _, form := range forms {
		if !v.mayWrite() {
			return nil
		}
		if v.Left[form], err = p.cases.Left(ctx, a, v.Case, form); err != nil {
			return err
		}
	}
	return nil
}

// posted tells whether a form is the one that was refused.
func (v view) posted(form string) bool { return v.Posted == form && v.Form.Values != nil }

// typed is what stands in a field: what was refused, what was left in the form, or what is kept.
func (v view) typed(form, name, kept string) string {
	switch {
	case v.posted(form) && v.Form.Has(name):
		return v.Form.Text(name)
	case v.Left[form].Values != nil && v.Left[form].Has(name):
		return v.Left[form].Text(name)
	case v.Stands.Values != nil && v.Stands.Has(name):
		return v.Stands.Text(name)
	}
	return kept
}

// own is a field of a form with what stands in it; what is wrong is told only in the form that was refused. Forms of the same
// kind that stand on one page beside it have ids of their own.
func (v view) own(ctx context.Context, form string, f ui.Field) ui.Field {
	f.Value = v.typed(form, f.Name, f.Value)
	if kind, id, several := strings.Cut(form, ":"); several && !v.posted(form) {
		f.ID = kind + "-" + f.Name + "-" + id
	}
	if v.posted(form) {
		f.Error = ui.ErrorsOf(ctx, v.Err).On(f.Name)
	}
	return f
}

// ownDay is own for a day in three fields.
func (v view) ownDay(ctx context.Context, form string, f ui.Field) ui.Field {
	f = v.own(ctx, form, f)
	f.Value = ui.DateValue(func(name string) string { return v.typed(form, name, "") }, f.Name)
	return f
}

// wasField is the hidden field beside a part of the assessment: the mark of what it said when the form was made.
func wasField(code string) string { return "was_" + code }

// section is what stands in a part of the assessment: the reader's own words where they changed it, and what is kept else.
func (v view) section(code string) string {
	if text, _, changed := v.changed(code); changed {
		return text
	}
	return v.kept(code)
}

// was is the mark that goes along with a part: that of the form the reader's words were typed into, and of what is kept now where
// the reader is shown it.
func (v view) was(code string) string {
	if _, was, changed := v.changed(code); changed && was != "" && !slices.Contains(v.lost(), code) {
		return was
	}
	return markOf(v.kept(code))
}

// changed is what the reader typed into a part, refused or left; changed tells whether it differs from what the form began with.
func (v view) changed(code string) (text, was string, changed bool) {
	f := v.Left[assessmentDraft].Form
	if v.posted(assessmentDraft) && v.Form.Has(code) {
		f = v.Form
	}
	if f.Values == nil || !f.Has(code) {
		return "", "", false
	}
	text, was = f.Text(code), f.Get(wasField(code))
	return text, was, was != markOf(text)
}

// lost are the parts of which somebody else was first.
func (v view) lost() []string {
	e, _ := fault.As(v.Err)
	if !v.raced() {
		return nil
	}
	codes, _ := e.Data.([]string) // of the safety plan it is a version
	return codes
}

func (v view) raced() bool { return fault.Is(v.Err, "version_changed") }

func (v view) kept(code string) string { return textsOf(v.Work.Sections)[code] }

// safetyVersion is the version of the safety plan that a saving goes over.
func (v view) safetyVersion() string {
	switch left := v.Left[safetyDraft]; {
	case v.posted(safetyDraft) && !v.raced():
		return v.Form.Get("version")
	case !v.posted(safetyDraft) && left.Values != nil:
		return left.Get("version")
	}
	return strconv.FormatInt(v.Work.SafetyPlan.Version, 10)
}

// stands is what is kept now of the parts of the assessment that a lost race would have written over.
func (v view) stands(ctx context.Context) (facts []ui.Fact) {
	for _, code := range v.lost() {
		facts = append(facts, ui.Fact{Label: sectionWords.T(ctx, code), Body: ui.Typed(v.kept(code))})
	}
	return facts
}
