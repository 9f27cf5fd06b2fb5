package unit

import (
	"context"
	"slices"

	"teduh/internal/i18n"
)

var (
	categoryWords = i18n.Family("category.")
	serviceWords  = i18n.Family("service.")
	stageWords    = i18n.Family("case.stage_name.")
	ruleWords     = i18n.Family("case.task.rule.")
)

// Choice is one entry of a list, in the reader's language.
type Choice struct{ Code, Label string }

type settingsKey struct{}

// With puts the settings of the office one stands at into a context, at the edge.
func With(ctx context.Context, s *Settings) context.Context {
	return context.WithValue(ctx, settingsKey{}, s)
}

var defaults = Defaults()

// From gives the settings of the context, or the defaults.
func From(ctx context.Context) *Settings {
	if s, ok := ctx.Value(settingsKey{}).(*Settings); ok {
		return s
	}
	return &defaults
}

func find(list []Entry, code string) (Entry, bool) {
	i := slices.IndexFunc(list, func(e Entry) bool { return e.Code == code })
	if i < 0 {
		return Entry{Code: code}, false
	}
	return list[i], true
}

func chosen(ctx context.Context, list []Entry, words i18n.Family) (choices []Choice) {
	for _, e := range list {
		if !e.Off {
			choices = append(choices, Choice{e.Code, e.label(ctx, words)})
		}
	}
	return choices
}

// in is the entry's label in a language, the catalog's where the office has none of its own.
func (e Entry) in(ctx context.Context, lang i18n.Language, words i18n.Family) string {
	own := e.ID
	if lang == i18n.EN {
		own = e.EN
	}
	if own == "" && words.Has(e.Code) {
		return words.T(i18n.With(ctx, lang, nil), e.Code)
	}
	return own
}

// plain forgets labels that say what the catalog says, so that they follow the catalog.
func plain(ctx context.Context, list []Entry, words i18n.Family) []Entry {
	for i, e := range list {
		catalog := Entry{Code: e.Code}
		if e.ID == catalog.in(ctx, i18n.ID, words) {
			list[i].ID = ""
		}
		if e.EN == catalog.in(ctx, i18n.EN, words) {
			list[i].EN = ""
		}
	}
	return list
}

// CategoryKnown tells whether a category may be chosen.
func (s *Settings) CategoryKnown(code string) bool {
	e, ok := find(s.Categories, code)
	return ok && !e.Off
}

// Category is a category's name, also of one that is no longer chosen.
func (s *Settings) Category(ctx context.Context, code string) string {
	e, _ := find(s.Categories, code)
	return e.label(ctx, categoryWords)
}

// CategoryChoices lists the categories that may be chosen.
func (s *Settings) CategoryChoices(ctx context.Context) []Choice {
	return chosen(ctx, s.Categories, categoryWords)
}

// ServiceKnown tells whether a kind of service may be chosen.
func (s *Settings) ServiceKnown(code string) bool {
	e, ok := find(s.Services, code)
	return ok && !e.Off
}

// Service is the name of a kind of service.
func (s *Settings) Service(ctx context.Context, code string) string {
	e, _ := find(s.Services, code)
	return e.label(ctx, serviceWords)
}

// ServiceChoices lists the kinds of service.
func (s *Settings) ServiceChoices(ctx context.Context) []Choice {
	return chosen(ctx, s.Services, serviceWords)
}

// Stage is the office's word for a stage.
func (s *Settings) Stage(ctx context.Context, code string) string {
	e, _ := find(s.Stages.Labels, code)
	return e.label(ctx, stageWords)
}

// GateActive tells whether the office keeps a gate.
func (s *Settings) GateActive(stage, code string) bool {
	if asked, ok := s.Guidance.asks(code); ok {
		return asked
	}
	return !slices.Contains(s.Stages.Off, stage+"/"+code)
}
