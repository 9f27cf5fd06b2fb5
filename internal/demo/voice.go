package demo

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// voice tells a text of the stories: of [one|another] it takes one by chance, and {anak} becomes the name of the child it
// speaks of. A word it does not know stays in its braces, which a test would find.
type voice struct {
	luck  *rand.Rand
	words map[string]string
}

func (v voice) say(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "[")
		out.WriteString(before)
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, "]")
		if !closed {
			break
		}
		options := strings.Split(inside, "|")
		out.WriteString(options[v.luck.IntN(len(options))])
		text = after
	}
	return v.fill(out.String())
}

func (v voice) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(v.words))
	for word, name := range v.words {
		pairs = append(pairs, "{"+word+"}", name)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// anew tells a text as it was not told before, as far as its words allow.
func (l *life) anew(text string) (told string) {
	for range 20 {
		if told = l.say(text); !l.said[told] {
			break
		}
	}
	l.said[told] = true
	return told
}

// houses of prayer, as people speak of them.
var houses = map[string]string{"protestant": "gereja", "catholic": "gereja", "buddhist": "wihara", "confucian": "kelenteng", "hindu": "pura"}

// surroundings are the names and things that every story may speak of.
func (f *filler) surroundings(village string) map[string]string {
	woman := func() string { return f.names.part(f.names.group().women) }
	man := func() string { return f.names.part(f.names.group().men) }
	return map[string]string{
		"rt": f.two(6), "rw": f.two(9), "kelurahan": f.places[village],
		"guru": "Bu " + woman(), "kakak": "Kak " + woman(), "tetangga": "Bu " + woman(), "bidan": woman(), "ketua": "Pak " + man(), "teman": man(),
		"sekolah": pick(f, []string{"SMP Tunas Bahari", "SMP Bintan Permai", "SD Pelita Pulau", "SMP Gurindam", "SD Kenanga", "SMP Samudra Jaya"}),
		"kelas":   strconv.Itoa(7+f.chance.IntN(3)) + pick(f, []string{"A", "B", "C"}), "pasar": pick(f, []string{"pasar ikan", "pasar pagi", "pasar"}),
		"surau": pick(f, []string{"surau", "Surau Al-Ikhlas", "surau ujung gang"}), "ayah": "Pak " + man(), "ibu": "Bu " + woman(),
		"kerja_ayah": pick(f, []string{"nelayan", "pengemudi ojek", "buruh pelabuhan", "tukang", "petugas keamanan", "awak pompong"}),
		"kerja_ibu":  pick(f, []string{"berjualan kue", "menjahit di rumah", "mencuci dan menyetrika", "menjaga warung", "menjaga anak tetangga"}),
	}
}

func (f *filler) two(most int) string { return "0" + strconv.Itoa(1+f.chance.IntN(most)) }
