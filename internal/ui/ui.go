package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// Tone is the meaning a colour carries. There is always a word or an icon with
// it, because colour never speaks alone.
type Tone string

// The tones: Coral is urgent, late or dangerous; Amber medium or waiting; Green
// done or safe; Blue information or sent; Plum secret; Teal the house's own.
const (
	Neutral Tone = ""
	Teal    Tone = "tone-teal"
	Coral   Tone = "tone-coral"
	Amber   Tone = "tone-amber"
	Green   Tone = "tone-green"
	Blue    Tone = "tone-blue"
	Plum    Tone = "tone-plum"
)

// Link is a place to go. Icon may be empty; Hidden words are added for readers
// of screens («Ubah» + « ringkasan kasus»).
type Link struct {
	Text   string
	Href   string
	Icon   string
	Hidden string
}

// Mark is a pill: a short word about a thing. Full is for high risk and
// overdue-at-once only, at most one a view; Line is for plain facts.
type Mark struct {
	Text string
	Icon string
	Tone Tone
	Full bool
	Line bool
}

// MetaItem is one small fact in a line of them, with an icon or a link.
type MetaItem struct {
	Text   string
	Icon   string
	Href   string
	Strong bool
}

// Kind says how loud a button is. One Primary a view.
type Kind string

// The kinds of buttons. Hot is for danger, Light and Glass stand on deep teal.
const (
	Primary Kind = ""
	Soft    Kind = "btn--soft"
	Ghost   Kind = "btn--ghost"
	Hot     Kind = "btn--hot"
	Light   Kind = "btn--light"
	Glass   Kind = "btn--glass"
)

// Button is what SubmitButton and LinkButton show. Text says what it does
// («Simpan catatan»). Name and Value tell several submit buttons of a form
// apart; Href is for LinkButton; Attrs may carry htmx or data attributes.
type Button struct {
	Text   string
	Href   string
	Icon   string
	Kind   Kind
	Small  bool
	Big    bool
	Wide   bool
	Name   string
	Value  string
	Hidden string // words for readers of screens only, after Text
	Attrs  templ.Attributes
}

func (b Button) classes() string {
	names := []string{"btn"}
	if b.Kind != Primary {
		names = append(names, string(b.Kind))
	}
	if b.Small {
		names = append(names, "btn--s")
	}
	if b.Big {
		names = append(names, "btn--big")
	}
	if b.Wide {
		names = append(names, "btn--wide")
	}
	return strings.Join(names, " ")
}

func (m Mark) classes() string {
	switch {
	case m.Full:
		return "pill pill--full"
	case m.Line:
		return "pill pill--line"
	default:
		return classes("pill", m.Tone)
	}
}

// classes joins a class with a tone, which may be none.
func classes(class string, tone Tone) string {
	if tone == Neutral {
		return class
	}
	return class + " " + string(tone)
}

// Initials gives one or two letters for an avatar: «Rahmah Yuliani» is RY.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	switch len(words) {
	case 0:
		return "–"
	case 1:
		return firstLetter(words[0])
	default:
		return firstLetter(words[0]) + firstLetter(words[1])
	}
}

func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r))
}
