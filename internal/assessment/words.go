package assessment

import (
	"context"

	"teduh/internal/form"
	"teduh/internal/i18n"
)

// The families of sentences that errors name.
var (
	formProblems = i18n.Family("form.problem.")
	wrongWords   = i18n.Family("form.wrong.")
)

// say picks a text in the reader's language.
func say(ctx context.Context, w form.Words) string { return w.In(string(i18n.Lang(ctx))) }
