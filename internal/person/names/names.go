// Package names matches the names of people as they are written in Indonesia.
//
// One person stands in the papers as «Soetjipto», «Sucipto» and «H. Sucipto,
// S.Sos.»; another as «Mohammad Ali», «Moh. Ali» and «M. Ali». Names have no
// order that forms keep to, one word is a whole name, and titles come and go.
// The package knows these rules and nothing else: no database, no person.
//
// Index says what is stored with a person: the key that lists sort by, the
// prefixes of the search table, and the text that the other words of a search
// are checked against. Parse reads what was typed into a Query: its Anchor is
// the one prefix to walk in the search table, its Match tells from the stored
// text whether a name fits. Every name that Match accepts is found under
// Anchor. Words gives whole words for a blind index, Similar how alike two
// names are, for hints at duplicates.
//
// Sources of the rules: Ejaan van Ophuijsen (1901), Ejaan Soewandi (1947) and
// Ejaan Yang Disempurnakan (1972) for the letters; see spelling.go, titles.go.
package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits keep what is stored and compared small whatever is typed. No name on
// an identity card comes near: the card holds 60 letters.
const (
	maxRunes     = 240 // of a name or a query that are looked at
	maxWords     = 24  // of a name
	maxIndexed   = 48  // words of a name and its other names that are found
	prefixLength = 4   // letters of the longest prefix in the search table
	pairLength   = 2   // letters of each beginning of a pair
	begunLength  = 3   // letters of one that is paired with a single letter
)

// Entry is what is stored so that a person is found by name.
type Entry struct {
	// Key sorts lists, by bytes: the folded name without titles.
	Key string
	// Text holds every form of every word, for Query.Match.
	Text string
	// Prefixes are the rows of the search table: the first one to four
	// letters of each word, as written and as spelled today, each once.
	// Titles have theirs too, because a title may turn out to be a name. After
	// them stand the pairs of beginnings of two letters each, and of three and
	// one, as «am+si» and «a+sit».
	Prefixes []string
}

// Index prepares a person's name, and the other names they are found by (call
// name, aliases), for storing. Only the first sets the key.
func Index(name string, others ...string) Entry {
	entry := Entry{Key: Key(name)}
	words := split(name)
	for _, n := range others {
		words = append(words, split(n)...)
	}
	var text []string
	for _, w := range words[:min(len(words), maxIndexed)] {
		s := spell(w.text)
		text = append(text, s.stored()...)
		entry.Prefixes = append(entry.Prefixes, s.prefixes()...)
	}
	entry.Text = strings.Join(distinct(text), " ")
	slices.Sort(entry.Prefixes)
	entry.Prefixes = slices.Compact(entry.Prefixes)
	entry.Prefixes = append(entry.Prefixes, pairs(entry.Prefixes)...)
	return entry
}

// pairs joins the beginnings of two letters with each other and those of three with those of one: whoever is looked for by
// two words, the second perhaps just begun, is found among the few who share both, not among the many who share one.
func pairs(prefixes []string) (list []string) {
	for i, a := range prefixes {
		for _, b := range prefixes[i+1:] {
			if makePair(a, b) {
				list = append(list, pair(a, b))
			}
		}
	}
	return list
}

// makePair tells whether two beginnings, of two words as it must be, are long enough together.
func makePair(a, b string) bool {
	switch la, lb := utf8.RuneCountInString(a), utf8.RuneCountInString(b); {
	case la == pairLength && lb == pairLength:
		return a != b
	case la == begunLength && lb == 1 || la == 1 && lb == begunLength:
		return !strings.HasPrefix(a, b) && !strings.HasPrefix(b, a)
	}
	return false
}

// pair is one anchor for two beginnings.
func pair(a, b string) string { return min(a, b) + "+" + max(a, b) }

// Key is the folded name that lists sort by, compared by bytes: small letters
// without marks, words apart by one space, titles left out. «H. Abdul Gafur»
// sorts under a. It is empty only when the name holds no letter or digit.
func Key(name string) string {
	var words []string
	for _, w := range split(name) {
		if !w.title {
			words = append(words, w.text)
		}
	}
	return strings.Join(words, " ")
}

// Words gives one token for each word of a name, the same for every spelling
// of that word, for a blind index of whole words. Tokens are made to be
// compared with each other only; they are no words of any language.
func Words(name string) []string {
	var words []string
	for _, w := range split(name) {
		if !w.title {
			words = append(words, spell(w.text).token())
		}
	}
	return distinct(words)
}

// distinct drops the empty and the repeated, and keeps the order.
func distinct(words []string) []string {
	kept := words[:0]
	for _, w := range words {
		if w != "" && !slices.Contains(kept, w) {
			kept = append(kept, w)
		}
	}
	return kept
}

// firstLetters cuts a word after at most n letters.
func firstLetters(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}
