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
	"teduh/internal/i18n"
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
	Marks    map[db.ID][]Mark
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
	Marks     []Mark
	Case      db.ID // the case one comes from, where a mark is set from it
	Err       error
	Actor     access.Actor
	Today     db.Date
	Families  []Family
	Relations []Relation
	Mergings  []Merging
	Readings  []NamedReading // nil for those who may not see them
	Panels    []templ.Component
}

// formView is the form of a person: as it stands or as it was typed. Stands is the stored version after a lost race.
type formView struct {
	Person Person
	Action string
	Region string
	Day    web.Form
	Today  db.Date
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

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func ageWords(ctx context.Context, p Person, today db.Date) string {
	age, ok := p.Age(today)
	if !ok {
		return ""
	}
	return i18n.T(ctx, "person.years", "n", age)
}

// FoundLines tell a person who was found from others of the same name: age and kelurahan.
func FoundLines(ctx context.Context, f Found, today db.Date) []string {
	return foundLines(ctx, f, today)
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

func rtrw(p Person) string {
	if p.Sealed.RT == "" && p.Sealed.RW == "" {
		return ""
	}
	return p.Sealed.RT + "/" + p.Sealed.RW
}

func sexOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "f", Label: sexWords.T(ctx, "f")}, {Value: "m", Label: sexWords.T(ctx, "m")}, {Label: i18n.T(ctx, "person.sex_unstated")}}
}

var whyWords = i18n.Family("person.twin.")

func versionText(v int64) string { return strconv.FormatInt(v, 10) }
