package genogram

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/genogram/drawing"
	"teduh/internal/web"
)

// SheetPointJSON is a place on the sheet; y grows downwards, a symbol is 48 wide.
type SheetPointJSON struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// DrawnPersonJSON is somebody in the drawing and the place of their symbol.
type DrawnPersonJSON struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Sex        string         `json:"sex" enum:"f,m," doc:"empty: not stated"`
	Born       string         `json:"born" doc:"as far as it is known: 1990-05-01, 1990-05, 1990 or empty"`
	Died       string         `json:"died" doc:"likewise"`
	Dead       bool           `json:"dead" doc:"also where nobody knows since when"`
	Index      bool           `json:"index" doc:"the drawing is about this person"`
	Household  bool           `json:"household"`
	Generation int            `json:"generation" doc:"row of the drawing, 0 for the eldest"`
	At         SheetPointJSON `json:"at"`
}

// KinUnionJSON is a couple.
type KinUnionJSON struct {
	ID     string `json:"id"`
	A      string `json:"a"`
	B      string `json:"b"`
	Manner string `json:"manner" enum:"married,separated,divorced,not_married"`
	Since  string `json:"since"`
}

// KinLinkJSON leads from a parent to a child.
type KinLinkJSON struct {
	ID     string `json:"id"`
	Parent string `json:"parent"`
	Child  string `json:"child"`
	Manner string `json:"manner" enum:"biological,adoptive,foster,step"`
}

// KinTwinsJSON are two of one birth.
type KinTwinsJSON struct {
	ID        string `json:"id"`
	A         string `json:"a"`
	B         string `json:"b"`
	Identical bool   `json:"identical"`
}

// KinTieJSON is how two people stand to each other.
type KinTieJSON struct {
	ID   string `json:"id"`
	A    string `json:"a"`
	B    string `json:"b"`
	Kind string `json:"kind" enum:"close,very_close,distant,conflict,close_conflict,cut_off,violence,guardian,sibling,kin"`
}

// DrawnLineJSON is a line of the drawing and the facts it shows.
type DrawnLineJSON struct {
	Facts []string         `json:"facts" nullable:"false"`
	Kind  string           `json:"kind" doc:"of the fact; trunk leads from a couple to its children"`
	Path  []SheetPointJSON `json:"path" nullable:"false"`
	Bent  bool             `json:"bent" doc:"the middle of three points bends the line"`
}

// KinProblemJSON is a contradiction in the facts.
type KinProblemJSON struct {
	Code   string   `json:"code" enum:"own_ancestor,married_ancestor,born_before_parent,born_after_death,two_mothers,two_fathers,many_parents"`
	People []string `json:"people" nullable:"false"`
}

// SheetJSON is a genogram: the facts, and where everything stands.
type SheetJSON struct {
	Family   string            `json:"family" doc:"id"`
	Width    int               `json:"width"`
	Height   int               `json:"height"`
	People   []DrawnPersonJSON `json:"people" nullable:"false"`
	Unions   []KinUnionJSON    `json:"unions" nullable:"false"`
	Links    []KinLinkJSON     `json:"links" nullable:"false"`
	Twins    []KinTwinsJSON    `json:"twins" nullable:"false"`
	Ties     []KinTieJSON      `json:"ties" nullable:"false" doc:"those of closeness, conflict and violence only for readers of cases"`
	Lines    []DrawnLineJSON   `json:"lines" nullable:"false"`
	Problems []KinProblemJSON  `json:"problems" nullable:"false"`
}

type output struct{ Body SheetJSON }

type input struct {
	ID string `path:"id" doc:"of the family"`
}

// Operations registers the operations of drawings.
func Operations(api *web.API, s *Service) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/families/{id}/genogram", Tags: []string{"people"},
		Summary: "The genogram of a family: its kin as far as one may know them, and where everything stands on the sheet"},
		string(access.PersonRead), func(ctx context.Context, in *input) (*output, error) { return sheets{s}.read(ctx, in.ID) })
	changeOperations(api, s)
	ecomapOperations(api, s)
}

func toJSON(d Drawing) SheetJSON {
	j := SheetJSON{Family: d.Family.ID.String(), Width: d.Sheet.Width, Height: d.Sheet.Height, People: []DrawnPersonJSON{}, Unions: []KinUnionJSON{},
		Links: []KinLinkJSON{}, Twins: []KinTwinsJSON{}, Ties: []KinTieJSON{}, Lines: []DrawnLineJSON{}, Problems: []KinProblemJSON{}}
	for _, s := range d.Sheet.Symbols {
		p := s.Person
		j.People = append(j.People, DrawnPersonJSON{ID: p.ID, Name: p.Name, Sex: p.Sex, Born: p.Born, Died: p.Died, Dead: p.Dead, Index: p.Index,
			Household: p.Home, Generation: s.Row, At: SheetPointJSON(s.At)})
	}
	for _, u := range d.Facts.Unions {
		j.Unions = append(j.Unions, KinUnionJSON{u.ID, u.A, u.B, u.Kind, u.Since})
	}
	for _, l := range d.Facts.Links {
		j.Links = append(j.Links, KinLinkJSON{l.ID, l.Parent, l.Child, l.Kind})
	}
	for _, t := range d.Facts.Twins {
		j.Twins = append(j.Twins, KinTwinsJSON(t))
	}
	for _, t := range d.Facts.Ties {
		j.Ties = append(j.Ties, KinTieJSON(t))
	}
	for _, list := range [][]drawing.Stroke{d.Sheet.Unions, d.Sheet.Descents, d.Sheet.Ties} {
		for _, x := range list {
			j.Lines = append(j.Lines, lineJSON(x))
		}
	}
	for _, p := range d.Sheet.Problems {
		j.Problems = append(j.Problems, KinProblemJSON(p))
	}
	return j
}

func lineJSON(x drawing.Stroke) DrawnLineJSON {
	line := DrawnLineJSON{Facts: append([]string{}, x.Facts...), Kind: x.Kind, Bent: x.Arc}
	for _, p := range x.Path {
		line.Path = append(line.Path, SheetPointJSON(p))
	}
	return line
}
