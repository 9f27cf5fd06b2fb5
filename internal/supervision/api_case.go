package supervision

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/web"
)

// GuidanceJSON is a note of supervision.
type GuidanceJSON struct {
	ID           string             `json:"id"`
	Worker       casefile.NamedJSON `json:"worker" doc:"who was in charge when it was written"`
	By           casefile.NamedJSON `json:"by"`
	HeldAt       db.Time            `json:"held_at" format:"date-time"`
	Minutes      int                `json:"minutes"`
	Text         string             `json:"text"`
	Agreed       string             `json:"agreed" doc:"what the worker does next"`
	SignedAt     db.Time            `json:"signed_at" format:"date-time"`
	StruckAt     db.Time            `json:"struck_at" format:"date-time" nullable:"true"`
	StruckReason string             `json:"struck_reason"`
}

// ConferenceJSON is a meeting about a case.
type ConferenceJSON struct {
	ID           string               `json:"id"`
	HeldAt       db.Time              `json:"held_at" format:"date-time"`
	Members      []casefile.NamedJSON `json:"members" nullable:"false" doc:"colleagues"`
	Outside      string               `json:"outside" doc:"people from elsewhere, one a line or between commas"`
	About        string               `json:"about"`
	Decided      string               `json:"decided"`
	Tasks        []string             `json:"tasks" nullable:"false" doc:"ids of the tasks that were made from it"`
	By           casefile.NamedJSON   `json:"by"`
	StruckAt     db.Time              `json:"struck_at" format:"date-time" nullable:"true"`
	StruckReason string               `json:"struck_reason"`
}

type guidancesOutput struct{ Body web.Page[GuidanceJSON] }

type conferencesOutput struct{ Body web.Page[ConferenceJSON] }

type guidanceInput struct {
	casefile.IDInput
	Body struct {
		HeldAt  db.Time `json:"held_at,omitzero" required:"false" format:"date-time" nullable:"true" doc:"now when left out"`
		Minutes int     `json:"minutes" minimum:"1" maximum:"480"`
		Text    string  `json:"text" minLength:"1" maxLength:"100000"`
		Agreed  string  `json:"agreed,omitempty" maxLength:"100000"`
	}
}

type guidanceStrike struct {
	casefile.IDInput
	Guidance string `path:"guidance" format:"uuid" doc:"the note"`
	Body     reasonBody
}

type reasonBody struct {
	Reason string `json:"reason" minLength:"3" maxLength:"500"`
}

type conferenceInput struct {
	casefile.IDInput
	Body struct {
		HeldAt  db.Time         `json:"held_at,omitzero" required:"false" format:"date-time" nullable:"true" doc:"now when left out"`
		Members []string        `json:"members,omitempty" maxItems:"40" format:"uuid" doc:"colleagues"`
		Outside string          `json:"outside,omitempty" maxLength:"100000"`
		About   string          `json:"about" minLength:"1" maxLength:"500"`
		Decided string          `json:"decided" minLength:"1" maxLength:"100000"`
		Tasks   []ConferenceAct `json:"tasks,omitempty" maxItems:"10"`
	}
}

// ConferenceAct is a task that a conference gives somebody; a schema of the document, so it must be exported.
type ConferenceAct struct {
	What  string  `json:"what" minLength:"1" maxLength:"500"`
	For   string  `json:"for,omitempty" format:"uuid" doc:"the one in charge when left out"`
	DueOn *string `json:"due_on,omitempty" format:"date"`
}

type conferenceStrike struct {
	casefile.IDInput
	Conference string `path:"conference" format:"uuid" doc:"the conference"`
	Body       reasonBody
}

func (o operations) caseOperations(api *web.API) {
	tag, read, lead := []string{"supervision"}, string(access.CaseRead), string(access.CaseSupervise)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/supervision-notes", Tags: tag, Summary: "Notes of supervision that one may read, newest first"}, read, o.guidances)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/supervision-notes", Tags: tag, Summary: "Keep and sign a note of supervision",
		RequestBody: web.Sent(`{"minutes":45,"text":"(what was talked about)","agreed":"(what the worker does next)"}`)}, lead, o.guide,
		func(ctx context.Context, in *guidanceInput, _ web.Made) (*guidancesOutput, error) {
			return o.guidances(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/supervision-notes/{guidance}/strike", Tags: tag, Summary: "Strike a wrong note of supervision",
		RequestBody: web.Sent(`{"reason":"(why)"}`)}, lead, o.strikeGuidance,
		func(ctx context.Context, in *guidanceStrike, _ web.Made) (*guidancesOutput, error) {
			return o.guidances(ctx, &in.IDInput)
		})
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/conferences", Tags: tag, Summary: "Conferences about a case, newest first"}, read, o.conferences)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/conferences", Tags: tag, Summary: "Record a conference with its tasks",
		RequestBody: web.Sent(`{"outside":"(who came from elsewhere)","about":"(what it was about)","decided":"(what was decided)","tasks":[{"what":"(what is done)"}]}`)}, read, o.confer,
		func(ctx context.Context, in *conferenceInput, _ web.Made) (*conferencesOutput, error) {
			return o.conferences(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/conferences/{conference}/strike", Tags: tag, Summary: "Strike a conference that was recorded wrongly",
		RequestBody: web.Sent(`{"reason":"(why)"}`)}, read, o.strikeConference,
		func(ctx context.Context, in *conferenceStrike, _ web.Made) (*conferencesOutput, error) {
			return o.conferences(ctx, &in.IDInput)
		})
}

func (o operations) guidances(ctx context.Context, in *casefile.IDInput) (*guidancesOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Notes(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &guidancesOutput{}
	out.Body.Items = make([]GuidanceJSON, len(list))
	for i, n := range list {
		out.Body.Items[i] = GuidanceJSON{n.ID.String(), named(n.Worker), named(n.By), n.HeldAt, n.Minutes, n.Text, n.Agreed, n.SignedAt, n.StruckAt, n.StruckReason}
	}
	return out, nil
}

func (o operations) guide(ctx context.Context, in *guidanceInput) (*guidancesOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	n := Note{HeldAt: in.Body.HeldAt, Minutes: in.Body.Minutes, NoteText: NoteText{Text: in.Body.Text, Agreed: in.Body.Agreed}}
	if _, err := o.s.WriteNote(ctx, access.From(ctx), id, n); err != nil {
		return nil, err
	}
	return o.guidances(ctx, &in.IDInput)
}

func (o operations) strikeGuidance(ctx context.Context, in *guidanceStrike) (*guidancesOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Guidance)
	if err != nil {
		return nil, err
	}
	if err := o.s.StrikeNote(ctx, access.From(ctx), list[0], list[1], in.Body.Reason); err != nil {
		return nil, err
	}
	return o.guidances(ctx, &in.IDInput)
}

func (o operations) conferences(ctx context.Context, in *casefile.IDInput) (*conferencesOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Conferences(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &conferencesOutput{}
	out.Body.Items = make([]ConferenceJSON, len(list))
	for i, c := range list {
		out.Body.Items[i] = conferenceJSON(c)
	}
	return out, nil
}

func conferenceJSON(c Conference) ConferenceJSON {
	j := ConferenceJSON{ID: c.ID.String(), HeldAt: c.HeldAt, Members: []casefile.NamedJSON{}, Outside: c.Outside, About: c.About, Decided: c.Decided, Tasks: []string{},
		By: named(c.By), StruckAt: c.StruckAt, StruckReason: c.StruckReason}
	for _, m := range c.Members {
		j.Members = append(j.Members, named(m))
	}
	for _, t := range c.Tasks {
		j.Tasks = append(j.Tasks, t.ID.String())
	}
	return j
}

func (o operations) confer(ctx context.Context, in *conferenceInput) (*conferencesOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	n := NewConference{HeldAt: b.HeldAt, Members: b.Members, ConferenceText: ConferenceText{Outside: b.Outside, About: b.About, Decided: b.Decided}}
	for _, t := range b.Tasks {
		n.Tasks = append(n.Tasks, casefile.NewTask{What: t.What, For: t.For, DueOn: web.OptionalDay(t.DueOn)})
	}
	if _, err := o.s.HoldConference(ctx, access.From(ctx), id, n); err != nil {
		return nil, err
	}
	return o.conferences(ctx, &in.IDInput)
}

func (o operations) strikeConference(ctx context.Context, in *conferenceStrike) (*conferencesOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Conference)
	if err != nil {
		return nil, err
	}
	if err := o.s.StrikeConference(ctx, access.From(ctx), list[0], list[1], in.Body.Reason); err != nil {
		return nil, err
	}
	return o.conferences(ctx, &in.IDInput)
}
