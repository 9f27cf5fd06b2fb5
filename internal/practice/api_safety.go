package practice

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// ContactJSON is somebody to call.
type ContactJSON struct {
	Name  string `json:"name" minLength:"1" maxLength:"200" example:"Contoh"`
	Phone string `json:"phone,omitempty" maxLength:"40" example:"0800-0000-7777"`
}

// SafetyStepsJSON are the steps of a safety plan, from what one can do alone to what others do.
type SafetyStepsJSON struct {
	Signs    string        `json:"signs" required:"false" maxLength:"100000" doc:"by which one knows that it begins"`
	Coping   string        `json:"coping" required:"false" maxLength:"100000" doc:"what one can do alone"`
	Distract string        `json:"distract" required:"false" maxLength:"100000" doc:"people and places that take one's mind off it"`
	Helpers  []ContactJSON `json:"helpers" required:"false" nullable:"false" maxItems:"4" doc:"who can be asked for help"`
	Experts  []ContactJSON `json:"experts" required:"false" nullable:"false" maxItems:"4" doc:"professionals and services, beside the office's emergency numbers"`
	Safe     string        `json:"safe" required:"false" maxLength:"100000" doc:"how the place is made safe"`
	Text     string        `json:"text" required:"false" maxLength:"100000" doc:"anything else"`
}

// SafetyPlanJSON is the safety plan of a case; version 0 says that there is none yet.
type SafetyPlanJSON struct {
	SafetyStepsJSON
	By      string  `json:"by" example:"Contoh"`
	At      db.Time `json:"at" format:"date-time" nullable:"true"`
	Version int64   `json:"version"`
}

// PlainScaleJSON is a scale from 0 to 10, before the work and after it.
type PlainScaleJSON struct {
	Before *int `json:"before" required:"false" minimum:"0" maximum:"10"`
	After  *int `json:"after" required:"false" minimum:"0" maximum:"10"`
}

// PlainScalesJSON are the two plain scales of a case.
type PlainScalesJSON struct {
	Restored     PlainScaleJSON `json:"restored" required:"false"`
	Strengthened PlainScaleJSON `json:"strengthened" required:"false"`
}

type safetyOutput struct {
	ETag string `header:"ETag"`
	Body SafetyPlanJSON
}

type safetyInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read; left out for the first plan"`
	Body    SafetyStepsJSON
}

type scalesOutput struct{ Body PlainScalesJSON }

type scalesInput struct {
	IDInput
	Body PlainScalesJSON
}

func (o operations) safetyOperations(api *web.API) {
	tag, read, work := []string{"plan"}, string(access.CaseRead), string(access.CaseWork)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/safety-plan", Tags: tag, Summary: "What keeps the client safe"}, read, o.safetyPlan)
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: "/cases/{id}/safety-plan", Tags: tag, Summary: "Write the safety plan",
		RequestBody: web.Sent(`{"signs":"(by which one knows that it begins)","helpers":[{"name":"Contoh","phone":"0800-0000-7777"}]}`)}, work, o.writeSafetyPlan,
		func(ctx context.Context, in *safetyInput, _ web.Made) (*safetyOutput, error) {
			return o.safetyPlan(ctx, &in.IDInput)
		})
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/scales", Tags: tag, Summary: "The two plain scales, before the work and after it"}, read, o.scales)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/scales", DefaultStatus: http.StatusOK, Tags: tag, Summary: "Fill the plain scales; what is left out stays",
		RequestBody: web.Sent(`{"restored":{"before":4}}`)}, work, o.fillScales,
		func(ctx context.Context, in *scalesInput, _ web.Made) (*scalesOutput, error) {
			return o.scales(ctx, &in.IDInput)
		})
}

func (o operations) safetyPlan(ctx context.Context, in *IDInput) (*safetyOutput, error) {
	w, err := o.workOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	p := w.SafetyPlan
	out := &safetyOutput{ETag: web.ETag(p.Version), Body: SafetyPlanJSON{By: p.By, At: p.At, Version: p.Version}}
	out.Body.SafetyStepsJSON = SafetyStepsJSON{Signs: p.Signs, Coping: p.Coping, Distract: p.Distract, Helpers: contactsJSON(p.Helpers), Experts: contactsJSON(p.Experts),
		Safe: p.Safe, Text: p.Text}
	return out, nil
}

func contactsJSON(list []Contact) []ContactJSON {
	out := make([]ContactJSON, len(list))
	for i, c := range list {
		out[i] = ContactJSON(c)
	}
	return out
}

func contactsOf(list []ContactJSON) (out []Contact) {
	for _, c := range list {
		out = append(out, Contact(c))
	}
	return out
}

func (o operations) writeSafetyPlan(ctx context.Context, in *safetyInput) (*safetyOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	var version int64
	if in.IfMatch != "" && in.IfMatch != web.ETag(0) {
		if version, err = web.IfMatch(in.IfMatch); err != nil {
			return nil, err
		}
	}
	b := in.Body
	parts := SafetyParts{Signs: b.Signs, Coping: b.Coping, Distract: b.Distract, Helpers: contactsOf(b.Helpers), Experts: contactsOf(b.Experts), Safe: b.Safe, Text: b.Text}
	if err := o.s.WriteSafetyPlan(ctx, access.From(ctx), id[0], parts, version); err != nil {
		return nil, err
	}
	return o.safetyPlan(ctx, &in.IDInput)
}

func (o operations) scales(ctx context.Context, in *IDInput) (*scalesOutput, error) {
	w, err := o.workOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &scalesOutput{PlainScalesJSON{Restored: w.Scales.json("restored"), Strengthened: w.Scales.json("strengthened")}}, nil
}

func (s Scales) json(aim string) (j PlainScaleJSON) {
	for moment, place := range map[string]**int{"before": &j.Before, "after": &j.After} {
		if value, ok := s[aim+" "+moment]; ok {
			*place = &value
		}
	}
	return j
}

func (o operations) fillScales(ctx context.Context, in *scalesInput) (*scalesOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	var list []Reading
	for _, x := range []struct {
		aim, moment string
		value       *int
	}{{"restored", "before", in.Body.Restored.Before}, {"restored", "after", in.Body.Restored.After},
		{"strengthened", "before", in.Body.Strengthened.Before}, {"strengthened", "after", in.Body.Strengthened.After}} {
		if x.value != nil {
			list = append(list, Reading{x.aim, x.moment, *x.value})
		}
	}
	if err := o.s.FillScales(ctx, access.From(ctx), id[0], list...); err != nil {
		return nil, err
	}
	return o.scales(ctx, &in.IDInput)
}
