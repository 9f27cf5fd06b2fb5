package access

import (
	"context"
	"strings"

	"teduh/internal/ui"

	"teduh/internal/i18n"
)

// RoleWord is a role's name in the reader's language.
func RoleWord(ctx context.Context, r Role) string { return roleWords.T(ctx, string(r)) }

func profileFacts(ctx context.Context, a Actor) []ui.Fact {
	words := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		words[i] = RoleWord(ctx, r)
	}
	return []ui.Fact{
		{Label: i18n.T(ctx, "access.field.name"), Value: a.Name},
		{Label: i18n.T(ctx, "access.field.roles"), Value: strings.Join(words, ", ")},
		{Label: i18n.T(ctx, "access.field.office"), Value: a.Office.Name},
	}
}

// deviceKind is the first word of what a login keeps of its device.
func deviceKind(device string) string {
	kind, _, _ := strings.Cut(device, " ")
	if !deviceWords.Has(kind) {
		return "computer"
	}
	return kind
}

func checked(on bool) string {
	if on {
		return "on"
	}
	return ""
}
