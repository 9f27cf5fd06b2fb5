package practice

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var (
	kindWords   = i18n.Family("practice.consent_kind.")
	mannerWords = i18n.Family("practice.manner.")
	aimWords    = i18n.Family("practice.aim.")
	scoreWords  = i18n.Family("practice.score_name.")
	scaleWords  = i18n.Family("case.scale.")
)

func wordOptions(ctx context.Context, codes []string, words i18n.Family) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: code, Label: words.T(ctx, code)}
	}
	return list
}

// scaleNames are the four fields: each scale before and after.
func scaleNames() (names []string) {
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			names = append(names, aim+"_"+moment)
		}
	}
	return names
}

func (v view) scale(name string) string {
	if v.posted(scaleForm) {
		return v.Form.Line(name)
	}
	if value, ok := v.Work.Scales[strings.Replace(name, "_", " ", 1)]; ok {
		return strconv.Itoa(value)
	}
	return ""
}

func scaleFacts(ctx context.Context, v view) []ui.Fact {
	var facts []ui.Fact
	for _, name := range scaleNames() {
		facts = append(facts, ui.Fact{Label: scaleWords.T(ctx, name), Value: v.scale(name)})
	}
	return facts
}
