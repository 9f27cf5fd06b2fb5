package unit

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/fault"
	"teduh/internal/i18n"
)

// Carried are the areas that may be carried to another office: all but who is on duty, because people don't go along.
var Carried = slices.DeleteFunc(slices.Clone(Areas), func(area string) bool { return area == "duty" })

// Part is an area of the settings as it stands.
func (s Settings) Part(area string) Part {
	return map[string]Part{"categories": s.Categories, "services": s.Services, "stages": s.Stages, "urgency": s.Urgency, "danger": s.Danger, "duty": s.Duty,
		"calendar": s.Calendar, "emergency": s.Emergency, "rules": s.Rules, "follow_up": s.FollowUp, "guidance": s.Guidance}[area]
}

// ReadPart reads an area as Part writes it. A name it does not know, or what Check refuses, is refused: half an area would be
// another one.
func ReadPart(area string, raw []byte) (Part, error) {
	var s Settings
	into := s.places()[area]
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if into == nil || decoder.Decode(into) != nil {
		return nil, fault.Invalid(fault.Field("file", "area", "unit.carried.unreadable"))
	}
	p := s.Part(area)
	return p, p.Check()
}

// places are where the areas of the settings stand, by their names.
func (s *Settings) places() map[string]any {
	return map[string]any{"categories": &s.Categories, "services": &s.Services, "stages": &s.Stages, "urgency": &s.Urgency, "danger": &s.Danger,
		"duty": &s.Duty, "calendar": &s.Calendar, "emergency": &s.Emergency, "rules": &s.Rules, "follow_up": &s.FollowUp, "guidance": &s.Guidance}
}

// Line is one thing an area says, in the reader's language: what it is about and what is said of it. Key tells lines apart.
type Line struct{ Key, Label, Value string }

// Lines are what an area says.
func Lines(ctx context.Context, p Part) (list []Line) {
	switch p := p.(type) {
	case Categories:
		return entryLines(ctx, p, categoryWords)
	case Services:
		return entryLines(ctx, p, serviceWords)
	case Stages:
		list = entryLines(ctx, p.Labels, stageWords)
		for _, off := range p.Off {
			_, gate, _ := strings.Cut(off, "/")
			list = append(list, Line{"off/" + off, gateWords.T(ctx, gate), i18n.T(ctx, "unit.carried.off")})
		}
		return list
	case Urgency:
		return weightLines(p, func(code string) string { return urgencyWords.T(ctx, code) })
	case Danger:
		for _, sign := range DangerSigns {
			list = append(list, Line{sign, signWords.T(ctx, sign), urgencyWords.T(ctx, cmp.Or(p[sign], "week"))})
		}
		return list
	case Emergency:
		for _, n := range p {
			list = append(list, Line{n.Name, n.Name, n.Number + offWord(ctx, !n.On)})
		}
		return list
	case Rules:
		for _, r := range p {
			list = append(list, Line{r.Code, cmp.Or(r.What, ruleWhat(ctx, r), r.Code), fmt.Sprint(r.Days) + offWord(ctx, r.Off) + r.After})
		}
		return list
	}
	return otherLines(ctx, p)
}

func otherLines(ctx context.Context, p Part) (list []Line) {
	switch p := p.(type) {
	case Calendar:
		list = []Line{{"hours", i18n.T(ctx, "unit.calendar.days"), strings.Join(numbersOf(p.Days), ", ") + " " + p.From + "–" + p.To}}
		for _, h := range p.Holidays {
			list = append(list, Line{string(h.Day), h.Name, i18n.Day(ctx, h.Day)})
		}
	case FollowUp:
		list = []Line{{"months", i18n.T(ctx, "unit.follow_up.label"), strings.Join(numbersOf(p.Months), ", ")},
			{"second", i18n.T(ctx, "unit.follow_up.risk"), strconv.FormatBool(p.RiskNeedsSecond)}}
	case Guidance:
		list = weightLines(p.Stages, func(code string) string { return stageWords.T(ctx, code) })
		list = append(list, weightLines(p.Risks, func(code string) string { return riskWords.T(ctx, code) })...)
		list = append(list, Line{"plan", i18n.T(ctx, "unit.guidance.plan"), strconv.FormatBool(p.PlanApproval)},
			Line{"closing", i18n.T(ctx, "unit.guidance.closing"), strconv.FormatBool(p.ClosingApproval)})
	}
	return list
}

func entryLines(ctx context.Context, entries []Entry, words i18n.Family) (list []Line) {
	for _, e := range entries {
		list = append(list, Line{e.Code, e.label(ctx, words), e.ID + "/" + e.EN + offWord(ctx, e.Off)})
	}
	return list
}

func weightLines[M ~map[string]int](m M, word func(code string) string) (list []Line) {
	for code, n := range m {
		list = append(list, Line{code, word(code), strconv.Itoa(n)})
	}
	slices.SortFunc(list, func(a, b Line) int { return strings.Compare(a.Key, b.Key) })
	return list
}

func offWord(ctx context.Context, off bool) string {
	if off {
		return " " + i18n.T(ctx, "unit.carried.off")
	}
	return ""
}
