// Package drawing turns the facts of a family into the places of a genogram, and those into SVG.
//
// Facts go in as people, unions, links from parents to children, twins and ties; a Sheet comes out: a place for each
// symbol, a path for each line, and the Problems of a family that contradicts itself, which is drawn all the same. The
// package knows neither the database nor who asks, and the same facts give the same sheet in whatever order they come.
//
// The symbols follow McGoldrick, Gerson and Petry, Genograms: Assessment and Intervention: generations are rows, couples
// are joined below, children hang from their parents' line with the eldest on the left. How a sheet comes to be: tidy
// (known facts in one order), rows (generations), order (who stands beside whom, with few crossings), place (where), and
// lines. Lengths are in units of the sheet; a symbol is 48 wide.
package drawing

// Facts are what is known of a family. Keys are the caller's own and unique among their kind.
type Facts struct {
	People []Person
	Unions []Union
	Links  []Link
	Twins  []Twins
	Ties   []Tie
}

// Person is someone to be drawn.
type Person struct {
	ID     string
	Name   string
	Note   string // a short line below the name: the years of a life
	Inside string // inside the symbol: the age
	Sex    string // "m", "f" or not stated
	Born   string // "1990-05-01", "1990-05", "1990" or empty
	Died   string // likewise
	Dead   bool
	Index  bool // the one the genogram is about
	Home   bool // belongs to the household
}

// Union joins a couple. Kind is one of UnionKinds.
type Union struct {
	ID    string
	A, B  string
	Kind  string
	Since string
}

// Link leads from a parent to a child. Kind is one of LinkKinds.
type Link struct {
	ID     string
	Parent string
	Child  string
	Kind   string
}

// Twins are two children of one birth.
type Twins struct {
	ID        string
	A, B      string
	Identical bool
}

// Tie is how two people stand to each other, or a kinship that no line of descent shows. Kind is one of TieKinds.
type Tie struct {
	ID   string
	A, B string
	Kind string
}

// The closed sets. A union without a kind is that of two who are known only as the parents of a child.
var (
	UnionKinds = []string{"married", "separated", "divorced", "not_married"}
	LinkKinds  = []string{"biological", "adoptive", "foster", "step"}
	TieKinds   = []string{"close", "very_close", "distant", "conflict", "close_conflict", "cut_off", "violence", "guardian", "sibling", "kin"}
)

// Point is a place on the sheet; y grows downwards.
type Point struct{ X, Y int }

// Symbol is where someone stands: the middle of their symbol, and the row counted from the eldest.
type Symbol struct {
	Person Person
	At     Point
	Row    int
	Lines  []string // the name, cut into lines
	Label  Point    // the baseline of the first line
	Anchor string   // "start", "middle" or "end" of the label's lines
	Raised string   // "adoptive" or "foster" where a line says so: the symbol stands in brackets
}

// Half is half the width of a symbol.
const Half = 24

// Stroke is a line of the sheet.
type Stroke struct {
	Facts []string // keys of the facts it shows; none for what only joins other lines
	Kind  string   // of the union, link or tie; "trunk" leads from a couple to its children, "twin" and "identical" join twins
	Path  []Point
	Arc   bool    // the middle point of three bends the line
	Mark  *Point  // where the slashes of a separation stand
	Ends  [2]bool // an arrow at the end
}

// Problem is a contradiction in the facts, with the keys of the people it is about. Code is one of ProblemCodes.
type Problem struct {
	Code   string
	People []string
}

// ProblemCodes are what may be wrong with a family.
var ProblemCodes = []string{"own_ancestor", "married_ancestor", "born_before_parent", "born_after_death", "two_mothers", "two_fathers", "many_parents"}

// Sheet is a genogram with a place for everything.
type Sheet struct {
	Width, Height int
	Symbols       []Symbol // row by row, from the left
	Unions        []Stroke
	Descents      []Stroke // trunks, and a line to each child
	Ties          []Stroke

	Rings    [][]Point // corners of the line around the household; none where fewer than two live together
	Implied  []string  // links of step-parents, which the union with the child's parent shows
	Problems []Problem
}

// Draw lays out a family.
func Draw(f Facts) Sheet {
	g := tidy(f)
	g.rank()
	g.gather()
	g.hang()
	g.arrange()
	g.place()
	return g.sheet()
}
