package instrument

import "teduh/internal/i18n"

// The families of sentences that errors name.
var (
	formProblems = i18n.Family("form.problem.")
	ruleProblems = i18n.Family("instrument.problem.")
	goneWords    = i18n.Family("instrument.link.")
)
