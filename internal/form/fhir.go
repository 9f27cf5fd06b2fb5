package form

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The extensions that are read (https://hl7.org/fhir/R4/extensibility-registry.html).
const (
	extOrdinal     = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
	extTranslation = "http://hl7.org/fhir/StructureDefinition/translation"
	extLeast       = "http://hl7.org/fhir/StructureDefinition/minValue"
	extMost        = "http://hl7.org/fhir/StructureDefinition/maxValue"
	extControl     = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
	extRelevant    = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
	extCalculation = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"

	// Ours: of an expression its language, of an item the stage that needs it and whether it is a problem area.
	extLanguage = "urn:teduh:extension:expression-language"
	extStage    = "urn:teduh:extension:stage"
	extArea     = "urn:teduh:extension:problem-area"

	controls = "http://hl7.org/fhir/questionnaire-item-control"
	xlsform  = "application/x-xlsform" // the language of expressions: package expr
)

// wire is what of a Questionnaire's JSON is read; what else it holds stays in the file that was given.
type wire struct {
	ResourceType string     `json:"resourceType,omitempty"`
	URL          string     `json:"url,omitempty"`
	Version      string     `json:"version,omitempty"`
	Name         string     `json:"name,omitempty"`
	Language     string     `json:"language,omitempty"`
	Title        string     `json:"title,omitempty"`
	TitleMore    *wireMore  `json:"_title,omitempty"`
	Copyright    string     `json:"copyright,omitempty"`
	Status       string     `json:"status,omitempty"`
	Item         []wireItem `json:"item,omitempty"`
}

type wireMore struct {
	Extension []wireExtension `json:"extension,omitempty"`
}

type wireExtension struct {
	URL           string          `json:"url,omitempty"`
	Extension     []wireExtension `json:"extension,omitempty"`
	ValueString   string          `json:"valueString,omitempty"`
	ValueMarkdown string          `json:"valueMarkdown,omitempty"`
	ValueCode     string          `json:"valueCode,omitempty"`
	ValueDecimal  *float64        `json:"valueDecimal,omitempty"`
	ValueInteger  *float64        `json:"valueInteger,omitempty"`
	ValueBoolean  *bool           `json:"valueBoolean,omitempty"`
	ValueConcept  *wireConcept    `json:"valueCodeableConcept,omitempty"`
	Expression    *wireExpression `json:"valueExpression,omitempty"`
}

type wireConcept struct {
	Coding []wireCoding `json:"coding,omitempty"`
}

// wireExpression is one in a language of ours: FHIR's own list of languages is closed in the R4 schema, so the language
// stands empty and extLanguage says which it is.
type wireExpression struct {
	Language     string    `json:"language,omitempty"`
	LanguageMore *wireMore `json:"_language,omitempty"`
	Expression   string    `json:"expression,omitempty"`
}

type wireItem struct {
	LinkID         string          `json:"linkId,omitempty"`
	Prefix         string          `json:"prefix,omitempty"`
	Type           string          `json:"type,omitempty"`
	Text           string          `json:"text,omitempty"`
	TextMore       *wireMore       `json:"_text,omitempty"`
	Required       bool            `json:"required,omitempty"`
	Repeats        bool            `json:"repeats,omitempty"`
	ReadOnly       bool            `json:"readOnly,omitempty"`
	EnableWhen     []wireCondition `json:"enableWhen,omitempty"`
	EnableBehavior string          `json:"enableBehavior,omitempty"`
	AnswerOption   []wireOption    `json:"answerOption,omitempty"`
	AnswerValueSet string          `json:"answerValueSet,omitempty"`
	Extension      []wireExtension `json:"extension,omitempty"`
	Item           []wireItem      `json:"item,omitempty"`
}

type wireOption struct {
	ValueCoding  *wireCoding     `json:"valueCoding,omitempty"`
	ValueInteger *int64          `json:"valueInteger,omitempty"`
	ValueString  *string         `json:"valueString,omitempty"`
	Extension    []wireExtension `json:"extension,omitempty"`
}

type wireCoding struct {
	System      string          `json:"system,omitempty"`
	Code        string          `json:"code,omitempty"`
	Display     string          `json:"display,omitempty"`
	DisplayMore *wireMore       `json:"_display,omitempty"`
	Extension   []wireExtension `json:"extension,omitempty"`
}

type wireCondition struct {
	Question      string      `json:"question,omitempty"`
	Operator      string      `json:"operator,omitempty"`
	AnswerBoolean *bool       `json:"answerBoolean,omitempty"`
	AnswerDecimal *float64    `json:"answerDecimal,omitempty"`
	AnswerInteger *int64      `json:"answerInteger,omitempty"`
	AnswerDate    *string     `json:"answerDate,omitempty"`
	AnswerString  *string     `json:"answerString,omitempty"`
	AnswerCoding  *wireCoding `json:"answerCoding,omitempty"`
}

// Parse reads a FHIR R4 Questionnaire. It answers a definition only where there are no problems.
func Parse(raw []byte) (*Definition, []Problem) {
	if len(raw) > MostBytes {
		return nil, []Problem{{Code: "too_large"}}
	}
	var w wire
	if err := json.Unmarshal(raw, &w); err != nil {
		return nil, []Problem{{Code: "not_json"}}
	}
	if w.ResourceType != "Questionnaire" {
		return nil, []Problem{{Code: "not_questionnaire"}}
	}
	language := w.Language
	if language == "" {
		language = "id"
	}
	language, _, _ = strings.Cut(language, "-")
	d := &Definition{URL: w.URL, Version: w.Version, Name: w.Name, Language: language, Title: words(language, w.Title, w.TitleMore),
		Copyright: w.Copyright, Status: statusOf(w.Status)}
	p := &parser{language: language}
	d.Items = p.items(w.Item, 1)
	if problems := append(p.problems, d.check()...); len(problems) > 0 {
		return nil, problems
	}
	return d, nil
}

// parser turns items over and stops where there are too many of them to go on.
type parser struct {
	language string
	seen     int
	problems []Problem
}

func (p *parser) items(list []wireItem, depth int) (items []Item) {
	if depth > MostDepth {
		p.problems = append(p.problems, Problem{Code: "too_deep", Item: list[0].LinkID})
		return nil
	}
	for _, w := range list {
		if p.seen++; p.seen > MostItems {
			if p.seen == MostItems+1 {
				p.problems = append(p.problems, Problem{Code: "too_many_items"})
			}
			return items
		}
		it := p.item(w)
		below := w.Item
		if help := slices.IndexFunc(below, wireItem.helps); help >= 0 && it.Type != Display {
			it.Help = words(p.language, below[help].Text, below[help].TextMore)
			below = slices.Delete(slices.Clone(below), help, help+1)
		}
		if len(below) > 0 {
			it.Items = p.items(below, depth+1)
		}
		items = append(items, it)
	}
	return items
}

func (p *parser) item(w wireItem) Item {
	it := Item{ID: w.LinkID, Prefix: w.Prefix, Type: Type(w.Type), Text: words(p.language, w.Text, w.TextMore),
		Help: Words{}, Required: w.Required, Repeats: w.Repeats, All: w.EnableBehavior == "all", Least: number(w.Extension, extLeast), Most: number(w.Extension, extMost),
		Relevant: p.expression(w, extRelevant), Calculation: p.expression(w, extCalculation)}
	for _, e := range w.Extension {
		switch {
		case e.URL == extStage:
			it.Stage = e.ValueCode
		case e.URL == extArea && e.ValueBoolean != nil:
			it.Area = *e.ValueBoolean
		}
	}
	if w.AnswerValueSet != "" {
		p.problems = append(p.problems, Problem{Code: "value_set", Item: w.LinkID})
	}
	for _, o := range w.AnswerOption {
		it.Options = append(it.Options, p.option(o))
	}
	for _, c := range w.EnableWhen {
		it.When = append(it.When, Condition{Question: c.Question, Operator: c.Operator, Answer: c.answer()})
	}
	return it
}

// helps tells whether an item is the help of the one it stands in.
func (w wireItem) helps() bool {
	return w.Type == string(Display) && len(w.Item) == 0 && slices.ContainsFunc(w.Extension, func(e wireExtension) bool {
		return e.URL == extControl && e.ValueConcept != nil && slices.ContainsFunc(e.ValueConcept.Coding, func(c wireCoding) bool { return c.Code == "help" })
	})
}

// expression reads one in our language. One in another can't be reckoned, and to pass it over would ask other questions than
// its author meant, so it is a problem.
func (p *parser) expression(w wireItem, url string) string {
	for _, e := range w.Extension {
		if e.URL != url || e.Expression == nil {
			continue
		}
		language := e.Expression.Language
		if more := e.Expression.LanguageMore; language == "" && more != nil {
			for _, l := range more.Extension {
				if l.URL == extLanguage {
					language = l.ValueCode
				}
			}
		}
		if language == xlsform && e.Expression.Expression != "" {
			return e.Expression.Expression
		}
		p.problems = append(p.problems, Problem{Code: "expression_language", Item: w.LinkID, Word: language})
	}
	return ""
}

// statusOf keeps the status of a definition; «unknown» is none.
func statusOf(status string) string {
	if status == "draft" || status == "active" || status == "retired" {
		return status
	}
	return ""
}

// option reads a coding, or a plain number or text, which is its own code.
func (p *parser) option(w wireOption) Option {
	value := number(w.Extension, extOrdinal)
	switch {
	case w.ValueCoding != nil:
		if value == nil {
			value = number(w.ValueCoding.Extension, extOrdinal)
		}
		return Option{System: w.ValueCoding.System, Code: w.ValueCoding.Code, Text: words(p.language, w.ValueCoding.Display, w.ValueCoding.DisplayMore), Value: value}
	case w.ValueInteger != nil:
		code, v := strconv.FormatInt(*w.ValueInteger, 10), float64(*w.ValueInteger)
		if value == nil {
			value = &v
		}
		return Option{Code: code, Text: Words{p.language: code}, Value: value}
	case w.ValueString != nil:
		return Option{Code: *w.ValueString, Text: Words{p.language: *w.ValueString}, Value: value}
	}
	return Option{}
}

func (c wireCondition) answer() string {
	switch {
	case c.AnswerBoolean != nil:
		return strconv.FormatBool(*c.AnswerBoolean)
	case c.AnswerDecimal != nil:
		return strconv.FormatFloat(*c.AnswerDecimal, 'f', -1, 64)
	case c.AnswerInteger != nil:
		return strconv.FormatInt(*c.AnswerInteger, 10)
	case c.AnswerDate != nil:
		return *c.AnswerDate
	case c.AnswerString != nil:
		return *c.AnswerString
	case c.AnswerCoding != nil:
		return c.AnswerCoding.Code
	}
	return ""
}

// words gathers a text with its translations.
func words(language, text string, more *wireMore) Words {
	w := Words{}
	if text = strings.TrimSpace(text); text != "" {
		w[language] = text
	}
	if more == nil {
		return w
	}
	for _, e := range more.Extension {
		if e.URL != extTranslation {
			continue
		}
		var lang, content string
		for _, part := range e.Extension {
			switch part.URL {
			case "lang":
				lang = part.ValueCode
			case "content":
				content = strings.TrimSpace(part.ValueString + part.ValueMarkdown)
			}
		}
		if lang, _, _ = strings.Cut(lang, "-"); lang != "" && content != "" {
			w[lang] = content
		}
	}
	return w
}

func number(list []wireExtension, url string) *float64 {
	for _, e := range list {
		if e.URL == url && e.ValueDecimal != nil {
			return e.ValueDecimal
		}
		if e.URL == url && e.ValueInteger != nil {
			return e.ValueInteger
		}
	}
	return nil
}
