package form

import (
	"encoding/json"
	"strconv"
	"strings"
)

// The extensions that are read (https://hl7.org/fhir/R4/extensibility-registry.html).
const (
	extOrdinal     = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
	extTranslation = "http://hl7.org/fhir/StructureDefinition/translation"
	extLeast       = "http://hl7.org/fhir/StructureDefinition/minValue"
	extMost        = "http://hl7.org/fhir/StructureDefinition/maxValue"
)

// wire is what of a Questionnaire's JSON is read; what else it holds stays in the file that was given.
type wire struct {
	ResourceType string     `json:"resourceType"`
	URL          string     `json:"url"`
	Version      string     `json:"version"`
	Name         string     `json:"name"`
	Language     string     `json:"language"`
	Title        string     `json:"title"`
	TitleMore    *wireMore  `json:"_title"`
	Copyright    string     `json:"copyright"`
	Item         []wireItem `json:"item"`
}

type wireMore struct {
	Extension []wireExtension `json:"extension"`
}

type wireExtension struct {
	URL           string          `json:"url"`
	Extension     []wireExtension `json:"extension"`
	ValueString   string          `json:"valueString"`
	ValueMarkdown string          `json:"valueMarkdown"`
	ValueCode     string          `json:"valueCode"`
	ValueDecimal  *float64        `json:"valueDecimal"`
	ValueInteger  *float64        `json:"valueInteger"`
}

type wireItem struct {
	LinkID         string          `json:"linkId"`
	Prefix         string          `json:"prefix"`
	Type           string          `json:"type"`
	Text           string          `json:"text"`
	TextMore       *wireMore       `json:"_text"`
	Required       bool            `json:"required"`
	Repeats        bool            `json:"repeats"`
	EnableWhen     []wireCondition `json:"enableWhen"`
	EnableBehavior string          `json:"enableBehavior"`
	AnswerOption   []wireOption    `json:"answerOption"`
	AnswerValueSet string          `json:"answerValueSet"`
	Extension      []wireExtension `json:"extension"`
	Item           []wireItem      `json:"item"`
}

type wireOption struct {
	ValueCoding  *wireCoding     `json:"valueCoding"`
	ValueInteger *int64          `json:"valueInteger"`
	ValueString  *string         `json:"valueString"`
	Extension    []wireExtension `json:"extension"`
}

type wireCoding struct {
	System      string          `json:"system"`
	Code        string          `json:"code"`
	Display     string          `json:"display"`
	DisplayMore *wireMore       `json:"_display"`
	Extension   []wireExtension `json:"extension"`
}

type wireCondition struct {
	Question      string      `json:"question"`
	Operator      string      `json:"operator"`
	AnswerBoolean *bool       `json:"answerBoolean"`
	AnswerDecimal *float64    `json:"answerDecimal"`
	AnswerInteger *int64      `json:"answerInteger"`
	AnswerDate    *string     `json:"answerDate"`
	AnswerString  *string     `json:"answerString"`
	AnswerCoding  *wireCoding `json:"answerCoding"`
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
		Copyright: w.Copyright, byID: map[string]*Item{}}
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
		if len(w.Item) > 0 {
			it.Items = p.items(w.Item, depth+1)
		}
		items = append(items, it)
	}
	return items
}

func (p *parser) item(w wireItem) Item {
	it := Item{ID: w.LinkID, Prefix: w.Prefix, Type: Type(w.Type), Text: words(p.language, w.Text, w.TextMore),
		Required: w.Required, Repeats: w.Repeats, All: w.EnableBehavior == "all", Least: number(w.Extension, extLeast), Most: number(w.Extension, extMost)}
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
