package assessment

import (
	"context"

	"teduh/internal/form"
	"teduh/internal/i18n"
)

// The sentences that errors about a definition name.
var formProblems = i18n.Family("form.problem.")

// say picks a text in the reader's language.
func say(ctx context.Context, w form.Words) string { return w.In(string(i18n.Lang(ctx))) }
