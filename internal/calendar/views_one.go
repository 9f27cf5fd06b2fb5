package calendar

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// openView is one appointment and what its reader may do.
type openView struct {
	Appointment Appointment
	Actor       access.Actor
	Now         time.Time
	Typed       string
	Err         error
}

func (v openView) href(part string) string {
	return "/jadwal/" + v.Appointment.ID.String() + "/" + part
}

// session is the address of the note a kept appointment waits for, for those who write on the case.
func (v openView) session() string {
	p := v.Appointment
	if p.State != Kept || p.Session || p.Case.IsZero() || !v.Actor.Can(access.CaseWork) || !p.With(v.Actor.User) && !v.Actor.Has(access.Head) {
		return ""
	}
	zone := v.Actor.Office.Zone
	return casefile.SessionLink(p.Case, p.ID, p.NoteKind(), p.From.In(zone), p.To.In(zone))
}

// begun tells whether it can have been kept.
func (v openView) begun() bool { return !v.Appointment.From.After(v.Now) }

func (v openView) marks(ctx context.Context) (marks []ui.Mark) {
	if m := stateMark(ctx, v.Appointment, v.Now); m.Text != "" {
		marks = append(marks, m)
	}
	if v.Appointment.Confidentiality == casefile.Secret {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "case.secrecy_name.3"), Icon: "lock", Tone: ui.Plum})
	}
	if n := v.Appointment.Moved; n > 0 {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "calendar.moved", "n", n), Line: true})
	}
	if v.Appointment.Session {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "calendar.session_written"), Icon: "pencil", Tone: ui.Teal})
	}
	return marks
}

func (v openView) facts(ctx context.Context) []ui.Fact {
	p := v.Appointment
	facts := []ui.Fact{{Label: i18n.T(ctx, "calendar.when"), Value: i18n.LongDate(ctx, p.From.Time) + ", " + clocks(ctx, p.From.Time, p.To.Time)},
		{Label: i18n.T(ctx, "calendar.kind_label"), Value: kindWords.T(ctx, p.Kind)},
		{Label: i18n.T(ctx, "calendar.workers"), Value: names(p.Workers)}}
	switch {
	case !p.Case.IsZero() && p.Knows == Whole:
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "calendar.case"), Value: p.Number, Href: "/kasus/" + p.Case.String()})
	case !p.Case.IsZero():
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "calendar.case"), Value: p.Number})
	case !p.Request.IsZero():
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "calendar.request"), Value: p.Number, Href: "/permintaan/" + p.Request.String()})
	case !p.Person.IsZero():
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "calendar.person"), Value: p.Name, Href: "/orang/" + p.Person.String()})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "calendar.place"), Value: p.Place},
		ui.Fact{Label: i18n.T(ctx, "calendar.word"), Value: p.Word},
		ui.Fact{Label: i18n.T(ctx, "calendar.made"), Value: p.MadeBy.Name + ", " + i18n.DateTime(ctx, p.MadeAt.Time)})
}

func names(list []User) string {
	all := make([]string, len(list))
	for i, u := range list {
		all[i] = u.Name
	}
	return strings.Join(all, ", ")
}

func clocks(ctx context.Context, from, to time.Time) string {
	return i18n.Clock(ctx, from) + "–" + i18n.Clock(ctx, to)
}

// panelView is the next appointments beside a case, a request or a person.
type panelView struct {
	List     []Appointment
	Gone     []Appointment // what became of the latest
	Now      time.Time
	Add      string
	Reader   access.Actor
	Numbered bool // say of which case or request
}

func (v panelView) row(ctx context.Context, p Appointment) ui.RowProps {
	r := ui.RowProps{Title: kindWords.T(ctx, p.Kind), Href: "/jadwal/" + p.ID.String(), Icon: kindIcons[p.Kind], Tone: ui.Teal,
		Lines: []string{i18n.Near(ctx, p.From.Time, v.Now), names(p.Workers)}}
	if v.Numbered && p.Number != "" {
		r.Lines = append(r.Lines, p.Number)
	}
	if m := stateMark(ctx, p, v.Now); m.Text != "" {
		r.Marks = []ui.Mark{m}
	}
	return r
}

// lengths are what an appointment usually takes, in minutes.
var lengths = []string{"30", "45", "60", "90", "120", "180", "240"}

func minutes(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) }

func (v formView) lengthOptions(ctx context.Context) []ui.Option {
	known := lengths
	if n, err := strconv.Atoi(v.Minutes); err == nil && n > 0 && !slices.Contains(known, v.Minutes) {
		known = append([]string{v.Minutes}, known...)
	}
	list := make([]ui.Option, len(known))
	for i, m := range known {
		n, err := strconv.Atoi(m)
		if err != nil {
			n = 0
		}
		list[i] = ui.Option{Value: m, Label: i18n.Duration(ctx, time.Duration(n)*time.Minute)}
	}
	return list
}

func (v formView) staffOptions() []ui.Option {
	list := make([]ui.Option, len(v.Staff))
	for i, c := range v.Staff {
		list[i] = ui.Option{Value: c.ID.String(), Label: c.Name}
	}
	return list
}

// emails are what was typed of workers where none are offered; keys are told by nobody's name.
func (v formView) emails() string {
	var typed []string
	for _, w := range v.Workers {
		if strings.Contains(w, "@") {
			typed = append(typed, w)
		}
	}
	return strings.Join(typed, ", ")
}

func kindOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Kinds))
	for i, code := range Kinds {
		list[i] = ui.Option{Value: code, Label: kindWords.T(ctx, code)}
	}
	return list
}

// action is where the form goes.
func (v formView) action() string {
	if v.ID.IsZero() {
		return "/jadwal/baru"
	}
	return "/jadwal/" + v.ID.String() + "/ubah"
}

// back is where the form came from.
func (v formView) back() string {
	switch {
	case !v.ID.IsZero():
		return "/jadwal/" + v.ID.String()
	case !v.Case.IsZero() && v.Whole:
		return "/kasus/" + v.Case.String()
	case !v.Request.IsZero():
		return "/permintaan/" + v.Request.String()
	case !v.Person.IsZero():
		return "/orang/" + v.Person.String()
	}
	return "/jadwal"
}

func warningLine(ctx context.Context, w Warning) string {
	return warningWords.T(ctx, w.Code, "name", w.Worker, "time", clocks(ctx, w.From.Time, w.To.Time))
}

func panelHead(ctx context.Context, v panelView) ui.Head {
	h := ui.Head{ID: "h-appointments", Title: i18n.T(ctx, "calendar.panel")}
	if v.Add != "" {
		h.More = ui.Link{Text: i18n.T(ctx, "calendar.new"), Href: v.Add, Icon: "plus"}
	}
	return h
}
