package day

import (
	"context"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var (
	laterWords = i18n.Family("day.later.")
	greetings  = i18n.Family("day.greeting.")
)

// greeting by the hour in the office's zone.
func greeting(ctx context.Context, now time.Time) string {
	switch h := now.In(i18n.Zone(ctx)).Hour(); {
	case h < 11:
		return "morning"
	case h < 15:
		return "noon"
	case h < 18:
		return "afternoon"
	}
	return "evening"
}

// called is the name a colleague is called by.
func called(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

func hero(ctx context.Context, v view) ui.HeroProps {
	n := len(v.First) + v.More
	h := ui.HeroProps{Now: v.Now, Title: greetings.T(ctx, greeting(ctx, v.Now), "name", called(v.Actor.Name)), Lede: i18n.T(ctx, "day.lede", "n", n)}
	if n == 0 {
		h.Lede = i18n.T(ctx, "day.lede_calm")
	}
	open := "day.number.cases"
	if v.Team {
		open = "day.number.office_cases"
	}
	h.Numbers = []ui.Number{{Label: i18n.T(ctx, "day.number.first"), Value: n}, {Label: i18n.T(ctx, "day.number.requests"), Value: int(v.Waiting)},
		{Label: i18n.T(ctx, open), Value: int(v.Open)}}
	return h
}

// now is what the hero carries: the first of what needs doing.
func now(ctx context.Context, v view) *ui.FirstThing {
	if len(v.First) == 0 {
		return nil
	}
	row := v.First[0].row(ctx, v)
	t := &ui.FirstThing{Words: row.Words, Title: row.Title, Href: row.Href, Text: strings.Join(row.Lines, ". "),
		Button: ui.Button{Text: i18n.T(ctx, "day.open"), Href: row.Href, Kind: ui.Light, Wide: true}}
	if len(row.Marks) > 0 {
		t.Mark = row.Marks[0]
	}
	return t
}

func caseLine(ctx context.Context, v view, i casefile.Item) string {
	line := i.Number + ", " + casefile.StageWord(ctx, i.Stage)
	if v.Team && i.Worker.Name != "" {
		line += ", " + i.Worker.Name
	}
	return line
}

// quietRow tells for how long nothing has happened in a case.
func quietRow(ctx context.Context, v view, i casefile.Item) ui.RowProps {
	days := int(v.Now.Sub(i.UpdatedAt.Time).Hours() / 24)
	row := ui.RowProps{Title: i.ClientName, Href: "/kasus/" + i.ID.String(), Icon: "moon", Lines: []string{caseLine(ctx, v, i)},
		Words: i18n.T(ctx, "day.quiet", "n", days), WordsAt: i.UpdatedAt.Time}
	if i.Risk == "high" {
		row.Marks = []ui.Mark{{Text: i18n.T(ctx, "day.high_risk"), Icon: "shield-alert", Tone: ui.Coral}}
	}
	return row
}

func adriftRow(ctx context.Context, v view, i casefile.Item) ui.RowProps {
	row := ui.RowProps{Title: i.ClientName, Href: "/kasus/" + i.ID.String(), Icon: "user-x", Tone: ui.Amber, Lines: []string{caseLine(ctx, v, i)}}
	if v.Actor.Can(access.CaseAssign) {
		row.Href += "/ubah"
	}
	return row
}

func chips(ctx context.Context, v view) []ui.Chip {
	return []ui.Chip{{Text: i18n.T(ctx, "day.of_team"), Href: "/", Current: v.Team}, {Text: i18n.T(ctx, "day.of_mine"), Href: "/?tampil=saya", Current: !v.Team}}
}

// loadRows are the workers with the heaviest loads; the numbers lead to the list of their cases.
func loadRows(loads []casefile.Load) (rows [][]ui.Cell) {
	for _, l := range loads[:min(len(loads), shown)] {
		if l.Open == 0 {
			break
		}
		list := "/kasus?milik=semua&petugas=" + l.Worker.ID.String()
		rows = append(rows, []ui.Cell{{Text: l.Worker.Name, Href: list}, number(l.Weight, ""), number(l.Open, ""), number(l.High, list+"&risiko=high"), number(l.Late, "")})
	}
	return rows
}

func number(n int, href string) ui.Cell {
	c := ui.Cell{Text: strconv.Itoa(n)}
	if n > 0 {
		c.Href = href
	}
	return c
}
