package instrument

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// EditionJSON is one version of an instrument at the office.
type EditionJSON struct {
	Name          string `json:"name" example:"phq-9"`
	Version       string `json:"version" example:"1"`
	Title         string `json:"title"`
	State         string `json:"state" enum:"draft,published,retired"`
	Worded        bool   `json:"worded" doc:"false where the office has to load licensed words first"`
	Questionnaire string `json:"questionnaire" doc:"address and version, as a QuestionnaireResponse names it"`
}

// ScoreJSON is the result of one scale.
type ScoreJSON struct {
	Scale   string   `json:"scale"`
	Value   *float64 `json:"value" doc:"null where too many answers are missing"`
	Least   float64  `json:"least" doc:"of the scale"`
	Most    float64  `json:"most"`
	Missing int      `json:"missing"`
	Band    *string  `json:"band" doc:"code of the band; a screening, never a diagnosis"`
	Beyond  bool     `json:"beyond" doc:"on the side of the cut-off where one looks closer"`
}

// AnsweringJSON is a filling with its scores.
type AnsweringJSON struct {
	ID         string                          `json:"id"`
	Instrument string                          `json:"instrument"`
	Version    string                          `json:"version"`
	PersonID   *string                         `json:"person_id" doc:"of those involved; null is the client"`
	Manner     string                          `json:"manner" enum:"worker,tablet,link"`
	AnsweredOn string                          `json:"answered_on" format:"date"`
	By         casefile.NamedJSON              `json:"by"`
	Done       bool                            `json:"done" doc:"false while a client has not sent the answers"`
	Struck     web.OrNull[AnsweringStruckJSON] `json:"struck"`
	Scores     []ScoreJSON                     `json:"scores" nullable:"false"`
	Alarms     []string                        `json:"alarms" nullable:"false" doc:"such as self_harm: a review of the risk is due"`
	Response   questions.Response              `json:"response" doc:"the answers as a FHIR R4 QuestionnaireResponse"`
}

// AnsweringStruckJSON says why a filling counts no more.
type AnsweringStruckJSON struct {
	By     casefile.NamedJSON `json:"by"`
	At     db.Time            `json:"at" format:"date-time"`
	Reason string             `json:"reason"`
}

// CaseInput names the case.
type CaseInput struct {
	ID string `path:"id" format:"uuid" doc:"of the case"`
}

type oneInput struct {
	CaseInput
	Answering string `path:"answering" format:"uuid"`
}

type editionInput struct {
	Name    string `path:"name" maxLength:"60" example:"phq-9"`
	Version string `path:"version" maxLength:"20" example:"1"`
}

type fillInput struct {
	CaseInput
	Body struct {
		PersonID string         `json:"person_id,omitempty" format:"uuid" doc:"of those involved; the client when left out"`
		Partly   bool           `json:"partly,omitempty" doc:"keep it although required answers are missing"`
		Response FilledResponse `json:"response"`
	}
}

// FilledResponse is what of a QuestionnaireResponse is read.
type FilledResponse struct {
	ResourceType  string                   `json:"resourceType" enum:"QuestionnaireResponse"`
	Questionnaire string                   `json:"questionnaire" maxLength:"300" doc:"address and version, as «GET /instruments» tells it"`
	Status        string                   `json:"status,omitempty" enum:"completed" doc:"only whole ones are taken"`
	Language      string                   `json:"language,omitempty" maxLength:"10" doc:"in which it was asked; id when left out"`
	Authored      string                   `json:"authored" maxLength:"40" doc:"when it was answered"`
	Item          []questions.ResponseItem `json:"item" maxItems:"500" nullable:"false"`
}

type (
	editionsOutput struct{ Body web.Page[EditionJSON] }
	listOutput     struct{ Body web.Page[AnsweringJSON] }
	oneOutput      struct {
		Status   int
		Location string `header:"Location"`
		Body     AnsweringJSON
	}
	questionnaireOutput struct{ Body json.RawMessage }
)

type operations struct{ s *Service }

// Operations registers those of instruments.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	read, work, tag := string(access.CaseRead), string(access.CaseWork), []string{"instruments"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/instruments", Tags: tag, Summary: "Instruments of the office"}, read, o.editions)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/instruments/{name}/{version}", Tags: tag, Summary: "An instrument as a FHIR R4 Questionnaire"}, read, o.questionnaire)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/answerings", Tags: tag, Summary: "What was answered in a case, newest first"}, read, o.list)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/answerings/{answering}", Tags: tag, Summary: "One filling with its scores and answers"}, read, o.one)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/answerings", Tags: tag, Summary: "Note what a client answered", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(exampleFilling)}, work, o.fill, func(ctx context.Context, in *fillInput, m web.Made) (*oneOutput, error) {
		id, err := m.Of("answering")
		if err != nil {
			return nil, err
		}
		caseID, err := web.AddressID(in.ID)
		if err != nil {
			return nil, err
		}
		x, err := s.One(ctx, access.From(ctx), caseID, id)
		if err != nil {
			return nil, err
		}
		return o.told(ctx, http.StatusCreated, x)
	})
	o.officeOperations(api)
}

const exampleFilling = `{"response":{"resourceType":"QuestionnaireResponse","questionnaire":"urn:teduh:questionnaire:gad-7|1","authored":"2026-11-24",` +
	`"item":[{"linkId":"1","answer":[{"valueCoding":{"code":"1"}}]}]},"partly":true}`

func (o operations) editions(ctx context.Context, _ *struct{}) (*editionsOutput, error) {
	list, err := o.s.Editions(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	out := &editionsOutput{}
	out.Body.Items = make([]EditionJSON, len(list))
	for i, e := range list {
		out.Body.Items[i] = EditionJSON{Name: e.Name, Version: e.Version, Title: say(ctx, e.Form.Title), State: e.State, Worded: e.Form.Worded(),
			Questionnaire: e.Form.URL + "|" + e.Version}
	}
	return out, nil
}

func (o operations) questionnaire(ctx context.Context, in *editionInput) (*questionnaireOutput, error) {
	e, err := o.s.Edition(ctx, access.From(ctx), in.Name, in.Version)
	if err != nil {
		return nil, err
	}
	return &questionnaireOutput{Body: json.RawMessage(e.files.questionnaire)}, nil
}

func (o operations) list(ctx context.Context, in *CaseInput) (*listOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	list, err := o.s.Answered(ctx, a, id)
	if err != nil {
		return nil, err
	}
	editions, err := o.s.Editions(ctx, a)
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items = make([]AnsweringJSON, len(list))
	for i, x := range list {
		if out.Body.Items[i], err = answeringJSON(editions, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (o operations) one(ctx context.Context, in *oneInput) (*oneOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := web.AddressID(in.Answering)
	if err != nil {
		return nil, err
	}
	x, err := o.s.One(ctx, access.From(ctx), caseID, id)
	if err != nil {
		return nil, err
	}
	return o.told(ctx, http.StatusOK, x)
}

func (o operations) told(ctx context.Context, status int, x Answering) (*oneOutput, error) {
	editions, err := o.s.Editions(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	out := &oneOutput{Status: status, Location: "/api/v1/cases/" + x.Case.String() + "/answerings/" + x.ID.String()}
	out.Body, err = answeringJSON(editions, x)
	return out, err
}

func (o operations) fill(ctx context.Context, in *fillInput) (*oneOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	f := Filling{Language: in.Body.Response.Language, AnsweredOn: dayOf(in.Body.Response.Authored), Partly: in.Body.Partly,
		Answers: questions.Filled(in.Body.Response.Item)}
	if f.Language == "" {
		f.Language = Languages[0]
	}
	if in.Body.PersonID != "" {
		if f.Person, err = db.ParseID(in.Body.PersonID); err != nil {
			return nil, fault.Invalid(fault.Field("person_id", "unknown", "error.choice"))
		}
	}
	list, err := o.s.Editions(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if e.Form.URL+"|"+e.Version == in.Body.Response.Questionnaire {
			f.Instrument, f.Edition = e.Name, e.Version
		}
	}
	if f.Instrument == "" {
		return nil, fault.Invalid(fault.Field("response.questionnaire", "unknown", "error.choice"))
	}
	x, err := o.s.Fill(ctx, a, caseID, f)
	if err != nil {
		return nil, err
	}
	return o.told(ctx, http.StatusCreated, x)
}

func answeringJSON(editions []Edition, x Answering) (j AnsweringJSON, err error) {
	e, err := pick(editions, x.Instrument, x.Edition)
	if err != nil {
		return j, err
	}
	j = AnsweringJSON{ID: x.ID.String(), Instrument: x.Instrument, Version: x.Edition, Manner: x.Manner, AnsweredOn: string(x.AnsweredOn),
		By: casefile.NamedJSON{ID: x.By.ID.String(), Name: x.By.Name}, Done: !x.DoneAt.IsZero(), Scores: []ScoreJSON{}, Alarms: []string{}, Response: ResponseOf(e, x)}
	if !x.Person.IsZero() {
		id := x.Person.String()
		j.PersonID = &id
	}
	if !x.StruckAt.IsZero() {
		j.Struck.Thing = &AnsweringStruckJSON{By: casefile.NamedJSON{ID: x.StruckBy.ID.String(), Name: x.StruckBy.Name}, At: x.StruckAt, Reason: x.StruckReason}
	}
	j.Alarms = append(j.Alarms, x.Result.Alarms...)
	for _, s := range x.Result.Scores {
		score := ScoreJSON{Scale: s.Scale, Least: s.Least, Most: s.Most, Missing: s.Missing, Beyond: s.Beyond}
		if s.Scored {
			score.Value = &s.Value
		}
		if s.Band != "" {
			score.Band = &s.Band
		}
		j.Scores = append(j.Scores, score)
	}
	return j, nil
}
