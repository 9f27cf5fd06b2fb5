// Package genogram is the drawing of a family: who belongs to whom over the generations, and how they stand to each other.
//
// It keeps no facts of its own. What is drawn are the people, relations and bonds of package person, as far as the one who
// looks may know them; whoever they may not know is not there, nor is a place for them. What is added or changed at the
// drawing goes through the same service and is seen on the family's page, and the other way round. Drawing is the work of
// package drawing.
//
// Two things are kept here, sealed under the family's key: the steps of each worker, so that the last one can be taken back
// (by the opposite act, with an entry of its own), and pictures, which are the facts of a day under a name. A picture shows
// its reader only people they may know today.
//
// An ecomap shows what surrounds the household of a case. It is the work of the case: its systems are sealed under the
// case's key and seen by those who may read the case.
package genogram

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/db"
	"teduh/internal/genogram/drawing"
	"teduh/internal/person"
)

// Drawing is a family with its genogram.
type Drawing struct {
	Family   person.Family
	Kin      person.Kindred
	Facts    drawing.Facts
	Sheet    drawing.Sheet
	Undo     bool // the reader has a step to take back
	Pictures []Picture
}

// Picture is what a family was known to be on a day.
type Picture struct {
	ID   db.ID
	Name string
	At   db.Time
	By   string
	kept pictured
}

// pictured is what is sealed of a picture.
type pictured struct {
	Name  string        `json:"name"`
	Facts drawing.Facts `json:"facts"`
}

// draw puts the kin of a family on a sheet; index is whom the drawing is about.
func draw(f person.Family, k person.Kindred, index db.ID, today db.Date) (drawing.Facts, drawing.Sheet) {
	facts := drawing.Facts{}
	home := map[db.ID]bool{}
	for _, m := range f.Members {
		// Whoever's address is confidential lives nowhere in this drawing.
		home[m.ID] = m.SameHouse && m.Today() && !m.Confidential
	}
	for _, p := range k.People {
		facts.People = append(facts.People, symbolOf(p, today, home[p.ID], p.ID == index))
	}
	for _, x := range k.Relations {
		addRelation(&facts, x)
	}
	for _, b := range k.Bonds {
		facts.Ties = append(facts.Ties, drawing.Tie{ID: b.ID.String(), A: b.From.String(), B: b.To.String(), Kind: b.Kind})
	}
	return facts, drawing.Draw(facts)
}

func symbolOf(p person.Person, today db.Date, home, index bool) drawing.Person {
	d := drawing.Person{ID: p.ID.String(), Name: p.Name, Sex: p.Sex, Born: knownBirth(p), Died: knownPart(p.TypedDeath()), Dead: p.Dead(), Home: home, Index: index}
	d.Note = year(d.Born)
	if d.Dead {
		d.Note = lived(d.Note, year(d.Died))
		return d
	}
	if age, ok := p.Age(today); ok {
		d.Inside = strconv.Itoa(age)
	}
	return d
}

// knownBirth is the birth as far as it is known.
func knownBirth(p person.Person) string {
	switch typed := p.TypedBirth(); {
	case typed != "":
		return knownPart(typed)
	case len(p.BirthDate) >= 4:
		return string(p.BirthDate[:4]) // an estimate
	}
	return ""
}

// knownPart is a typed day without the zeros for what nobody knows.
func knownPart(typed string) string {
	return strings.TrimSuffix(strings.TrimSuffix(typed, "-00"), "-00")
}

// lived is from when to when, as far as either is known.
func lived(from, to string) string {
	if from+to == "" {
		return ""
	}
	return strings.TrimPrefix(from+"–"+cmp.Or(to, "?"), "–")
}

func year(day string) string { return day[:min(4, len(day))] }

// addRelation brings a relation into the words of the drawing.
func addRelation(f *drawing.Facts, x person.Relation) {
	id, from, to := x.ID.String(), x.From.String(), x.To.String()
	switch {
	case x.Kind == "parent":
		f.Links = append(f.Links, drawing.Link{ID: id, Parent: from, Child: to, Kind: x.Manner})
	case x.Kind == "spouse":
		f.Unions = append(f.Unions, drawing.Union{ID: id, A: from, B: to, Kind: x.Manner, Since: string(x.Since)})
	case x.Kind == "guardian":
		f.Ties = append(f.Ties, drawing.Tie{ID: id, A: from, B: to, Kind: "guardian"})
	case x.Manner == "sibling":
		f.Ties = append(f.Ties, drawing.Tie{ID: id, A: from, B: to, Kind: "sibling"})
	case x.Manner == "twin" || x.Manner == "identical_twin":
		f.Twins = append(f.Twins, drawing.Twins{ID: id, A: from, B: to, Identical: x.Manner == "identical_twin"})
		f.Ties = append(f.Ties, drawing.Tie{ID: id + "/sibling", A: from, B: to, Kind: "sibling"})
	default:
		f.Ties = append(f.Ties, drawing.Tie{ID: id, A: from, B: to, Kind: "kin"})
	}
}

// without leaves out of a picture whom its reader may not know, and everything that would tell of them.
func without(f drawing.Facts, known map[string]bool) drawing.Facts {
	both := func(a, b string) bool { return known[a] && known[b] }
	return drawing.Facts{
		People: slices.DeleteFunc(slices.Clone(f.People), func(p drawing.Person) bool { return !known[p.ID] }),
		Unions: slices.DeleteFunc(slices.Clone(f.Unions), func(u drawing.Union) bool { return !both(u.A, u.B) }),
		Links:  slices.DeleteFunc(slices.Clone(f.Links), func(l drawing.Link) bool { return !both(l.Parent, l.Child) }),
		Twins:  slices.DeleteFunc(slices.Clone(f.Twins), func(t drawing.Twins) bool { return !both(t.A, t.B) }),
		Ties:   slices.DeleteFunc(slices.Clone(f.Ties), func(t drawing.Tie) bool { return !both(t.A, t.B) }),
	}
}
