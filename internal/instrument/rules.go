package instrument

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/instrument/scoring"
	"teduh/internal/web"
)

// rulesFor are the shipped rules of an instrument for another edition of it: the same items, other words. What does not fit is
// found when the two are put together.
func rulesFor(questionnaire []byte) []byte {
	d, problems := form.Parse(questionnaire)
	if len(problems) > 0 {
		return nil
	}
	for _, e := range shipped() {
		if e.Name == nameOf(d) {
			return rulesOf(e, d.URL+"|"+d.Version, "", 0)
		}
	}
	return nil
}

// rulesOf turns an edition's rules over to another definition; source says where its words are from, cutoff is the office's own,
// 0 for the published one.
func rulesOf(e Edition, questionnaire, source string, cutoff int) []byte {
	doc := e.Doc
	doc.Questionnaire, doc.Load = questionnaire, nil
	if cutoff > 0 {
		doc.Scales = slices.Clone(doc.Scales)
		doc.Scales[0] = recut(doc.Scales[0], float64(cutoff))
	}
	if source != "" {
		doc.Wording = form.Words{"id": source}
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil
	}
	return raw
}

// recut moves the cut-off of a scale, and the border of its two bands with it.
func recut(s scoring.Scale, at float64) scoring.Scale {
	moved := *s.Cutoff
	moved.At = at
	s.Cutoff, s.Bands = &moved, slices.Clone(s.Bands)
	if len(s.Bands) == 2 && moved.Side == "above" {
		s.Bands[0].To, s.Bands[1].From = at-1, at
	}
	return s
}

// Words are what an office types from the questionnaire it is licensed to use.
type Words struct {
	Intro   string
	Items   map[string]string // by linkId
	Options map[string]string // by code, the same for every question
	Source  string            // where the words are from, and by what right
	Cutoff  int               // the office's own; 0 is the published one
}

// Word makes a draft of a shipped structure with the words an office has the right to use.
func (s *Service) Word(ctx context.Context, a access.Actor, name string, w Words) (Edition, error) {
	list, err := s.Editions(ctx, a)
	if err != nil {
		return Edition{}, err
	}
	base, err := structure(list, name)
	if err != nil {
		return Edition{}, err
	}
	taken := 0
	for _, e := range list {
		if e.Name == name {
			taken++
		}
	}
	if err := w.check(base); err != nil {
		return Edition{}, err
	}
	version := base.Version + "." + strconv.Itoa(taken)
	questionnaire, err := w.into([]byte(base.files.questionnaire), version)
	if err != nil {
		return Edition{}, err
	}
	return s.Bring(ctx, a, questionnaire, rulesOf(base, base.Form.URL+"|"+version, w.Source, w.Cutoff))
}

func (w Words) check(e Edition) error {
	var c fault.Checks
	c.Add(web.Length("source", w.Source, 1, web.MaxLine))
	c.Add(web.Length("intro", w.Intro, 0, web.MaxLine))
	c.Field(w.Cutoff != 0 && !e.recuts(w.Cutoff), "cutoff", "range", "form.wrong.range")
	for _, q := range e.Form.Questions() {
		c.Add(web.Length("item-"+q.ID, w.Items[q.ID], 1, web.MaxLine))
	}
	for _, o := range e.Form.Questions()[0].Options {
		if o.Text.In("id") == "" {
			c.Add(web.Length("option-"+o.Code, w.Options[o.Code], 1, web.MaxLine))
		}
	}
	return c.Err()
}

// recuts tells whether a score can be the cut-off: one alone, above the least and not above the greatest score.
func (e Edition) recuts(at int) bool {
	s := e.Doc.Scales[0]
	return len(e.Doc.Scales) == 1 && s.Cutoff != nil && s.Cutoff.Side == "above" && at >= 1 && float64(at) <= s.Bands[len(s.Bands)-1].To
}

// into puts the words into a structure's own document, and leaves everything else in it as it is.
func (w Words) into(structure []byte, version string) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(structure, &doc); err != nil {
		return nil, err
	}
	doc["version"], doc["copyright"] = version, w.Source
	items, _ := doc["item"].([]any)
	for _, x := range items {
		item, _ := x.(map[string]any)
		id, _ := item["linkId"].(string)
		item["text"] = w.Items[id]
		options, _ := item["answerOption"].([]any)
		for _, o := range options {
			coding, _ := o.(map[string]any)["valueCoding"].(map[string]any)
			if code, _ := coding["code"].(string); w.Options[code] != "" {
				coding["display"] = w.Options[code]
			}
		}
	}
	if strings.TrimSpace(w.Intro) != "" {
		intro := map[string]any{"linkId": "intro", "type": "display", "text": w.Intro}
		doc["item"] = append([]any{intro}, items...)
	}
	return json.Marshal(doc)
}
