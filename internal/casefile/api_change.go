package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/web"
)

type openInput struct {
	Body struct {
		Client struct {
			Kind     string `json:"kind" enum:"individual,family,group,organisation,community"`
			PersonID string `json:"person_id,omitempty" maxLength:"36" doc:"of an individual"`
			FamilyID string `json:"family_id,omitempty" maxLength:"36" doc:"of a family"`
			ClientID string `json:"client_id,omitempty" maxLength:"36" doc:"of a group, an organisation, a community, or of anyone who was a client before"`
		} `json:"client"`
		Worker          string   `json:"worker,omitempty" maxLength:"200" doc:"id or e-mail; oneself when left out"`
		Channel         string   `json:"channel,omitempty" enum:"walk_in,phone,whatsapp,letter,referral_in,outreach,mobile_unit,portal,social_media,facilitator,event" doc:"walk_in when left out"`
		Village         string   `json:"village,omitempty" maxLength:"13" doc:"region code of a village; the client's when left out"`
		Categories      []string `json:"categories,omitempty" nullable:"false" maxItems:"30" doc:"the main one first"`
		Confidentiality int      `json:"confidentiality,omitempty" minimum:"1" maximum:"3" doc:"1 ordinary (when left out), 2 restricted, 3 secret"`
		Named           []string `json:"named,omitempty" nullable:"false" maxItems:"50" doc:"ids or e-mails of those who may open a secret case, besides oneself and the one in charge; at least two people in all, one of them a head"`
	}
}

func (o operations) open(ctx context.Context, in *openInput) (*caseOutput, error) {
	a, b := access.From(ctx), in.Body
	order := Order{Client: person.ClientChoice{Kind: b.Client.Kind}, Worker: b.Worker, Channel: b.Channel, Village: b.Village,
		Categories: b.Categories, Confidentiality: b.Confidentiality, Named: b.Named}
	if err := web.ReadIDs(web.IDs{"client.person_id": {Text: b.Client.PersonID, Into: &order.Client.Person}, "client.family_id": {Text: b.Client.FamilyID, Into: &order.Client.Family},
		"client.client_id": {Text: b.Client.ClientID, Into: &order.Client.Client}}); err != nil {
		return nil, err
	}
	c, err := o.s.Open(ctx, a, order)
	if err != nil {
		return nil, err
	}
	return o.opened(ctx, c.ID)
}

type patchInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Worker          *string   `json:"worker,omitempty" minLength:"1" maxLength:"200" doc:"id or e-mail of the one in charge"`
		Team            *[]string `json:"team,omitempty" maxItems:"50" doc:"ids or e-mails; all of the team"`
		Categories      *[]string `json:"categories,omitempty" maxItems:"30" doc:"all of them, the main one first"`
		Village         *string   `json:"village,omitempty" maxLength:"13" doc:"region code of a village; empty: not stated"`
		Confidentiality *int      `json:"confidentiality,omitempty" minimum:"1" maximum:"3" doc:"1 ordinary, 2 restricted, 3 secret"`
		Named           *[]string `json:"named,omitempty" maxItems:"50" doc:"ids or e-mails of those who may open a secret case, besides oneself and the one in charge"`
		ResolutionLevel *string   `json:"resolution_level,omitempty" enum:"family,rt,kelurahan,lk3,social_office,ministry" doc:"who solves it; a higher one needs the reason"`
		Reason          string    `json:"reason,omitempty" maxLength:"500"`
	}
}

func (o operations) patch(ctx context.Context, in *patchInput) (*caseOutput, error) {
	b := in.Body
	return o.changed(ctx, in.ID, in.IfMatch, func(a access.Actor, id db.ID, version int64) error {
		_, err := o.s.Change(ctx, a, id, Edit{Worker: b.Worker, Team: b.Team, Categories: b.Categories, Village: b.Village,
			Confidentiality: b.Confidentiality, Named: b.Named, ResolutionLevel: b.ResolutionLevel, Reason: b.Reason, Version: version})
		return err
	})
}

// changed runs a change at the version the caller read, and answers with the case as it stands then.
func (o operations) changed(ctx context.Context, rawID, ifMatch string, act func(access.Actor, db.ID, int64) error) (*caseOutput, error) {
	a := access.From(ctx)
	id, err := web.AddressID(rawID)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(ifMatch)
	if err != nil {
		return nil, err
	}
	if err := act(a, id, version); err != nil {
		return nil, err
	}
	return o.s.whole(ctx, a, id)
}

type stageInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		To     string  `json:"to" enum:"outreach,engagement,assessment,planning,intervention,evaluation,termination"`
		Reason *string `json:"reason,omitempty" maxLength:"500" doc:"needed for a step back, and by a head who passes a gate that is not met"`
	}
}

func (o operations) stage(ctx context.Context, in *stageInput) (*caseOutput, error) {
	return o.changed(ctx, in.ID, in.IfMatch, func(a access.Actor, id db.ID, version int64) error {
		reason := ""
		if in.Body.Reason != nil {
			reason = *in.Body.Reason
		}
		_, err := o.s.MoveStage(ctx, a, id, Step{To: in.Body.To, Reason: reason, Pass: reason != "", Version: version})
		return err
	})
}

type riskInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Level  string `json:"level" enum:"none,low,medium,high"`
		Reason string `json:"reason" minLength:"1" maxLength:"500"`
	}
}

func (o operations) risk(ctx context.Context, in *riskInput) (*caseOutput, error) {
	return o.changed(ctx, in.ID, in.IfMatch, func(a access.Actor, id db.ID, version int64) error {
		_, err := o.s.SetRisk(ctx, a, id, in.Body.Level, in.Body.Reason, version)
		return err
	})
}

type closeInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Reason     string  `json:"reason" enum:"goals_reached,solved_by_family,moved_on,withdrew,lost_touch,moved_away,died,not_within_remit,duplicate"`
		Outcome    Outcome `json:"outcome"`
		ClientWord string  `json:"client_word,omitempty" maxLength:"100000" doc:"what the client says of it"`
		FollowUpOn *string `json:"follow_up_on,omitempty" format:"date"`
		NoFollowUp string  `json:"no_follow_up,omitempty" maxLength:"500" doc:"why there is no follow-up, where there is no day"`
	}
}

func (o operations) close(ctx context.Context, in *closeInput) (*caseOutput, error) {
	return o.changed(ctx, in.ID, in.IfMatch, func(a access.Actor, id db.ID, version int64) error {
		cl := Closing{Reason: in.Body.Reason, Outcome: in.Body.Outcome, ClientWord: in.Body.ClientWord, NoFollowUp: in.Body.NoFollowUp, Version: version}
		if in.Body.FollowUpOn != nil {
			cl.FollowUpOn = db.Date(*in.Body.FollowUpOn)
		}
		_, err := o.s.Close(ctx, a, id, cl)
		return err
	})
}
