package questions

import (
	"strconv"
	"strings"

	"teduh/internal/form"
)

// Response is a FHIR R4 QuestionnaireResponse (https://hl7.org/fhir/R4/questionnaireresponse.html). It names no one: whose the
// answers are stands in the case it is asked from.
type Response struct {
	ResourceType  string         `json:"resourceType" enum:"QuestionnaireResponse"`
	ID            string         `json:"id"`
	Questionnaire string         `json:"questionnaire" doc:"address and version of the definition"`
	Status        string         `json:"status" enum:"in-progress,completed,entered-in-error"`
	Language      string         `json:"language"`
	Authored      string         `json:"authored,omitempty" doc:"when it was answered"`
	Item          []ResponseItem `json:"item,omitempty" nullable:"false"`
}

// ResponseItem is a question or a group with what was answered.
type ResponseItem struct {
	LinkID string           `json:"linkId" maxLength:"255"`
	Text   string           `json:"text,omitempty" maxLength:"4000"`
	Answer []ResponseAnswer `json:"answer,omitempty" maxItems:"100" nullable:"false"`
	Item   []ResponseItem   `json:"item,omitempty" maxItems:"500" nullable:"false"`
}

// ResponseAnswer holds one value by its kind.
type ResponseAnswer struct {
	Boolean *bool          `json:"valueBoolean,omitempty"`
	Integer *int64         `json:"valueInteger,omitempty"`
	Decimal *float64       `json:"valueDecimal,omitempty"`
	Date    string         `json:"valueDate,omitempty" maxLength:"10"`
	String  string         `json:"valueString,omitempty" maxLength:"20000"`
	Coding  *CodingJSON    `json:"valueCoding,omitempty"`
	Item    []ResponseItem `json:"item,omitempty" maxItems:"500" nullable:"false" doc:"what was asked below the question"`
}

// CodingJSON is an option that was chosen.
type CodingJSON struct {
	System  string `json:"system,omitempty" maxLength:"255"`
	Code    string `json:"code" maxLength:"255"`
	Display string `json:"display,omitempty" maxLength:"4000"`
}

// ResponseOf puts what was answered into FHIR's words.
func ResponseOf(d *form.Definition, r Response, answers form.Answers) Response {
	r.ResourceType, r.Questionnaire = "QuestionnaireResponse", d.URL+"|"+d.Version
	r.Item = responseItems(d.Items, answers, r.Language)
	return r
}

// responseItems leaves out what was neither answered nor holds an answer.
func responseItems(items []form.Item, answers form.Answers, language string) (list []ResponseItem) {
	for _, it := range items {
		r := ResponseItem{LinkID: it.ID, Text: it.Text.In(language), Item: responseItems(it.Items, answers, language)}
		for _, v := range answers[it.ID] {
			r.Answer = append(r.Answer, responseAnswer(it, v, language))
		}
		if len(r.Answer) > 0 { // what is asked below a question stands in its answer
			r.Answer[0].Item, r.Item = r.Item, nil
		}
		if len(r.Answer) > 0 || len(r.Item) > 0 {
			list = append(list, r)
		}
	}
	return list
}

func responseAnswer(it form.Item, v, language string) (a ResponseAnswer) {
	switch it.Type {
	case form.Boolean:
		yes := v == "true"
		a.Boolean = &yes
	case form.Integer:
		n, _ := strconv.ParseInt(v, 10, 64) // was checked when it was answered
		a.Integer = &n
	case form.Decimal:
		n, _ := strconv.ParseFloat(v, 64)
		a.Decimal = &n
	case form.Date:
		a.Date = v
	case form.Choice:
		o, _ := it.Option(v)
		a.Coding = &CodingJSON{System: o.System, Code: v, Display: o.Text.In(language)}
	default:
		a.String = strings.TrimSpace(v)
	}
	return a
}

// Filled reads a QuestionnaireResponse's items back into answers.
func Filled(items []ResponseItem) form.Answers { return filled(items, form.Answers{}) }

func filled(items []ResponseItem, into form.Answers) form.Answers {
	for _, it := range items {
		for _, a := range it.Answer {
			if v, ok := a.value(); ok {
				into[it.LinkID] = append(into[it.LinkID], v)
			}
			filled(a.Item, into)
		}
		filled(it.Item, into)
	}
	return into
}

func (a ResponseAnswer) value() (string, bool) {
	switch {
	case a.Boolean != nil:
		return strconv.FormatBool(*a.Boolean), true
	case a.Integer != nil:
		return strconv.FormatInt(*a.Integer, 10), true
	case a.Decimal != nil:
		return strconv.FormatFloat(*a.Decimal, 'f', -1, 64), true
	case a.Coding != nil:
		return a.Coding.Code, true
	case a.Date != "":
		return a.Date, true
	}
	return a.String, a.String != ""
}
