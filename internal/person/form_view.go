package person

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/person/phone"
	"teduh/internal/region"
	"teduh/internal/ui"
)

// birth is the day as typed, even when it does not exist, or as far as it is known.
func (v formView) birth() string {
	if v.Day.Values != nil {
		return ui.DateValue(v.Day.Text, "birth_date")
	}
	return v.Person.TypedBirth()
}

// TypedBirth is the birth as the fields of a form hold it: with zeros for the day and month that nobody knows.
func (p Person) TypedBirth() string {
	if p.BirthPrecision == "estimate" {
		return ""
	}
	return typedDay(p.BirthDate, p.BirthPrecision)
}

// TypedDeath is likewise the death.
func (p Person) TypedDeath() string { return typedDay(p.DiedOn, p.DiedPrecision) }

func typedDay(d db.Date, precision string) string {
	switch {
	case len(d) != len("2006-01-02"):
		return ""
	case precision == "year":
		return string(d[:4]) + "-00-00"
	case precision == "month":
		return string(d[:7]) + "-00"
	}
	return string(d)
}

// age is what was guessed.
func (v formView) age() string {
	if v.Day.Values != nil {
		return v.Day.Text("age")
	}
	if age, ok := v.Person.Age(v.Today); ok && v.Person.BirthPrecision == "estimate" {
		return strconv.Itoa(age)
	}
	return ""
}

func (v formView) died() string {
	if v.Day.Values != nil {
		return ui.DateValue(v.Day.Text, "died_on")
	}
	return v.Person.TypedDeath()
}

// phones are the rows of the form: those that stand, and an empty one. A new number counts as safe until told otherwise.
func (v formView) phones() []Phone {
	list := slices.DeleteFunc(slices.Clone(v.Person.Sealed.Phones), func(f Phone) bool { return f.Number == "" })
	if len(list) < maxPhones {
		list = append(list, Phone{SafeToCall: true})
	}
	return list
}

// away tells that the home is no village of the office's own city; its name is what the form shows then.
func (v formView) away() (name string) {
	home := v.Person.Home()
	if v.Day.Values != nil && v.Day.Line("elsewhere") != "" {
		return v.Day.Line("elsewhere")
	}
	if home == "" || strings.HasPrefix(home, v.Region+".") {
		return ""
	}
	name, _ = region.Name(home)
	return name
}

// awayCode is the village chosen there; without it the name says which is meant.
func (v formView) awayCode() string {
	if v.away() == "" {
		return ""
	}
	return v.Person.Home()
}

// open tells whether a fold of the form holds something, or something wrong.
func (v formView) open(fields ...string) bool {
	errs := ui.ErrorsOf(context.Background(), v.Err)
	return slices.ContainsFunc(fields, func(f string) bool { return errs.On(f) != "" })
}

// villageOptions are the villages of a city, each after its district.
func villageOptions(ctx context.Context, regency string) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "person.village_open")}}
	for _, d := range region.Villages(regency) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: d.Name + ": " + v.Name})
		}
	}
	return list
}

var (
	religionWords  = i18n.Family("person.religion.")
	maritalWords   = i18n.Family("person.marital.")
	educationWords = i18n.Family("person.education.")
	religions      = []string{"islam", "protestant", "catholic", "hindu", "buddhist", "confucian", "belief"}
	maritals       = []string{"single", "married", "not_married_couple", "separated", "divorced", "widowed"}
	educations     = []string{"none", "not_finished", "primary", "junior", "senior", "diploma", "bachelor", "master"}
)

// wordOptions are the usual answers, and what stands where an imported list says it otherwise.
func wordOptions(ctx context.Context, codes []string, words i18n.Family, stands string) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "person.village_open")}}
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: words.T(ctx, code)})
	}
	if stands != "" && !slices.Contains(codes, stands) {
		list = append(list, ui.Option{Value: stands, Label: stands})
	}
	return list
}

// worded is a fact by its word, or as an imported list says it.
func worded(ctx context.Context, words i18n.Family, value string) string {
	if value != "" && words.Has(value) {
		return words.T(ctx, value)
	}
	return value
}

func birthWords(ctx context.Context, p Person) string {
	if p.BirthPrecision == "estimate" && p.BirthDate != "" {
		return i18n.T(ctx, "person.birth_about", "year", strconv.Itoa(p.BirthDate.In(time.UTC).Year()))
	}
	return partlyKnown(ctx, p.BirthDate, p.BirthPrecision)
}

func deathWords(ctx context.Context, p Person) string {
	if p.DiedPrecision == "unknown" {
		return i18n.T(ctx, "person.died_unknown")
	}
	return partlyKnown(ctx, p.DiedOn, p.DiedPrecision)
}

func partlyKnown(ctx context.Context, d db.Date, precision string) string {
	t := d.In(time.UTC)
	switch {
	case t.IsZero():
		return ""
	case precision == "year":
		return strconv.Itoa(t.Year())
	case precision == "month":
		return i18n.Month(ctx, t)
	}
	return i18n.Day(ctx, d)
}

func personMeta(ctx context.Context, p Person, today db.Date) []ui.MetaItem {
	var meta []ui.MetaItem
	if words := ageWords(ctx, p, today); words != "" {
		meta = append(meta, ui.MetaItem{Text: words, Icon: "cake"})
	}
	if name, ok := region.Name(p.Village); ok {
		meta = append(meta, ui.MetaItem{Text: name, Icon: "map-pin"})
	}
	return meta
}

// whoFacts tell who someone is.
func whoFacts(ctx context.Context, p Person, today db.Date) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "person.field.real_name"), Value: p.Sealed.RealName}, {Label: i18n.T(ctx, "person.field.call_name"), Value: p.CallName},
		{Label: i18n.T(ctx, "person.field.aliases"), Value: strings.Join(p.Aliases, ", ")}}
	if p.Sex != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.sex"), Value: sexWords.T(ctx, p.Sex)})
	}
	facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.birth_date"), Value: birthWords(ctx, p)},
		ui.Fact{Label: i18n.T(ctx, "person.field.age"), Value: ageWords(ctx, p, today)}, ui.Fact{Label: i18n.T(ctx, "person.field.birth_place"), Value: p.BirthPlace},
		ui.Fact{Label: "NIK", Value: p.Sealed.NIK}, ui.Fact{Label: i18n.T(ctx, "person.family.kk"), Value: p.Sealed.KK})
	if p.Dead() {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.died_on"), Value: deathWords(ctx, p)})
	}
	return facts
}

// reachFacts tell how someone is reached, and where they live.
func reachFacts(ctx context.Context, p Person) (facts []ui.Fact) {
	for _, f := range p.Sealed.Phones {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.phone"), Value: phoneWords(ctx, f)})
	}
	home := ""
	if path := region.Path(p.Home()); len(path) > 0 {
		home = path[len(path)-1].Name + ", " + path[len(path)-2].Name + ", " + path[len(path)-3].Name
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.emergency"), Value: p.Sealed.Emergency},
		ui.Fact{Label: i18n.T(ctx, "person.field.village"), Value: home}, ui.Fact{Label: i18n.T(ctx, "person.rtrw"), Value: rtrw(p)},
		ui.Fact{Label: i18n.T(ctx, "person.field.street"), Value: p.Sealed.Street}, ui.Fact{Label: i18n.T(ctx, "person.field.landmark"), Value: p.Sealed.Landmark})
}

func phoneWords(ctx context.Context, f Phone) string {
	safe := "person.do_not_call"
	if f.SafeToCall {
		safe = "person.may_call"
	}
	words := []string{i18n.T(ctx, safe)}
	if f.SafeToMessage {
		words = append(words, i18n.T(ctx, "person.may_message"))
	}
	if f.Hours != "" {
		words = append(words, f.Hours)
	}
	return phone.Display(f.Number) + " (" + strings.Join(words, ", ") + ")"
}

// lifeFacts tell how someone lives.
func lifeFacts(ctx context.Context, p Person) []ui.Fact {
	return []ui.Fact{{Label: i18n.T(ctx, "person.field.religion"), Value: worded(ctx, religionWords, p.Religion)},
		{Label: i18n.T(ctx, "person.field.marital"), Value: worded(ctx, maritalWords, p.Marital)},
		{Label: i18n.T(ctx, "person.field.education"), Value: worded(ctx, educationWords, p.Education)},
		{Label: i18n.T(ctx, "person.field.work"), Value: p.Work}, {Label: i18n.T(ctx, "person.field.disability"), Value: p.Disability},
		{Label: i18n.T(ctx, "person.field.languages"), Value: p.Languages}, {Label: i18n.T(ctx, "person.field.welfare_status"), Value: p.WelfareStatus},
		{Label: i18n.T(ctx, "person.field.aid"), Value: p.Aid}}
}

// told tells whether any of the facts is known.
func told(facts []ui.Fact) bool {
	return slices.ContainsFunc(facts, func(f ui.Fact) bool { return f.Value != "" })
}
