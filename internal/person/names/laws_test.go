package names_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"teduh/internal/person/names"
)

// today draws a word as it is spelled since 1972, built of its syllables. No
// doubled letters, and none of the letter pairs that only the old one has.
func today() *rapid.Generator[string] {
	syllable := rapid.Custom(func(t *rapid.T) string {
		on := rapid.SampledFrom([]string{"b", "c", "d", "g", "h", "j", "k", "l", "m", "n", "ny", "p", "r", "s", "sy", "t", "w", "y", "kr", "pr"}).Draw(t, "on")
		vowel := rapid.SampledFrom([]string{"a", "i", "u", "e", "o"}).Draw(t, "vowel")
		end := rapid.SampledFrom([]string{"", "", "", "n", "r", "m", "ng", "s"}).Draw(t, "end")
		return on + vowel + end
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(syllable, 2, 4).Draw(t, "syllables"), "")
	})
}

// asIn1901 writes a word of today in the spelling of 1901, by the table of the
// law read backwards.
func asIn1901(word string) string {
	return strings.NewReplacer("ny", "nj", "sy", "sj", "kh", "ch", "c", "tj", "j", "dj", "y", "j", "u", "oe").Replace(word)
}

// letters draws a word of the letters whose order matters most.
func letters() *rapid.Generator[string] {
	return rapid.StringMatching(`[acdehjkmnosty]{1,9}`)
}

func search(query, name string) (match, anchored bool) {
	q, _ := names.Parse(query)
	entry := names.Index(name)
	return q.Match(entry.Text), reaches(q, entry)
}

func mustFind(t *rapid.T, query, name string) {
	match, anchored := search(query, name)
	if !match || !anchored {
		t.Fatalf("%q does not find %q: match %v, anchored %v", query, name, match, anchored)
	}
}

func TestBeginningsOfWordsInAnyOrderFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(today(), letters()), 1, 4).Draw(t, "name")
		var typed []string
		for _, i := range rapid.Permutation(indices(words)).Draw(t, "order") {
			n := rapid.IntRange(1, len(words[i])).Draw(t, "letters")
			typed = append(typed, words[i][:n])
		}
		typed = typed[:rapid.IntRange(1, len(typed)).Draw(t, "words")]
		mustFind(t, strings.Join(typed, " "), strings.Join(words, " "))
	})
}

func indices(words []string) []int {
	list := make([]int, len(words))
	for i := range list {
		list[i] = i
	}
	return list
}

func TestEveryNameFindsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if names.Key(name) == "" {
			return
		}
		mustFind(t, name, name)
		if got := names.Similar(name, name); got < 0.999 {
			t.Fatalf("%q is only %v like itself", name, got)
		}
	})
}

func TestOldSpellingFindsNewAndNewFindsOld(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := today().Draw(t, "word")
		mustFind(t, asIn1901(word), word)
		mustFind(t, word, asIn1901(word))
		a, b := names.Words(word), names.Words(asIn1901(word))
		if !slices.Equal(a, b) {
			t.Fatalf("%q has the tokens %q and %q", word, a, b)
		}
	})
}

// What Match accepts is always reached by the one prefix that is walked:
// otherwise two ways to search would give two answers.
func TestWhateverMatchesIsUnderTheAnchor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(today(), letters()).Draw(t, "name")
		query := rapid.OneOf(letters(), today()).Draw(t, "query")
		query = query[:rapid.IntRange(1, min(5, len(query))).Draw(t, "typed")]
		if match, anchored := search(query, name); match && !anchored {
			t.Fatalf("%q accepts %q but does not lead to it", query, name)
		}
	})
}

func TestSimilarIsSymmetricAndBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(today(), letters(), rapid.String())
		a := strings.Join(rapid.SliceOfN(word, 0, 5).Draw(t, "a"), " ")
		b := strings.Join(rapid.SliceOfN(word, 0, 5).Draw(t, "b"), " ")
		there, back := names.Similar(a, b), names.Similar(b, a)
		if there < 0 || there > 1 || there-back > 1e-9 || back-there > 1e-9 {
			t.Fatalf("%q and %q: %v there, %v back", a, b, there, back)
		}
	})
}

func FuzzNames(f *testing.F) {
	for _, pair := range oldAndNew {
		f.Add(pair[0], pair[1])
	}
	f.Add("H. M. Ali, S.Sos., M.Si", "\xff\x00’ﷺ İ ß")
	f.Fuzz(func(t *testing.T, name, query string) {
		entry := names.Index(name)
		for _, s := range append([]string{entry.Key, entry.Text}, entry.Prefixes...) {
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				t.Errorf("%q gives %q", name, s)
			}
		}
		if len(entry.Key) > 2000 || len(entry.Text) > 8000 || len(entry.Prefixes) > 1500 {
			t.Errorf("%d bytes of name grow to %d, %d and %d prefixes", len(name), len(entry.Key), len(entry.Text), len(entry.Prefixes))
		}
		if q, ok := names.Parse(query); ok && q.Match(entry.Text) && !reaches(q, entry) {
			t.Errorf("%q accepts %q but %q or one of %q is none of its prefixes", query, name, q.Anchor, q.Also)
		}
		if s := names.Similar(name, query); s < 0 || s > 1 {
			t.Errorf("Similar(%q, %q) = %v", name, query, s)
		}
	})
}

// reaches tells whether a walk along the query's prefixes comes past a stored name.
func reaches(q names.Query, e names.Entry) bool {
	return !slices.ContainsFunc(append(q.Also, q.Anchor), func(p string) bool { return !slices.Contains(e.Prefixes, p) })
}
