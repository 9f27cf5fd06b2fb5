package report

import (
	"context"
	"math"
	"strconv"

	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

var (
	byWords       = i18n.Family("report.by.")
	overcomeWords = i18n.Family("report.overcome.")
	aimWords      = i18n.Family("report.aim.")
	verdictWords  = i18n.Family("report.verdict.")
)

func yearOptions(list []int) (options []ui.Option) {
	for _, y := range list {
		options = append(options, ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	return options
}

func byOptions(ctx context.Context, list []string) (options []ui.Option) {
	for _, by := range list {
		options = append(options, ui.Option{Value: by, Label: byWords.T(ctx, by)})
	}
	return options
}

// count is a number as it is told.
func count(ctx context.Context, n int) string {
	if n == Hidden {
		return i18n.T(ctx, "report.hidden")
	}
	return i18n.Number(ctx, n)
}

// digit rounds to one digit after the point, with a sign.
func signed(ctx context.Context, v float64) string {
	v = math.Round(v*10) / 10
	if v < 0 {
		return "−" + i18n.Number(ctx, -v)
	}
	return "+" + i18n.Number(ctx, v)
}

// meanWords tell a mean with its interval and its number, or that there are too few.
func meanWords(ctx context.Context, m Mean) string {
	if !m.Told() {
		return i18n.T(ctx, "report.too_few")
	}
	return i18n.T(ctx, "report.mean", "value", signed(ctx, m.Value), "low", signed(ctx, m.Low), "high", signed(ctx, m.High), "n", m.N)
}

func figures(ctx context.Context, o Outcomes) []ui.Figure {
	list := []ui.Figure{{Label: i18n.T(ctx, "report.closed"), Value: i18n.Number(ctx, o.Closed), Note: i18n.T(ctx, "report.with_outcome", "n", count(ctx, o.All.N))}}
	better := o.All.Overcome[0] + o.All.Overcome[1]
	if o.All.N > 0 && o.All.Overcome[0] != Hidden && o.All.Overcome[1] != Hidden {
		list = append(list, ui.Figure{Label: i18n.T(ctx, "report.better"), Value: i18n.T(ctx, "report.percent", "n", share(better, o.All.N)),
			Note: i18n.T(ctx, "report.of", "n", better, "of", o.All.N)})
	}
	for _, aim := range []struct {
		code string
		Mean
	}{{"restored", o.All.Restored}, {"strengthened", o.All.Strengthened}} {
		if m := aim.Mean; m.Told() {
			list = append(list, ui.Figure{Label: aimWords.T(ctx, aim.code), Value: signed(ctx, m.Value),
				Note: i18n.T(ctx, "report.interval", "low", signed(ctx, m.Low), "high", signed(ctx, m.High), "n", m.N), Good: m.Low > 0})
		}
	}
	return list
}

func overcomeRows(ctx context.Context, o Outcome) (rows [][]ui.Cell) {
	for i, word := range Overcome {
		part := ""
		if n := o.Overcome[i]; n != Hidden && o.N > 0 {
			part = i18n.T(ctx, "report.percent", "n", share(n, o.N))
		}
		rows = append(rows, []ui.Cell{{Text: overcomeWords.T(ctx, word)}, {Text: count(ctx, o.Overcome[i])}, {Text: part}})
	}
	return rows
}

// name of a group in words.
func (v outcomesView) name(ctx context.Context, key string) string {
	switch {
	case key == "":
		return i18n.T(ctx, "report.unsaid")
	case v.Outcomes.By == "category":
		return unit.From(ctx).Category(ctx, key)
	case v.Outcomes.By == "village":
		return v.place(key)
	}
	return key
}

func groupRows(ctx context.Context, v outcomesView) (rows [][]ui.Cell) {
	for _, g := range v.Groups {
		row := []ui.Cell{{Text: v.name(ctx, g.Key)}, {Text: i18n.Number(ctx, g.N)}}
		for _, n := range g.Overcome {
			row = append(row, ui.Cell{Text: count(ctx, n)})
		}
		rows = append(rows, append(row, ui.Cell{Text: meanWords(ctx, g.Restored)}, ui.Cell{Text: meanWords(ctx, g.Strengthened)}))
	}
	return rows
}

func groupColumns(ctx context.Context, by string) []ui.Column {
	columns := []ui.Column{{Text: byWords.T(ctx, by)}, {Text: i18n.T(ctx, "report.n"), Number: true}}
	for _, word := range Overcome {
		columns = append(columns, ui.Column{Text: overcomeWords.T(ctx, word), Number: true})
	}
	return append(columns, ui.Column{Text: aimWords.T(ctx, "restored")}, ui.Column{Text: aimWords.T(ctx, "strengthened")})
}

func aimRows(ctx context.Context, list []Reached) (rows [][]ui.Cell) {
	for _, x := range list {
		if x.N < Least {
			continue
		}
		rows = append(rows, []ui.Cell{{Text: aimWords.T(ctx, x.Aim)}, {Text: i18n.Number(ctx, x.N)}, {Text: count(ctx, x.Goals)}, {Text: meanWords(ctx, x.Score)}})
	}
	return rows
}

func scaleColumns(ctx context.Context) []ui.Column {
	columns := []ui.Column{{Text: i18n.T(ctx, "report.scale")}, {Text: i18n.T(ctx, "report.n"), Number: true}}
	for _, word := range Verdicts {
		columns = append(columns, ui.Column{Text: verdictWords.T(ctx, word), Number: true})
	}
	return append(columns, ui.Column{Text: i18n.T(ctx, "report.scale_change")})
}

func scaleRows(ctx context.Context, list []Scale) (rows [][]ui.Cell) {
	for _, x := range list {
		row := []ui.Cell{{Text: x.Title}, {Text: i18n.Number(ctx, x.N)}}
		for _, n := range x.Verdicts {
			row = append(row, ui.Cell{Text: count(ctx, n)})
		}
		rows = append(rows, append(row, ui.Cell{Text: meanWords(ctx, x.Change)}))
	}
	return rows
}

// share of a whole in whole percents.
func share(n, of int) int { return int(math.Round(100 * float64(n) / float64(of))) }
