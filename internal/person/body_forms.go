package person

import (
	"context"

	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
)

var (
	clientKindWords = i18n.Family("person.client_kind.")
	bodyKindWords   = i18n.Family("person.body_kind.")
)

func clientKindOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Bodies))
	for i, k := range Bodies {
		list[i] = ui.Option{Value: k, Label: clientKindWords.T(ctx, k)}
	}
	return list
}

func bodyKindOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(BodyKinds))
	for i, k := range BodyKinds {
		list[i] = ui.Option{Value: k, Label: bodyKindWords.T(ctx, k)}
	}
	return list
}

func bodyMeta(ctx context.Context, c Client) []ui.MetaItem {
	meta := []ui.MetaItem{{Text: clientKindWords.T(ctx, c.Kind), Icon: bodyIcon(c.Kind)}, {Text: bodyKindWords.T(ctx, c.BodyKind)}}
	if name, ok := region.Name(c.Village); ok {
		meta = append(meta, ui.MetaItem{Text: name, Icon: "map-pin"})
	}
	return meta
}

func bodyIcon(kind string) string {
	if kind == "organisation" {
		return "building-2"
	}
	return "users"
}

func bodyFacts(ctx context.Context, c Client) []ui.Fact {
	village, _ := region.Name(c.Village)
	members := ""
	if c.Members > 0 {
		members = i18n.Number(ctx, c.Members)
	}
	return []ui.Fact{{Label: i18n.T(ctx, "person.body.what"), Value: bodyKindWords.T(ctx, c.BodyKind)},
		{Label: i18n.T(ctx, "person.field.village"), Value: village}, {Label: i18n.T(ctx, "person.body.address"), Value: c.Sealed.Address},
		{Label: i18n.T(ctx, "person.body.members"), Value: members}}
}

// HitLines tell of someone found what tells namesakes apart.
func HitLines(ctx context.Context, h Hit) []string {
	line := clientKindWords.T(ctx, h.Kind)
	switch {
	case h.Kind == "family":
		line += ", " + i18n.T(ctx, "person.family.count", "n", h.Count)
	case h.Body != "":
		line = bodyKindWords.T(ctx, h.Body)
	}
	if name, ok := region.Name(h.Village); ok {
		line += ", " + name
	}
	return []string{line}
}

// HitIcon is the icon of a kind of client.
func HitIcon(kind string) string {
	if kind == "individual" {
		return "user"
	}
	return bodyIcon(kind)
}
