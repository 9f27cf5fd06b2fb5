package partner

import (
	"context"
	"slices"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner/hours"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

var (
	kindWords       = i18n.Family("partner.kind.")
	psksWords       = i18n.Family("partner.psks.")
	languageWords   = i18n.Family("partner.language.")
	costWords       = i18n.Family("partner.cost.")
	visibilityWords = i18n.Family("partner.visibility.")
	sexWords        = i18n.Family("person.sex.")
	onlyWords       = i18n.Family("partner.only.")
	urgencyWords    = i18n.Family("urgency.")
	viewWords       = i18n.Family("partner.view.")
	toggleWords     = i18n.Family("partner.toggle.")
)

// icons of the kinds of organisations.
var icons = map[string]string{"hospital": "hospital", "health_centre": "heart-pulse", "police": "shield", "legal_aid": "gavel", "shelter": "house",
	"women_children": "hand-heart", "social_office": "hand-heart", "education": "graduation-cap", "court": "gavel", "civil_registry": "id-card",
	"religious": "heart-handshake", "foundation": "heart-handshake", "community": "users", "employment": "backpack"}

func iconOf(kind string) string {
	if icon, ok := icons[kind]; ok {
		return icon
	}
	return "handshake"
}

// openWords say whether it is open, and until when or from when.
func openWords(ctx context.Context, w hours.Week, now time.Time) ui.Mark {
	now = now.In(i18n.Zone(ctx))
	o := openAt(w, now)
	switch {
	case w.Never():
		return ui.Mark{Text: i18n.T(ctx, "partner.hours.unknown"), Line: true}
	case w.Always:
		return ui.Mark{Text: i18n.T(ctx, "partner.hours.always"), Icon: "clock", Tone: ui.Green}
	case o.now:
		return ui.Mark{Text: i18n.T(ctx, "partner.hours.until", "at", i18n.Clock(ctx, o.changes)), Icon: "clock", Tone: ui.Green}
	}
	return ui.Mark{Text: i18n.T(ctx, "partner.hours.from", "at", nextWords(ctx, o.changes, now)), Icon: "moon"}
}

// nextWords are a clock of today, or the weekday with it.
func nextWords(ctx context.Context, at, now time.Time) string {
	if at.In(i18n.Zone(ctx)).YearDay() == now.In(i18n.Zone(ctx)).YearDay() {
		return i18n.Clock(ctx, at)
	}
	return i18n.Weekday(ctx, at) + " " + i18n.Clock(ctx, at)
}

// placesMark says how many places are free.
func placesMark(ctx context.Context, x Service) (ui.Mark, bool) {
	switch {
	case x.Free == nil:
		return ui.Mark{}, false
	case *x.Free == 0:
		return ui.Mark{Text: i18n.T(ctx, "partner.places.full"), Icon: "circle-x", Tone: ui.Coral}, true
	}
	return ui.Mark{Text: i18n.T(ctx, "partner.places.free", "n", *x.Free), Icon: "circle-check", Tone: ui.Green}, true
}

// visibilityMark is shown of what is not for everyone.
func visibilityMark(ctx context.Context, visibility string) (ui.Mark, bool) {
	return ui.Mark{Text: visibilityWords.T(ctx, Hidden), Icon: "eye-off", Tone: ui.Plum}, visibility == Hidden
}

// Marks say whether a service is open, has a place and costs, at an instant.
func (x Service) Marks(ctx context.Context, now time.Time) []ui.Mark {
	marks := []ui.Mark{openWords(ctx, x.Hours, now)}
	if m, told := placesMark(ctx, x); told {
		marks = append(marks, m)
	}
	if x.Cost != "" {
		marks = append(marks, ui.Mark{Text: costWords.T(ctx, x.Cost), Icon: "wallet", Line: true})
	}
	if m, hidden := visibilityMark(ctx, x.Visibility); hidden {
		marks = append(marks, m)
	}
	return marks
}

// Why says in a line why a service fits, in the order in which the reasons weigh. What its marks say is not said twice.
func (f Fit) Why(ctx context.Context) string {
	var words []string
	for _, r := range f.Reasons {
		if w := r.words(ctx); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " · ")
}

func (r Reason) words(ctx context.Context) string {
	place, _ := region.Name(r.Place)
	switch r.Code {
	case "need":
		return i18n.T(ctx, "partner.reason.need")
	case "any_need":
		return i18n.T(ctx, "partner.reason.any_need")
	case "age":
		return i18n.T(ctx, "partner.reason.age")
	case "sex":
		return i18n.T(ctx, "partner.reason.sex")
	case "serves":
		return i18n.T(ctx, "partner.reason.serves", "place", place)
	case "serves_all":
		return i18n.T(ctx, "partner.reason.serves_all")
	case "stands":
		return i18n.T(ctx, "partner.reason.stands", "place", place)
	case "agreement":
		return i18n.T(ctx, "partner.reason.agreement")
	case "stale":
		return i18n.T(ctx, "partner.reason.stale")
	}
	return ""
}

// audienceWords say for whom a service is.
func audienceWords(ctx context.Context, f Audience) string {
	var words []string
	switch {
	case f.AgeFrom != nil && f.AgeTo != nil:
		words = append(words, i18n.T(ctx, "partner.ages.between", "from", *f.AgeFrom, "to", *f.AgeTo))
	case f.AgeFrom != nil:
		words = append(words, i18n.T(ctx, "partner.ages.from", "from", *f.AgeFrom))
	case f.AgeTo != nil:
		words = append(words, i18n.T(ctx, "partner.ages.to", "to", *f.AgeTo))
	}
	if f.Sex != "" {
		words = append(words, onlyWords.T(ctx, f.Sex))
	}
	if len(words) == 0 {
		return i18n.T(ctx, "partner.ages.all")
	}
	return strings.Join(words, ", ")
}

func needWords(ctx context.Context, codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = unit.From(ctx).Category(ctx, code)
	}
	return strings.Join(words, ", ")
}

func areaWords(codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i], _ = region.Name(code)
	}
	return strings.Join(words, ", ")
}

func wordsOf(ctx context.Context, family i18n.Family, codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = family.T(ctx, code)
	}
	return strings.Join(words, ", ")
}

// orNone puts a choice that says nothing before the others.
func orNone(words string, list []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: words}}, list...)
}

func needOptions(ctx context.Context, chosen []string) (list []ui.Option) {
	for _, c := range unit.From(ctx).CategoryChoices(ctx) {
		list = append(list, ui.Option{Value: c.Code, Label: c.Label})
	}
	for _, code := range chosen {
		if !slices.ContainsFunc(list, func(o ui.Option) bool { return o.Value == code }) {
			list = append(list, ui.Option{Value: code, Label: unit.From(ctx).Category(ctx, code)})
		}
	}
	return list
}

// areaOptions are the province, the city and its districts, and what was chosen elsewhere; villageOptions its kelurahan.
func areaOptions(regency string, chosen []string) (list []ui.Option) {
	add := func(code string) {
		if name, ok := region.Name(code); ok && !slices.ContainsFunc(list, func(o ui.Option) bool { return o.Value == code }) {
			list = append(list, ui.Option{Value: code, Label: name})
		}
	}
	add(region.Parent(regency))
	add(regency)
	for _, d := range region.Villages(regency) {
		add(d.Code)
	}
	for _, code := range chosen {
		if !strings.HasPrefix(code, regency+".") || !region.IsVillage(code) {
			add(code)
		}
	}
	return list
}

func villageOptions(regency string) (list []ui.Option) {
	for _, d := range region.Villages(regency) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: d.Name + ": " + v.Name})
		}
	}
	return list
}

// addressLines are an address as it is told.
func addressLines(at Address) string {
	words := []string{}
	if at.Street != "" {
		words = append(words, at.Street)
	}
	for code := at.Village; code != ""; code = region.Parent(code) {
		if level, _ := region.LevelOf(code); level < region.Regency {
			break
		}
		if name, ok := region.Name(code); ok {
			words = append(words, name)
		}
	}
	return strings.Join(words, ", ")
}

// pageName is a title for the tab: a hidden entry's name stands in no history of a browser.
func pageName(ctx context.Context, name, visibility string) string {
	if visibility == Hidden {
		return i18n.T(ctx, "partner.title")
	}
	return name
}

// regencyOf is the city or regency of the actor's office.
func regencyOf(a access.Actor) string { return a.Office.Region }

// Href is a partner's page.
func Href(id db.ID) string { return listAddress + "/" + id.String() }

// ServiceHref is a service's page.
func ServiceHref(id db.ID) string { return serviceAddress + "/" + id.String() }

// KindWord is what kind of organisation a partner is, in words.
func KindWord(ctx context.Context, kind string) string { return kindWords.T(ctx, kind) }
