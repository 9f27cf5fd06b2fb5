package mask

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word of a text and where it stands, in bytes.
type word struct {
	text     string
	from, to int
}

// wordsOf finds the words: letters, marks, digits, and apostrophes and hyphens between them. Where a small letter is followed
// by a capital one a new word begins, for «TanteAndi» is two.
func wordsOf(s string) (list []word) {
	from, before := -1, rune(0)
	end := func(to int) {
		if from >= 0 {
			text := strings.TrimRightFunc(s[from:to], isJoint)
			list = append(list, word{text, from, from + len(text)})
		}
		from = -1
	}
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		switch {
		case !inside && (from < 0 || !isJoint(r)):
			end(i)
		case inside && from >= 0 && unicode.IsUpper(r) && unicode.IsLower(before):
			end(i)
			from = i
		case from < 0:
			from = i
		}
		before = r
	}
	end(len(s))
	return list
}

func isJoint(r rune) bool { return strings.ContainsRune("'`´’‘ʼ-‐‑_", r) }

// letters are what stands for one sound in the spellings of 1901, 1947 and 1972, and in Arabic names; the longer ones first. A
// y and a j can't be told apart in the old spelling, nor an o and a u in what people write down by ear.
var letters = strings.NewReplacer("oe", "u", "tj", "c", "dj", "y", "ch", "h", "kh", "h", "dh", "d", "th", "t", "ph", "p",
	"j", "y", "o", "u", "f", "p", "v", "p", "q", "k", "z", "s")

// fold writes a word as it sounds: small letters without marks, apostrophes and hyphens, in one spelling, no letter twice.
func fold(w string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsMark(r) || isJoint(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(w))
	var out strings.Builder
	var before rune
	for _, r := range letters.Replace(single(plain)) {
		if r != before || unicode.IsDigit(r) {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// single writes double letters once.
func single(s string) string {
	var out strings.Builder
	var before rune
	for _, r := range s {
		if r != before || unicode.IsDigit(r) {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

func isNumber(folded string) bool {
	return strings.IndexFunc(folded, unicode.IsDigit) == 0
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[fold(w)] = true
	}
	return m
}

var (
	// titles stand before a name and are none.
	titles = set(`bapak pak bpk ibu bu tuan nyonya ny tn nona nn saudara saudari sdr sdri kak kakak adik dik bang abang mas mbak teteh aa om paman
    tante bibi pakde bude nenek kakek opa oma datuk encik cik ustaz ustad ustadz ustazah haji hajah h hj dr drs dra ir prof si sang mr mrs ms miss aunt uncle keluarga klien`)
	// joiners stand within a name and are none.
	joiners = set("bin binti van der al as ar")
	endings = set("nya ku mu lah kah pun an s")
	// generic words of addresses tell of no place.
	generic = set(`jalan jln jl gang gg lorong lr nomor no nmr rt rw blok perumahan perum komplek kompleks kavling kav kampung kp kelurahan kel
    kecamatan kec kota desa dusun lantai unit rumah dekat belakang depan samping sebelah seberang masjid mesjid gereja sekolah pasar toko warung
    simpang jembatan tepi atas bawah kiri kanan dan di ke dari yang street road lane near behind opposite house`)
)
