// Package i18n holds every word a person reads, in Indonesian and English.
//
// The catalogs are TOML files, one an area, under catalogs/id and catalogs/en,
// embedded in the binary. A key is flat and dotted and begins with its area:
//
//	"case.stage.assessment" = "Asesmen"
//	"form.too_long" = "Paling banyak {{.max}} huruf"
//	"case.found" = { one = "{{.n}} case", other = "{{.n}} cases" }
//
// With puts the language and the office's time zone into a context once a
// request; T, Date, Near, Number and the others read them there. Without With
// the language is Indonesian and the zone is that of Jakarta.
//
// T(ctx, key, "max", 200) takes name and value pairs; a pair named "n" also
// chooses the plural form. Keys that are put together from a code («stage»,
// «risk») belong to a Family, which tells the test what is in use. A test
// reads the whole module and fails on a key that is missing in a language or
// unused, on placeholders that differ, and on text in a template.
//
// Used by ui, web and every domain package; knows nothing of them.
package i18n

import (
	"context"
	"time"
	_ "time/tzdata" // the zones of Indonesia, also on a machine that has none

	"golang.org/x/text/language"
)

// Language is a language with a complete catalog.
type Language string

// The languages of the catalogs; Indonesian is the default.
const (
	ID Language = "id"
	EN Language = "en"
)

// Languages lists every language with a catalog, the default first.
var Languages = []Language{ID, EN}

// Jakarta is the zone in force where no office's own zone is known.
var Jakarta = time.FixedZone("WIB", 7*60*60)

type contextKey struct{}

type locale struct {
	lang Language
	zone *time.Location
}

// With returns a context whose texts are in lang and whose times are in zone.
// A language without a catalog counts as Indonesian, a nil zone as Jakarta.
func With(ctx context.Context, lang Language, zone *time.Location) context.Context {
	if lang != EN {
		lang = ID
	}
	if zone == nil {
		zone = Jakarta
	}
	return context.WithValue(ctx, contextKey{}, locale{lang, zone})
}

func localeOf(ctx context.Context) locale {
	if l, ok := ctx.Value(contextKey{}).(locale); ok {
		return l
	}
	return locale{ID, Jakarta}
}

// Lang returns the language of the context, for <html lang> and the like.
func Lang(ctx context.Context) Language { return localeOf(ctx).lang }

// Zone returns the time zone of the context.
func Zone(ctx context.Context) *time.Location { return localeOf(ctx).zone }

var matcher = language.NewMatcher([]language.Tag{language.Indonesian, language.English})

// Match chooses a language for the value of an Accept-Language header.
// Anything it cannot read, or that neither catalog serves, is Indonesian.
func Match(acceptLanguage string) Language {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return ID
	}
	_, index, _ := matcher.Match(wanted...)
	return Languages[index]
}
