package unit

import (
	"context"

	"teduh/internal/i18n"
)

// Professions are the offices' professional roles, in the order of the domain.
var Professions = []string{"social_worker", "psychologist", "health_worker", "police", "legal_expert", "religious_expert", "education_expert"}

var professionWords = i18n.Family("profession.")

// Profession is the word for one.
func Profession(ctx context.Context, code string) string {
	if !professionWords.Has(code) {
		return ""
	}
	return professionWords.T(ctx, code)
}

// ProfessionChoices lists them.
func ProfessionChoices(ctx context.Context) []Choice {
	list := make([]Choice, len(Professions))
	for i, code := range Professions {
		list[i] = Choice{Code: code, Label: professionWords.T(ctx, code)}
	}
	return list
}
