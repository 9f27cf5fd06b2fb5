package genogram

import (
	"context"
	"strings"

	"teduh/internal/db"
	"teduh/internal/genogram/drawing"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/ui"
)

// words are what the picture says in the reader's language.
func (v view) words(ctx context.Context) drawing.Words {
	rows := 0
	for _, s := range v.Sheet.Symbols {
		rows = max(rows, s.Row+1)
	}
	return drawing.Words{ID: "genogram", Title: i18n.T(ctx, "genogram.picture_title"),
		Desc: i18n.T(ctx, "genogram.picture_desc", "n", len(v.Sheet.Symbols), "rows", rows),
		Who:  func(p drawing.Person) string { return strings.Join(append([]string{p.Name}, v.about(ctx, p)...), ", ") },
		Href: v.symbolHref}
}

// symbolHref leads from a symbol to the person in the drawing, or to their page where there is nothing to do here.
func (v view) symbolHref(p drawing.Person) string {
	id, err := db.ParseID(p.ID)
	switch {
	case err != nil || v.Picture != nil:
		return ""
	case v.Family.ID.IsZero():
		return "/orang/" + p.ID
	}
	return v.at(id, "")
}

// about tells sex, age or death, and who the drawing is about.
func (v view) about(ctx context.Context, p drawing.Person) (list []string) {
	if p.Sex != "" {
		list = append(list, strings.ToLower(sexWords.T(ctx, p.Sex)))
	}
	switch {
	case p.Dead:
		list = append(list, strings.TrimRight(i18n.T(ctx, "genogram.dead", "years", p.Note), ", "))
	case p.Inside != "":
		list = append(list, i18n.T(ctx, "genogram.age", "n", p.Inside))
	}
	if p.Index {
		list = append(list, i18n.T(ctx, "genogram.index"))
	}
	if p.Home {
		list = append(list, i18n.T(ctx, "genogram.at_home"))
	}
	return list
}

// tableRows are the same facts in words: everyone, from the eldest, with what ties them.
func (v view) tableRows(ctx context.Context) (rows [][]ui.Cell) {
	for _, s := range v.Sheet.Symbols {
		rows = append(rows, []ui.Cell{{Text: s.Person.Name, Href: v.symbolHref(s.Person)}, {Text: strings.Join(v.about(ctx, s.Person), ", ")},
			{Body: lines(v.ties(ctx, s.Person.ID))}})
	}
	return rows
}

// tieLine is one tie of somebody, in words.
type tieLine struct {
	ID   string
	Text string
	To   string
	Kind string // "spouse:married", as a form sends it
}

// ties of somebody: relations first, then how they stand to others. A picture has only what was drawn.
func (v view) ties(ctx context.Context, self string) (list []tieLine) {
	if v.Picture != nil {
		return v.drawnTies(ctx, self)
	}
	id, err := db.ParseID(self)
	if err != nil {
		return nil
	}
	for _, x := range v.Kin.Relations {
		if x.From == id || x.To == id {
			other, name, what := person.Towards(ctx, x, id)
			list = append(list, tieLine{ID: x.ID.String(), Text: what + ": " + name, To: other.String(), Kind: x.Kind + ":" + x.Manner})
		}
	}
	for _, b := range v.Kin.Bonds {
		switch id {
		case b.From:
			list = append(list, tieLine{b.ID.String(), bondWords.T(ctx, b.Kind) + ": " + b.Names[1], b.To.String(), "bond:" + b.Kind})
		case b.To:
			list = append(list, tieLine{b.ID.String(), bondBack(ctx, b.Kind) + ": " + b.Names[0], b.From.String(), "bond:" + b.Kind})
		}
	}
	return list
}

// bondBack is a bond as the other one has it.
func bondBack(ctx context.Context, kind string) string {
	if kind == "violence" {
		return i18n.T(ctx, "genogram.bond_violence_back")
	}
	return bondWords.T(ctx, kind)
}

func (v view) drawnTies(ctx context.Context, self string) (list []tieLine) {
	name := map[string]string{}
	for _, p := range v.Facts.People {
		name[p.ID] = p.Name
	}
	add := func(a, b, there, back string) {
		switch self {
		case a:
			list = append(list, tieLine{Text: there + ": " + name[b]})
		case b:
			list = append(list, tieLine{Text: back + ": " + name[a]})
		}
	}
	for _, u := range v.Facts.Unions {
		word := person.RelationWord(ctx, "spouse", u.Kind)
		add(u.A, u.B, word, word)
	}
	for _, l := range v.Facts.Links {
		x := person.Relation{Kind: "parent", Manner: l.Kind, From: db.NewID()}
		_, _, child := person.Towards(ctx, x, x.From)
		add(l.Parent, l.Child, child, person.RelationWord(ctx, "parent", l.Kind))
	}
	for _, t := range v.Facts.Ties {
		if _, ok := kinTies[t.Kind]; !ok {
			add(t.A, t.B, bondWords.T(ctx, t.Kind), bondBack(ctx, t.Kind))
		}
	}
	return list
}

// kinTies are ties of kinship, which are no bonds.
var kinTies = map[string]bool{"guardian": true, "sibling": true, "kin": true}

// problems are what the facts contradict, in sentences.
func (v view) problems(ctx context.Context) (list []string) {
	name := map[string]string{}
	for _, p := range v.Facts.People {
		name[p.ID] = p.Name
	}
	for _, x := range v.Sheet.Problems {
		who := []string{name[x.People[0]], ""}
		if len(x.People) > 1 {
			who[1] = name[x.People[1]]
		}
		list = append(list, problemWords.T(ctx, x.Code, "who", who[0], "other", who[1]))
	}
	return list
}

func pictureLine(ctx context.Context, p Picture) string {
	return i18n.T(ctx, "genogram.kept_by", "day", i18n.Date(ctx, p.At.Time), "by", p.By)
}
