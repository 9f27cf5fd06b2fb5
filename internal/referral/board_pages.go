package referral

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/referral/network"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// boardDays are the times a board may look back over.
var boardDays = []int{30, 90, 365}

// boardView is how the partners answer.
type boardView struct {
	Lines []Line
	Sheet network.Sheet
	Days  int
}

func (p *Pages) board(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), access.From(r.Context())
	v := boardView{Days: web.Query(r).Int("hari", 90)}
	if v.Days != 30 && v.Days != 365 {
		v.Days = 90
	}
	now := p.service.now()
	lines, err := p.service.Board(ctx, a, now.AddDate(0, 0, -v.Days), now)
	if err != nil {
		return err
	}
	v.Lines, v.Sheet = lines, network.Draw(Picture(a.Office.Name, lines))
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "referral.board"), Active: "referrals"}, boardPage(v))
}

func (v boardView) chips(ctx context.Context) (chips []ui.Chip) {
	for _, n := range boardDays {
		chips = append(chips, ui.Chip{Text: i18n.T(ctx, "referral.last_days", "n", n), Href: link("/rujukan/papan", "hari", strconv.Itoa(n)), Current: v.Days == n})
	}
	return chips
}

func (v boardView) table(ctx context.Context) ui.TableProps {
	t := ui.TableProps{ID: "papan", Caption: i18n.T(ctx, "referral.board_caption"), Stacks: true}
	for i, key := range []string{"service", "sent", "accepted", "declined", "answer", "begin", "completed", "open"} {
		t.Columns = append(t.Columns, ui.Column{Text: columnWords.T(ctx, key), Number: i == 1 || i == 2 || i > 5})
	}
	for _, l := range v.Lines {
		number := func(n int) ui.Cell { return ui.Cell{Text: i18n.Number(ctx, n)} }
		t.Rows = append(t.Rows, []ui.Cell{{Text: l.ServiceName}, number(l.Sent()), {Text: l.accepted(ctx)}, {Text: l.declined(ctx)},
			{Text: l.Answer.words(ctx)}, {Text: l.Begin.words(ctx)}, number(l.Counts[Completed]), number(l.Open())})
	}
	return t
}

var columnWords = i18n.Family("referral.column.")

func (l Line) accepted(ctx context.Context) string {
	return i18n.T(ctx, "referral.of_sent", "n", l.Accepted(), "percent", (l.Accepted()*100+l.Sent()/2)/max(l.Sent(), 1))
}

// declined tells how often, and why; of a referral of the past nobody wrote that down.
func (l Line) declined(ctx context.Context) string {
	var words []string
	told := 0
	for _, reason := range Reasons {
		if n := l.Declined[reason]; n > 0 {
			told += n
			words = append(words, i18n.T(ctx, "referral.times", "what", reasonWords.T(ctx, reason), "n", n))
		}
	}
	if n := l.Counts[Declined] - told; n > 0 {
		words = append(words, i18n.T(ctx, "referral.no_reason", "n", n))
	}
	return strings.Join(words, ", ")
}

func (q Quantiles) words(ctx context.Context) string {
	if q.N == 0 {
		return ""
	}
	return i18n.T(ctx, "referral.quantiles", "median", length(ctx, q.Median), "p90", length(ctx, q.P90))
}

// length says a time in the unit that suits it.
func length(ctx context.Context, d time.Duration) string {
	switch {
	case d < time.Hour:
		return lengthWords.T(ctx, "minutes", "n", int(d.Round(time.Minute).Minutes()))
	case d < 48*time.Hour:
		return lengthWords.T(ctx, "hours", "n", int(d.Round(time.Hour).Hours()))
	}
	return lengthWords.T(ctx, "days", "n", int(d.Round(24*time.Hour).Hours())/24)
}

var lengthWords = i18n.Family("referral.length.")
