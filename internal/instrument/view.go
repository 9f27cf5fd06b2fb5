package instrument

import (
	"context"
	"strings"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/instrument/scoring"
	"teduh/internal/questions"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

var (
	stateWords   = i18n.Family("instrument.state.")
	mannerWords  = i18n.Family("instrument.manner.")
	verdictWords = i18n.Family("instrument.verdict.")
	methodWords  = i18n.Family("instrument.method.")
	cutoffWords  = i18n.Family("instrument.cutoff.")
	languageWord = i18n.Family("instrument.language.")
)

// say picks a text in the reader's language.
func say(ctx context.Context, w form.Words) string { return w.In(string(i18n.Lang(ctx))) }

func toneOf(tone string) ui.Tone {
	return map[string]ui.Tone{"calm": ui.Green, "notice": ui.Blue, "warn": ui.Amber, "alarm": ui.Coral}[tone]
}

func editionOptions(ctx context.Context, list []Edition) (options []ui.Option) {
	for _, e := range Offered(list) {
		options = append(options, ui.Option{Value: e.Name + " " + e.Version, Label: say(ctx, e.Form.Title)})
	}
	return options
}

func personOptions(ctx context.Context, c casefile.Case, people []casefile.Involved) []ui.Option {
	list := []ui.Option{{Value: "", Label: i18n.T(ctx, "instrument.the_client", "name", c.Client.Name)}}
	for _, x := range people {
		if x.Person != c.Client.Person {
			list = append(list, ui.Option{Value: x.Person.String(), Label: x.Name})
		}
	}
	return list
}

func languageOptions(ctx context.Context) (list []ui.Option) {
	for _, l := range Languages {
		list = append(list, ui.Option{Value: l, Label: languageWord.T(ctx, l)})
	}
	return list
}

// sheet is an edition as it is asked, in the client's language.
func sheet(e Edition, language string, f web.Form, err error) questions.Sheet {
	return questions.Sheet{Form: e.Form, Language: language, Values: f, Err: err}
}

// told is an answer in words.
func told(ctx context.Context, it form.Item, values []string, language string) string {
	if words := questions.Told(ctx, it, values, language); words != "" {
		return words
	}
	return i18n.T(ctx, "instrument.no_answer_given")
}

// today is the day a form begins with.
func today(ctx context.Context) string { return time.Now().In(i18n.Zone(ctx)).Format(time.DateOnly) }

// dayValue is the day of a form: what was typed, or today.
func dayValue(ctx context.Context, f web.Form) string {
	if f.Has("answered_on_y") || f.Has("answered_on") {
		return ui.DateValue(f.Get, "answered_on")
	}
	return today(ctx)
}

func titleOf(ctx context.Context, v caseView, x Answering) string {
	e, err := pick(v.Editions, x.Instrument, x.Edition)
	if err != nil {
		return x.Instrument
	}
	return say(ctx, e.Form.Title)
}

func oneFacts(ctx context.Context, v oneView) []ui.Fact {
	x := v.Answering
	who := x.PersonName
	if who == "" {
		who = v.Case.Client.Name
	}
	return []ui.Fact{{Label: i18n.T(ctx, "instrument.who"), Value: who}, {Label: i18n.T(ctx, "instrument.day"), Value: i18n.Day(ctx, x.AnsweredOn)},
		{Label: i18n.T(ctx, "instrument.how"), Value: mannerWords.T(ctx, x.Manner)}, {Label: i18n.T(ctx, "instrument.by"), Value: x.By.Name},
		{Label: i18n.T(ctx, "instrument.edition_label"), Value: v.Edition.Version}}
}

func answerFacts(ctx context.Context, v oneView) (facts []ui.Fact) {
	language := v.Answering.Language
	for _, q := range v.Edition.Form.Questions() {
		facts = append(facts, ui.Fact{Label: strings.TrimSpace(q.Prefix + " " + q.Text.In(language)), Value: told(ctx, q, v.Answering.Answers[q.ID], language)})
	}
	return facts
}

func stateMark(ctx context.Context, e Edition) ui.Mark {
	m := ui.Mark{Text: stateWords.T(ctx, e.State)}
	switch {
	case e.State == Published && !e.Form.Worded():
		m.Text, m.Tone = i18n.T(ctx, "instrument.state_wordless"), ui.Amber
	case e.State == Published:
		m.Tone = ui.Green
	}
	return m
}

func editionRowProps(ctx context.Context, e Edition) ui.RowProps {
	from := i18n.T(ctx, "instrument.shipped")
	if !e.Shipped {
		from = e.By.Name
	}
	return ui.RowProps{Title: say(ctx, e.Form.Title), Href: hrefOf(e), Icon: "clipboard-list", Marks: []ui.Mark{stateMark(ctx, e)},
		Lines: []string{i18n.T(ctx, "instrument.edition", "version", e.Version) + ", " + from}}
}

func bandRows(ctx context.Context, s scoring.Scale) (rows [][]ui.Cell) {
	for _, b := range s.Bands {
		rows = append(rows, []ui.Cell{{Text: i18n.Number(ctx, b.From) + "–" + i18n.Number(ctx, b.To)}, {Body: ui.Pill(ui.Mark{Text: say(ctx, b.Title), Tone: toneOf(b.Tone)})},
			{Text: say(ctx, b.Meaning)}})
	}
	return rows
}

// scaleWords say how a scale is reckoned.
func scaleWords(ctx context.Context, s scoring.Scale) string {
	words := methodWords.T(ctx, s.Method, "n", len(s.Items))
	if s.Factor > 1 {
		words += " " + i18n.T(ctx, "instrument.factor", "by", i18n.Number(ctx, s.Factor))
	}
	if s.Cutoff != nil {
		words += " " + cutoffWords.T(ctx, s.Cutoff.Side, "at", i18n.Number(ctx, s.Cutoff.At))
	}
	return words
}

// numberLines are the office's emergency numbers, one a line.
func numberLines(s *unit.Settings) (lines []string) {
	for _, n := range s.Emergency.Shown() {
		lines = append(lines, n.Name+": "+n.Number)
	}
	return lines
}
