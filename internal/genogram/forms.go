package genogram

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// view is the page of a drawing, with whom it has chosen, what is to be done with them, and what was typed in a form that
// was refused.
type view struct {
	Drawing
	Actor   access.Actor
	Today   db.Date
	Chosen  person.Person
	Do      string // one of Ways, "facts", "line" or nothing
	Form    web.Form
	Found   []ui.Option
	Looked  bool
	Twins   []person.Twin
	Picture *Picture
	InCase  bool
	Err     error
	again   bool // the form is shown again though nothing was refused
}

// choose takes somebody who is drawn.
func (v *view) choose(id db.ID) {
	v.Chosen = person.Person{}
	if i := slices.IndexFunc(v.Kin.People, func(p person.Person) bool { return p.ID == id }); i >= 0 {
		v.Chosen = v.Kin.People[i]
	}
}

// prefill writes what a link asks into the form of a line.
func (v *view) prefill(q web.Form) {
	if v.Do == "line" && q.Line("jenis") != "" {
		v.Form = web.Form{Values: url.Values{"kind": {q.Line("jenis")}, "to": {q.Line("ke")}}}
	}
}

func (v view) writes() bool { return v.Actor.Can(access.PersonWrite) }
func (v view) bonds() bool  { return v.Actor.Can(access.CaseRead) }

func (v view) href(part string) string {
	return "/keluarga/" + v.Family.ID.String() + "/genogram" + part
}

// at leads to somebody in the drawing, and to what may be done with them.
func (v view) at(id db.ID, do string) string {
	q := url.Values{"orang": {id.String()}}
	if do != "" {
		q.Set("do", do)
	}
	return v.href("?" + q.Encode() + "#pilihan")
}

// back is where one comes to after an act.
func (v view) back() string {
	if v.Chosen.ID.IsZero() {
		return v.href("")
	}
	return v.at(v.Chosen.ID, "")
}

// typed is a field as it was typed, or as it stands.
func (v view) typed(name, stands string) string {
	if v.Form.Values != nil {
		return v.Form.Line(name)
	}
	return stands
}

func (v view) typedDay(name, stands string) string {
	if v.Form.Values != nil {
		return ui.DateValue(v.Form.Text, name)
	}
	return stands
}

// readLine reads a line between two people: a relation, or the kind of a bond.
func readLine(f web.Form) (x person.Relation, bond string, err error) {
	kind, manner, _ := strings.Cut(f.Line("kind"), ":")
	x = person.Relation{From: f.ID("orang"), To: f.ID("to"), Kind: kind, Manner: manner}
	if kind == "child" {
		x.From, x.To, x.Kind = x.To, x.From, "parent"
	}
	if kind == "bond" {
		return x, manner, nil
	}
	var ok [2]bool
	x.Since, ok[0] = f.Day("since")
	x.Until, ok[1] = f.Day("until")
	for i, field := range []string{"since", "until"} {
		if !ok[i] {
			return x, "", fault.Invalid(fault.Field(field, "impossible", "person.birth.impossible"))
		}
	}
	return x, "", nil
}

var (
	bondWords    = i18n.Family("genogram.bond.")
	wayWords     = i18n.Family("genogram.add.")
	placeWords   = i18n.Family("genogram.place.")
	sexWords     = i18n.Family("person.sex.")
	problemWords = i18n.Family("genogram.problem.")
	linkWords    = i18n.Family("genogram.link.")
)

// lineOptions are every line that may be drawn from the one who is chosen to another.
func (v view) lineOptions(ctx context.Context) (list []ui.Option) {
	for _, kind := range []string{"spouse", "parent", "guardian", "other"} {
		for _, manner := range person.Manners(kind) {
			list = append(list, ui.Option{Value: kind + ":" + manner, Label: person.RelationWord(ctx, kind, manner)})
		}
	}
	if v.bonds() {
		for _, kind := range person.BondKinds {
			list = append(list, ui.Option{Value: "bond:" + kind, Label: bondWords.T(ctx, kind)})
		}
	}
	return list
}

// otherOptions are all who are drawn but the chosen one.
func (v view) otherOptions() (list []ui.Option) {
	for _, p := range v.Kin.People {
		if p.ID != v.Chosen.ID {
			list = append(list, ui.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	slices.SortStableFunc(list, func(a, b ui.Option) int { return strings.Compare(a.Label, b.Label) })
	return list
}

// partnerOptions are who may be the other parent of a child of the chosen one.
func (v view) partnerOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "genogram.other_none")}}
	for _, x := range v.Kin.Relations {
		if x.Kind == "spouse" && (x.From == v.Chosen.ID || x.To == v.Chosen.ID) {
			other, name, _ := person.Towards(ctx, x, v.Chosen.ID)
			list = append(list, ui.Option{Value: other.String(), Label: name})
		}
	}
	return list
}

// firstPartner is the one who is offered first.
func (v view) firstPartner(ctx context.Context) string {
	if list := v.partnerOptions(ctx); len(list) > 1 {
		return list[1].Value
	}
	return ""
}

// mannerOptions are the manners of the union or of the parents.
func (v view) mannerOptions(ctx context.Context) (list []ui.Option) {
	if v.Do == "partner" {
		for _, m := range person.Manners("spouse") {
			list = append(list, ui.Option{Value: m, Label: person.RelationWord(ctx, "spouse", m)})
		}
		return list
	}
	for _, m := range person.Manners("parent") {
		list = append(list, ui.Option{Value: m, Label: linkWords.T(ctx, m)})
	}
	return list
}

func (v view) manner() string {
	if v.Do == "partner" {
		return v.typed("manner", "married")
	}
	return v.typed("manner", "biological")
}

// place is where somebody of that kin mostly lives.
func (v view) place() string {
	return v.typed("place", map[string]string{"partner": "house", "child": "house", "sibling": "member", "parent": "kin"}[v.Do])
}

func placeOptions(ctx context.Context) (list []ui.Option) {
	for _, p := range Places {
		list = append(list, ui.Option{Value: p, Label: placeWords.T(ctx, p)})
	}
	return list
}

func sexOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "f", Label: sexWords.T(ctx, "f")}, {Value: "m", Label: sexWords.T(ctx, "m")}, {Label: i18n.T(ctx, "person.sex_unstated")}}
}

// doing are the acts with the chosen one as links.
func (v view) doing(ctx context.Context) (list []ui.Chip) {
	for _, do := range append(slices.Clone(Ways), "line", "facts") {
		list = append(list, ui.Chip{Text: wayWords.T(ctx, do), Href: v.at(v.Chosen.ID, do), Current: v.Do == do})
	}
	return list
}

// alone tells that the drawing has nobody beside the first one.
func (v view) alone() bool { return len(v.Sheet.Symbols) < 2 && v.Picture == nil }

func (v view) version() string {
	if n := v.Form.Line("version"); n != "" && v.Err == nil {
		return n
	}
	return strconv.FormatInt(v.Chosen.Version, 10)
}

// changeLine leads to the form of a line, filled in with one that stands.
func (v view) changeLine(t tieLine) string {
	q := url.Values{"orang": {v.Chosen.ID.String()}, "do": {"line"}, "jenis": {t.Kind}, "ke": {t.To}}
	return v.href("?" + q.Encode() + "#pilihan")
}

// newFamily leads to the form of a family around the one who is drawn.
func (v view) newFamily() string {
	for _, s := range v.Sheet.Symbols {
		if s.Person.Index {
			return "/keluarga/baru?orang=" + s.Person.ID
		}
	}
	return "/keluarga/baru"
}

// likelyOptions are the likely twins whom the reader may see, and whoever is to be asked about the others.
func (v view) likelyOptions(ctx context.Context) (list []ui.Option) {
	for _, t := range v.Twins {
		if t.Hidden {
			list = append(list, ui.Option{Label: i18n.T(ctx, "genogram.ask_head")})
			continue
		}
		list = append(list, ui.Option{Value: t.ID.String(), Label: t.Name})
	}
	return list
}

// sign is a symbol or line of the drawing and what it means.
type sign struct{ Code, Text string }

var signWords = i18n.Family("genogram.sign.")

// signs are those that stand in the drawing.
func (v view) signs(ctx context.Context) (list []sign) {
	for _, code := range v.Sheet.Signs() {
		list = append(list, sign{code, signWords.T(ctx, code)})
	}
	return list
}

// typedDied is whether the box stands ticked that says of somebody that they died, nobody knows when.
func (v view) typedDied(p person.Person) string {
	if v.Form.Values != nil {
		return v.Form.Get("died")
	}
	if p.DiedPrecision == "unknown" {
		return "1"
	}
	return ""
}
