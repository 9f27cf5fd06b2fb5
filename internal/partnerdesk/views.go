package partnerdesk

import (
	"context"
	"net/url"
	"slices"
	"time"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/referral"
	"teduh/internal/ui"
	"teduh/internal/web"
)

var (
	partWords  = i18n.Family("partnerdesk.part.")
	emptyWords = i18n.Family("partnerdesk.none.")
	kindWords  = i18n.Family("referral.kind.")
)

// listView is a part of a partner's list.
type listView struct {
	Part   string
	List   []referral.Arrival
	Owed   int
	Next   string
	Now    time.Time
	Office string
	dueAt  db.Time
	after  db.ID
}

func (v *listView) readCursor(cursor string) {
	if !slices.Contains(referral.ArrivalParts, v.Part) {
		v.Part = referral.ArrivalParts[0]
	}
	parts, ok := web.ReadCursor(cursor, 2)
	if !ok {
		return
	}
	at, err := time.Parse(time.RFC3339Nano, parts[0])
	id, bad := db.ParseID(parts[1])
	if err == nil && bad == nil {
		v.dueAt, v.after = db.At(at), id
	}
}

func (v *listView) filter() referral.ArrivalFilter {
	return referral.ArrivalFilter{Part: v.Part, DueAt: v.dueAt, After: v.after}
}

func (v *listView) next() string {
	last := v.List[len(v.List)-1]
	return v.href(v.Part) + "&" + url.Values{"cursor": {web.Cursor(last.DueAt.UTC().Format(time.RFC3339Nano), last.ID.String())}}.Encode()
}

func (v *listView) href(part string) string {
	return Start + "?" + url.Values{"bagian": {part}}.Encode()
}

func (v *listView) chips(ctx context.Context) (chips []ui.Chip) {
	for _, part := range referral.ArrivalParts {
		c := ui.Chip{Text: partWords.T(ctx, part), Href: v.href(part), Current: v.Part == part}
		if part == referral.ArrivalParts[0] && v.Owed > 0 {
			c.Count = &v.Owed
		}
		chips = append(chips, c)
	}
	return chips
}

// mostAsked letters of what is asked stand in a list.
const mostAsked = 90

func short(text string) string {
	letters := []rune(text)
	if len(letters) <= mostAsked {
		return text
	}
	return string(letters[:mostAsked]) + "…"
}

// row is how a referral stands in the list: by what is asked, never by whom it is for.
func (v *listView) row(ctx context.Context, x referral.Arrival) ui.RowProps {
	state := referral.Referral{Status: x.Status, Urgency: x.Urgency, DueAt: x.DueAt}
	r := ui.RowProps{Title: short(x.Asked), Href: Start + "/" + x.ID.String(), Icon: "inbox", Tone: ui.Teal, Lines: []string{x.Service},
		Marks: []ui.Mark{referral.StateMark(ctx, state)}, EndText: x.Number}
	if x.Worker != "" {
		r.Lines = append(r.Lines, i18n.T(ctx, "partnerdesk.from", "worker", x.Worker, "office", v.Office))
	}
	if m, ok := referral.UrgencyMark(ctx, state); ok {
		r.Marks = append(r.Marks, m)
	}
	if x.Unread {
		r.Marks = append(r.Marks, ui.Mark{Text: i18n.T(ctx, "partnerdesk.unread"), Icon: "message-circle", Tone: ui.Blue})
	}
	r.Words, r.WordsAt, r.Loud = due(ctx, state, v.Now), x.DueAt.Time, state.Late(v.Now)
	return r
}

// due says by when a referral waits, or since when it is late.
func due(ctx context.Context, x referral.Referral, now time.Time) string {
	switch {
	case x.DueAt.IsZero():
		return ""
	case x.Late(now):
		return i18n.T(ctx, "referral.late_since", "when", i18n.Near(ctx, x.DueAt.Time, now))
	}
	return i18n.T(ctx, "referral.until", "when", i18n.Near(ctx, x.DueAt.Time, now))
}

// sheet is a referral as the partner's side sees it. It is filled from what was sent and from how the referral moved; nothing of
// the case is in it, so that no page can show any.
type sheet struct {
	Number  string
	Title   string
	Meta    []ui.MetaItem
	Stages  []ui.Stage
	Clock   *ui.CountdownProps
	DueAt   time.Time
	Facts   []ui.Fact
	Ended   string // what became of it, in a sentence
	Answers []referral.Answer
	Receive bool // it can be said that it came
	Undo    bool // an acceptance can be taken back
	Thread  []ui.Message
	Earlier string
	Files   []referral.Enclosed
	Open    bool // it is not over
	Note    *Note
	Said    ui.Flash
	Base    string
	Version int64
	Form    web.Form
	Err     error
}

func (v *sheet) fill(ctx context.Context, d door, w referral.Whole, now time.Time) {
	v.Number, v.Title, v.Base, v.Version = w.Number, w.ServiceName, d.base, w.Version
	v.Meta = []ui.MetaItem{{Text: w.Number, Strong: true}, {Text: kindWords.T(ctx, w.Kind)}, {Text: d.Office.Name, Icon: "building-2"}}
	if m, ok := referral.UrgencyMark(ctx, w.Referral); ok {
		v.Meta = append(v.Meta, ui.MetaItem{Text: m.Text, Icon: m.Icon})
	}
	v.Stages = referral.Stages(ctx, w)
	if c, ok := referral.Countdown(ctx, w.Referral, now); ok {
		c.Title = waitWords.T(ctx, w.Status)
		v.Clock, v.DueAt = &c, w.DueAt.Time
	}
	if w.Shared != nil {
		v.Facts = referral.Facts(ctx, *w.Shared)
	}
	v.Open = w.Status != referral.Completed && w.Status != referral.Cancelled
	if !w.Underway() {
		v.Ended = endWords.T(ctx, w.Status)
	}
	v.answers(w)
}

var (
	waitWords = i18n.Family("partnerdesk.waits.")
	endWords  = i18n.Family("partnerdesk.ended.")
)

// answers are the moves the partner may make, as forms. That it came is one button, for it needs no words.
func (v *sheet) answers(w referral.Whole) {
	for _, to := range w.Next {
		switch {
		case to == referral.Received && w.Status == referral.Accepted:
			v.Undo = true
		case to == referral.Received:
			v.Receive = true
		default:
			a := referral.Answer{To: to, Action: v.Base + "/langkah", Version: w.Version}
			if v.Form.Get("to") == to {
				a.Form, a.Err = v.Form, v.Err
			}
			v.Answers = append(v.Answers, a)
		}
	}
}

// left is what was typed with a move that is no longer possible; it stays to be read.
func (v *sheet) left() string {
	words := v.Form.Text("words")
	if words == "" || slices.ContainsFunc(v.Answers, func(a referral.Answer) bool { return a.To == v.Form.Get("to") }) {
		return ""
	}
	return words
}

func (v *sheet) thread(ctx context.Context, d door, w referral.Whole, messages []referral.Message, earlier bool) {
	v.Thread = referral.Thread(ctx, w, messages, earlier)
	if earlier {
		v.Earlier = d.base + "?sebelum=" + messages[0].ID.String()
	}
}

// fileRow is a file with who brought it.
func (v *sheet) fileRow(ctx context.Context, f referral.Enclosed) ui.RowProps {
	from := "partnerdesk.file_ours"
	if f.Side == referral.OfficeSide {
		from = "partnerdesk.file_office"
	}
	return ui.RowProps{Title: f.Name, Href: v.Base + "/berkas/" + f.ID.String(), Icon: "paperclip", Tone: ui.Teal,
		Lines: []string{i18n.T(ctx, from, "name", f.By.Name, "when", i18n.DateTime(ctx, f.At.Time))}}
}

// note is the field of the partner's own note: as it was typed where that was refused.
func (v *sheet) note() string {
	if v.Form.Has("note") {
		return v.Form.Get("note")
	}
	return v.Note.Text
}
