package group

import (
	"context"
	"fmt"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// gridView is the tab of a group, with what was refused of its forms.
type gridView struct {
	Grid
	Reader access.Actor
	Staff  []access.Colleague
	Now    time.Time
	Cursor string
	Form   web.Form // of a new session
	Join   web.Form // of a new member
	Found  []person.Found
	Looked bool
	Err    error
}

// sessionView is one session.
type sessionView struct {
	Grid
	Reader access.Actor
	Staff  []access.Colleague
	Now    time.Time
	Notes  []casefile.Note
	Member db.ID // whose thread is open
	Own    []casefile.Item
	Form   web.Form

	SavedAt time.Time // when a note was last kept as a draft
	Err     error
}

var (
	stateWords = i18n.Family("group.state.")
	shortWords = i18n.Family("group.short.")
)

// look of each state: an icon and a tone, always beside its word.
var look = map[string]struct {
	icon string
	tone ui.Tone
}{"present": {"check", ui.Green}, "late": {"clock", ui.Amber}, "excused": {"info", ui.Blue}, "absent": {"x", ui.Coral}}

func (g Grid) href(part string) string {
	if part == "" {
		return "/kasus/" + g.Case.ID.String() + "/" + tab
	}
	return address(g.Case.ID, part)
}

func (g Grid) writes() bool { return g.Case.Writes && g.Case.Status == "open" }

// session of a view of one.
func (v sessionView) session() Session { return v.Sessions[0] }

// marks tells whether the reader may mark who came.
func (g Grid) marks(x Session, now time.Time) bool { return g.writes() && x.begun(now) }

func shortDay(ctx context.Context, x Session) string { return i18n.DayMonthShort(ctx, x.HeldAt.Time) }

func off(ctx context.Context, x Session, now time.Time) string {
	switch {
	case !x.CancelledAt.IsZero():
		return i18n.T(ctx, "group.session.mark_cancelled")
	case !x.begun(now):
		return i18n.T(ctx, "group.session.mark_ahead")
	}
	return ""
}

// props are the grid as it is drawn.
func (v gridView) props(ctx context.Context) ui.AttendProps {
	p := ui.AttendProps{ID: "h-grid", Caption: i18n.T(ctx, "group.grid_caption"), Who: i18n.T(ctx, "group.member"), Total: i18n.T(ctx, "group.came"),
		All: i18n.T(ctx, "group.all_present"), Mark: markField, MarkAll: allField}
	for _, x := range v.Sessions {
		c := ui.AttendColumn{Day: shortDay(ctx, x), Hidden: x.Theme, Href: v.href("sesi/" + x.ID.String()), Off: off(ctx, x, v.Now), Words: shortDay(ctx, x)}
		if c.Off == "" {
			c.Total = sumWords(ctx, v.Of(x.ID))
			if v.marks(x, v.Now) {
				c.All = x.ID.String()
			}
		}
		p.Columns = append(p.Columns, c)
	}
	for _, m := range v.Members {
		row := ui.AttendRow{ID: "total-" + m.ID.String(), Name: m.Name, Under: underName(ctx, m), Total: sumWords(ctx, v.ByMember[m.ID])}
		for _, x := range v.Sessions {
			row.Cells = append(row.Cells, v.cell(ctx, x, m))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func underName(ctx context.Context, m casefile.Member) string {
	if m.LeftOn == "" {
		return ""
	}
	return i18n.T(ctx, "group.left_on", "day", i18n.Day(ctx, m.LeftOn))
}

// sumWords are how many came, of how many.
func sumWords(ctx context.Context, t Tally) string {
	if t.All() == 0 {
		return "–"
	}
	return i18n.T(ctx, "group.sum", "came", t.Came(), "all", t.All())
}

// cell shows a member's mark; where one may mark, a tap leads to the next state.
func (v gridView) cell(ctx context.Context, x Session, m casefile.Member) ui.AttendCell {
	state := v.State(x.ID, m.ID)
	c := ui.AttendCell{ID: "c-" + x.ID.String() + "-" + m.ID.String(), Text: "–", Hidden: i18n.T(ctx, "group.unmarked"), Icon: look[state].icon, Tone: look[state].tone}
	if state != "" {
		c.Text, c.Hidden = shortWords.T(ctx, state), stateWords.T(ctx, state)
	}
	if state == "" && !m.On(x.day(i18n.Zone(ctx))) {
		c.Text, c.Hidden = "·", i18n.T(ctx, "group.no_member")
		return c
	}
	if v.marks(x, v.Now) {
		c.Value = fmt.Sprintf("%s.%s.%s", x.ID, m.ID, next(state))
		c.Hidden = i18n.T(ctx, "group.cell", "name", m.Name, "day", shortDay(ctx, x), "state", c.Hidden)
	}
	return c
}

// toggles are one session's switches, member by member.
func (g Grid) toggles(ctx context.Context, x Session, now time.Time) (list []ui.AttendToggle) {
	for _, m := range g.Members {
		state := g.State(x.ID, m.ID)
		if state == "" && !m.On(x.day(i18n.Zone(ctx))) {
			continue
		}
		t := ui.AttendToggle{ID: "t-" + m.ID.String(), Name: m.Name, Field: stateField + m.ID.String(), Was: wasField + m.ID.String(), Value: state,
			Href: g.href("sesi/"+x.ID.String()) + "?anggota=" + m.ID.String() + "#utas", HrefText: i18n.T(ctx, "group.thread_open")}
		if !x.begun(now) {
			t.Href = ""
		}
		for _, s := range States {
			t.Options = append(t.Options, ui.AttendOption{Value: s, Text: stateWords.T(ctx, s), Icon: look[s].icon, Tone: look[s].tone})
		}
		if !g.marks(x, now) {
			t.Fixed = i18n.T(ctx, "group.unmarked")
			if state != "" {
				t.Fixed = stateWords.T(ctx, state)
			}
		}
		list = append(list, t)
	}
	return list
}

// focus is the session that a narrow screen shows: the newest that takes marks, or else the newest.
func (v gridView) focus() (x Session, ok bool) {
	for i := len(v.Sessions) - 1; i >= 0; i-- {
		if v.Sessions[i].begun(v.Now) {
			return v.Sessions[i], true
		}
	}
	if n := len(v.Sessions); n > 0 {
		return v.Sessions[n-1], true
	}
	return x, false
}

func (v gridView) earlier() string {
	if !v.Earlier {
		return ""
	}
	return v.href("") + "?cursor=" + placeAfter(v.Sessions[0])
}

func (v gridView) sessionRows(ctx context.Context) (rows []ui.RowProps) {
	for i := len(v.Sessions) - 1; i >= 0; i-- {
		x := v.Sessions[i]
		row := ui.RowProps{Title: x.Theme, Href: v.href("sesi/" + x.ID.String()), Icon: "calendar-check", Tone: ui.Teal,
			Lines: []string{i18n.DateTime(ctx, x.HeldAt.Time) + ", " + x.LedBy.Name}}
		if words := off(ctx, x, v.Now); words != "" {
			row.Marks = []ui.Mark{{Text: words, Tone: ui.Amber}}
		} else {
			row.Words = sumWords(ctx, v.Of(x.ID))
		}
		rows = append(rows, row)
	}
	return rows
}

func (v gridView) memberRows(ctx context.Context) (rows [][]ui.Cell) {
	for _, m := range v.Members {
		name := ui.Cell{Text: m.Name}
		if !m.Person.IsZero() {
			name.Href = "/orang/" + m.Person.String()
		}
		since := i18n.Day(ctx, m.JoinedOn)
		row := []ui.Cell{name, {Text: since}, {Text: leftWords(ctx, m)}}
		if v.writes() {
			row = append(row, ui.Cell{Body: leaveForm(v, m)})
		}
		rows = append(rows, row)
	}
	return rows
}

func leftWords(ctx context.Context, m casefile.Member) string {
	if m.LeftOn == "" {
		return ""
	}
	return i18n.Day(ctx, m.LeftOn)
}

func (v gridView) memberColumns(ctx context.Context) []ui.Column {
	list := []ui.Column{{Text: i18n.T(ctx, "group.member")}, {Text: i18n.T(ctx, "group.joined")}, {Text: i18n.T(ctx, "group.left")}}
	if v.writes() {
		list = append(list, ui.Column{Text: i18n.T(ctx, "group.act")})
	}
	return list
}

func foundOptions(ctx context.Context, found []person.Found) (list []ui.Option) {
	for _, f := range found {
		o := ui.Option{Value: f.ID.String(), Label: f.Name}
		if f.BirthDate != "" {
			o.Hint = i18n.T(ctx, "group.born", "day", i18n.Day(ctx, f.BirthDate))
		}
		list = append(list, o)
	}
	return list
}

func staffOptions(ctx context.Context, staff []access.Colleague) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "group.session.myself")}}
	for _, c := range staff {
		list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
	}
	return list
}

// thread is the member whose own notes are shown.
func (v sessionView) thread() casefile.Member {
	for _, m := range v.Members {
		if m.ID == v.Member {
			return m
		}
	}
	return casefile.Member{}
}

// notesOf are the notes for all, or those of the open thread.
func (v sessionView) notesOf(own bool) (list []casefile.Note) {
	for _, n := range v.Notes {
		if own == !n.Member.ID.IsZero() {
			list = append(list, n)
		}
	}
	return list
}

func (v sessionView) facts(ctx context.Context) []ui.Fact {
	x := v.session()
	facts := []ui.Fact{{Label: i18n.T(ctx, "group.session.when"), Value: i18n.DateTime(ctx, x.HeldAt.Time)}, {Label: i18n.T(ctx, "group.session.led_by"), Value: x.LedBy.Name}}
	if x.Minutes > 0 {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "group.session.length"), Value: i18n.T(ctx, "group.session.minutes", "n", x.Minutes)})
	}
	for _, f := range []ui.Fact{{Label: i18n.T(ctx, "group.session.place"), Value: x.Place}, {Label: i18n.T(ctx, "group.session.aims"), Value: x.Aims}, {Label: i18n.T(ctx, "group.session.cancelled_why"), Value: x.CancelledWhy}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

// takes tells whether a note may be taken over into its member's own case.
func (v sessionView) takes(n casefile.Note) bool {
	return len(v.Own) > 0 && n.Author.ID == v.Reader.User && !n.SignedAt.IsZero() && n.StruckAt.IsZero() && !n.Member.ID.IsZero()
}

func ownOptions(own []casefile.Item) (list []ui.Option) {
	for _, c := range own {
		list = append(list, ui.Option{Value: c.ID.String(), Label: c.Number})
	}
	return list
}

// lostRace tells that somebody changed the session meanwhile.
func (v sessionView) lostRace() bool { return fault.Is(v.Err, "version_changed") }

// signers are those who were members on the session's day.
func (v sessionView) signers(ctx context.Context) (names []string) {
	for _, m := range v.Members {
		if m.On(v.session().day(i18n.Zone(ctx))) {
			names = append(names, m.Name)
		}
	}
	return names
}
