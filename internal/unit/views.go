package unit

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var (
	areaWords     = i18n.Family("unit.area.")
	areaHints     = i18n.Family("unit.area_hint.")
	urgencyWords  = i18n.Family("urgency.")
	signWords     = i18n.Family("danger.")
	occasionWords = i18n.Family("unit.occasion.")
	gateWords     = i18n.Family("case.gate.")
	dayWords      = i18n.Family("unit.weekday.")
	zoneWords     = i18n.Family("unit.zone.")
	riskWords     = i18n.Family("case.risk_name.")
)

var areaIcons = map[string]string{"categories": "tag", "services": "heart-handshake", "stages": "flag", "urgency": "alarm-clock", "danger": "triangle-alert",
	"duty": "bell", "calendar": "calendar", "emergency": "phone", "rules": "list-checks", "follow_up": "refresh-cw", "guidance": "life-buoy"}

type officeView struct {
	Unit  access.Unit
	Place string
	Err   error
}

type partView struct {
	Area     string
	Settings Settings
	Staff    []access.Colleague
	Gates    []Gate
	Err      error
}

func (v partView) version() string { return strconv.FormatInt(v.Settings.Version(v.Area), 10) }

func at(name string, i int) string { return name + "_" + strconv.Itoa(i) }

// withBlank are the rows of a list and the empty ones after it.
func withBlank[T any](list []T) []T {
	return append(slices.Clone(list), make([]T, blankRows)...)
}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func urgencyOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Urgencies))
	for i, code := range Urgencies {
		list[i] = ui.Option{Value: code, Label: urgencyWords.T(ctx, code)}
	}
	return list
}

func occasionOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Occasions))
	for i, code := range Occasions {
		list[i] = ui.Option{Value: code, Label: occasionWords.T(ctx, code)}
	}
	return list
}

func dayOptions(ctx context.Context) (list []ui.Option) {
	for d := 1; d <= 7; d++ {
		list = append(list, ui.Option{Value: strconv.Itoa(d), Label: dayWords.T(ctx, strconv.Itoa(d))})
	}
	return list
}

func zoneOptions(ctx context.Context) (list []ui.Option) {
	for _, z := range access.Zones {
		_, city, _ := strings.Cut(z, "/")
		list = append(list, ui.Option{Value: z, Label: zoneWords.T(ctx, strings.ToLower(city))})
	}
	return list
}

func staffOptions(staff []access.Colleague) (list []ui.Option) {
	for _, c := range staff {
		list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
	}
	return list
}

func gateOptions(ctx context.Context, v partView) (list []ui.Option) {
	for _, g := range v.Gates {
		list = append(list, ui.Option{Value: g.Stage + "/" + g.Code, Label: v.Settings.Stage(ctx, g.Stage) + ": " + gateWords.T(ctx, g.Code)})
	}
	return list
}

func (v partView) gatesOn() (on []string) {
	for _, g := range v.Gates {
		if v.Settings.GateActive(g.Stage, g.Code) {
			on = append(on, g.Stage+"/"+g.Code)
		}
	}
	return on
}

func texts[T interface{ String() string }](list []T) (out []string) {
	for _, x := range list {
		out = append(out, x.String())
	}
	return out
}

func numbersOf(list []int) (out []string) {
	for _, n := range list {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

func dayText(d db.Date) string { return string(d) }

// ruleWhat is the hint of a rule of the shipped ones.
func ruleWhat(ctx context.Context, r Rule) string {
	if ruleWords.Has(r.Code) {
		return ruleWords.T(ctx, r.Code)
	}
	return ""
}

// summary says in a line how an area stands.
func summary(ctx context.Context, s *Settings, area string) string {
	switch area {
	case "categories":
		return i18n.T(ctx, "unit.summary.entries", "n", len(s.CategoryChoices(ctx)))
	case "services":
		return i18n.T(ctx, "unit.summary.entries", "n", len(s.ServiceChoices(ctx)))
	case "emergency":
		return i18n.T(ctx, "unit.summary.entries", "n", len(s.Emergency.Shown()))
	case "duty":
		return i18n.T(ctx, "unit.summary.people", "n", len(s.Duty.First))
	case "calendar":
		return s.Calendar.From + "–" + s.Calendar.To
	case "follow_up":
		return i18n.T(ctx, "unit.summary.months", "months", strings.Join(numbersOf(s.FollowUp.Months), ", "))
	}
	return areaHints.T(ctx, area)
}
