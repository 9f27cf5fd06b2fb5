package assessment

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/web"
)

// FormEditionJSON is one edition of the office's form; the one that came with the program has no id and can't be changed.
type FormEditionJSON struct {
	ID      *string `json:"id"`
	Edition string  `json:"edition" example:"teduh-1" doc:"how answers name it"`
	Title   string  `json:"title"`
	State   string  `json:"state" enum:"draft,published,retired"`
	By      string  `json:"by" example:"Contoh"`
	At      db.Time `json:"at" format:"date-time" nullable:"true"`
	Version int64   `json:"version"`
}

// FormInput is the edition an address names; embedded, so it must be exported.
type FormInput struct {
	Form string `path:"edition" format:"uuid" doc:"of the form"`
}

type (
	formsOutput struct{ Body web.Page[FormEditionJSON] }

	formEditionOutput struct {
		Status int
		ETag   string `header:"ETag"`
		Body   FormEditionJSON
	}

	formBegin struct {
		Body struct{}
	}

	formChange struct {
		FormInput
		IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
		Body    struct {
			Questionnaire json.RawMessage `json:"questionnaire" doc:"a FHIR R4 Questionnaire, as assessment-form answers it"`
		}
	}

	formState struct {
		FormInput
		IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
		Body    struct {
			State string `json:"state" enum:"published,retired,discarded" doc:"discarded throws a draft away"`
		}
	}
)

func (o operations) formOperations(api *web.API) {
	tag, settings := []string{"assessment"}, string(access.OfficeSettings)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/assessment-forms", Tags: tag, Summary: "Every edition of the office's form, drafts too"}, settings, o.forms)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/assessment-forms/{edition}", Tags: tag, Summary: "An edition as a FHIR R4 Questionnaire"}, settings, o.formFile)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/assessment-forms", Tags: tag, Summary: "Begin a draft as a copy of the form in force; one that stands already is answered",
		DefaultStatus: http.StatusCreated, RequestBody: web.Sent(`{}`)}, settings, o.beginForm,
		func(ctx context.Context, in *formBegin, _ web.Made) (*formEditionOutput, error) {
			return o.beginForm(ctx, in)
		})
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: "/assessment-forms/{edition}", Tags: tag, Summary: "Write a definition into a draft", MaxBodyBytes: form.MostBytes + 4096,
		RequestBody: web.Sent(`{"questionnaire":{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"problem","type":"text","text":"(question)"}]}}`)}, settings, o.writeForm,
		func(ctx context.Context, in *formChange, _ web.Made) (*formEditionOutput, error) {
			return o.formEdition(ctx, in.Form)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/assessment-forms/{edition}/state", Tags: tag, Summary: "Put an edition in force, take it out of use, or throw a draft away",
		DefaultStatus: http.StatusOK, RequestBody: web.Sent(`{"state":"published"}`)}, settings, o.setForm,
		func(ctx context.Context, _ *formState, _ web.Made) (*formsOutput, error) { return o.forms(ctx, nil) })
}

func formEditionJSON(ctx context.Context, e Edition) FormEditionJSON {
	j := FormEditionJSON{Edition: e.Name(), Title: e.Title(ctx), State: e.State, By: e.By.Name, At: e.At, Version: e.Version}
	if !e.Shipped() {
		id := e.ID.String()
		j.ID = &id
	}
	return j
}

func (o operations) forms(ctx context.Context, _ *struct{}) (*formsOutput, error) {
	list, err := o.s.Editions(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	out := &formsOutput{}
	out.Body.Items = make([]FormEditionJSON, len(list))
	for i, e := range list {
		out.Body.Items[i] = formEditionJSON(ctx, e)
	}
	return out, nil
}

func (o operations) readForm(ctx context.Context, id string) (Edition, error) {
	key, err := web.AddressID(id)
	if err != nil {
		return Edition{}, err
	}
	return o.s.Edition(ctx, access.From(ctx), key)
}

func (o operations) formFile(ctx context.Context, in *FormInput) (*assessmentFormOutput, error) {
	e, err := o.readForm(ctx, in.Form)
	if err != nil {
		return nil, err
	}
	return &assessmentFormOutput{ETag: web.ETag(e.Version), Body: json.RawMessage(e.Raw)}, nil
}

func (o operations) formEdition(ctx context.Context, id string) (*formEditionOutput, error) {
	e, err := o.readForm(ctx, id)
	if err != nil {
		return nil, err
	}
	return &formEditionOutput{Status: http.StatusOK, ETag: web.ETag(e.Version), Body: formEditionJSON(ctx, e)}, nil
}

func (o operations) beginForm(ctx context.Context, _ *formBegin) (*formEditionOutput, error) {
	e, err := o.s.Begin(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	return &formEditionOutput{Status: http.StatusCreated, ETag: web.ETag(e.Version), Body: formEditionJSON(ctx, e)}, nil
}

func (o operations) writeForm(ctx context.Context, in *formChange) (*formEditionOutput, error) {
	id, err := web.AddressID(in.Form)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	if _, err := o.s.SaveDraft(ctx, access.From(ctx), id, version, in.Body.Questionnaire); err != nil {
		return nil, err
	}
	return o.formEdition(ctx, in.Form)
}

func (o operations) setForm(ctx context.Context, in *formState) (*formsOutput, error) {
	id, err := web.AddressID(in.Form)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	switch in.Body.State {
	case Published:
		err = o.s.Publish(ctx, a, id, version)
	case Retired:
		err = o.s.Retire(ctx, a, id, version)
	case "discarded":
		err = o.s.Discard(ctx, a, id, version)
	default:
		err = fault.Invalid(fault.Field("state", "unknown", "error.choice"))
	}
	if err != nil {
		return nil, err
	}
	return o.forms(ctx, nil)
}
