package intake

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

var (
	channelWords = i18n.Family("intake.channel.")
	kindWords    = i18n.Family("intake.kind.")
	stateWords   = i18n.Family("intake.state.")
	outcomeWords = i18n.Family("intake.outcome_name.")
	howWords     = i18n.Family("intake.how.")
	urgencyWords = i18n.Family("urgency.")
	signWords    = i18n.Family("danger.")
	whyWords     = i18n.Family("intake.twin.")
	tabWords     = i18n.Family("intake.tab.")
)

type listView struct {
	Actor   access.Actor
	Now     time.Time
	Values  url.Values
	List    List
	Waiting int64
	Late    int64
	Next    string
	Open    db.ID
	Doors   []Door
}

func (v listView) tab() string { return v.Values.Get("tampil") }

// further is the address of the next part of the list; empty where it ends.
func (v listView) further() string {
	if v.Next == "" {
		return ""
	}
	return v.with("cursor", v.Next)
}

// with is the address of the list with one filter changed.
func (v listView) with(name, value string) string {
	q := url.Values{}
	for k, all := range v.Values {
		q[k] = all
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/permintaan"
	}
	return "/permintaan?" + q.Encode()
}

func (v listView) chips(ctx context.Context) []ui.Chip {
	list := make([]ui.Chip, 0, 4)
	for _, code := range []string{"", "dihubungi", "saya", "selesai"} {
		c := ui.Chip{Text: tabWords.T(ctx, orElse(code, "baru")), Href: v.with("tampil", code), Current: v.tab() == code}
		if code == "" {
			n := int(v.Waiting)
			c.Count = &n
		}
		list = append(list, c)
	}
	return list
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

type openView struct {
	listView
	Request  Request
	Contacts []Contact
	Earlier  []Request
	Person   person.Person
	Twins    []person.Twin
	Cases    []casefile.Item
	Case     casefile.Case
	Staff    []access.Colleague
	Units    []access.Unit
	Seers    templ.Component
	Panels   []templ.Component
	Form     web.Form
	Err      error
}

func (v openView) href(act string) string { return "/permintaan/" + v.Request.ID.String() + "/" + act }

func (v openView) typed(name string) string {
	if v.Form.Values == nil {
		return ""
	}
	return v.Form.Get(name)
}

func (v openView) mayAct() bool {
	return v.Request.State != Decided && v.Actor.Can(access.RequestHandle)
}

type newView struct {
	Actor  access.Actor
	Form   web.Form
	Person person.Person
	Err    error
	Doors  []Door
}

func (v newView) typed(name string) string { return v.Form.Get(name) }

func (v newView) channel() string {
	if c := v.Form.Get("channel"); c != "" {
		return c
	}
	return "phone"
}

func (v newView) kind() string { return orElse(v.Form.Get("kind"), "help_self") }

type registerView struct {
	Actor access.Actor
	Day   db.Date
	Items []Request
	More  bool
}

var channelIcons = map[string]string{"walk_in": "footprints", "phone": "phone", "whatsapp": "message-circle", "letter": "mail", "referral_in": "send",
	"outreach": "hand-heart", "mobile_unit": "bus", "portal": "globe", "social_media": "messages-square", "facilitator": "user-check", "event": "calendar"}

func urgencyMark(ctx context.Context, q Request) ui.Mark {
	m := ui.Mark{Text: urgencyWords.T(ctx, q.Urgency), Icon: "clock", Tone: ui.Teal}
	switch q.Urgency {
	case "now":
		m.Icon, m.Full = "alarm-clock", q.State == New
		m.Tone = ui.Coral
	case "day":
		m.Icon, m.Tone = "alarm-clock", ui.Coral
	case "three_days":
		m.Tone = ui.Amber
	}
	return m
}

// clock says what is left, or what became of it.
func clock(ctx context.Context, q Request, now time.Time) string {
	switch {
	case q.State == Decided:
		return outcomeWords.T(ctx, q.Outcome)
	case q.State == Contacted:
		return stateWords.T(ctx, Contacted)
	case q.Late(now):
		return i18n.Overdue(ctx, q.RespondBy.Time, now)
	}
	return i18n.Remaining(ctx, q.RespondBy.Time, now)
}

// clockAt is the time those words tell; none for a request that waits for no contact.
func clockAt(q Request) time.Time {
	if q.State != New {
		return time.Time{}
	}
	return q.RespondBy.Time
}

func rowTone(q Request, now time.Time) ui.Tone {
	switch {
	case q.State == Decided:
		return ui.Green
	case q.Late(now), q.Urgency == "now", q.Urgency == "day":
		return ui.Coral
	case q.Urgency == "three_days":
		return ui.Amber
	}
	return ui.Teal
}

func (v listView) row(ctx context.Context, q Request) ui.RowProps {
	marks := []ui.Mark{urgencyMark(ctx, q)}
	if q.Level == casefile.Secret {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "intake.secret"), Icon: "lock", Tone: ui.Plum})
	}
	lines := []string{where(ctx, q)}
	if q.AssignedTo.Name != "" && q.State != Decided {
		lines = append(lines, i18n.T(ctx, "intake.taken_by", "name", q.AssignedTo.Name))
	}
	return ui.RowProps{Title: q.Title(), Href: "/permintaan/" + q.ID.String() + v.query(), Icon: channelIcons[q.Channel], Tone: rowTone(q, v.Now), Lines: lines,
		Marks: marks, Words: clock(ctx, q, v.Now), WordsAt: clockAt(q), Loud: q.Late(v.Now), Current: q.ID == v.Open}
}

// Row is a waiting request as it stands in a list on another page.
func Row(ctx context.Context, q Request, now time.Time) ui.RowProps {
	return listView{Now: now}.row(ctx, q)
}

// query keeps the filters of the list while a request is open beside it.
func (v listView) query() string {
	if len(v.Values) == 0 {
		return ""
	}
	return "?" + v.Values.Encode()
}

func where(ctx context.Context, q Request) string {
	words := channelWords.T(ctx, q.Channel)
	if name, ok := region.Name(q.Village); ok {
		words += ", " + name
	}
	if q.Told.Reporter.Anonymous {
		words += ", " + i18n.T(ctx, "intake.anonymous_short")
	}
	return words
}

func facts(ctx context.Context, v openView) []ui.Fact {
	q := v.Request
	list := []ui.Fact{
		{Label: i18n.T(ctx, "intake.fact.kind"), Value: kindWords.T(ctx, q.Kind)},
		{Label: i18n.T(ctx, "intake.fact.reporter"), Value: reporter(ctx, q.Told.Reporter)},
		{Label: i18n.T(ctx, "intake.fact.phone"), Value: i18n.Phone(q.Told.Reporter.Phone)},
		{Label: i18n.T(ctx, "intake.fact.safe"), Value: q.Told.SafeContact},
		{Label: i18n.T(ctx, "intake.fact.needs"), Value: q.Told.Needs},
	}
	about := ui.Fact{Label: i18n.T(ctx, "intake.fact.about"), Value: q.Told.About}
	if !v.Person.ID.IsZero() {
		about.Value, about.Href = v.Person.Name, "/orang/"+v.Person.ID.String()
	}
	list = append(list, about)
	if name, ok := region.Name(q.Village); ok {
		list = append(list, ui.Fact{Label: i18n.T(ctx, "intake.fact.village"), Value: name})
	}
	words := ""
	for i, code := range q.Categories {
		if i > 0 {
			words += ", "
		}
		words += unit.From(ctx).Category(ctx, code)
	}
	list = append(list, ui.Fact{Label: i18n.T(ctx, "intake.fact.categories"), Value: words})
	if !v.Case.ID.IsZero() {
		list = append(list, ui.Fact{Label: i18n.T(ctx, "intake.fact.case"), Value: v.Case.Number, Href: "/kasus/" + v.Case.ID.String()})
	}
	if q.State == Decided {
		list = append(list, ui.Fact{Label: i18n.T(ctx, "intake.fact.decided"), Value: outcomeWords.T(ctx, q.Outcome) + ", " + q.DecidedBy.Name})
	}
	return append(list, ui.Fact{Label: i18n.T(ctx, "intake.fact.word"), Value: q.Told.Word})
}

func reporter(ctx context.Context, r Reporter) string {
	if r.Anonymous {
		return i18n.T(ctx, "intake.anonymous")
	}
	if r.Name != "" && r.Relation != "" {
		return r.Name + ", " + r.Relation
	}
	return r.Name + r.Relation
}

func signs(ctx context.Context, q Request) (list []string) {
	for _, s := range q.Danger {
		list = append(list, signWords.T(ctx, s))
	}
	return list
}

func meta(ctx context.Context, q Request) []ui.MetaItem {
	list := []ui.MetaItem{{Text: channelWords.T(ctx, q.Channel), Icon: channelIcons[q.Channel]},
		{Text: i18n.T(ctx, "intake.arrived_at", "time", i18n.DateTime(ctx, q.ArrivedAt.Time)), Icon: "clock"}}
	if q.RecordedBy.Name != "" {
		list = append(list, ui.MetaItem{Text: i18n.T(ctx, "intake.recorded_by", "name", q.RecordedBy.Name), Icon: "pencil"})
	}
	if q.AssignedTo.Name != "" {
		list = append(list, ui.MetaItem{Text: i18n.T(ctx, "intake.taken_by", "name", q.AssignedTo.Name), Icon: "user-check"})
	}
	return list
}

func choices(list []unit.Choice) []ui.Option {
	out := make([]ui.Option, len(list))
	for i, c := range list {
		out[i] = ui.Option{Value: c.Code, Label: c.Label}
	}
	return out
}

func villages(a access.Actor, first string) []ui.Option {
	list := []ui.Option{{Label: first}}
	for _, d := range region.Villages(a.Office.Region) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: v.Name})
		}
	}
	if own := a.Scope().Villages; own != nil {
		list = list[:1]
		for _, code := range own {
			name, _ := region.Name(code)
			list = append(list, ui.Option{Value: code, Label: name})
		}
	}
	return list
}

// workers are the colleagues who may take a case.
func workers(v openView) (list []ui.Option) {
	for _, c := range v.Staff {
		for _, role := range c.Roles {
			if role.Allows(access.CaseWork) {
				list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
				break
			}
		}
	}
	return list
}

// chosenWorker is who takes the case unless another is chosen: who took the request, or the reader.
func chosenWorker(v openView) string {
	switch {
	case v.typed("worker") != "":
		return v.typed("worker")
	case !v.Request.AssignedTo.ID.IsZero():
		return v.Request.AssignedTo.ID.String()
	}
	return v.Actor.User.String()
}

func units(v openView, first string) []ui.Option {
	list := []ui.Option{{Label: first}}
	for _, u := range v.Units {
		if u.ID != v.Actor.Office.ID {
			list = append(list, ui.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return list
}

// newName is whom a new case is about unless another name is typed.
func newName(v openView) string {
	if t := v.typed("new_name"); t != "" {
		return t
	}
	return aboutWhom(v.Request).Name
}

func versionOf(v openView) string { return strconv.FormatInt(v.Request.Version, 10) }

func alertOf(ctx context.Context, q Request, now time.Time) ui.Alert {
	a := ui.Alert{ID: "permintaan-" + q.ID.String(), Title: i18n.T(ctx, "intake.alert.title", "number", q.Number), Href: "/permintaan/" + q.ID.String(),
		Text: where(ctx, q), Words: clock(ctx, q, now), Action: "/permintaan/" + q.ID.String() + "/ambil"}
	if !q.TakenAt.IsZero() {
		a.Taken, a.Words = true, i18n.T(ctx, "intake.taken_by", "name", q.AssignedTo.Name)
	}
	if len(q.Danger) > 0 {
		a.Text = signWords.T(ctx, q.Danger[0]) + ". " + a.Text
	}
	return a
}

// opened is the list beside an open request.
func opened(v openView) listView {
	l := v.listView
	l.Open = v.Request.ID
	return l
}

func lede(ctx context.Context, v listView) string {
	if v.Late > 0 {
		return i18n.T(ctx, "intake.lede_late", "n", v.Waiting, "late", v.Late)
	}
	return i18n.T(ctx, "intake.lede", "n", v.Waiting)
}

func withFirst(first string, list []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: first}}, list...)
}

// people are the likely records one may choose from.
func people(v openView) (list []ui.Option) {
	for _, t := range v.Twins {
		if !t.Hidden {
			list = append(list, ui.Option{Value: t.ID.String(), Label: t.Name})
		}
	}
	return list
}

func whoError(ctx context.Context, v openView) string {
	errs := ui.ErrorsOf(ctx, v.Err)
	return errs.On("client.person_id") + errs.On("new_name")
}

func casefileStage(ctx context.Context, stage string) string { return casefile.StageWord(ctx, stage) }

func contactItem(ctx context.Context, c Contact, now time.Time) ui.Happening {
	h := ui.Happening{Icon: "phone-call", Tone: ui.Green, Title: howWords.T(ctx, c.How) + ", " + i18n.T(ctx, "intake.contact.yes"), When: c.At.Time,
		Words: i18n.Near(ctx, c.At.Time, now), By: c.By.Name}
	if !c.Reached {
		h.Icon, h.Tone, h.Title = "phone-off", ui.Amber, howWords.T(ctx, c.How)+", "+i18n.T(ctx, "intake.contact.no")
	}
	return h
}

func registerTable(ctx context.Context, v registerView) ui.TableProps {
	t := ui.TableProps{ID: "register", Caption: i18n.T(ctx, "intake.total", "n", len(v.Items)), Columns: []ui.Column{{Text: i18n.T(ctx, "intake.col.number")},
		{Text: i18n.T(ctx, "intake.clock")}, {Text: i18n.T(ctx, "intake.channel")}, {Text: i18n.T(ctx, "intake.narrative")},
		{Text: i18n.T(ctx, "intake.urgency")}, {Text: i18n.T(ctx, "intake.outcome")}}}
	for _, q := range v.Items {
		t.Rows = append(t.Rows, []ui.Cell{{Text: q.Number, Href: "/permintaan/" + q.ID.String()}, {Text: i18n.Clock(ctx, q.ArrivedAt.Time)},
			{Text: where(ctx, q)}, {Text: q.Title()}, {Text: urgencyWords.T(ctx, q.Urgency)}, {Text: decided(ctx, q)}})
	}
	return t
}

func decided(ctx context.Context, q Request) string {
	if q.Outcome == "" {
		return stateWords.T(ctx, q.State)
	}
	return outcomeWords.T(ctx, q.Outcome)
}
