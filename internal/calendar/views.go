package calendar

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

var (
	kindWords    = i18n.Family("calendar.kind.")
	stateWords   = i18n.Family("calendar.state.")
	warningWords = i18n.Family("calendar.warning.")
)

var kindIcons = map[string]string{"office": "building-2", "home_visit": "house", "phone": "phone", "online": "monitor", "outside": "map-pin",
	"family_meeting": "users", "internal": "messages-square"}

// everyone in an address asks for the whole team.
const everyone = "tim"

// calendarView is the calendar of one worker or of the team, on a day or in a week.
type calendarView struct {
	Actor  access.Actor
	Now    time.Time
	Day    db.Date
	Week   bool
	Worker db.ID // zero is everyone
	Staff  []access.Colleague
	List   []Appointment
}

func readView(q web.Form, a access.Actor, now time.Time) (calendarView, error) {
	v := calendarView{Actor: a, Now: now, Day: db.DayOf(now, a.Office.Zone), Week: q.Line("tampilan") == "minggu", Worker: a.User}
	day, ok := q.Day("hari")
	if !ok {
		return v, fault.Invalid(fault.Field("hari", "impossible", "case.day.impossible"))
	}
	if day != "" {
		v.Day = day
	}
	switch who := q.Line("siapa"); who {
	case "":
	case everyone:
		v.Worker = db.ID{}
	default:
		v.Worker = parseWorker(who)
	}
	return v, nil
}

// first is the day shown, or the Monday of its week.
func (v calendarView) first() db.Date {
	if !v.Week {
		return v.Day
	}
	return v.Day.AddDays(-(int(v.Day.In(time.UTC).Weekday()) + 6) % 7)
}

func (v calendarView) days() int {
	if v.Week {
		return 7
	}
	return 1
}

func (v calendarView) span() Span {
	zone := v.Actor.Office.Zone
	return Span{From: db.At(v.first().In(zone)), To: db.At(v.first().AddDays(v.days()).In(zone)), Worker: v.Worker}
}

// href is the address of the calendar with some of its questions changed.
func (v calendarView) href(change map[string]string) string { return "/jadwal?" + v.query(change) }

func (v calendarView) query(change map[string]string) string {
	q := url.Values{"hari": {string(v.Day)}, "tampilan": {map[bool]string{true: "minggu", false: "hari"}[v.Week]}}
	switch {
	case v.Worker.IsZero():
		q.Set("siapa", everyone)
	case v.Worker != v.Actor.User:
		q.Set("siapa", v.Worker.String())
	}
	for name, value := range change {
		q.Set(name, value)
	}
	return q.Encode()
}

func (v calendarView) step(n int) string {
	return v.href(map[string]string{"hari": string(v.Day.AddDays(n * v.days()))})
}

// words tell which days are shown.
func (v calendarView) words(ctx context.Context) string {
	zone := v.Actor.Office.Zone
	if !v.Week {
		return i18n.LongDate(ctx, v.Day.In(zone))
	}
	return i18n.T(ctx, "calendar.days", "from", i18n.DayMonth(ctx, v.first().In(zone)), "to", i18n.Date(ctx, v.first().AddDays(6).In(zone)))
}

// whose time it is, in words.
func (v calendarView) whose(ctx context.Context) string {
	switch {
	case v.Worker.IsZero():
		return i18n.T(ctx, "calendar.team")
	case v.Worker == v.Actor.User:
		return i18n.T(ctx, "calendar.mine")
	}
	for _, c := range v.Staff {
		if c.ID == v.Worker {
			return c.Name
		}
	}
	return ""
}

func (v calendarView) chips(ctx context.Context) []ui.Chip {
	chips := []ui.Chip{{Text: i18n.T(ctx, "calendar.day"), Href: v.href(map[string]string{"tampilan": "hari"}), Current: !v.Week},
		{Text: i18n.T(ctx, "calendar.week"), Href: v.href(map[string]string{"tampilan": "minggu"}), Current: v.Week},
		{Text: i18n.T(ctx, "calendar.mine"), Href: v.href(map[string]string{"siapa": ""}), Current: v.Worker == v.Actor.User}}
	if v.Actor.Can(access.TeamRead) {
		chips = append(chips, ui.Chip{Text: i18n.T(ctx, "calendar.team"), Href: v.href(map[string]string{"siapa": everyone}), Current: v.Worker.IsZero()})
	}
	return chips
}

func (v calendarView) staffOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "calendar.mine")}}
	for _, c := range v.Staff {
		if c.ID != v.Actor.User {
			list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return list
}

func (v calendarView) chosen() string {
	if v.Worker == v.Actor.User {
		return ""
	}
	return v.Worker.String()
}

// grid is the calendar's columns: the days of a week, one day, or the people of one day.
func (v calendarView) grid(ctx context.Context) ui.CalendarProps {
	c := ui.CalendarProps{Label: joined(v.whose(ctx), v.words(ctx)), Empty: i18n.T(ctx, "calendar.free")}
	if !v.Week && v.Worker.IsZero() && len(v.Staff) > 0 {
		c.Days = v.people(ctx)
	} else {
		for n := range v.days() {
			c.Days = append(c.Days, v.column(ctx, v.first().AddDays(n)))
		}
	}
	office := unit.From(ctx).Calendar
	from, to := hour(office.From), hour(office.To)
	if !strings.HasSuffix(office.To, ":00") {
		to++
	}
	c.First, c.Hours = ui.Window(from, to, c.Days)
	return c
}

// hour of a time of day that was checked when it was written.
func hour(clock string) int {
	h, err := strconv.Atoi(strings.Split(clock, ":")[0])
	if err != nil {
		return 0
	}
	return h
}

func (v calendarView) column(ctx context.Context, day db.Date) ui.CalendarDay {
	start := day.In(v.Actor.Office.Zone)
	d := ui.CalendarDay{ID: "h-" + string(day), Title: i18n.Weekday(ctx, start) + ", " + i18n.DayMonthShort(ctx, start), Start: start,
		Off: !unit.From(ctx).Calendar.Works(start)}
	if v.Week {
		d.Href = v.href(map[string]string{"hari": string(day), "tampilan": "hari"})
	}
	if v.Actor.Can(access.CalendarWrite) {
		d.Add = ui.Link{Text: i18n.T(ctx, "calendar.add_on", "day", i18n.DayMonth(ctx, start)), Href: v.add(day, v.Worker)}
	}
	if day == db.DayOf(v.Now, v.Actor.Office.Zone) {
		d.Now = v.Now
	}
	for _, p := range v.List {
		if p.State != Cancelled && p.From.Before(start.AddDate(0, 0, 1)) && p.To.After(start) {
			d.Items = append(d.Items, v.item(ctx, p, v.Worker.IsZero()))
		}
	}
	return d
}

func (v calendarView) add(day db.Date, worker db.ID) string {
	q := url.Values{"hari": {string(day)}}
	if !worker.IsZero() && worker != v.Actor.User {
		q.Set("petugas", worker.String())
	}
	return "/jadwal/baru?" + q.Encode()
}

// people are the columns of one day of the team.
func (v calendarView) people(ctx context.Context) []ui.CalendarDay {
	day := v.column(ctx, v.Day)
	var columns []ui.CalendarDay
	for _, c := range v.Staff {
		d := day
		d.ID, d.Title, d.Href, d.Items = "h-"+c.ID.String(), c.Name, v.href(map[string]string{"siapa": c.ID.String()}), nil
		if d.Add.Href != "" {
			d.Add = ui.Link{Text: i18n.T(ctx, "calendar.add_for", "name", c.Name), Href: v.add(v.Day, c.ID)}
		}
		for _, p := range v.List {
			if p.With(c.ID) && p.State != Cancelled {
				d.Items = append(d.Items, v.item(ctx, p, false))
			}
		}
		columns = append(columns, d)
	}
	return columns
}

func (v calendarView) item(ctx context.Context, p Appointment, names bool) ui.CalendarItem {
	i := ui.CalendarItem{From: p.From.Time, To: p.To.Time, Title: title(ctx, p), Place: placeOf(p), Mark: stateMark(ctx, p, v.Now)}
	if p.Knows != Busy {
		i.Href = "/jadwal/" + p.ID.String()
		i.Meta = metaOf(ctx, p)
	}
	if names {
		for _, u := range p.Workers {
			i.Meta = append(i.Meta, ui.MetaItem{Text: u.Name, Icon: "user"})
		}
	}
	return i
}

// title is whom or what an appointment is about, as far as its reader may know.
func title(ctx context.Context, p Appointment) string {
	switch {
	case p.Knows == Busy:
		return i18n.T(ctx, "calendar.busy")
	case p.Name != "":
		return p.Name
	case p.Told.Title != "":
		return p.Told.Title
	case p.Number != "":
		return p.Number
	}
	return kindWords.T(ctx, p.Kind)
}

func placeOf(p Appointment) ui.Place {
	switch {
	case p.Knows == Busy, p.Kind == "internal":
		return ui.Internal
	case p.Kind == "home_visit", p.Kind == "outside":
		return ui.AtHome
	case p.Kind == "family_meeting":
		return ui.Meeting
	}
	return ui.AtOffice
}

// metaOf is the kind, the place where the reader is to go there, and the number.
func metaOf(ctx context.Context, p Appointment) []ui.MetaItem {
	meta := []ui.MetaItem{{Text: kindWords.T(ctx, p.Kind), Icon: kindIcons[p.Kind]}}
	if p.Place != "" {
		meta = append(meta, ui.MetaItem{Text: p.Place, Icon: "map-pin"})
	}
	if p.Number != "" && p.Number != title(ctx, p) {
		meta = append(meta, ui.MetaItem{Text: p.Number, Icon: "folder-heart"})
	}
	return meta
}

// stateMark says what became of an appointment, or that nobody has said so yet.
func stateMark(ctx context.Context, p Appointment, now time.Time) ui.Mark {
	switch {
	case p.Knows == Busy:
		return ui.Mark{}
	case p.State == Kept:
		return ui.Mark{Text: stateWords.T(ctx, Kept), Icon: "check", Tone: ui.Green}
	case p.State == Missed:
		return ui.Mark{Text: stateWords.T(ctx, Missed), Tone: ui.Amber}
	case p.State == Cancelled:
		return ui.Mark{Text: stateWords.T(ctx, Cancelled), Line: true}
	case p.To.Before(now):
		return ui.Mark{Text: i18n.T(ctx, "calendar.unsaid"), Tone: ui.Coral}
	}
	return ui.Mark{}
}

// agendaView is the reader's own day.
type agendaView struct {
	List []Appointment
	Now  time.Time
}

// nowStands tells whether the line of now comes before the i-th appointment of the day.
func (v agendaView) nowStands(i int) bool {
	begun := func(n int) bool { return !v.List[n].From.After(v.Now) }
	return (i == 0 || begun(i-1)) && (i == len(v.List) || !begun(i))
}

// agendaItem is an appointment on the line of a day.
func agendaItem(ctx context.Context, p Appointment, now time.Time) ui.Appointment {
	a := ui.Appointment{At: p.From.Time, Length: i18n.Duration(ctx, p.To.Sub(p.From.Time)), Title: title(ctx, p), Place: placeOf(p)}
	if p.Knows != Busy {
		a.Href, a.Meta = "/jadwal/"+p.ID.String(), metaOf(ctx, p)
	}
	if m := stateMark(ctx, p, now); m.Text != "" {
		a.Meta = append(a.Meta, ui.MetaItem{Text: m.Text, Icon: m.Icon, Strong: true})
	}
	return a
}
