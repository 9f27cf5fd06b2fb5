package assessment

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/practice"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// AnswerJSON is what stands to one question.
type AnswerJSON struct {
	Item     string   `json:"item" example:"problem" doc:"linkId of the question"`
	Question string   `json:"question" doc:"in the words of the edition it was answered under"`
	Values   []string `json:"values" nullable:"false" doc:"codes of options, true or false, numbers with a point, days as 2026-11-24, or text"`
	Edition  string   `json:"edition" example:"teduh-1" doc:"version of the form it was answered under"`
	By       string   `json:"by" doc:"name of who wrote it"`
	At       db.Time  `json:"at" format:"date-time"`
}

// AreaJSON is a problem area that weighs.
type AreaJSON struct {
	Item   string  `json:"item" example:"area_couple"`
	Name   string  `json:"name"`
	Score  string  `json:"score" example:"3" doc:"code of the answer"`
	Weight float64 `json:"weight" doc:"what the answer counts for; above 0"`
	Note   string  `json:"note"`
	GoalID *string `json:"goal_id" format:"uuid" doc:"the goal it has become and that stands"`
}

// CaseAssessmentJSON is the assessment of a case.
type CaseAssessmentJSON struct {
	Edition  string             `json:"edition" doc:"version of the form in force"`
	Version  int64              `json:"version" doc:"counts the writings; 1 is none yet"`
	Answers  []AnswerJSON       `json:"answers" nullable:"false" doc:"to the form in force, in its order"`
	Former   []AnswerJSON       `json:"former" nullable:"false" doc:"to questions the form in force has no more"`
	Missing  []string           `json:"missing" nullable:"false" doc:"questions that the stage of the case waits for"`
	Areas    []AreaJSON         `json:"areas" nullable:"false" doc:"problem areas that weigh, the heaviest first"`
	Response questions.Response `json:"response" doc:"the answers to the form in force as a FHIR R4 QuestionnaireResponse, with what is calculated"`
}

// CaseInput names the case.
type CaseInput struct {
	ID string `path:"id" format:"uuid" doc:"of the case"`
}

type assessInput struct {
	CaseInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Edition string              `json:"edition,omitempty" maxLength:"100" doc:"version of the form that was filled in; the one in force when left out"`
		Answers map[string][]string `json:"answers" maxProperties:"500" doc:"by linkId; one without values is taken back, one that is not named stays"`
	}
}

type areaGoalInput struct {
	CaseInput
	Body struct {
		Item string `json:"item" minLength:"1" maxLength:"255" doc:"linkId of a problem area that weighs"`
	}
}

type (
	assessmentOutput struct {
		ETag string `header:"ETag"`
		Body CaseAssessmentJSON
	}
	assessmentFormOutput struct {
		ETag string `header:"ETag"`
		Body json.RawMessage
	}
	areaGoalOutput struct {
		Status   int
		Location string `header:"Location"`
		Body     practice.GoalJSON
	}
)

type operations struct{ s *Service }

// Operations registers those of the assessment.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	read, work, tag := string(access.CaseRead), string(access.CaseWork), []string{"assessment"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/assessment-form", Tags: tag, Summary: "The form of the assessment in force, as a FHIR R4 Questionnaire"}, read, o.form)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/assessment", Tags: tag, Summary: "The assessment of a case"}, read, o.get)
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: "/cases/{id}/assessment", Tags: tag, Summary: "Write answers of the assessment",
		RequestBody: web.Sent(`{"answers":{"problem":["(in the client's own words)"],"area_couple":["2"]}}`)}, work, o.write,
		func(ctx context.Context, in *assessInput, _ web.Made) (*assessmentOutput, error) {
			return o.get(ctx, &in.CaseInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/assessment/goals", Tags: tag, Summary: "Make a goal of a problem area; one that stands already is answered again",
		DefaultStatus: http.StatusCreated, RequestBody: web.Sent(`{"item":"area_couple"}`)}, work, o.makeGoal,
		func(ctx context.Context, in *areaGoalInput, _ web.Made) (*areaGoalOutput, error) {
			return o.makeGoal(ctx, in)
		})
	o.formOperations(api)
}

func (o operations) form(ctx context.Context, _ *struct{}) (*assessmentFormOutput, error) {
	e, err := o.s.FormNow(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	return &assessmentFormOutput{ETag: `"` + e.Name() + `"`, Body: json.RawMessage(e.Raw)}, nil
}

func (o operations) get(ctx context.Context, in *CaseInput) (*assessmentOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	x, err := o.s.Of(ctx, a, id)
	if err != nil {
		return nil, err
	}
	work, err := o.s.practice.Work(ctx, a, id)
	if err != nil {
		return nil, err
	}
	c, err := o.s.caseOf(ctx, a, id)
	if err != nil {
		return nil, err
	}
	out := &assessmentOutput{ETag: web.ETag(x.Version), Body: assessmentJSON(ctx, x, c)}
	for _, it := range Missing(x.Edition.Form, x.Answers, c.Stage) {
		out.Body.Missing = append(out.Body.Missing, it.ID)
	}
	for _, area := range x.Areas(work.Goals) {
		out.Body.Areas = append(out.Body.Areas, areaJSON(ctx, area))
	}
	return out, nil
}

func assessmentJSON(ctx context.Context, x Assessment, c casefile.Case) CaseAssessmentJSON {
	language := string(i18n.Lang(ctx))
	j := CaseAssessmentJSON{Edition: x.Edition.Name(), Version: x.Version, Answers: []AnswerJSON{}, Former: []AnswerJSON{}, Missing: []string{}, Areas: []AreaJSON{}}
	last := db.Time{}
	for _, given := range x.Given {
		it, _ := x.Edition.Form.Item(given.Item)
		j.Answers = append(j.Answers, answerJSON(given, it.Text.In(language), given.Values))
		if given.At.After(last.Time) {
			last = given.At
		}
	}
	for _, old := range x.Old {
		it, _ := itemIn(x.Editions, old.Edition, old.Item)
		j.Former = append(j.Former, answerJSON(old, labelIn(x.Editions, old.Edition, old.Item, language), valuesOf(it, old.text())))
	}
	r := questions.Response{ID: c.ID.String(), Status: "in-progress", Language: language}
	if c.Status == "closed" {
		r.Status = "completed"
	}
	if !last.IsZero() {
		r.Authored = last.UTC().Format("2006-01-02T15:04:05Z")
	}
	j.Response = questions.ResponseOf(x.Edition.Form, r, x.Answers)
	return j
}

func answerJSON(x Answer, question string, values []string) AnswerJSON {
	return AnswerJSON{x.Item, question, values, x.Edition, x.By, x.At}
}

func areaJSON(ctx context.Context, x Area) AreaJSON {
	j := AreaJSON{Item: x.Item.ID, Name: say(ctx, x.Item.Text), Score: x.Score.Code, Weight: x.Weight(), Note: x.Note}
	if !x.Goal.IsZero() {
		id := x.Goal.String()
		j.GoalID = &id
	}
	return j
}

func (o operations) write(ctx context.Context, in *assessInput) (*assessmentOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	over, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	err = o.s.Write(ctx, access.From(ctx), id, Writing{Edition: in.Body.Edition, Answers: tidy(in.Body.Answers), Over: over})
	if err != nil {
		return nil, err
	}
	return o.get(ctx, &in.CaseInput)
}

// tidy reads the answers of a machine as those of a page are read: trimmed, and without empty ones.
func tidy(given map[string][]string) form.Answers {
	answers := form.Answers{}
	for id, values := range given {
		answers[id] = questions.Trimmed(values)
	}
	return answers
}

func (o operations) makeGoal(ctx context.Context, in *areaGoalInput) (*areaGoalOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	made, err := o.s.MakeGoal(ctx, a, id, in.Body.Item)
	if err != nil {
		return nil, err
	}
	j, err := o.s.practice.Planned(ctx, a, id, made)
	return &areaGoalOutput{Status: http.StatusCreated, Location: "/api/v1/cases/" + in.ID + "/plan", Body: j}, err
}
