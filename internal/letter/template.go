package letter

import (
	"embed"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"teduh/internal/fault"
	"teduh/internal/web"
)

// Template is how a kind of letter is written, at an edition. Edition 1 is shipped; those above it are the office's own. A
// published edition is never changed.
type Template struct {
	Kind    string `json:"-" toml:"-"`
	Edition int    `json:"-" toml:"-"`
	Subject string `json:"subject" toml:"subject"` // «Hal»; the title of a statement
	Secrecy string `json:"secrecy" toml:"secrecy"` // «Sifat»
	Opening string `json:"opening" toml:"opening"`
	Body    string `json:"body" toml:"body"`
	Closing string `json:"closing" toml:"closing"`
}

//go:embed texts/1.toml texts/sample.toml
var templateFiles embed.FS

// shipped are the templates of edition 1.
var shipped = mustRead("texts/1.toml")

func mustRead(name string) (templates map[string]Template) {
	if _, err := toml.DecodeFS(templateFiles, name, &templates); err != nil {
		panic("letter: " + name + ": " + err.Error()) // a slip in our own text, met at the first start
	}
	for kind, t := range templates {
		t.Kind, t.Edition = kind, 1
		templates[kind] = t
	}
	return templates
}

// A place in a template: [[a part that falls away where one of its values is empty]], or {{a_field}}.
var (
	place    = regexp.MustCompile(`(?s)\[\[(.*?)\]\]|\{\{\s*([^{}]*?)\s*\}\}`)
	fieldOf  = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)
	manyGaps = regexp.MustCompile(`\n{3,}`)
)

// section is a part of a template by its name in forms.
type section struct {
	name string
	text *string
	most int
}

func (t *Template) sections() []section {
	return []section{{"subject", &t.Subject, web.MaxLine}, {"secrecy", &t.Secrecy, web.MaxName}, {"opening", &t.Opening, longest}, {"body", &t.Body, longest},
		{"closing", &t.Closing, longest}}
}

func (t *Template) check() error {
	var c fault.Checks
	c.Field(!slices.Contains(Kinds, t.Kind), "kind", "unknown", "error.choice")
	for _, s := range t.sections() {
		least := 1
		if s.name == "secrecy" || s.name == "closing" {
			least = 0
		}
		c.Add(web.Length(s.name, *s.text, least, s.most))
		checkFace(&c, s.name, *s.text)
		checkFields(&c, s.name, *s.text)
	}
	return c.Err()
}

// checkFields refuses a field that is not known and names the one it is most like, and braces that hold none.
func checkFields(c *fault.Checks, name, text string) {
	for _, m := range fieldOf.FindAllStringSubmatch(text, -1) {
		if near, known := nearest(m[1], fieldCodes()); !known {
			c.Field(true, name, "unknown_field", "letter.unknown_field", "field", "{{"+m[1]+"}}", "near", "{{"+near+"}}")
		}
	}
	rest := fieldOf.ReplaceAllString(text, "")
	c.Field(strings.Contains(rest, "{{") || strings.Contains(rest, "}}"), name, "braces", "letter.braces")
	c.Field(strings.Count(rest, "[[") != strings.Count(rest, "]]"), name, "brackets", "letter.brackets")
}

// Uses are the fields a template names, each once, in their order; needed tells those that may not be empty.
func (t Template) Uses() (codes []string, needed map[string]bool) {
	needed = map[string]bool{}
	for _, s := range t.sections() {
		for _, m := range fieldOf.FindAllStringSubmatch(*s.text, -1) {
			if !slices.Contains(codes, m[1]) {
				codes = append(codes, m[1])
			}
		}
		for _, m := range fieldOf.FindAllStringSubmatch(place.ReplaceAllStringFunc(*s.text, withoutOptional), -1) {
			needed[m[1]] = true
		}
	}
	return codes, needed
}

func withoutOptional(part string) string {
	if strings.HasPrefix(part, "[[") {
		return ""
	}
	return part
}

// merged is a template with the values in their places; missing are the fields without a value.
func (t Template) merged(v Values) (filled Template, missing []string) {
	for _, s := range t.sections() {
		text, lacks := merge(*s.text, v)
		*s.text = text
		missing = append(missing, lacks...)
	}
	slices.Sort(missing)
	return t, slices.Compact(missing)
}

// merge fills a text. What a value holds is never read as a field.
func merge(text string, v Values) (filled string, missing []string) {
	filled = place.ReplaceAllStringFunc(text, func(part string) string {
		if inner, optional := strings.CutPrefix(part, "[["); optional {
			filled, lacks := fill(strings.TrimSuffix(inner, "]]"), v)
			if lacks != nil {
				return ""
			}
			return filled
		}
		filled, lacks := fill(part, v)
		missing = append(missing, lacks...)
		return filled
	})
	return strings.TrimSpace(manyGaps.ReplaceAllString(filled, "\n\n")), missing
}

func fill(text string, v Values) (filled string, missing []string) {
	return fieldOf.ReplaceAllStringFunc(text, func(part string) string {
		code := fieldOf.FindStringSubmatch(part)[1]
		if v[code] == "" {
			missing = append(missing, code)
		}
		return v[code]
	}), missing
}
