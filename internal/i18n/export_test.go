package i18n

import (
	"regexp"
	"slices"
)

// Keys lists the keys of one language, for the test of the source.
func Keys(lang Language) []string { return catalogs[lang].keys() }

var placeholder = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

// Placeholders lists the names a text of one language waits for.
func Placeholders(lang Language, key string) []string {
	message := catalogs[lang].rest[key]
	if message == nil {
		return nil
	}
	names := []string{}
	for _, m := range placeholder.FindAllStringSubmatch(message.One+message.Other, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
