package paper

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The typeface in the two weights of a letter.
var (
	//go:embed PlusJakartaSans-Regular.ttf
	regular []byte
	//go:embed PlusJakartaSans-SemiBold.ttf
	bold []byte
)

var face = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(regular)
	if err != nil {
		panic("paper: our own typeface: " + err.Error())
	}
	return f
})

// alike are letters the typeface writes as another one that looks the same: apostrophes of names, and hyphens.
var alike = strings.NewReplacer("ʼ", "’", "ʻ", "‘", "ʾ", "’", "ʿ", "‘", "\u2011", "-", "\u00a0", " ", "\t", " ", "\r", "")

// Plain is a text as it is drawn: composed letters, and nothing that can't be seen.
func Plain(text string) string {
	text = alike.Replace(norm.NFC.String(text))
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text)
}

// Lacks are the letters of a text that the typeface does not have, each once.
func Lacks(text string) (lacks []rune) {
	var buf sfnt.Buffer
	for _, r := range Plain(text) {
		if r == '\n' || slices.Contains(lacks, r) {
			continue
		}
		if at, err := face().GlyphIndex(&buf, r); err != nil || at == 0 || r > 0xFFFF {
			lacks = append(lacks, r)
		}
	}
	return lacks
}
