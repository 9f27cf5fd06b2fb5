// Package mask takes out of a text who it is about, so that colleagues can talk over the work in a case without knowing whose
// it is.
//
// A Mask knows the people of a case: each has a label that stays the same («Klien A»), and names, call names and aliases. It
// puts the label where a name stands, whole or in part, in small letters, in the old spelling, with marks, with a hyphen or
// joined to another word; and words of an address, telephones, long numbers and e-mail addresses are replaced too, whoever
// they belong to. A capitalised word after «Pak», «Bu» and the like is taken for a name that the case does not know.
//
// It would rather hide a word too many than one too few: the text is for talking over, not for keeping. It knows no database.
package mask

import (
	"regexp"
	"strings"
	"unicode"
)

// Person is someone whose names are replaced by a label.
type Person struct {
	Label string
	Names []string // name, real name, call name, aliases
}

// Labels of what is replaced besides people of the case.
type Labels struct {
	Stranger string // somebody whose name follows «Pak», «Bu»
	Place    string // words of an address
	Number   string // telephones and other long numbers
	Mail     string
}

// Mask replaces; it may be used by several at once.
type Mask struct {
	labels Labels
	people []Person
	words  []term           // of names, each folded
	places []term           // of addresses
	short  map[string][]int // names of up to three letters, and who bears them
}

// term is a folded word and who it belongs to; nobody where it is of an address.
type term struct {
	word string
	who  []int
}

// New makes a mask of the people and of the lines of addresses of a case.
func New(l Labels, people []Person, addresses []string) *Mask {
	m := &Mask{labels: l, people: people, short: map[string][]int{}}
	for i, p := range people {
		for _, name := range p.Names {
			for _, w := range wordsOf(name) {
				m.name(fold(w.text), i)
			}
		}
	}
	for _, line := range addresses {
		for _, w := range wordsOf(line) {
			if f := fold(w.text); len(f) > 2 && !generic[f] && !isNumber(f) {
				m.places = addTerm(m.places, f, -1)
			}
		}
	}
	return m
}

func (m *Mask) name(folded string, who int) {
	switch {
	case folded == "" || titles[folded] || joiners[folded]:
	case len([]rune(folded)) <= shortName:
		m.short[folded] = append(m.short[folded], who)
	default:
		m.words = addTerm(m.words, folded, who)
	}
}

// shortName is the longest name that is looked for as a whole word alone: «Ani» stands inside «berani».
const shortName = 3

func addTerm(list []term, word string, who int) []term {
	for i := range list {
		if list[i].word == word {
			list[i].who = append(list[i].who, who)
			return list
		}
	}
	return append(list, term{word, []int{who}})
}

var (
	mail = regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+`)
	long = regexp.MustCompile(`\+?\(?[0-9][0-9 ()./\x{2010}-\x{2015}\x{00a0}-]{4,}[0-9]`)
	rtrw = regexp.MustCompile(`(?i)\b(rt|rw)[ .:/]*[0-9]+([ /]*[0-9]+)?`)
)

// Text is a text without who it is about.
func (m *Mask) Text(s string) string {
	s = strings.Map(invisible, s)
	s = mail.ReplaceAllString(s, m.labels.Mail)
	s = rtrw.ReplaceAllString(s, m.labels.Place)
	s = long.ReplaceAllStringFunc(s, m.number)
	return m.withoutNames(s)
}

// invisible drops signs that nobody sees and that would part a name.
func invisible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

var (
	aDay = regexp.MustCompile(`^[0-3]?[0-9][./-][01]?[0-9][./-](19|20)[0-9]{2}$|^(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$`)
	aSum = regexp.MustCompile(`^[1-9][0-9]{0,2}([.][0-9]{3})+$`) // an amount of money: 1.500.000
)

// leastDigits of a number that may be somebody's.
const leastDigits = 6

// number hides a long number, but for days and amounts of money. A telephone never begins as an amount does: with a
// thousands point after one to three digits, none of them a leading nought.
func (m *Mask) number(s string) string {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < leastDigits || aDay.MatchString(s) || aSum.MatchString(s) && digits < 10 {
		return s
	}
	return m.labels.Number
}

// withoutNames walks the words and replaces each run of words of one kind by one label.
func (m *Mask) withoutNames(s string) string {
	var out strings.Builder
	list := wordsOf(s)
	at := 0
	for i := 0; i < len(list); {
		run := m.runFrom(s, list, i)
		if run.words == 0 {
			i++
			continue
		}
		out.WriteString(s[at:list[i].from])
		out.WriteString(run.label)
		i += run.words
		at = list[i-1].to
	}
	out.WriteString(s[at:])
	return out.String()
}

// run is some words after each other that are replaced by one label.
type run struct {
	words int
	label string
}

func (m *Mask) runFrom(s string, list []word, i int) run {
	if n, label := m.meant(s, list, i); n > 0 {
		return run{n, label}
	}
	if n := m.place(s, list, i); n > 0 {
		return run{n, m.labels.Place}
	}
	if i > 0 && titles[fold(list[i-1].text)] && m.strange(s, list, i) {
		n := 1
		for i+n < len(list) && near(s, list[i+n-1], list[i+n]) && m.strange(s, list, i+n) {
			n++
		}
		return run{n, m.labels.Stranger}
	}
	return run{}
}

// meant is the run of names that begins at a word; whoever bears the most of its words is meant.
func (m *Mask) meant(s string, list []word, i int) (n int, label string) {
	votes := make([]int, len(m.people))
	for i+n < len(list) && (n == 0 || near(s, list[i+n-1], list[i+n])) {
		who := m.bearers(fold(list[i+n].text))
		if len(who) == 0 {
			break
		}
		for _, w := range who {
			votes[w]++
		}
		n++
	}
	best := 0
	for w, v := range votes {
		if v > votes[best] {
			best = w
		}
	}
	if n > 0 {
		label = m.people[best].Label
	}
	return n, label
}

// bearers are those one of whose names stands in a word.
func (m *Mask) bearers(folded string) (who []int) {
	for _, t := range m.words {
		if t.in(folded) {
			who = append(who, t.who...)
		}
	}
	for name, bearers := range m.short {
		if alone(folded, name) {
			who = append(who, bearers...)
		}
	}
	return who
}

// four letters stand inside many a word: «Andi» in «mandi». They count where the rest of the word is a title or an ending.
const fourLetters = 4

func (t term) in(folded string) bool {
	if len([]rune(t.word)) > fourLetters {
		return strings.Contains(folded, t.word)
	}
	return alone(folded, t.word)
}

// alone tells whether a word is the name itself, with an ending («Aninya») or joined to a title («ibuani»).
func alone(folded, name string) bool {
	rest, ok := strings.CutPrefix(folded, name)
	if ok && (rest == "" || endings[rest]) {
		return true
	}
	before, after, ok := strings.Cut(folded, name)
	return ok && titles[before] && (after == "" || endings[after])
}

// place is the run of an address: its words, and the numbers and short words between and after them.
func (m *Mask) place(s string, list []word, i int) (n int) {
	if !m.isPlace(fold(list[i].text)) {
		return 0
	}
	n = 1
	for i+n < len(list) && near(s, list[i+n-1], list[i+n]) {
		f := fold(list[i+n].text)
		if !m.isPlace(f) && !isNumber(f) && !generic[f] {
			break
		}
		n++
	}
	return n
}

func (m *Mask) isPlace(folded string) bool {
	for _, t := range m.places {
		if len(t.word) > fourLetters && strings.Contains(folded, t.word) || folded == t.word {
			return true
		}
	}
	return false
}

// strange tells whether a word after a title looks like a name: it begins with a capital letter and is no title itself.
func (m *Mask) strange(s string, list []word, i int) bool {
	w := list[i]
	if i > 0 && !near(s, list[i-1], w) {
		return false
	}
	first := []rune(w.text)[0]
	return unicode.IsUpper(first) && !titles[fold(w.text)] && !joiners[fold(w.text)]
}

// near tells whether two words follow each other with no more than a space, a full stop or a hyphen between.
func near(s string, a, b word) bool {
	return strings.Trim(s[a.to:b.from], " .-\u00a0") == "" && b.from-a.to <= 3
}
