package inbound

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/ui"
	"teduh/internal/web"
)

var (
	senderWords  = i18n.Family("inbound.sender_name.")
	stateWords   = i18n.Family("inbound.state.")
	wayWords     = i18n.Family("inbound.way.")
	howWords     = i18n.Family("inbound.how_name.")
	consentWords = i18n.Family("inbound.consent_name.")
	fieldLabels  = i18n.Family("inbound.field.")
	fieldHints   = i18n.Family("inbound.hint.")
	kindWords    = i18n.Family("referral.kind.")
	reasonWords  = i18n.Family("referral.reason.")
	outcomeWords = i18n.Family("referral.outcome.")
	urgencyWords = i18n.Family("referral.urgency.")
	twinWords    = i18n.Family("intake.twin.")
)

// listView is the office's list, and the card of the day.
type listView struct {
	Actor   access.Actor
	List    []In
	More    bool
	Owed    bool
	Waiting int
	Late    int
	Now     time.Time
}

func (v listView) chips(ctx context.Context) []ui.Chip {
	n := v.Waiting
	return []ui.Chip{{Text: i18n.T(ctx, "inbound.owed"), Href: Start, Current: v.Owed, Count: &n},
		{Text: i18n.T(ctx, "inbound.all"), Href: Start + "?tampil=semua", Current: !v.Owed}}
}

// next is the address of the next part of the list; empty where it ends.
func (v listView) next() string {
	if !v.More {
		return ""
	}
	last := v.List[len(v.List)-1]
	q := url.Values{"cursor": {web.Cursor(last.DueAt.UTC().Format(time.RFC3339Nano), last.ID.String())}}
	if !v.Owed {
		q.Set("tampil", "semua")
	}
	return Start + "?" + q.Encode()
}

// mostAsked letters of what is asked stand in a list.
const mostAsked = 90

func short(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= mostAsked {
		return string(letters)
	}
	return string(letters[:mostAsked]) + "…"
}

func (v listView) row(ctx context.Context, x In) ui.RowProps {
	r := ui.RowProps{Title: short(x.Asked), Href: "/permintaan/" + x.Request.String(), Icon: icons[x.SenderKind], Tone: ui.Teal,
		Lines: []string{i18n.T(ctx, "inbound.from", "sender", x.Sender)}, Marks: []ui.Mark{stateMark(ctx, x.State)}, EndText: x.Number}
	if x.State != x.ToldState && !x.DueAt.IsZero() {
		r.Marks = append(r.Marks, ui.Mark{Text: i18n.T(ctx, "inbound.untold"), Icon: "message-circle", Tone: ui.Amber})
	}
	r.Words, r.WordsAt, r.Loud = due(ctx, x.DueAt, v.Now), x.DueAt.Time, !x.DueAt.IsZero() && x.DueAt.Before(v.Now)
	if r.Loud {
		r.Tone = ui.Coral
	}
	return r
}

// due says by when the sender wants to hear, or since when it waits.
func due(ctx context.Context, at db.Time, now time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case at.Before(now):
		return i18n.T(ctx, "inbound.due_past", "when", i18n.Near(ctx, at.Time, now))
	}
	return i18n.T(ctx, "inbound.due", "when", i18n.Near(ctx, at.Time, now))
}

var icons = map[string]string{"partner": "handshake", "slrt": "hand-heart", "police": "shield", "school": "graduation-cap", "lk3": "building-2", "other": "mail"}

func stateMark(ctx context.Context, state string) ui.Mark {
	m := ui.Mark{Text: stateWords.T(ctx, state), Icon: "clock", Tone: ui.Amber}
	switch state {
	case referral.Accepted, referral.InService, referral.Completed:
		m.Icon, m.Tone = "check", ui.Green
	case referral.Declined, referral.NotAttended:
		m.Icon, m.Tone = "x", ui.Coral
	case referral.Cancelled:
		m.Icon, m.Tone = "", ui.Neutral
	}
	return m
}

// cardView is one referral: as a card of its request, on the page of an act, or as the partner who handed it in sees it.
type cardView struct {
	Whole
	Actor  access.Actor
	Known  bool  // the request names a person
	OfCase bool  // and has become part of a case
	Case   db.ID // which, on the page of the request
	Form   web.Form
	Err    error
	Twins  []person.Twin
	Now    time.Time
}

func (v cardView) href(part string) string { return Start + "/" + v.ID.String() + "/" + part }

func (v cardView) typed(name string) string {
	if v.Form.Values == nil {
		return ""
	}
	return v.Form.Get(name)
}

// mayTell tells whether there is something the actor could let the sender know.
func (v cardView) mayTell() bool {
	return v.Actor.Can(access.RequestHandle) && v.State != referral.Cancelled && (!v.Ended() || v.ToldState != v.State || v.Sees())
}

// mayCopy tells whether a person may be written down from what was sent along.
func (v cardView) mayCopy() bool {
	return v.Actor.Can(access.PersonWrite) && !v.Known && v.Consent == ConsentGiven && v.about() != ""
}

// facts are who sent it and what they want to know.
func (v cardView) facts(ctx context.Context) []ui.Fact {
	x := v.In
	sender := senderWords.T(ctx, x.SenderKind)
	list := []ui.Fact{{Label: i18n.T(ctx, "inbound.fact.sender"), Value: sender}}
	if !x.Partner.IsZero() && v.Actor.Can(access.PartnerRead) {
		list[0].Value, list[0].Href = x.Sender, partner.Href(x.Partner)
	}
	list = append(list, ui.Fact{Label: fieldLabels.T(ctx, "contact_of"), Value: x.Contact}, ui.Fact{Label: fieldLabels.T(ctx, "reference"), Value: x.Reference},
		ui.Fact{Label: i18n.T(ctx, "inbound.fact.way"), Value: wayWords.T(ctx, x.Way)}, ui.Fact{Label: fieldLabels.T(ctx, "kind"), Value: kindWords.T(ctx, x.Kind)})
	if !x.DueAt.IsZero() {
		list = append(list, ui.Fact{Label: i18n.T(ctx, "inbound.fact.due"), Value: i18n.DateTime(ctx, x.DueAt.Time)})
	}
	told := i18n.T(ctx, "inbound.nothing_told")
	if x.ToldState != "" {
		told = stateWords.T(ctx, x.ToldState) + ", " + i18n.DateTime(ctx, x.ToldAt.Time)
	}
	return append(list, ui.Fact{Label: i18n.T(ctx, "inbound.fact.told"), Value: told})
}

// along are the facts that were sent along, without what the request itself says.
func (x In) along(ctx context.Context) (list []ui.Fact) {
	add := func(label, value string) {
		if value != "" {
			list = append(list, ui.Fact{Label: label, Value: value})
		}
	}
	if x.Summary != "" {
		list = append(list, ui.Fact{Label: i18n.T(ctx, "referral.order.summary"), Body: ui.Typed(x.Summary)})
	}
	for _, d := range x.Data {
		add(referral.Label(ctx, d), referral.Value(ctx, d))
	}
	if x.WantedOn != "" {
		add(i18n.T(ctx, "referral.order.wanted"), i18n.Date(ctx, x.WantedOn.In(time.UTC)))
	}
	add(i18n.T(ctx, "referral.order.companion"), x.Companion)
	if x.Transport {
		add(i18n.T(ctx, "referral.order.transport"), i18n.T(ctx, "inbound.by_car"))
	}
	add(fieldLabels.T(ctx, "worker"), x.Worker)
	return list
}

// copied are the fields that would become part of a person's record, without the name.
func (x In) copied(ctx context.Context) (list []ui.Fact) {
	for _, d := range x.Data {
		if slices.Contains([]string{"sex", "birth_date", "languages", "disability", "phone", "address", "nik"}, d.Field) {
			list = append(list, ui.Fact{Label: referral.Label(ctx, d), Value: referral.Value(ctx, d)})
		}
	}
	return list
}

// whole are all facts of a referral, for who sent it and before it is taken in.
func (x In) whole(ctx context.Context) []ui.Fact {
	list := []ui.Fact{{Label: fieldLabels.T(ctx, "asked"), Body: ui.Typed(x.Asked)}}
	if x.Why != "" {
		list = append(list, ui.Fact{Label: fieldLabels.T(ctx, "why"), Body: ui.Typed(x.Why)})
	}
	return append(append(list, x.along(ctx)...), ui.Fact{Label: fieldLabels.T(ctx, "reference"), Value: x.Reference})
}

// item is one step of what became of it.
func (v cardView) item(ctx context.Context, w Word) ui.Happening {
	m := stateMark(ctx, w.State)
	h := ui.Happening{Icon: m.Icon, Tone: m.Tone, Title: stateWords.T(ctx, w.State), When: w.At.Time, Words: i18n.Near(ctx, w.At.Time, v.Now), By: w.By.Name}
	if h.Icon == "" {
		h.Icon = "x"
	}
	if w.Reason != "" {
		h.Meta = append(h.Meta, ui.MetaItem{Text: reasonWords.T(ctx, w.Reason)})
	}
	if w.Outcome != "" {
		h.Meta = append(h.Meta, ui.MetaItem{Text: outcomeWords.T(ctx, w.Outcome)})
	}
	if w.How != "" {
		h.Meta = append(h.Meta, ui.MetaItem{Text: howWords.T(ctx, w.How), Icon: "message-circle"})
	}
	return h
}

// partnerItem is item without who at the office did it.
func (v cardView) partnerItem(ctx context.Context, w Word) ui.Happening {
	h := v.item(ctx, w)
	h.By, h.Meta = "", slices.DeleteFunc(h.Meta, func(m ui.MetaItem) bool { return m.Icon != "" })
	return h
}

func (v cardView) field(ctx context.Context, name string) ui.Field {
	return ui.Field{Name: name, Label: fieldLabels.T(ctx, name), Value: v.typed(name), Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v cardView) states(ctx context.Context) []ui.Option {
	current := v.State
	if current == referral.Sent {
		current = referral.Received
	}
	list := []ui.Option{{Value: current, Label: stateWords.T(ctx, current)}}
	for _, to := range v.Next() {
		list = append(list, ui.Option{Value: to, Label: stateWords.T(ctx, to)})
	}
	return list
}

// newName is whom the new person is called, unless another name is typed.
func (v cardView) newName() string {
	if typed := v.typed("name"); typed != "" {
		return typed
	}
	return v.about()
}

// choices are the likely people one may choose from.
func (v cardView) choices(ctx context.Context) (list []ui.Option) {
	for _, t := range v.Twins {
		if !t.Hidden {
			list = append(list, ui.Option{Value: t.ID.String(), Label: t.Name, Hint: twinWords.T(ctx, t.Why)})
		}
	}
	return list
}

// unseen says of likely people the reader may not see that there is one.
func (v cardView) unseen(ctx context.Context) string {
	for _, t := range v.Twins {
		if t.Hidden {
			return twinWords.T(ctx, t.Why)
		}
	}
	return ""
}

func numeric(f ui.Field) ui.Field {
	f.InputMode = "numeric"
	return f
}

func telephone(f ui.Field) ui.Field {
	f.Type, f.InputMode = "tel", "tel"
	return f
}

func (v cardView) version() string { return strconv.FormatInt(v.Version, 10) }

// newView is the form of a referral that is typed in.
type newView struct {
	Form     web.Form
	Err      error
	Partners []partner.Partner
	Own      bool // by a partner's user
	Office   string
}

func (v newView) field(ctx context.Context, name string) ui.Field {
	return ui.Field{Name: name, ID: "f-" + name, Label: fieldLabels.T(ctx, name), Value: v.Form.Get(name), Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v newView) hinted(ctx context.Context, name string) ui.Field {
	f := v.field(ctx, name)
	f.Hint = fieldHints.T(ctx, name)
	return f
}

func (v newView) day(ctx context.Context, name, errorName string) ui.Field {
	f := v.hinted(ctx, name)
	f.Value, f.Error = ui.DateValue(v.Form.Text, name), f.Error+ui.ErrorsOf(ctx, v.Err).On(errorName)
	return f
}

func (v newView) partners(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "inbound.not_in_directory")}}
	for _, p := range v.Partners {
		list = append(list, ui.Option{Value: p.ID.String(), Label: p.Name})
	}
	return list
}

// oursView is what a partner handed in.
type oursView struct {
	List []Whole
	More bool
	Now  time.Time
}

func (v oursView) next() string {
	if !v.More {
		return ""
	}
	return Own + "?cursor=" + v.List[len(v.List)-1].ID.String()
}

func (v oursView) row(ctx context.Context, x Whole) ui.RowProps {
	r := ui.RowProps{Title: short(x.Asked), Href: Own + "/" + x.ID.String(), Icon: "send", Tone: ui.Teal, Marks: []ui.Mark{stateMark(ctx, x.State)}, EndText: x.Number,
		Words: due(ctx, x.DueAt, v.Now), WordsAt: x.DueAt.Time}
	if x.Reference != "" {
		r.Lines = []string{x.Reference}
	}
	return r
}
