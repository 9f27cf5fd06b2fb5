package instrument

import (
	"context"
	"math"
	"slices"
	"time"

	"teduh/internal/i18n"
	"teduh/internal/instrument/scoring"
	"teduh/internal/ui"
)

// series are the results of one instrument for one person, oldest first: what a chart shows and change is judged by.
type series struct {
	Edition Edition // of the newest
	Person  string  // name; empty is the client
	List    []Answering
}

func (s series) last() Answering { return s.List[len(s.List)-1] }

// seriesOf groups what counts by instrument and person, the most recently answered first.
func (v caseView) seriesOf() (all []series) {
	for _, x := range v.List {
		if !x.Counts() {
			continue
		}
		at := slices.IndexFunc(all, func(s series) bool { return s.List[0].Instrument == x.Instrument && s.List[0].Person == x.Person })
		if at < 0 {
			e, err := pick(v.Editions, x.Instrument, x.Edition)
			if err != nil {
				continue
			}
			all, at = append(all, series{Edition: e, Person: x.PersonName}), len(all)
		}
		all[at].List = append([]Answering{x}, all[at].List...)
	}
	return all
}

// waiting are the fillings that a client has not sent yet.
func (v caseView) waiting() (list []Answering) {
	for _, x := range v.List {
		if x.DoneAt.IsZero() && x.StruckAt.IsZero() {
			list = append(list, x)
		}
	}
	return list
}

func (v caseView) struck() (list []Answering) {
	for _, x := range v.List {
		if !x.StruckAt.IsZero() {
			list = append(list, x)
		}
	}
	return list
}

func scoreOf(x Answering, scale string) (scoring.Score, bool) {
	for _, s := range x.Result.Scores {
		if s.Scale == scale {
			return s, s.Scored
		}
	}
	return scoring.Score{}, false
}

// chart is a scale's line over time.
func (s series) chart(ctx context.Context, scale scoring.Scale) ui.ChartProps {
	c := ui.ChartProps{ID: "chart-" + s.last().ID.String() + "-" + scale.Code, Title: say(ctx, s.Edition.Form.Title) + ": " + say(ctx, scale.Title)}
	for _, b := range scale.Bands {
		c.Bands = append(c.Bands, ui.ChartBand{From: b.From, To: b.To, Tone: b.Tone, Title: say(ctx, b.Title)})
	}
	for _, x := range s.List {
		got, ok := scoreOf(x, scale.Code)
		if !ok {
			continue
		}
		c.Least, c.Most = got.Least, got.Most
		text := i18n.Number(ctx, got.Value)
		c.Points = append(c.Points, ui.ChartPoint{Day: x.AnsweredOn.In(time.UTC), Value: got.Value, Text: text, Words: i18n.Day(ctx, x.AnsweredOn) + ": " + text})
	}
	return c
}

// change judges the newest score against the first.
func (s series) change(scale scoring.Scale) (scoring.Verdict, float64, bool) {
	var values []float64
	for _, x := range s.List {
		if got, ok := scoreOf(x, scale.Code); ok {
			values = append(values, got.Value)
		}
	}
	if len(values) < 2 {
		return scoring.Unknown, 0, false
	}
	first, last := values[0], values[len(values)-1]
	return scale.Judge(first, last), last - first, true
}

func verdictMark(ctx context.Context, v scoring.Verdict) ui.Mark {
	m := ui.Mark{Text: verdictWords.T(ctx, string(v))}
	switch v {
	case scoring.Better:
		m.Tone, m.Icon = ui.Green, "trending-up"
	case scoring.Worse:
		m.Tone, m.Icon = ui.Coral, "triangle-alert"
	}
	return m
}

// bandMark is a score's band as a pill.
func bandMark(ctx context.Context, scale scoring.Scale, got scoring.Score) ui.Mark {
	b, ok := scale.BandOf(got.Band)
	if !ok {
		return ui.Mark{}
	}
	return ui.Mark{Text: say(ctx, b.Title), Tone: toneOf(b.Tone)}
}

// scoreRows are the same values as the chart's, for a table.
func (s series) scoreRows(ctx context.Context, v caseView, scale scoring.Scale) (rows [][]ui.Cell) {
	for _, x := range slices.Backward(s.List) {
		text, mark := i18n.T(ctx, "instrument.not_scored"), ui.Mark{}
		if got, ok := scoreOf(x, scale.Code); ok {
			text, mark = i18n.Number(ctx, got.Value), bandMark(ctx, scale, got)
		}
		rows = append(rows, []ui.Cell{{Text: i18n.Day(ctx, x.AnsweredOn), Href: v.href(x.ID.String())}, {Body: scoreCell(text, mark)}, {Text: mannerWords.T(ctx, x.Manner)}})
	}
	return rows
}

// changeWords tell the change since the first answering, and what the judgement stands on.
func changeWords(ctx context.Context, s scoring.Scale, v scoring.Verdict, by float64) string {
	told := "+" + i18n.Number(ctx, by)
	if by < 0 {
		told = "−" + i18n.Number(ctx, -by)
	}
	if v == scoring.Unknown {
		return i18n.T(ctx, "instrument.change_unknown", "by", told)
	}
	return i18n.T(ctx, "instrument.change", "by", told, "least", i18n.Number(ctx, roundUp(s.Change.Least())))
}

// roundUp keeps one digit: a smaller change than this is not more than chance.
func roundUp(v float64) float64 { return math.Ceil(v*10) / 10 }
