package day

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/referral"
	"teduh/internal/supervision"
	"teduh/internal/ui"
)

// The order of what needs doing: by what hurts most if it is left. Someone in danger whom nobody has reached stands before
// a danger that is known and has no plan, that before other promises that were not kept, and papers stand last.
const (
	rankDanger = iota
	rankPlan
	rankLate
	rankTaskLate
	rankReferral
	rankTaskToday
	rankApproval
	rankNote
	rankLicence
)

// first is one thing that needs doing; exactly one of what follows is set.
type first struct {
	rank     int
	since    time.Time // the longer ago, the sooner
	Request  *intake.Request
	Case     *casefile.Item
	Task     *casefile.Task
	Referral *referral.Referral
	Note     *casefile.Unsigned
	Approval *supervision.Waiting
	Licence  *supervision.Expiring
}

func lateRequest(q intake.Request) first {
	f := first{rank: rankLate, since: q.RespondBy.Time, Request: &q}
	if q.Urgency == "now" || q.Urgency == "day" {
		f.rank = rankDanger
	}
	return f
}

func planless(i casefile.Item) first {
	return first{rank: rankPlan, since: i.UpdatedAt.Time, Case: &i}
}

func dueTask(t casefile.Task, today db.Date) first {
	f := first{rank: rankTaskToday, since: t.DueOn.In(time.UTC), Task: &t}
	if t.DueOn < today {
		f.rank = rankTaskLate
	}
	return f
}

func unanswered(x referral.Referral) first {
	return first{rank: rankReferral, since: x.DueAt.Time, Referral: &x}
}

func unsigned(n casefile.Unsigned) first {
	return first{rank: rankNote, since: n.RecordedAt.Time, Note: &n}
}

func toApprove(x supervision.Waiting) first {
	return first{rank: rankApproval, since: x.AskedAt.Time, Approval: &x}
}

func toRenew(x supervision.Expiring) first {
	return first{rank: rankLicence, since: x.ExpiresOn.In(time.UTC), Licence: &x}
}

func (v *view) sort() {
	slices.SortStableFunc(v.First, func(a, b first) int { return cmp.Or(cmp.Compare(a.rank, b.rank), a.since.Compare(b.since)) })
	v.More = max(0, len(v.First)-shownFirst)
	v.First = v.First[:min(len(v.First), shownFirst)]
}

// row is how it stands in the list.
func (f first) row(ctx context.Context, v view) ui.RowProps {
	switch {
	case f.Request != nil:
		return intake.Row(ctx, *f.Request, v.Now)
	case f.Case != nil:
		return ui.RowProps{Title: i18n.T(ctx, "day.write_plan", "name", f.Case.ClientName), Href: "/kasus/" + f.Case.ID.String() + "/asesmen", Icon: "shield-alert", Tone: ui.Coral,
			Lines: []string{caseLine(ctx, v, *f.Case)}, Marks: []ui.Mark{{Text: i18n.T(ctx, "day.high_risk"), Tone: ui.Coral, Icon: "shield-alert"}}}
	case f.Task != nil:
		return ui.RowProps{Title: casefile.TaskTitle(ctx, *f.Task), Href: "/kasus/" + f.Task.Case.String(), Icon: "list-checks", Tone: toneOf(f.rank),
			Lines: []string{f.Task.CaseNumber}, Marks: []ui.Mark{casefile.TaskMark(ctx, *f.Task, v.Now)}}
	case f.Referral != nil:
		return ui.RowProps{Title: i18n.T(ctx, "day.ask_partner", "service", f.Referral.ServiceName), Href: "/rujukan/" + f.Referral.ID.String(), Icon: "send", Tone: ui.Amber,
			Lines: []string{f.Referral.Number}, Words: i18n.T(ctx, "day.sent", "when", i18n.Near(ctx, f.Referral.SentAt.Time, v.Now)), WordsAt: f.Referral.SentAt.Time}
	}
	if f.Approval != nil {
		return supervision.ApprovalRow(ctx, *f.Approval)
	}
	if f.Licence != nil {
		return supervision.ExpiringRow(ctx, *f.Licence, v.today())
	}
	return ui.RowProps{Title: i18n.T(ctx, "day.sign_note", "kind", casefile.NoteKind(ctx, f.Note.Kind)), Href: "/kasus/" + f.Note.Case.String() + "#h-notes", Icon: "pencil", Tone: ui.Amber,
		Lines: []string{f.Note.CaseNumber + ", " + f.Note.ClientName}, Words: i18n.T(ctx, "day.written", "when", i18n.Near(ctx, f.Note.RecordedAt.Time, v.Now)), WordsAt: f.Note.RecordedAt.Time}
}

func toneOf(rank int) ui.Tone {
	if rank == rankTaskLate {
		return ui.Coral
	}
	return ui.Amber
}

// act is what one click does about it, in place; nothing where it takes more than a click.
type act struct {
	Action string
	Text   string
	Icon   string
}

func (f first) act(ctx context.Context, a access.Actor) *act {
	switch {
	case f.Request != nil && f.Request.AssignedTo.ID.IsZero() && a.Can(access.RequestHandle):
		return take(ctx, *f.Request)
	case f.Task != nil:
		return &act{Action: "/tugas/" + f.Task.ID.String() + "/selesai", Text: i18n.T(ctx, "day.tick"), Icon: "check"}
	}
	return nil
}

func take(ctx context.Context, q intake.Request) *act {
	return &act{Action: "/permintaan/" + q.ID.String() + "/ambil", Text: i18n.T(ctx, "day.take"), Icon: "user-check"}
}

// withAct is the row with what one click does about it.
func (f first) withAct(ctx context.Context, v view) ui.RowProps {
	row := f.row(ctx, v)
	if x := f.act(ctx, v.Actor); x != nil {
		row.Act = doIt(*x, row.Title, v)
	}
	return row
}

// waiting is a request that is not late, with a click to take it.
func waiting(ctx context.Context, v view, q intake.Request) ui.RowProps {
	row := intake.Row(ctx, q, v.Now)
	if q.AssignedTo.ID.IsZero() && v.Actor.Can(access.RequestHandle) {
		row.Act = doIt(*take(ctx, q), q.Number, v)
	}
	return row
}

// asked tells whether the plan a task asks for is asked for already, for the danger itself.
func (v view) asked(t casefile.Task) bool {
	return t.Code == "safety_plan" && slices.ContainsFunc(v.First, func(f first) bool { return f.Case != nil && f.Case.ID == t.Case })
}
