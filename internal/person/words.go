package person

import (
	"context"

	"teduh/internal/i18n"
)

// protectedWord stands beside the name of someone who is shown under an alias.
func protectedWord(ctx context.Context, p Person) string {
	if !p.Protected {
		return ""
	}
	return i18n.T(ctx, "person.alias_shown")
}
