package practice

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/web"
)

// MeetingJSON is a family's own meeting.
type MeetingJSON struct {
	ID           string             `json:"id"`
	HeldAt       db.Time            `json:"held_at" format:"date-time"`
	TookPart     string             `json:"took_part" doc:"one a line or between commas"`
	Decided      string             `json:"decided" doc:"in the family's own words"`
	Watches      string             `json:"watches" doc:"who in the family sees to it"`
	LookAgainOn  *string            `json:"look_again_on" format:"date"`
	By           casefile.NamedJSON `json:"by"`
	StruckAt     db.Time            `json:"struck_at" format:"date-time" nullable:"true"`
	StruckReason string             `json:"struck_reason"`
	Version      int64              `json:"version"`
}

// NewMeeting is what is told of a meeting; a schema of the document, so it must be exported.
type NewMeeting struct {
	HeldAt      db.Time `json:"held_at,omitzero" required:"false" format:"date-time" nullable:"true" doc:"now when left out"`
	TookPart    string  `json:"took_part" minLength:"1" maxLength:"100000"`
	Decided     string  `json:"decided" minLength:"1" maxLength:"100000"`
	Watches     string  `json:"watches" minLength:"1" maxLength:"500"`
	LookAgainOn *string `json:"look_again_on,omitempty" format:"date" doc:"becomes a task"`
}

// StrikeJSON is why something written wrongly is struck.
type StrikeJSON struct {
	Reason string `json:"reason" minLength:"3" maxLength:"500"`
}

type meetingsOutput struct{ Body web.Page[MeetingJSON] }

type meetingInput struct {
	IDInput
	Body NewMeeting
}

type meetingChange struct {
	IDInput
	Meeting string `path:"meeting" format:"uuid" doc:"of the meeting"`
	IfMatch string `header:"If-Match" doc:"the version of what was read, as an ETag"`
	Body    NewMeeting
}

type meetingStrike struct {
	IDInput
	Meeting string `path:"meeting" format:"uuid" doc:"of the meeting"`
	Body    StrikeJSON
}

func (o operations) meetingOperations(api *web.API) {
	tag, read, work := []string{"plan"}, string(access.CaseRead), string(access.CaseWork)
	sent := web.Sent(`{"took_part":"Contoh","decided":"(in the family's own words)","watches":"(who sees to it)"}`)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/family-meetings", Tags: tag, Summary: "What the family decided, newest first"}, read, o.meetings)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/family-meetings", Tags: tag, Summary: "Record a family meeting", RequestBody: sent}, work,
		o.holdMeeting, func(ctx context.Context, in *meetingInput, _ web.Made) (*meetingsOutput, error) {
			return o.meetings(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: "/cases/{id}/family-meetings/{meeting}", Tags: tag, Summary: "Change what was recorded of a family meeting", RequestBody: sent}, work,
		o.changeMeeting, func(ctx context.Context, in *meetingChange, _ web.Made) (*meetingsOutput, error) {
			return o.meetings(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/family-meetings/{meeting}/strike", Tags: tag, Summary: "Strike a meeting that was recorded wrongly",
		RequestBody: web.Sent(`{"reason":"(why)"}`)}, work,
		o.strikeMeeting, func(ctx context.Context, in *meetingStrike, _ web.Made) (*meetingsOutput, error) {
			return o.meetings(ctx, &in.IDInput)
		})
}

func (o operations) meetings(ctx context.Context, in *IDInput) (*meetingsOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Meetings(ctx, access.From(ctx), id[0])
	if err != nil {
		return nil, err
	}
	out := &meetingsOutput{}
	out.Body.Items = make([]MeetingJSON, len(list))
	for i, m := range list {
		out.Body.Items[i] = MeetingJSON{m.ID.String(), m.HeldAt, m.TookPart, m.Decided, m.Watches, web.Optional(string(m.LookAgainOn)), casefile.NamedJSON{ID: m.By.ID.String(), Name: m.By.Name},
			m.StruckAt, m.StruckReason, m.Version}
	}
	return out, nil
}

func (n NewMeeting) meeting() Meeting {
	return Meeting{HeldAt: n.HeldAt, LookAgainOn: web.OptionalDay(n.LookAgainOn), MeetingText: MeetingText{TookPart: n.TookPart, Decided: n.Decided, Watches: n.Watches}}
}

func (o operations) holdMeeting(ctx context.Context, in *meetingInput) (*meetingsOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	if _, err := o.s.HoldMeeting(ctx, access.From(ctx), id[0], in.Body.meeting()); err != nil {
		return nil, err
	}
	return o.meetings(ctx, &in.IDInput)
}

func (o operations) changeMeeting(ctx context.Context, in *meetingChange) (*meetingsOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Meeting)
	if err != nil {
		return nil, err
	}
	m := in.Body.meeting()
	m.ID = list[1]
	if m.Version, err = web.IfMatch(in.IfMatch); err != nil {
		return nil, err
	}
	if err := o.s.ChangeMeeting(ctx, access.From(ctx), list[0], m); err != nil {
		return nil, err
	}
	return o.meetings(ctx, &in.IDInput)
}

func (o operations) strikeMeeting(ctx context.Context, in *meetingStrike) (*meetingsOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Meeting)
	if err != nil {
		return nil, err
	}
	if err := o.s.StrikeMeeting(ctx, access.From(ctx), list[0], list[1], in.Body.Reason); err != nil {
		return nil, err
	}
	return o.meetings(ctx, &in.IDInput)
}
