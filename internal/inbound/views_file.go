package inbound

import (
	"context"
	"encoding/json"
	"time"

	"teduh/internal/i18n"
	"teduh/internal/referral"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// fileView is a file that is to be taken in: first the choice, then what it holds.
type fileView struct {
	Opened
	Err error
	Now time.Time
}

// shown tells whether a file was opened.
func (v fileView) shown() bool { return v.Err == nil && v.Format != "" }

// parcel is the file again, on its way from the preview.
func (v fileView) parcel() string {
	body, err := json.Marshal(v.Parcel)
	if err != nil {
		return "" // strings always marshal
	}
	return string(body)
}

func (v fileView) title(ctx context.Context) string {
	if v.Format == AnswerParcel {
		return i18n.T(ctx, "inbound.file_answer", "sender", v.From.Name, "number", v.Of)
	}
	return i18n.T(ctx, "inbound.from", "sender", v.From.Name)
}

func (v fileView) facts(ctx context.Context) []ui.Fact {
	list := []ui.Fact{{Label: i18n.T(ctx, "inbound.key.checked"), Value: i18n.T(ctx, "inbound.key.checked_code", "code", v.From.Code)}}
	if v.Format == AnswerParcel {
		list = append(list, ui.Fact{Label: fieldLabels.T(ctx, "to"), Value: stateWords.T(ctx, v.Said.State)})
		if v.Said.Reason != "" {
			list = append(list, ui.Fact{Label: i18n.T(ctx, "referral.answer.reason"), Value: reasonWords.T(ctx, v.Said.Reason)})
		}
		if v.Said.Outcome != "" {
			list = append(list, ui.Fact{Label: i18n.T(ctx, "referral.answer.outcome"), Value: outcomeWords.T(ctx, v.Said.Outcome)})
		}
		if v.Said.Words != "" {
			list = append(list, ui.Fact{Label: i18n.T(ctx, "referral.answer.words"), Body: ui.Typed(v.Said.Words)})
		}
		return list
	}
	list = append(list, ui.Fact{Label: fieldLabels.T(ctx, "urgency"), Value: urgencyWords.T(ctx, v.Urgent)},
		ui.Fact{Label: fieldLabels.T(ctx, "kind"), Value: kindWords.T(ctx, v.In.Kind)})
	return append(list, v.In.whole(ctx)...)
}

// packView is a referral of ours that can go out as a file.
type packView struct {
	Referral referral.Referral
	Keys     []Key
}

func (v packView) receivers() []ui.Option {
	list := make([]ui.Option, len(v.Keys))
	for i, k := range v.Keys {
		list[i] = ui.Option{Value: k.ID.String(), Label: k.Name}
	}
	return list
}

// keysView is the page of the keys of offices elsewhere.
type keysView struct {
	Card, Code string
	List       []Key
	Form       web.Form
	Err        error
}

func (v keysView) field(ctx context.Context, name string) ui.Field {
	f := ui.Field{Name: name, Label: keyLabels.T(ctx, name), Error: ui.ErrorsOf(ctx, v.Err).On(name)}
	if v.Form.Values != nil {
		f.Value = v.Form.Get(name)
	}
	return f
}

func (v keysView) row(ctx context.Context, k Key) ui.RowProps {
	r := ui.RowProps{Title: k.Name, Icon: icons[k.Kind], Tone: ui.Teal, Lines: []string{k.Code, i18n.T(ctx, "inbound.key.added", "name", k.AddedBy.Name,
		"day", i18n.Date(ctx, k.AddedAt.Time))}, Marks: []ui.Mark{{Text: senderWords.T(ctx, k.Kind), Line: true}}}
	if !k.EndedAt.IsZero() {
		r.Tone, r.Marks = ui.Neutral, append(r.Marks, ui.Mark{Text: i18n.T(ctx, "inbound.key.ended"), Tone: ui.Neutral})
		return r
	}
	r.Act = endKeyForm(k)
	return r
}

var keyLabels = i18n.Family("inbound.key.field.")
