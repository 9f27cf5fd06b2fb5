package referral

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// The words of the closed sets.
var (
	stateWords   = i18n.Family("referral.state.")
	kindWords    = i18n.Family("referral.kind.")
	urgencyWords = i18n.Family("referral.urgency.")
	fieldWords   = i18n.Family("referral.field.")
	reasonWords  = i18n.Family("referral.reason.")
	outcomeWords = i18n.Family("referral.outcome.")
	waitWords    = i18n.Family("referral.waiting_for.")
	doWords      = i18n.Family("referral.do.")
	asRecorded   = i18n.Family("referral.recorded.")
	moveWords    = i18n.Family("referral.moved.")
	groupWords   = i18n.Family("referral.group.")
	sexWords     = i18n.Family("person.sex.")
	riskWords    = i18n.Family("case.risk_name.")
)

// StateMark tells at a glance what waits, what went well and what did not.
func StateMark(ctx context.Context, x Referral) ui.Mark {
	m := ui.Mark{Text: stateWords.T(ctx, x.Status), Icon: "clock", Tone: ui.Amber}
	switch x.Status {
	case Completed, InService, Accepted:
		m.Icon, m.Tone = "check", ui.Green
	case Declined, NotAttended:
		m.Icon, m.Tone = "x", ui.Coral
	case Draft, Cancelled:
		m.Icon, m.Tone = "", ui.Neutral
	}
	return m
}

// UrgencyMark is the urgency of a referral where it is more than the usual one.
func UrgencyMark(ctx context.Context, x Referral) (ui.Mark, bool) {
	switch {
	case !x.Underway() || x.Urgency == "week":
		return ui.Mark{}, false
	case x.Urgency == "now":
		return ui.Mark{Text: urgencyWords.T(ctx, x.Urgency), Icon: "triangle-alert", Tone: ui.Coral}, true
	}
	return ui.Mark{Text: urgencyWords.T(ctx, x.Urgency), Icon: "clock", Tone: ui.Amber}, true
}

// row is how a referral stands in a list.
func (x Referral) row(ctx context.Context, who string, now time.Time) ui.RowProps {
	lines := []string{x.PartnerName}
	if who != "" {
		lines = append(lines, who)
	}
	r := ui.RowProps{Title: x.ServiceName, Href: address(x.ID, ""), Icon: "send", Tone: ui.Teal, Lines: compact(lines...), EndText: x.Number, Marks: []ui.Mark{StateMark(ctx, x)}}
	if m, ok := UrgencyMark(ctx, x); ok {
		r.Marks = append(r.Marks, m)
	}
	if !x.DueAt.IsZero() {
		r.Words, r.WordsAt, r.Loud = dueWords(ctx, x, now), x.DueAt.Time, x.Late(now)
	}
	return r
}

func compact(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func dueWords(ctx context.Context, x Referral, now time.Time) string {
	if x.Late(now) {
		return i18n.T(ctx, "referral.late_since", "when", i18n.Near(ctx, x.DueAt.Time, now))
	}
	return i18n.T(ctx, "referral.until", "when", i18n.Near(ctx, x.DueAt.Time, now))
}

// caseView is the tab of a case.
type caseView struct {
	Case  casefile.Case
	Actor access.Actor
	List  []Referral
	Now   time.Time
}

func (v caseView) writes() bool {
	return v.Case.Writes && v.Case.Status == "open" && v.Actor.Can(access.ReferralRefer)
}

// listView is the page of all referrals.
type listView struct {
	Filter
	Found
	Actor     access.Actor
	Now       time.Time
	LateCount int
}

func (v *listView) readCursor(cursor string) {
	if parts, ok := web.ReadCursor(cursor, 3); ok && parts[0] == "d" {
		at, err := time.Parse(time.RFC3339Nano, parts[1])
		id, bad := db.ParseID(parts[2])
		if err == nil && bad == nil {
			v.Late = Place{db.At(at), id}
		}
	}
	if parts, ok := web.ReadCursor(cursor, 2); ok && parts[0] == "n" {
		v.Before = parts[1]
	}
}

func (v listView) href(group string, mine bool) string {
	return link("/rujukan", "keadaan", group, "milik", map[bool]string{false: "semua"}[mine])
}

func (v listView) next() string {
	if !v.More {
		return ""
	}
	return link("/rujukan", "keadaan", v.Group, "milik", map[bool]string{false: "semua"}[v.Mine], "cursor", v.cursor())
}

// cursor is the place after the last of a page.
func (v listView) cursor() string {
	last := v.Items[len(v.Items)-1]
	if v.Group == "late" {
		return web.Cursor("d", last.DueAt.UTC().Format(time.RFC3339Nano), last.ID.String())
	}
	return web.Cursor("n", last.Number)
}

func (v listView) chips(ctx context.Context) (chips []ui.Chip) {
	for _, g := range []string{"", "late", "waiting", "going", "ended", "draft"} {
		c := ui.Chip{Text: groupWords.T(ctx, "g"+g), Href: v.href(g, v.Mine), Current: v.Group == g}
		if g == "late" && v.LateCount > 0 {
			c.Count = &v.LateCount
		}
		chips = append(chips, c)
	}
	return append(chips, ui.Chip{Text: i18n.T(ctx, "referral.mine"), Href: v.href(v.Group, !v.Mine), Current: v.Mine, Remove: v.Mine})
}

// link is an address with the questions that are not empty: name, value, name, value.
func link(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// orderView is the form of a referral: a new one, or a draft.
type orderView struct {
	Case     casefile.Case
	Actor    access.Actor
	Draft    Referral
	Form     web.Form
	Offers   []partner.Fit
	Subject  []Choice
	MayLeave bool
	SavedAt  time.Time
	Err      error
}

func (v orderView) action() string {
	if !v.Draft.ID.IsZero() {
		return address(v.Draft.ID, "ubah")
	}
	return "/kasus/" + v.Case.ID.String() + "/rujuk"
}

func (v orderView) props() ui.FormProps {
	f := ui.FormProps{Action: v.action(), Key: access.FormKey(), Class: "stack-l"}
	if v.Draft.ID.IsZero() {
		f.Draft = casefile.DraftLink(v.Case, form)
	}
	return f
}

func (v orderView) field(ctx context.Context, name string) ui.Field {
	return ui.Field{Name: name, Label: orderLabels.T(ctx, name), Value: v.Form.Get(name), Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v orderView) hinted(ctx context.Context, name string) ui.Field {
	f := v.field(ctx, name)
	f.Hint = orderHints.T(ctx, name)
	return f
}

var (
	orderLabels = i18n.Family("referral.order.")
	orderHints  = i18n.Family("referral.hint.")
)

func (v orderView) offers(ctx context.Context) (list []ui.Option) {
	for _, f := range v.Offers {
		hint := strings.Join(compact(f.Service.PartnerName, f.Why(ctx)), " · ")
		list = append(list, ui.Option{Value: f.Service.ID.String(), Label: f.Service.Name, Hint: hint})
	}
	return list
}

// fields are what may go along, each with what would stand there.
func (v orderView) fields(ctx context.Context) (list []ui.Option) {
	for _, c := range v.Subject {
		if c.Barred == "" {
			list = append(list, ui.Option{Value: c.Field, Label: fieldWords.T(ctx, c.Field), Hint: Value(ctx, Datum{c.Field, c.Value})})
		}
	}
	return list
}

func (v orderView) barred() (keys []string) {
	for _, c := range v.Subject {
		if c.Barred != "" && !slices.Contains(keys, c.Barred) {
			keys = append(keys, c.Barred)
		}
	}
	return keys
}

// Label and Value say a field that was shared in words.
func Label(ctx context.Context, d Datum) string { return fieldWords.T(ctx, d.Field) }

// Value says what stands in a field.
func Value(ctx context.Context, d Datum) string {
	switch d.Field {
	case "sex":
		return sexWords.T(ctx, d.Value)
	case "risk":
		return riskWords.T(ctx, d.Value)
	case "age":
		n, _ := strconv.Atoi(d.Value) // it was written by us
		return i18n.T(ctx, "referral.years", "n", n)
	case "birth_date":
		return i18n.Date(ctx, db.Date(d.Value).In(time.UTC))
	case "contact":
		if d.Value == "office" {
			return i18n.T(ctx, "referral.through_office")
		}
	}
	return d.Value
}
