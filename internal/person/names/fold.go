package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// word is one word of a name, folded.
type word struct {
	text  string
	title bool // a title or «bin»: not part of the name, never an initial
	open  bool // a title with nothing after it, not even a full stop
}

// fold brings letters to one shape: compatibility forms and marks resolved,
// case folded (Unicode's full case folding), apostrophes dropped because
// «Ma'ruf» is «Maruf», invisible signs dropped, line ends and the like to
// spaces. Other punctuation stays: titles are told by it.
func fold(s string) string {
	s = firstLetters(strings.ToValidUTF8(s, " "), maxRunes)
	s = strings.Map(func(r rune) rune {
		switch {
		case isApostrophe(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(s)))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	return firstLetters(s, maxRunes)
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'`´’‘ʼʻʿʾ′", r) }

func isPart(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// split folds a name into its words and marks the titles among them. When
// nothing but titles is left they are taken as the name itself: someone may be
// called Haji.
func split(name string) []word {
	var words []word
	named := false
	for _, t := range tokens(fold(name)) {
		if t.isTitle(!named) {
			words = append(words, word{text: t.compact(), title: true, open: t.last && t.plain()})
			continue
		}
		parts := strings.FieldsFunc(t.text, func(r rune) bool { return !isPart(r) })
		for _, part := range parts {
			words = append(words, word{text: part})
			named = true
		}
	}
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	if !named {
		for i := range words {
			words[i].title = false
		}
	}
	return words
}

// token is a piece of a name between spaces and commas.
type token struct {
	text  string // as folded, with its full stops
	comma bool   // stands after a comma, where degrees stand
	last  bool
}

// tokens cuts a folded name at spaces and commas. A degree that was written
// apart, «S. Sos.», is put together again.
func tokens(folded string) []token {
	var list []token
	for i, segment := range strings.Split(folded, ",") {
		fields := strings.Fields(segment)
		for j := 0; j < len(fields); j++ {
			t := token{text: fields[j], comma: i > 0}
			if j+1 < len(fields) && len(t.text) <= 3 && strings.HasSuffix(t.text, ".") {
				joined := token{text: t.text + fields[j+1], comma: t.comma}
				if degrees[joined.compact()] {
					t = joined
					j++
				}
			}
			list = append(list, t)
		}
	}
	if len(list) > 0 {
		list[len(list)-1].last = true
	}
	return list
}

// compact is the token's letters alone: «s.sos.» is «ssos».
func (t token) compact() string {
	return strings.Map(func(r rune) rune {
		if isPart(r) {
			return r
		}
		return -1
	}, t.text)
}

// plain tells whether the token is letters only, without a full stop.
func (t token) plain() bool { return t.compact() == t.text }
