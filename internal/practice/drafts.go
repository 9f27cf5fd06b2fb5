package practice

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/ui"
)

// The forms whose text is kept as typed, as that of notes is.
const (
	safetyDraft  = "safety"
	goalDraft    = "goal"
	meetingDraft = "meeting"
	reviewDraft  = "review"
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

func (v view) raced() bool { return fault.Is(v.Err, "version_changed") }

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
