package person

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/person/phone"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// What the list may show beside people.
const (
	showFamilies = "keluarga"
	showBodies   = "lembaga"
)

type listView struct {
	Show     string // empty for people
	Search   Search
	Posted   bool // the query must stand in no address
	Found    []Found
	Families []Family
	Bodies   []Body
	Next     string
	Actor    access.Actor
	Today    db.Date
}

// looked tells that something was asked for: only then may one create.
func (v listView) looked() bool { return v.Search.Query != "" }

func (v listView) empty() bool { return len(v.Found)+len(v.Families)+len(v.Bodies) == 0 }

// address of the list as it is shown, from a place on.
func (v listView) address(from Place) string {
	q := url.Values{}
	for name, value := range map[string]string{"tampil": v.Show, "q": v.Search.Query, "kelurahan": v.Search.Village} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if from != (Place{}) {
		q.Set("cursor", web.Cursor(from.NameKey, from.ID.String()))
	}
	return "/keluarga?" + q.Encode()
}

// chips switch between the three lists and keep the query, unless it must stand in no address.
func (v listView) chips(ctx context.Context) (chips []ui.Chip) {
	for _, show := range []string{"", showFamilies, showBodies} {
		to := listView{Show: show, Search: Search{Query: v.Search.Query, Village: v.Search.Village}}
		if v.Posted {
			to.Search.Query = ""
		}
		chips = append(chips, ui.Chip{Text: showWords.T(ctx, cmp.Or(show, "orang")), Href: to.address(Place{}), Current: show == v.Show})
	}
	return chips
}

var showWords = i18n.Family("person.show.")

// newName is what a form of a new person or body begins with: the name that was looked for, never a number.
func (v listView) newName() string {
	if v.Posted || Sensitive(v.Search.Query) {
		return ""
	}
	return "?" + url.Values{"nama": {v.Search.Query}}.Encode()
}

type personView struct {
	Person    Person
	Actor     access.Actor
	Today     db.Date
	Families  []Family
	Relations []Relation
	Panels    []templ.Component
}

// formView is the form of a person: as it stands or as it was typed. Stands is the stored version after a lost race.
type formView struct {
	Person Person
	Action string
	Region string
	Day    web.Form
	Twins  []Twin
	Stands *Person
	Err    error
}

func (v formView) titleKey() string {
	if v.Person.ID.IsZero() {
		return "person.new"
	}
	return "person.edit"
}

func (v formView) status() int {
	if v.Err == nil && len(v.Twins) > 0 {
		return http.StatusConflict
	}
	return 0
}

// birth is the day as typed, even when it does not exist.
func (v formView) birth() string {
	if v.Day.Values != nil {
		return ui.DateValue(v.Day.Text, "birth_date")
	}
	return string(v.Person.BirthDate)
}

func (v formView) phone() string {
	if len(v.Person.Sealed.Phones) == 0 {
		return ""
	}
	return v.Person.Sealed.Phones[0].Number
}

func (v formView) safe() string {
	if len(v.Person.Sealed.Phones) == 0 || v.Person.Sealed.Phones[0].SafeToCall {
		return "1"
	}
	return ""
}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// readPerson puts what was typed over the facts that stand; what the form does not ask stays.
func readPerson(f web.Form, p Person) (Person, error) {
	p.Name, p.CallName, p.Sex = f.Line("name"), f.Line("call_name"), f.Line("sex")
	p.Confidential = f.Checked("confidential")
	p.Village, p.Sealed.Village = f.Line("village"), ""
	p.Sealed.NIK, p.Sealed.RT, p.Sealed.RW, p.Sealed.Street = f.Line("nik"), f.Line("rt"), f.Line("rw"), f.Line("street")
	first := Phone{Number: f.Line("phone"), SafeToCall: f.Checked("safe_to_call")}
	if len(p.Sealed.Phones) > 0 {
		p.Sealed.Phones = append([]Phone{first}, p.Sealed.Phones[1:]...)
	} else {
		p.Sealed.Phones = []Phone{first}
	}
	day, ok := f.Day("birth_date")
	if !ok {
		return p, fault.Invalid(fault.Field("birth_date", "impossible", "person.birth.impossible"))
	}
	p.BirthDate, p.BirthPrecision = day, ""
	return p, nil
}

func ageWords(ctx context.Context, p Person, today db.Date) string {
	age, ok := p.Age(today)
	if !ok {
		return ""
	}
	return i18n.T(ctx, "person.years", "n", age)
}

func foundLines(ctx context.Context, f Found, today db.Date) []string {
	line := ageWords(ctx, f.Person, today)
	if name, ok := region.Name(f.Village); ok {
		if line != "" {
			line += ", "
		}
		line += name
	}
	if line == "" {
		return nil
	}
	return []string{line}
}

var sexWords = i18n.Family("person.sex.")

func personFacts(ctx context.Context, p Person, today db.Date) []ui.Fact {
	home, _ := region.Name(p.Home())
	facts := []ui.Fact{{Label: i18n.T(ctx, "person.field.call_name"), Value: p.CallName},
		{Label: i18n.T(ctx, "person.field.age"), Value: ageWords(ctx, p, today)}}
	if p.BirthDate != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.birth_date"), Value: i18n.Day(ctx, p.BirthDate)})
	}
	if p.Sex != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.sex"), Value: sexWords.T(ctx, p.Sex)})
	}
	for _, f := range p.Sealed.Phones {
		words := phone.Display(f.Number)
		if !f.SafeToCall {
			words += " (" + i18n.T(ctx, "person.do_not_call") + ")"
		}
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.phone"), Value: words})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "person.field.village"), Value: home},
		ui.Fact{Label: "RT/RW", Value: rtrw(p)}, ui.Fact{Label: i18n.T(ctx, "person.field.street"), Value: p.Sealed.Street},
		ui.Fact{Label: "NIK", Value: p.Sealed.NIK})
}

func rtrw(p Person) string {
	if p.Sealed.RT == "" && p.Sealed.RW == "" {
		return ""
	}
	return p.Sealed.RT + "/" + p.Sealed.RW
}

func villageOptions(ctx context.Context, regency string) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "person.village_open")}}
	for _, d := range region.Villages(regency) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: v.Name})
		}
	}
	return list
}

func sexOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "f", Label: sexWords.T(ctx, "f")}, {Value: "m", Label: sexWords.T(ctx, "m")}, {Label: i18n.T(ctx, "person.sex_unstated")}}
}

var whyWords = i18n.Family("person.twin.")

func versionText(v int64) string { return strconv.FormatInt(v, 10) }
