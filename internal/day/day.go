// Package day is the page a worker's day begins with: what needs doing first, the tasks due, and the own cases with the
// ones gone quiet first.
//
// It keeps nothing of its own; everything comes from the services of the domains, in the actor's scope. A role whose
// screens come with a later release lands on a page that says so plainly.
package day

import (
	"context"
	"net/http"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct {
	cases *casefile.Service
	now   func() time.Time
}

// NewPages makes the pages.
func NewPages(c *casefile.Service, now func() time.Time) *Pages { return &Pages{cases: c, now: now} }

// Routes of the day.
func (p *Pages) Routes() []web.Route {
	return []web.Route{{Method: "GET", Path: "/{$}", Permission: string(access.SignedIn), Handle: p.today}}
}

// shown is how many tasks and cases the page shows; the lists behind them hold the rest.
const shown = 8

type view struct {
	Actor access.Actor
	Now   time.Time
	Tasks []casefile.Task
	Cases casefile.List
	High  casefile.List
	Late  int
}

func (p *Pages) today(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	v := view{Actor: a, Now: p.now()}
	info := web.PageInfo{Title: i18n.T(r.Context(), "day.title"), Active: "today"}
	if start := startOf(a); start != "" {
		return web.Redirect(w, r, start)
	}
	if !a.Can(access.CaseRead) {
		return web.ShowPage(w, r, info, laterPage(v))
	}
	if err := p.fill(r, &v); err != nil {
		return err
	}
	return web.ShowPage(w, r, info, todayPage(v))
}

// startOf is where the day begins for those whose work stands on a page of its own.
func startOf(a access.Actor) string {
	switch {
	case a.Can(access.CaseRead):
		return ""
	case a.Can(access.RequestRead):
		return "/permintaan"
	case a.Can(access.AccountManage):
		return "/pengguna"
	}
	return ""
}

func (p *Pages) fill(r *http.Request, v *view) (err error) {
	ctx, a := r.Context(), v.Actor
	today := db.DayOf(v.Now, a.Office.Zone)
	if v.Tasks, err = p.cases.MyTasks(ctx, a, today.AddDays(7), shown); err != nil {
		return err
	}
	for _, t := range v.Tasks {
		if t.DueOn < today {
			v.Late++
		}
	}
	mine := casefile.Filter{Status: "open", Limit: shown, Total: true, Sort: casefile.LatestChange}
	if !a.Has(access.Head) && !a.Has(access.Supervisor) {
		mine.Worker = a.User
	}
	if v.Cases, err = p.cases.List(ctx, a, mine); err != nil {
		return err
	}
	mine.Risk = "high"
	v.High, err = p.cases.List(ctx, a, mine)
	return err
}

func numbers(ctx context.Context, v view) []ui.Number {
	return []ui.Number{{Label: i18n.T(ctx, "day.number.tasks"), Value: len(v.Tasks)},
		{Label: i18n.T(ctx, "day.number.cases"), Value: int(v.Cases.Total)}, {Label: i18n.T(ctx, "day.number.high"), Value: int(v.High.Total)}}
}

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

var greetings = i18n.Family("day.greeting.")

// first is the name a colleague is called by.
func first(name string) string {
	word, _, _ := strings.Cut(name, " ")
	return word
}

// quietAfter is how long a case may go without a change before the day page says so.
const quietAfter = 14 * 24 * time.Hour

// firstThing is what hurts most if it is left: a late task, else a task due, else a case of high risk.
func firstThing(ctx context.Context, v view) *ui.FirstThing {
	switch {
	case len(v.Tasks) > 0:
		t := v.Tasks[0]
		href := "/kasus/" + t.Case.String()
		return &ui.FirstThing{Mark: casefile.TaskMark(ctx, t, v.Now), Title: casefile.TaskTitle(ctx, t), Href: href, Text: t.CaseNumber,
			Button: ui.Button{Text: i18n.T(ctx, "day.open_case"), Href: href, Kind: ui.Light}}
	case len(v.High.Items) > 0:
		i := v.High.Items[0]
		href := "/kasus/" + i.ID.String()
		return &ui.FirstThing{Mark: ui.Mark{Text: i18n.T(ctx, "day.high_risk"), Tone: ui.Coral, Icon: "shield-alert"}, Title: i.ClientName, Href: href,
			Text: i.Number, Button: ui.Button{Text: i18n.T(ctx, "day.open_case"), Href: href, Kind: ui.Light}}
	}
	return nil
}
