package names

import (
	"slices"
	"strings"
)

// Query is a search for a name as somebody typed it: words in any order, each
// perhaps only begun, in the old spelling or the new.
type Query struct {
	// Anchor is the prefix to walk in the search table, of one to four
	// letters, or a pair of them. Every stored name that Match
	// accepts has it.
	Anchor string

	// Also are up to two other prefixes that every name which Match accepts
	// has: of other words, or longer ones of the words of the pair.
	Also []string

	wanted []wanted
}

// wanted is one word of the query: it is there when the stored text holds a
// word that begins with one of these.
type wanted []string

// Parse reads a query. It returns false when nothing to look for was typed.
// Titles are passed over, unless the last word may be a name just begun.
func Parse(typed string) (Query, bool) {
	var q Query
	var anchors []anchored
	for _, w := range sought(typed) {
		s := spell(w.text)
		q.wanted = append(q.wanted, s.wanted())
		anchor := s.anchor()
		anchors = append(anchors, anchored{anchor, rarity(w.text, anchor)})
	}
	if len(anchors) == 0 {
		return q, false
	}
	slices.SortStableFunc(anchors, func(a, b anchored) int { return b.rare - a.rare })
	q.Anchor = anchors[0].prefix
	for _, other := range anchors[1:] {
		if both, ok := together(q.Anchor, other.prefix); ok {
			q.Anchor = both
			break
		}
	}
	q.Also = also(q.Anchor, anchors)
	return q, true
}

// mostAlso is how many beginnings beside the anchor are worth looking up.
const mostAlso = 2

// also are the rarest beginnings that the anchor doesn't hold already.
func also(anchor string, anchors []anchored) (list []string) {
	held := strings.Split(anchor, "+")
	for _, a := range anchors {
		if !slices.Contains(held, a.prefix) && !slices.Contains(list, a.prefix) && len(list) < mostAlso {
			list = append(list, a.prefix)
		}
	}
	return list
}

// anchored is a word's prefix to walk, and how few people are thought to share it.
type anchored struct {
	prefix string
	rare   int
}

// together is the pair of two anchors, where they are long enough and neither begins with the other.
func together(a, b string) (string, bool) {
	for _, n := range [...][2]int{{pairLength, pairLength}, {begunLength, 1}, {1, begunLength}} {
		if a, b := firstLetters(a, n[0]), firstLetters(b, n[1]); makePair(a, b) {
			return pair(a, b), true
		}
	}
	return "", false
}

// frequent are the anchors that a large part of all people share.
var frequent = set("muha moha siti abdu")

// rarity guesses which word has the shortest walk: the one with the longest
// anchor, then the longest word; the frequent ones come after those of two
// letters and before single ones.
func rarity(word, anchor string) int {
	if frequent[anchor] {
		return 150
	}
	return 100*len(anchor) + len(word)
}

// sought picks the words of a query that have to be found: all but titles,
// unless a title may be a name just begun. With nothing else it is a name.
func sought(typed string) []word {
	return slices.DeleteFunc(split(typed), func(w word) bool {
		return w.title && (!w.open || !beginnings[w.text])
	})
}

// Match tells whether a stored Entry.Text has all words of the query.
func (q Query) Match(text string) bool {
	for _, alternatives := range q.wanted {
		if !slices.ContainsFunc(alternatives, func(w string) bool {
			return strings.HasPrefix(text, w) || strings.Contains(text, " "+w)
		}) {
			return false
		}
	}
	return true
}

// wanted lists what the query's word may find. As written it finds words
// written so; its modern forms find modern forms.
func (s spelling) wanted() wanted {
	return distinct(append(slices.Clone(s.modern), s.written, writtenMark+s.written))
}

// anchor is the longest prefix that leads to all that the word may find.
func (s spelling) anchor() string {
	common := s.written
	for i, way := range s.ways() {
		if i == 0 {
			common = way
		}
		common = commonPrefix(common, way)
	}
	if common == "" {
		// Only a doubled letter gets here, whose meaning hangs on the next.
		return firstLetters(s.written, 1)
	}
	return firstLetters(common, prefixLength)
}

// ways are the sounds that a word begun like this may come to. Its last letter
// may turn out to be half a digraph: «soet» goes on to «soetjipto».
func (s spelling) ways() []string {
	if len(s.sounds) == 1 && s.sounds[0] == s.written {
		return s.sounds // as written and as spoken the same, so is its row
	}
	ways := slices.Clone(s.sounds)
	for _, next := range []string{"e", "h", "j"} {
		ways = append(ways, spell(s.written+next).sounds...)
	}
	// Whoever has one form of Muhammad stored has the other: one will do.
	other := "moham"
	if strings.HasPrefix(s.modern[0], "mo") {
		other = "muham"
	}
	return slices.DeleteFunc(ways, func(w string) bool { return strings.HasPrefix(w, other) })
}

func commonPrefix(a, b string) string {
	for i, r := range a {
		if !strings.HasPrefix(b[min(i, len(b)):], string(r)) {
			return a[:i]
		}
	}
	return a
}
