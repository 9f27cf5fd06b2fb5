package names

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/xrash/smetrics"
)

// What two words that are not the same word count for. Jaro–Winkler with its
// usual parameters (Winkler 1990: boost from 0.7, four letters) compares what
// no rule covers; under the floor words are different words, not misspelt ones.
const (
	sameWeakly   = 0.97 // but for an -h or -d/-t at the end
	sameInitial  = 0.85 // «S.» and «Santoso»
	floor        = 0.80
	boostFrom    = 0.7
	boostLetters = 4
)

// How much a word says about who it is.
const (
	weightWord     = 1.0
	weightInitial  = 0.5
	weightMuhammad = 0.3 // shared by so many that it tells little
)

// maxCompared words of each name are compared; the rest says little.
const maxCompared = 8

// Similar tells how alike two names are, from 0 to 1, whatever the order of
// their words. 1 is the same name by the rules of this package (old spelling,
// titles, Muhammad); from 0.9 on it is worth showing as a likely twin when
// something else agrees, such as the birth date or the village.
func Similar(a, b string) float64 {
	x, y := toCompare(a), toCompare(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	score := assign(x, y)
	// «Nurhayati» and «Nur Hayati»: one word or two is a matter of taste.
	if len(x) != len(y) && joined(x) == joined(y) {
		score = max(score, sameWeakly)
	}
	return score
}

// compared is a word made ready to be compared.
type compared struct {
	spelling
	weight float64
}

func toCompare(name string) []compared {
	var list []compared
	for _, w := range split(name) {
		if w.title || len(list) == maxCompared {
			continue
		}
		c := compared{spelling: spell(w.text), weight: weightWord}
		switch {
		case c.token() == "muhamad":
			c.weight = weightMuhammad
		case c.initial():
			c.weight = weightInitial
		}
		list = append(list, c)
	}
	return list
}

func (c compared) initial() bool { return utf8.RuneCountInString(c.written) == 1 }

func joined(words []compared) string {
	var s strings.Builder
	for _, w := range words {
		s.WriteString(w.token())
	}
	return single(s.String())
}

// assign pairs the words of two names so that the sum is greatest, and returns
// the share of all weight that found its like (Dice). best[set] is the most
// that the words of y in set can give to the words of x seen so far.
func assign(x, y []compared) float64 {
	if len(x) < len(y) {
		x, y = y, x
	}
	best := make([]float64, 1<<len(y))
	total := 0.0
	for _, w := range x {
		total += w.weight
		gains := make([]float64, len(y))
		for j, other := range y {
			gains[j] = w.like(other) * (w.weight + other.weight)
		}
		for set := len(best) - 1; set > 0; set-- {
			for rest := set; rest != 0; rest &= rest - 1 {
				j := bits.TrailingZeros(uint(rest))
				best[set] = max(best[set], best[set&^(1<<j)]+gains[j])
			}
		}
	}
	for _, w := range y {
		total += w.weight
	}
	return min(1, best[len(best)-1]/total)
}

// like compares two words, 1 for the same word.
func (c compared) like(other compared) float64 {
	if c.initial() != other.initial() {
		return c.likeInitial(other)
	}
	best := 0.0
	for _, a := range c.modern {
		for _, b := range other.modern {
			best = max(best, likeForm(a, b))
		}
	}
	if best < floor {
		return 0
	}
	return best
}

// likeInitial compares an initial with a whole word.
func (c compared) likeInitial(other compared) float64 {
	if c.token() == other.token() {
		return 1 // M. is Muhammad
	}
	if !c.initial() {
		c, other = other, c
	}
	for _, form := range append(other.modern, other.written) {
		for _, initial := range c.modern {
			if strings.HasPrefix(form, initial) {
				return sameInitial
			}
		}
	}
	return 0
}

func likeForm(a, b string) float64 {
	switch {
	case a == b:
		return 1
	case weakly(a) == weakly(b):
		return sameWeakly
	case a == "" || b == "":
		return 0
	}
	return min(sameWeakly, smetrics.JaroWinkler(a, b, boostFrom, boostLetters))
}

// weakly drops what is heard at the end of a word and often not written:
// Aisyah and Aisya, Ahmad and Ahmat.
func weakly(form string) string {
	form = strings.TrimSuffix(form, "h")
	if strings.HasSuffix(form, "d") {
		return form[:len(form)-1] + "t"
	}
	return form
}
