package person

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// finder looks for people inside another form: what was asked, and whom it found.
type finder struct {
	Query  string
	Looked bool
	Found  []Found
}

// familyForm is the form of a new family, or of the facts of one that stands.
type familyForm struct {
	Family  Family
	Members []Member // those chosen
	Finder  finder
	Twins   []FamilyTwin
	Action  string
	Region  string
	Today   db.Date
	Hidden  bool // the village would tell a confidential address
	Err     error
}

func (v familyForm) titleKey() string {
	if v.Family.ID.IsZero() {
		return "person.family.new"
	}
	return "person.family.edit"
}

// role and house are how someone's part is asked in a form of several.
func roleField(id db.ID) string  { return "role_" + id.String() }
func houseField(id db.ID) string { return "house_" + id.String() }

// readFamily reads what was typed of a family; who the members are is read apart.
func readFamily(f web.Form, stands Family) Family {
	stands.Name, stands.KK, stands.Village, stands.Contact = f.Line("name"), f.Line("kk"), f.Line("village"), f.ID("contact")
	return stands
}

// readMembers reads the parts of those who were ticked, each once.
func readMembers(f web.Form) (list []Member) {
	for _, text := range f.All("member") {
		id, err := db.ParseID(text)
		if err != nil || slices.ContainsFunc(list, func(m Member) bool { return m.ID == id }) {
			continue
		}
		m := Member{Role: f.Line(roleField(id)), SameHouse: f.Checked(houseField(id))}
		m.ID = id
		list = append(list, m)
	}
	return list
}

// readMember reads one part in a family.
func readMember(f web.Form, id db.ID) (Member, error) {
	m := Member{Role: f.Line("role"), SameHouse: f.Checked("same_house")}
	m.ID = id
	var ok [2]bool
	m.From, ok[0] = f.Day("from")
	m.To, ok[1] = f.Day("to")
	for i, field := range []string{"from", "to"} {
		if !ok[i] {
			return m, fault.Invalid(fault.Field(field, "impossible", "person.birth.impossible"))
		}
	}
	return m, nil
}

// readRelation reads a relation whose kind and manner stand in one choice.
func readRelation(f web.Form) (Relation, error) {
	kind, manner, _ := strings.Cut(f.Line("kind"), ":")
	x := Relation{From: f.ID("from"), To: f.ID("to"), Kind: kind, Manner: manner}
	var ok bool
	if x.Since, ok = f.Day("since"); !ok {
		return x, fault.Invalid(fault.Field("since", "impossible", "person.birth.impossible"))
	}
	return x, nil
}

var (
	roleWords     = i18n.Family("person.role.")
	relationWords = i18n.Family("person.relation.kind.")
	inverseWords  = i18n.Family("person.relation.back.")
	familyWhy     = i18n.Family("person.family.twin.")
)

func roleOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Roles))
	for i, r := range Roles {
		list[i] = ui.Option{Value: r, Label: roleWords.T(ctx, r)}
	}
	return list
}

// relationOptions are every kind and manner as one choice: «orang tua kandung», «pasangan, menikah».
func relationOptions(ctx context.Context) (list []ui.Option) {
	for _, kind := range []string{"parent", "spouse", "guardian", "other"} {
		for _, manner := range manners[kind] {
			list = append(list, ui.Option{Value: kind + ":" + manner, Label: relationWords.T(ctx, kind+"_"+manner)})
		}
	}
	return list
}

func memberOptions(members []Member) (list []ui.Option) {
	for _, m := range members {
		if m.Today() {
			list = append(list, ui.Option{Value: m.ID.String(), Label: m.Name})
		}
	}
	return list
}

// relationLine tells a relation in a sentence.
func relationLine(ctx context.Context, x Relation) string {
	return i18n.T(ctx, "person.relation.line", "from", x.Names[0], "what", relationWords.T(ctx, x.Kind+"_"+x.Manner), "to", x.Names[1])
}

// kinship is what the other one is to a person: «anak kandung».
type kinship struct {
	Other db.ID
	Name  string
	What  string
}

// Towards tells what the other one of a relation is to somebody: «Rohani», «ibu kandung».
func Towards(ctx context.Context, x Relation, self db.ID) (other db.ID, name, what string) {
	k := towards(ctx, x, self)
	return k.Other, k.Name, k.What
}

// RelationWord is the word of a kind and manner of relation: «pasangan (bercerai)».
func RelationWord(ctx context.Context, kind, manner string) string {
	return relationWords.T(ctx, kind+"_"+manner)
}

func towards(ctx context.Context, x Relation, self db.ID) kinship {
	code := x.Kind + "_" + x.Manner
	if x.To == self {
		return kinship{x.From, x.Names[0], relationWords.T(ctx, code)}
	}
	if symmetrical(x.Kind) {
		return kinship{x.To, x.Names[1], relationWords.T(ctx, code)}
	}
	return kinship{x.To, x.Names[1], inverseWords.T(ctx, code)}
}

// familyView is a family's page.
type familyView struct {
	Family    Family
	Relations []Relation
	Marks     map[db.ID][]Mark
	Actor     access.Actor
	Today     db.Date
	Form      web.Form
	Err       error
}

func (v familyView) href(part string) string {
	return "/keluarga/" + v.Family.ID.String() + part
}

// now and before are the members of today, and those who were.
func (v familyView) now() []Member {
	return slices.DeleteFunc(slices.Clone(v.Family.Members), func(m Member) bool { return !m.Today() })
}

func (v familyView) before() []Member {
	return slices.DeleteFunc(slices.Clone(v.Family.Members), Member.Today)
}

func familyMeta(ctx context.Context, f Family) []ui.MetaItem {
	meta := []ui.MetaItem{{Text: i18n.T(ctx, "person.family.count", "n", f.Count), Icon: "users"}}
	if name, ok := region.Name(f.Village); ok {
		meta = append(meta, ui.MetaItem{Text: name, Icon: "map-pin"})
	}
	if f.KK != "" {
		meta = append(meta, ui.MetaItem{Text: i18n.T(ctx, "person.family.kk_is", "kk", f.KK), Icon: "id-card"})
	}
	return meta
}

// memberLines tell the part, the age and the home. Whoever's address is confidential lives nowhere on this page.
func memberLines(ctx context.Context, m Member, today db.Date) []string {
	line := roleWords.T(ctx, m.Role)
	if age := ageWords(ctx, m.Person, today); age != "" {
		line += ", " + age
	}
	if m.SameHouse && m.Today() && !m.Confidential {
		line += ", " + i18n.T(ctx, "person.family.same_house")
	}
	lines := []string{line}
	if words := periodWords(ctx, m.From, m.To); words != "" {
		lines = append(lines, words)
	}
	return lines
}

func periodWords(ctx context.Context, from, to db.Date) string {
	switch {
	case from != "" && to != "":
		return i18n.T(ctx, "person.from_to", "from", i18n.Day(ctx, from), "to", i18n.Day(ctx, to))
	case from != "":
		return i18n.T(ctx, "person.since", "day", i18n.Day(ctx, from))
	case to != "":
		return i18n.T(ctx, "person.until", "day", i18n.Day(ctx, to))
	}
	return ""
}

// memberMarks are the safety marks first, then who is the contact person.
func memberMarks(ctx context.Context, v familyView, m Member) []ui.Mark {
	marks := MarkPills(ctx, v.Marks[m.ID])
	if m.ID == v.Family.Contact {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "person.family.contact_mark"), Icon: "phone", Tone: ui.Teal})
	}
	return marks
}

func familyLines(ctx context.Context, f Family) []string {
	line := i18n.T(ctx, "person.family.count", "n", f.Count)
	if name, ok := region.Name(f.Village); ok {
		line += ", " + name
	}
	return []string{line}
}

// memberForm is the form of someone's part in a family: of one who is found first, or of one who belongs to it.
type memberForm struct {
	Family Family
	Member Member
	Known  bool // belongs to it already
	Finder finder
	Form   web.Form
	Today  db.Date
	Err    error
}

func (v memberForm) action() string {
	path := "/keluarga/" + v.Family.ID.String() + "/anggota"
	if v.Known {
		path += "/" + v.Member.ID.String()
	}
	return path
}

// day is a day as typed, even when it does not exist.
func (v memberForm) day(name string, stands db.Date) string {
	if v.Form.Values != nil {
		return ui.DateValue(v.Form.Text, name)
	}
	return string(stands)
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func memberTitle(ctx context.Context, v memberForm) string {
	if v.Known {
		return v.Member.Name
	}
	return i18n.T(ctx, "person.family.add_member")
}

// foundOptions are people who were found, to choose one of.
func foundOptions(ctx context.Context, found []Found, today db.Date) []ui.Option {
	list := make([]ui.Option, len(found))
	for i, f := range found {
		list[i] = ui.Option{Value: f.ID.String(), Label: f.Name, Hint: strings.Join(foundLines(ctx, f, today), ", ")}
	}
	return list
}

// FoundOptions are people a search found, to choose one of, without those named.
func FoundOptions(ctx context.Context, found []Found, today db.Date, without []db.ID) []ui.Option {
	return foundOptions(ctx, slices.DeleteFunc(slices.Clone(found), func(f Found) bool { return slices.Contains(without, f.ID) }), today)
}

// Manners of a kind of relation, in the order in which they are offered.
func Manners(kind string) []string { return slices.Clone(manners[kind]) }
