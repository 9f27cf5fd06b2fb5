package instrument

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/form"
	"teduh/internal/instrument/scoring"
	"teduh/internal/web"
)

type bringInput struct {
	Body struct {
		Questionnaire json.RawMessage `json:"questionnaire" doc:"a FHIR R4 Questionnaire"`
		Scoring       json.RawMessage `json:"scoring,omitempty" required:"false" doc:"the scoring document; that of the shipped instrument of the same name when left out"`
	}
}

type stateInput struct {
	Name    string `path:"name" doc:"such as phq-9"`
	Version string `path:"version" doc:"of the edition"`
	Body    struct {
		State string `json:"state" enum:"published,retired"`
	}
}

// officeOperations bring instruments in, and decide about them.
func (o operations) officeOperations(api *web.API) {
	tag, settings := []string{"instruments"}, string(access.OfficeSettings)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/instruments", Tags: tag, Summary: "Bring an instrument in as a draft", DefaultStatus: http.StatusOK,
		MaxBodyBytes: form.MostBytes + scoring.MostBytes + 4096,
		RequestBody:  web.Sent(`{"questionnaire":{"resourceType":"Questionnaire","url":"urn:example:mood","version":"1","status":"draft","item":[{"linkId":"1","type":"boolean","text":"(question)"}]}}`)}, settings, o.bring,
		func(ctx context.Context, _ *bringInput, _ web.Made) (*editionsOutput, error) {
			return o.editions(ctx, nil)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/instruments/{name}/{version}/publication", Tags: tag, Summary: "Publish an instrument, or take it out of use",
		DefaultStatus: http.StatusOK, RequestBody: web.Sent(`{"state":"published"}`)}, settings, o.setState,
		func(ctx context.Context, _ *stateInput, _ web.Made) (*editionsOutput, error) {
			return o.editions(ctx, nil)
		})
}

func (o operations) bring(ctx context.Context, in *bringInput) (*editionsOutput, error) {
	if _, err := o.s.Bring(ctx, access.From(ctx), in.Body.Questionnaire, in.Body.Scoring); err != nil {
		return nil, err
	}
	return o.editions(ctx, nil)
}

func (o operations) setState(ctx context.Context, in *stateInput) (*editionsOutput, error) {
	if err := o.s.SetState(ctx, access.From(ctx), in.Name, in.Version, in.Body.State); err != nil {
		return nil, err
	}
	return o.editions(ctx, nil)
}
