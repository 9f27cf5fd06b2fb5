package day

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
)

// view is the day of one reader: their own, or the team's.
type view struct {
	Actor   access.Actor
	Now     time.Time
	Leads   bool // may look at the team
	Team    bool // looks at it
	First   []first
	More    int // what needs doing beyond what is shown
	Waiting int64
	New     []intake.Request // in time still
	Tasks   []casefile.Task  // due within the week, not yet today
	Quiet   casefile.List
	Open    int64
	Loads   casefile.Team
	Alone   []casefile.LeftAlone
	Panels  []templ.Component
}

func (v view) today() db.Date { return db.DayOf(v.Now, v.Actor.Office.Zone) }

// here is this page, for coming back after an act in place.
func (v view) here() string {
	if v.Leads && !v.Team {
		return "/?tampil=saya"
	}
	return "/"
}

// fillOwn reads the day of the one who reads.
func (p *Pages) fillOwn(ctx context.Context, v *view) (err error) {
	if err = p.requests(ctx, v); err != nil {
		return err
	}
	if err = p.plans(ctx, v, v.Actor.User); err != nil {
		return err
	}
	if err = p.tasks(ctx, v); err != nil {
		return err
	}
	if err = p.leftOpen(ctx, v); err != nil {
		return err
	}
	if err = p.guidance(ctx, v); err != nil {
		return err
	}
	v.sort()
	mine := casefile.Filter{Status: "open", Worker: v.Actor.User, QuietSince: db.At(v.Now.Add(-casefile.QuietAfter)), Sort: casefile.Quietest, Limit: shown}
	if v.Quiet, err = p.Cases.List(ctx, v.Actor, mine); err != nil {
		return err
	}
	all, err := p.Cases.List(ctx, v.Actor, casefile.Filter{Status: "open", Worker: v.Actor.User, Limit: 1, Total: true})
	v.Open = all.Total
	return err
}

// fillTeam reads how the work lies on the team, and what of it can't wait.
func (p *Pages) fillTeam(ctx context.Context, v *view) (err error) {
	if err = p.requests(ctx, v); err != nil {
		return err
	}
	if err = p.plans(ctx, v, db.ID{}); err != nil {
		return err
	}
	if err = p.tasks(ctx, v); err != nil {
		return err
	}
	if err = p.guidance(ctx, v); err != nil {
		return err
	}
	if v.Loads, err = p.Guidance.Team(ctx, v.Actor, shown); err != nil {
		return err
	}
	for _, l := range v.Loads.Loads {
		v.Open += int64(l.Open)
	}
	if v.Actor.Can(access.CaseConfidential) {
		if v.Alone, err = p.Cases.LeftAlone(ctx, v.Actor); err != nil {
			return err
		}
	}
	v.sort()
	return nil
}

// requests are the late ones among what needs doing, and the others that wait.
func (p *Pages) requests(ctx context.Context, v *view) error {
	if !v.Actor.Can(access.RequestRead) {
		return nil
	}
	list, err := p.Requests.List(ctx, v.Actor, intake.Filter{State: intake.New, Limit: shownFirst + shown})
	if err != nil {
		return err
	}
	for _, q := range list.Items {
		switch {
		case q.Late(v.Now):
			v.First = append(v.First, lateRequest(q))
		case len(v.New) < shown:
			v.New = append(v.New, q)
		}
	}
	v.Waiting, _, err = p.Requests.Waiting(ctx, v.Actor)
	return err
}

func (p *Pages) plans(ctx context.Context, v *view, worker db.ID) error {
	list, err := p.Practice.HighWithoutPlan(ctx, v.Actor, worker, shownFirst)
	for _, i := range list {
		v.First = append(v.First, planless(i))
	}
	return err
}

// tasks are those of today and before among what needs doing, the rest of the week beside it.
func (p *Pages) tasks(ctx context.Context, v *view) error {
	list, err := p.Cases.MyTasks(ctx, v.Actor, v.today().AddDays(tasksWithin), shownFirst+shown)
	for _, t := range list {
		switch {
		case v.asked(t):
		case t.DueOn <= v.today():
			v.First = append(v.First, dueTask(t, v.today()))
		case len(v.Tasks) < shown:
			v.Tasks = append(v.Tasks, t)
		}
	}
	return err
}

// leftOpen are the referrals without an answer and the notes without a signature.
func (p *Pages) leftOpen(ctx context.Context, v *view) error {
	referrals, err := p.Referrals.Unanswered(ctx, v.Actor, shown)
	if err != nil {
		return err
	}
	for _, x := range referrals {
		v.First = append(v.First, unanswered(x))
	}
	notes, err := p.Cases.UnsignedNotes(ctx, v.Actor, shown)
	for _, n := range notes {
		v.First = append(v.First, unsigned(n))
	}
	return err
}

// guidance are the requests that wait for the reader's approval, and the licences that expire.
func (p *Pages) guidance(ctx context.Context, v *view) error {
	if v.Team {
		waiting, err := p.Guidance.Waiting(ctx, v.Actor, shown)
		if err != nil {
			return err
		}
		for _, x := range waiting {
			v.First = append(v.First, toApprove(x))
		}
	}
	licences, err := p.Guidance.Expiring(ctx, v.Actor, v.Team, shown)
	for _, x := range licences {
		v.First = append(v.First, toRenew(x))
	}
	return err
}
