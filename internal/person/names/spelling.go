package names

import (
	"slices"
	"strings"
)

// spelling holds the ways in which one word is written and may be looked for.
type spelling struct {
	// written is the folded word.
	written string
	// modern are its forms in the spelling of 1972. There are several where
	// the old spelling can't be told from the new: a «j» is the old y or the
	// new j, a «ch» at the beginning Khalid's or Chandra's.
	modern []string
	// sounds are coarser than the forms: what may be equal is equal, one for
	// all forms, so that one prefix leads to all of them. Only the forms of
	// Muhammad have two.
	sounds []string
}

// digraphs of the spelling of 1901 and 1947 and what they are since 1972, and
// th, dh of Javanese and Arabic names. A «j» left over is decided afterwards,
// and with it nj (ny) and sj (sy). Inside a word kh is written h as often as
// not: Achmad, Akhmad and Ahmad are one.
var digraphs = map[string]string{
	"oe": "u",
	"tj": "c",
	"dj": "J", // a j that is certain
	"ch": "h",
	"kh": "h",
	"dh": "d",
	"th": "t",
}

// spell works out the spellings of a folded word.
func spell(written string) spelling {
	var forms []string
	raw := respell(written)
	starts := []string{raw}
	if rest, ok := strings.CutPrefix(raw, "Ch"); ok {
		starts = []string{"kh" + rest, "c" + rest}
	}
	for _, start := range starts {
		for _, j := range []string{"j", "y"} {
			form := strings.ReplaceAll(strings.ReplaceAll(start, "j", j), "J", "j")
			forms = append(forms, single(form))
		}
	}
	s := spelling{written: written, modern: distinct(muhammad(forms))}
	for _, form := range s.modern {
		s.sounds = append(s.sounds, sound(form))
	}
	s.sounds = distinct(s.sounds)
	return s
}

// respell turns the digraphs of a word into today's letters, from left to
// right. Two of the same letter are one. A first ch or kh keeps its h, because
// Khadijah is seldom Hadijah; a first ch is left as «Ch» to be decided.
func respell(written string) string {
	w := single(written)
	var out strings.Builder
	for i := 0; i < len(w); {
		two := w[i:min(i+2, len(w))]
		modern, ok := digraphs[two]
		switch {
		case ok && i == 0 && two == "ch":
			out.WriteString("Ch")
		case ok && i == 0 && two == "kh":
			out.WriteString("kh")
		case ok:
			out.WriteString(modern)
		default:
			out.WriteByte(w[i])
			i++
			continue
		}
		i += 2
	}
	return single(out.String())
}

// single writes double letters once: Muhammad is Muhamad. Digits stay.
func single(w string) string {
	var out strings.Builder
	out.Grow(len(w))
	var before rune
	for _, r := range w {
		if r != before || r >= '0' && r <= '9' {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// sound maps a modern form to what all forms of its word share.
func sound(form string) string {
	s := strings.ReplaceAll(form, "j", "y")
	if strings.HasPrefix(s, "c") {
		s = "kh" + s[1:]
	}
	return single(s)
}

// abbreviated are the short ways to write Muhammad, as respelled.
var abbreviated = set("m md mhd mhmd muh moh muhd mohd muhmd mohmd")

// muhammad adds the two common forms to every way of writing that name, and to
// names that begin with it.
func muhammad(forms []string) []string {
	for _, form := range forms {
		if abbreviated[form] {
			return append(forms, "muhamad", "mohamad")
		}
		if rest, ok := cutMuhammad(form); ok {
			return append(forms, "muham"+rest, "moham"+rest)
		}
	}
	return forms
}

// cutMuhammad takes «muham» off a word and mends the ends -ed, -at and -et.
func cutMuhammad(form string) (rest string, ok bool) {
	for _, start := range []string{"muham", "moham"} {
		if rest, ok = strings.CutPrefix(form, start); ok {
			if slices.Contains([]string{"ed", "at", "et"}, rest) {
				rest = "ad"
			}
			return rest, true
		}
	}
	return "", false
}

// writtenMark sets apart in Entry.Text a word as written from modern forms.
const writtenMark = "="

// stored are the words that Text keeps.
func (s spelling) stored() []string {
	words := slices.Clone(s.modern)
	if !slices.Contains(words, s.written) {
		words = append(words, writtenMark+s.written)
	}
	return words
}

// prefixes are the word's rows in the search table.
func (s spelling) prefixes() []string {
	var list []string
	for _, w := range append([]string{s.written}, s.sounds...) {
		for n := 1; n <= prefixLength; n++ {
			list = append(list, firstLetters(w, n))
		}
	}
	return list
}

// token is one sound for all spellings of the word.
func (s spelling) token() string {
	for _, sound := range s.sounds {
		if strings.HasPrefix(sound, "muham") {
			return sound
		}
	}
	return s.sounds[0]
}
