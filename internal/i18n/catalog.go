package i18n

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed catalogs
var catalogFiles embed.FS

// catalog is one language, read once at start and never changed afterwards.
// plain holds the messages that need neither a value nor a plural form: they
// are most of all texts, and a map lookup answers them.
type catalog struct {
	plain     map[string]string
	rest      map[string]*goi18n.Message
	localizer *goi18n.Localizer
}

var catalogs = mustLoad(catalogFiles)

// mustLoad panics on a bad catalog: it is part of the binary, so only a
// developer can meet this, at the first run of any test.
func mustLoad(files fs.FS) map[Language]*catalog {
	loaded := map[Language]*catalog{}
	for _, lang := range Languages {
		c, err := load(files, lang)
		if err != nil {
			panic(err)
		}
		loaded[lang] = c
	}
	return loaded
}

func load(files fs.FS, lang Language) (*catalog, error) {
	tag := language.MustParse(string(lang))
	bundle := goi18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	c := &catalog{
		plain:     map[string]string{},
		rest:      map[string]*goi18n.Message{},
		localizer: goi18n.NewLocalizer(bundle, string(lang)),
	}
	names, err := fs.Glob(files, path.Join("catalogs", string(lang), "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	for _, name := range names {
		if err := c.addFile(files, bundle, lang, name); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *catalog) addFile(files fs.FS, bundle *goi18n.Bundle, lang Language, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("i18n: %w", err)
	}
	file, err := bundle.ParseMessageFileBytes(text, string(lang)+".toml")
	if err != nil {
		return fmt.Errorf("i18n: %s: %w", name, err)
	}
	for _, message := range file.Messages {
		if c.has(message.ID) {
			return fmt.Errorf("i18n: %s: %s stands twice", name, message.ID)
		}
		if message.One == "" && !strings.Contains(message.Other, "{{") {
			c.plain[message.ID] = message.Other
		} else {
			c.rest[message.ID] = message
		}
	}
	return nil
}

func (c *catalog) has(key string) bool {
	_, plain := c.plain[key]
	return plain || c.rest[key] != nil
}

func (c *catalog) keys() []string {
	return slices.Concat(slices.Collect(maps.Keys(c.plain)), slices.Collect(maps.Keys(c.rest)))
}

// Has tells whether a key stands in the catalogs.
func Has(key string) bool { return catalogs[ID].has(key) }

// T returns the text of a key in the context's language. args are name and
// value pairs for the text's {{.name}} places; a pair named "n", a whole
// number, also chooses the plural form. An unknown key is returned as it is,
// so that a page still says something; the tests do not let one through.
func T(ctx context.Context, key string, args ...any) string {
	c := catalogs[Lang(ctx)]
	if text, ok := c.plain[key]; ok {
		return text
	}
	if c.rest[key] == nil {
		return key
	}
	config := &goi18n.LocalizeConfig{MessageID: key}
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		data[name] = args[i+1]
		if name == "n" {
			config.PluralCount = args[i+1]
			data[name] = shownCount(ctx, args[i+1])
		}
	}
	config.TemplateData = data
	text, err := c.localizer.Localize(config)
	if err != nil { // the text is the same for one and for many
		config.PluralCount = nil
		text, err = c.localizer.Localize(config)
	}
	if err != nil {
		return key
	}
	return text
}

// shownCount writes a count as people write it, 1.204 or 1,204.
func shownCount(ctx context.Context, n any) any {
	switch n := n.(type) {
	case int:
		return Number(ctx, n)
	case int64:
		return Number(ctx, n)
	default:
		return n
	}
}

// Family is the beginning of keys whose last part is a code from outside the
// source: a stage, a risk, a door. Declaring one as a package-level value,
//
//	var stageWords = i18n.Family("case.stage.")
//
// tells readers and the test that all keys with this beginning are in use.
type Family string

// T returns the text of one member of the family.
func (f Family) T(ctx context.Context, code string, args ...any) string {
	return T(ctx, string(f)+code, args...)
}

// Has tells whether the family has a member with this code.
func (f Family) Has(code string) bool { return Has(string(f) + code) }
