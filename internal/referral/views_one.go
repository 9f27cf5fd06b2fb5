package referral

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// wholeView is the page of a referral.
type wholeView struct {
	Whole
	Actor    access.Actor
	Now      time.Time
	Messages []Message
	Earlier  bool
	Main     []templ.Component
	Side     []templ.Component
	Form     web.Form
	Err      error
}

// way is the way a referral goes when nothing stands in it.
var way = []string{Draft, Sent, Received, Accepted, InService, Completed}

// Stages show how far a referral has come; where it left the way, the step it stopped at says how.
func Stages(ctx context.Context, w Whole) []ui.Stage {
	at := slices.Index(way, w.Status)
	reached := map[string]db.Time{}
	for _, m := range w.Moves {
		reached[m.To] = m.At
	}
	reached[Draft] = w.CreatedAt
	if at < 0 {
		at = map[string]int{Declined: 3, Waitlisted: 3, NotAttended: 4, Cancelled: 5}[w.Status]
	}
	stages := make([]ui.Stage, len(way))
	for i, state := range way {
		stages[i] = ui.Stage{Done: i < at || w.Status == Completed, Current: i == at && w.Status != Completed}
		if i == at {
			state = w.Status
		}
		stages[i].Name = stateWords.T(ctx, state)
		if t, ok := reached[state]; ok && i <= at {
			stages[i].Note = i18n.DayMonthShort(ctx, t.Time) + ", " + i18n.Clock(ctx, t.Time)
		}
	}
	return stages
}

// Countdown is by when somebody is to do the next thing; false where nothing waits.
func Countdown(ctx context.Context, x Referral, now time.Time) (c ui.CountdownProps, ok bool) {
	if x.DueAt.IsZero() {
		return c, false
	}
	c = ui.CountdownProps{ID: "h-due", Title: waitWords.T(ctx, x.Status), Left: x.left(now), Late: x.Late(now)}
	left := x.DueAt.Sub(now).Abs()
	n, unit := int(left.Hours()), "hours"
	switch {
	case left < time.Hour:
		n, unit = int(left.Minutes()), "minutes"
	case left >= 72*time.Hour:
		n, unit = n/24, "days"
	}
	c.Number, c.Unit = strconv.Itoa(n), unitWords.T(ctx, unit)
	if c.Late {
		c.Unit = lateWords.T(ctx, unit)
	}
	c.Label = c.Number + " " + c.Unit
	return c, true
}

var (
	unitWords = i18n.Family("referral.left.")
	lateWords = i18n.Family("referral.over.")
)

// Thread is the conversation, with the moves between the messages.
func (v wholeView) thread(ctx context.Context) []ui.Message {
	return Thread(ctx, v.Whole, v.Messages, v.Earlier)
}

// Thread puts what the two sides wrote and the moves of a referral in their order, as the side that looks at it sees them.
// Moves before the oldest message of a page stand on the page before.
func Thread(ctx context.Context, w Whole, messages []Message, earlier bool) (list []ui.Message) {
	moves := w.Moves
	for _, m := range messages {
		for len(moves) > 0 && moves[0].At.Before(m.At.Time) {
			if !earlier || len(list) > 0 {
				list = append(list, moveMessage(ctx, moves[0]))
			}
			moves = moves[1:]
		}
		list = append(list, ui.Message{Head: who(m.By.Name, m.Name) + ", " + i18n.DateTime(ctx, m.At.Time), Text: m.Text, Ours: m.Side == w.Side})
	}
	for _, m := range moves {
		list = append(list, moveMessage(ctx, m))
	}
	return list
}

func who(account, name string) string {
	if account != "" {
		return account
	}
	return name
}

// moveMessage tells a move in a sentence.
func moveMessage(ctx context.Context, m Move) ui.Message {
	words := moveWords
	if m.Side == Recorded {
		words = asRecorded
	}
	text := i18n.DateTime(ctx, m.At.Time) + ". " + words.T(ctx, m.To, "who", who(m.By.Name, m.Name))
	for _, more := range m.said(ctx) {
		text += " " + more
	}
	return ui.Message{Text: text, System: true}
}

// said is what belongs to a move, each in a sentence.
func (m Move) said(ctx context.Context) (list []string) {
	if m.Reason != "" {
		list = append(list, reasonWords.T(ctx, m.Reason)+".")
	}
	if m.Outcome != "" {
		list = append(list, outcomeWords.T(ctx, m.Outcome)+".")
	}
	if m.Place > 0 {
		list = append(list, i18n.T(ctx, "referral.place_is", "n", m.Place))
	}
	if m.NextOn != "" {
		list = append(list, i18n.T(ctx, "referral.next_is", "day", i18n.Date(ctx, m.NextOn.In(time.UTC))))
	}
	if m.Side == Recorded && m.Name != "" {
		list = append(list, i18n.T(ctx, "referral.said_by", "name", m.Name))
	}
	if m.Words != "" {
		list = append(list, fmt.Sprintf("«%s»", m.Words))
	}
	return list
}

// head of the page.
func (v wholeView) meta(ctx context.Context) []ui.MetaItem {
	items := []ui.MetaItem{{Text: v.Number, Strong: true}, {Text: v.CaseNumber, Href: "/kasus/" + v.Case.String(), Icon: "folder-heart"},
		{Text: v.In.Case.Client.Name, Icon: "user"}, {Text: kindWords.T(ctx, v.Kind)}}
	if m, ok := UrgencyMark(ctx, v.Referral); ok {
		items = append(items, ui.MetaItem{Text: m.Text, Icon: m.Icon})
	}
	if v.Tries > 1 {
		items = append(items, ui.MetaItem{Text: i18n.T(ctx, "referral.try", "n", v.Tries), Icon: "refresh-cw"})
	}
	return items
}

func (v wholeView) title() string {
	if v.PartnerName == "" {
		return v.ServiceName
	}
	return v.ServiceName + ", " + v.PartnerName
}

// may tells whether the reader may bring it to a state.
func (v wholeView) may(to string) bool { return slices.Contains(v.Next, to) }

// answers are the moves of the partner that the office may type in.
func (v wholeView) answers() (list []string) {
	for _, to := range v.Next {
		if !officeOnly(v.Status, to) {
			list = append(list, to)
		}
	}
	return list
}

// Answer is a form of one move.
type Answer struct {
	To      string
	Action  string
	Version int64
	Form    web.Form // as it was refused, where it was this one
	Err     error
	Record  bool // the office types in what the partner said
}

func (v wholeView) answer(to string) Answer {
	a := Answer{To: to, Action: address(v.ID, "langkah"), Version: v.Version, Record: true}
	if v.Form.Get("to") == to {
		a.Form, a.Err = v.Form, v.Err
	}
	return a
}

// open tells whether the form was refused and stands open.
func (a Answer) open() bool { return a.Err != nil }

func (a Answer) field(ctx context.Context, name string) ui.Field {
	return ui.Field{Name: name, ID: "f-" + a.To + "-" + name, Label: answerLabels.T(ctx, name), Value: a.Form.Get(name), Error: ui.ErrorsOf(ctx, a.Err).On(name)}
}

// words names the button of the move.
func (a Answer) words(ctx context.Context) string {
	if a.Record {
		return i18n.T(ctx, "referral.record", "state", stateWords.T(ctx, a.To))
	}
	return doWords.T(ctx, a.To)
}

var answerLabels = i18n.Family("referral.answer.")

// shared are the fields that went along, or would.
func (v wholeView) shared(ctx context.Context) (list []ui.Check) {
	if v.Shared == nil {
		for _, f := range v.Fields {
			list = append(list, ui.Check{Text: fieldWords.T(ctx, f), Done: true})
		}
		return list
	}
	for _, d := range v.Shared.Data {
		list = append(list, ui.Check{Text: Label(ctx, d), Done: true})
	}
	return list
}

// kept are the fields that did not go along.
func (v wholeView) kept(ctx context.Context) (list []string) {
	for _, f := range Fields {
		if !slices.Contains(v.Fields, f) {
			list = append(list, fieldWords.T(ctx, f))
		}
	}
	return list
}

// Facts are what was written and what was shared, for whichever side reads it.
func Facts(ctx context.Context, s Shared) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "referral.order.asked"), Body: ui.Typed(s.Asked)}, {Label: i18n.T(ctx, "referral.order.why"), Body: ui.Typed(s.Why)}}
	if s.Summary != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "referral.order.summary"), Body: ui.Typed(s.Summary)})
	}
	for _, d := range s.Data {
		facts = append(facts, ui.Fact{Label: Label(ctx, d), Value: Value(ctx, d)})
	}
	if s.WantedOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "referral.order.wanted"), Value: i18n.Date(ctx, s.WantedOn.In(time.UTC))})
	}
	facts = append(facts, ui.Fact{Label: i18n.T(ctx, "referral.order.companion"), Value: s.Companion})
	if s.Transport {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "referral.order.transport"), Value: i18n.T(ctx, "referral.by_car")})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "referral.worker"), Value: s.Worker})
}

// siblings that may be withdrawn once this one was accepted.
func (v wholeView) openSiblings() (list []Referral) {
	for _, x := range v.Siblings {
		if Legal(x.Status, Cancelled) && (v.Status == Accepted || v.Status == InService) {
			list = append(list, x)
		}
	}
	return list
}
