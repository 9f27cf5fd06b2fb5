package practice

import (
	"context"
	"slices"
	"strconv"

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

// typed is what stands in a field: what was refused, what was left in the form, or what is kept.
func (v view) typed(form, name, kept string) string {
	switch {
	case v.Form.Values != nil && v.Form.Has(name):
		return v.Form.Text(name)
	case v.Left[form].Values != nil && v.Left[form].Has(name):
		return v.Left[form].Text(name)
	}
	return kept
}

// field is a text of the form for a goal, which begins empty.
func (v view) field(name string) string { return v.typed(goalDraft, name, "") }

// wasField is the hidden field beside a part of the assessment: the mark of what it said when the form was made.
func wasField(code string) string { return "was_" + code }

// section is what stands in a part of the assessment: the reader's own words where they changed it, and what is kept else.
func (v view) section(code string) string {
	if text, _, changed := v.own(code); changed {
		return text
	}
	return v.kept(code)
}

// was is the mark that goes along with a part: that of the form the reader's words were typed into, and of what is kept now where
// the reader is shown it.
func (v view) was(code string) string {
	if _, was, changed := v.own(code); changed && was != "" && !slices.Contains(v.lost(), code) {
		return was
	}
	return markOf(v.kept(code))
}

// own is what the reader typed into a part, refused or left; changed tells whether it differs from what the form began with.
func (v view) own(code string) (text, was string, changed bool) {
	f := v.Left[assessmentDraft].Form
	if v.refused(code) {
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

func (v view) refused(name string) bool { return v.Form.Values != nil && v.Form.Has(name) }

func (v view) raced() bool { return fault.Is(v.Err, "version_changed") }

func (v view) kept(code string) string { return textsOf(v.Work.Sections)[code] }

// safetyVersion is the version of the safety plan that a saving goes over.
func (v view) safetyVersion() string {
	switch left := v.Left[safetyDraft]; {
	case v.refused("text") && !v.raced():
		return v.Form.Get("version")
	case !v.refused("text") && left.Values != nil:
		return left.Get("version")
	}
	return strconv.FormatInt(v.Work.SafetyPlan.Version, 10)
}

// stands is what is kept now of what a lost race would have written over.
func (v view) stands(ctx context.Context) (facts []ui.Fact) {
	for _, code := range v.lost() {
		facts = append(facts, ui.Fact{Label: sectionWords.T(ctx, code), Body: ui.Typed(v.kept(code))})
	}
	if v.raced() && len(facts) == 0 {
		facts = append(facts, ui.Fact{Label: safetyTitle(ctx), Body: ui.Typed(v.Work.SafetyPlan.Text)})
	}
	return facts
}
