package form

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// JSON writes the definition as a FHIR R4 Questionnaire that Parse reads back as the same.
func (d *Definition) JSON() ([]byte, error) {
	status := d.Status
	if status == "" {
		status = "unknown"
	}
	w := wire{ResourceType: "Questionnaire", URL: d.URL, Version: d.Version, Name: d.Name, Language: d.Language, Copyright: d.Copyright, Status: status}
	w.Title, w.TitleMore = d.plain(d.Title)
	w.Item = d.wireItems(d.Items)
	return json.MarshalIndent(w, "", " ")
}

// plain takes words apart into the definition's own language and translations.
func (d *Definition) plain(w Words) (text string, more *wireMore) {
	for _, language := range slices.Sorted(maps.Keys(w)) {
		if language == d.Language || w[language] == "" {
			continue
		}
		if more == nil {
			more = &wireMore{}
		}
		more.Extension = append(more.Extension, wireExtension{URL: extTranslation,
			Extension: []wireExtension{{URL: "lang", ValueCode: language}, {URL: "content", ValueString: w[language]}}})
	}
	return w[d.Language], more
}

func (d *Definition) wireItems(items []Item) (list []wireItem) {
	for i := range items {
		list = append(list, d.wireItem(&items[i]))
	}
	return list
}

func (d *Definition) wireItem(it *Item) wireItem {
	w := wireItem{LinkID: it.ID, Prefix: it.Prefix, Type: string(it.Type), Required: it.Required, Repeats: it.Repeats, ReadOnly: it.Calculated(),
		Extension: it.extensions(), Item: d.wireItems(it.Items)}
	w.Text, w.TextMore = d.plain(it.Text)
	for _, c := range it.When {
		w.EnableWhen = append(w.EnableWhen, d.wireCondition(c))
	}
	switch {
	case it.All:
		w.EnableBehavior = "all"
	case len(it.When) > 1:
		w.EnableBehavior = "any"
	}
	for _, o := range it.Options {
		coding := &wireCoding{System: o.System, Code: o.Code}
		coding.Display, coding.DisplayMore = d.plain(o.Text)
		w.AnswerOption = append(w.AnswerOption, wireOption{ValueCoding: coding, Extension: decimals(extOrdinal, o.Value)})
	}
	if len(it.Help) > 0 {
		w.Item = append([]wireItem{d.help(it)}, w.Item...)
	}
	return w
}

// help is the text beside a question, as FHIR has it: an item to read under it.
func (d *Definition) help(it *Item) wireItem {
	id := it.ID + ".help"
	for d.byID[id] != nil {
		id += "_"
	}
	w := wireItem{LinkID: id, Type: string(Display), Extension: []wireExtension{{URL: extControl, ValueConcept: &wireConcept{Coding: []wireCoding{{System: controls, Code: "help"}}}}}}
	w.Text, w.TextMore = d.plain(it.Help)
	return w
}

func (it *Item) extensions() (list []wireExtension) {
	if it.Type == Integer {
		list = append(integers(extLeast, it.Least), integers(extMost, it.Most)...)
	} else {
		list = append(decimals(extLeast, it.Least), decimals(extMost, it.Most)...)
	}
	if it.Relevant != "" {
		list = append(list, expression(extRelevant, it.Relevant))
	}
	if it.Calculation != "" {
		list = append(list, expression(extCalculation, it.Calculation))
	}
	if it.Stage != "" {
		list = append(list, wireExtension{URL: extStage, ValueCode: it.Stage})
	}
	if it.Area {
		list = append(list, wireExtension{URL: extArea, ValueBoolean: &it.Area})
	}
	return list
}

func decimals(url string, n *float64) []wireExtension {
	if n == nil {
		return nil
	}
	return []wireExtension{{URL: url, ValueDecimal: n}}
}

// integers keeps a bound that is not whole as the decimal it is.
func integers(url string, n *float64) []wireExtension {
	if n == nil || *n != float64(int32(*n)) {
		return decimals(url, n)
	}
	return []wireExtension{{URL: url, ValueInteger: n}}
}

func expression(url, source string) wireExtension {
	return wireExtension{URL: url, Expression: &wireExpression{Expression: source,
		LanguageMore: &wireMore{Extension: []wireExtension{{URL: extLanguage, ValueCode: xlsform}}}}}
}

// wireCondition puts the answer into the type of the question it is asked of.
func (d *Definition) wireCondition(c Condition) wireCondition {
	w := wireCondition{Question: c.Question, Operator: c.Operator}
	yes := c.Answer == "true"
	it := d.byID[c.Question]
	switch {
	case c.Operator == "exists" || it.Type == Boolean:
		w.AnswerBoolean = &yes
	case it.Type == Integer:
		n, _ := strconv.ParseInt(c.Answer, 10, 32) // was checked with the definition
		w.AnswerInteger = &n
	case it.Type == Decimal:
		n, _ := decimal(c.Answer)
		w.AnswerDecimal = &n
	case it.Type == Date:
		w.AnswerDate = &c.Answer
	case it.Type == Choice:
		o, _ := it.Option(c.Answer)
		w.AnswerCoding = &wireCoding{System: o.System, Code: c.Answer}
	default:
		w.AnswerString = &c.Answer
	}
	return w
}
