package supervision

import (
	"context"
	"strconv"

	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// casesOf is the list of a worker's open cases; what narrows it further.
func casesOf(l casefile.Load, what string) string {
	return "/kasus?milik=semua&status=open&petugas=" + l.Worker.ID.String() + what
}

// number of cases that leads to their list; none leads nowhere.
func number(ctx context.Context, n int, href string) ui.Cell {
	c := ui.Cell{Text: i18n.Number(ctx, n)}
	if n > 0 {
		c.Href = href
	}
	return c
}

func teamTable(ctx context.Context, v teamView) ui.ListTableProps {
	t := ui.ListTableProps{Caption: i18n.T(ctx, "supervision.caption"), First: i18n.T(ctx, "supervision.worker"), Columns: []string{
		i18n.T(ctx, "supervision.weight"), i18n.T(ctx, "supervision.open"), i18n.T(ctx, "supervision.high"), i18n.T(ctx, "supervision.gates"),
		i18n.T(ctx, "supervision.quiet"), i18n.T(ctx, "supervision.unsigned")}}
	for _, l := range v.Loads {
		t.Rows = append(t.Rows, ui.ListRow{Title: l.Worker.Name, Cells: []ui.Cell{{Body: loadBar(l, v.Most)}, number(ctx, l.Open, casesOf(l, "")),
			number(ctx, l.High, casesOf(l, "&risiko=high")), number(ctx, l.Gates, casesOf(l, "&perlu="+casefile.NeedGate)),
			number(ctx, l.Quiet, casesOf(l, "&perlu="+casefile.NeedQuiet)), number(ctx, l.Unsigned, casesOf(l, "&perlu="+casefile.NeedSign))}})
	}
	return t
}

func figures(ctx context.Context, v teamView) []ui.Figure {
	return []ui.Figure{{Label: i18n.T(ctx, "supervision.open"), Value: i18n.Number(ctx, v.All.Open)}, {Label: i18n.T(ctx, "supervision.high"), Value: i18n.Number(ctx, v.All.High)},
		{Label: i18n.T(ctx, "supervision.gates"), Value: i18n.Number(ctx, v.All.Gates)}, {Label: i18n.T(ctx, "supervision.quiet"), Value: i18n.Number(ctx, v.All.Quiet)},
		{Label: i18n.T(ctx, "supervision.unsigned"), Value: i18n.Number(ctx, v.All.Unsigned)}}
}

// points are the weights of a set of codes in words: «Asesmen 2, Intervensi 3».
func points(words func(code string) string, codes []string, weights map[string]int) (lines []string) {
	for _, code := range codes {
		lines = append(lines, words(code)+" "+strconv.Itoa(weights[code]))
	}
	return lines
}
