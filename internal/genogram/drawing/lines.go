package drawing

import (
	"math"
	"slices"
)

// sheet draws everything in its place.
func (g *genogram) sheet() Sheet {
	s := Sheet{Width: max(g.width, 2*margin), Implied: g.implied, Problems: g.sortProblems()}
	for _, l := range g.levels {
		s.Height = l.bars
	}
	s.Height += margin
	for _, row := range g.rows {
		for _, n := range row {
			if !g.nodes[n].bend {
				s.Symbols = append(s.Symbols, g.symbol(n))
			}
		}
	}
	s.Unions = g.unionLines()
	s.Descents = g.descentLines()
	s.Ties = g.tieLines()
	s.Rings = g.house()
	slices.Sort(s.Implied)
	return s
}

func (g *genogram) at(n int) Point { return Point{g.nodes[n].x, g.levels[g.nodes[n].row].mid} }

func (g *genogram) symbol(n int) Symbol {
	l, at := g.looks[n], g.at(n)
	s := Symbol{Person: g.nodes[n].Person, At: at, Row: g.nodes[n].row, Lines: l.lines, Anchor: l.anchor, Raised: l.raised}
	s.Label = Point{at.X + l.label, at.Y + Half + lineHeight + 2}
	if l.over {
		s.Label.Y = at.Y - Half - 10 - lineHeight*(g.height(n)-1)
	}
	return s
}

// bottom is where a line leaves a symbol downwards, beside its middle.
func (g *genogram) bottom(n, off int) int {
	y := g.levels[g.nodes[n].row].mid
	switch g.nodes[n].Sex {
	case "m":
		return y + Half
	case "f":
		return y + int(math.Round(math.Sqrt(float64(Half*Half-off*off))))
	}
	return y + Half + 2 - max(off, -off)
}

// top is where a line reaches a symbol from above.
func (g *genogram) top(n, off int) int {
	y := g.levels[g.nodes[n].row].mid
	return 2*y - g.bottom(n, off)
}

// unionLines join couples below; of two who could not be put into one row, a bent line between them.
func (g *genogram) unionLines() (list []Stroke) {
	for i, u := range g.unions {
		s := Stroke{Kind: u.Kind}
		if u.fact {
			s.Facts = []string{u.ID}
		}
		if !u.level {
			s.Path, s.Arc = bent(g.at(u.a), g.at(u.b), 70), true
			list = append(list, s)
			continue
		}
		left, right := u.a, u.b
		if g.nodes[left].x > g.nodes[right].x {
			left, right = right, left
		}
		from, to := g.looks[left].legs[i], g.looks[right].legs[i]
		y := g.unionY(i)
		s.Path = []Point{{g.nodes[left].x + from, g.bottom(left, from)}, {g.nodes[left].x + from, y},
			{g.nodes[right].x + to, y}, {g.nodes[right].x + to, g.bottom(right, to)}}
		s.Mark = &Point{g.freeX(i, s.Path[1].X, s.Path[2].X), y}
		list = append(list, s)
	}
	return list
}

func (g *genogram) unionY(i int) int {
	u := g.unions[i]
	return g.levels[g.nodes[u.a].row].below + u.depth*2*legStep
}

// freeX is where the slashes of a couple's line stand: clear of the line to the children.
func (g *genogram) freeX(u, low, high int) int {
	for _, b := range g.bars {
		if b.bend == none && g.families[b.family].union == u {
			if b.anchor-low >= high-b.anchor {
				return (low + b.anchor) / 2
			}
			return (high + b.anchor) / 2
		}
	}
	return (low + high) / 2
}

// descentLines lead from couples to children.
func (g *genogram) descentLines() (list []Stroke) {
	for b := range g.bars {
		list = append(list, g.trunk(b)...)
		forked := g.forks(b, &list)
		for i, k := range g.bars[b].kids {
			d := g.descents[g.bars[b].drops[i]]
			x, y := g.dropX(b, i), g.barY(b)
			if g.nodes[k].bend {
				list = append(list, Stroke{Kind: mainKind(d), Path: []Point{{x, y}, {x, g.barY(g.nodes[k].bar)}}})
				continue
			}
			path := []Point{{x, y}, {x, g.top(k, x-g.nodes[k].x)}}
			if at, twin := forked[k]; twin {
				path = []Point{at, {x, g.top(k, 0)}}
			}
			list = append(list, dropStrokes(d, path)...)
		}
	}
	for _, d := range g.descents {
		if d.odd {
			list = append(list, g.oddLines(d)...)
		}
	}
	return append(list, g.farTwins()...)
}

func (g *genogram) barY(b int) int {
	x := g.bars[b]
	if x.row < 0 {
		return margin + x.level*2*legStep
	}
	return g.levels[x.row].bars + 8 + x.level*2*legStep
}

// trunk is the line down from a couple, and the bar above its children.
func (g *genogram) trunk(b int) (list []Stroke) {
	x, y := g.bars[b], g.barY(b)
	low, high := g.barSpan(b)
	if g.families[x.family].a != none && x.bend == none {
		list = append(list, Stroke{Kind: "trunk", Path: []Point{{x.anchor, g.hangY(x)}, {x.anchor, y}}})
	}
	if low < high || len(g.families[x.family].sibling) > 0 && x.bend == none {
		kind := "trunk"
		if x.bend != none {
			kind = mainKind(g.descents[x.drops[0]])
		}
		list = append(list, Stroke{Kind: kind, Facts: slices.Clone(g.families[x.family].sibling), Path: []Point{{low, y}, {high, y}}})
	}
	return list
}

// hangY is where the line of a bar leaves.
func (g *genogram) hangY(x bar) int {
	if u := g.families[x.family].union; u != none && g.unions[u].level {
		return g.unionY(u)
	}
	return g.bottom(g.lower(x.family), 0)
}

func mainKind(d descent) string {
	if len(d.links) == 0 {
		return "biological"
	}
	return d.links[0].Kind
}

// dropStrokes are the line to a child: one for both parents, or one beside the other where they are parents by different ways.
func dropStrokes(d descent, path []Point) []Stroke {
	if len(d.links) == 0 {
		return []Stroke{{Kind: "biological", Path: path}}
	}
	first := Stroke{Kind: d.links[0].Kind, Path: path}
	var second Stroke
	for _, l := range d.links {
		if l.Kind == first.Kind {
			first.Facts = append(first.Facts, l.ID)
		} else {
			second.Kind, second.Facts = l.Kind, append(second.Facts, l.ID)
		}
	}
	if second.Kind == "" {
		return []Stroke{first}
	}
	for _, p := range path {
		second.Path = append(second.Path, Point{p.X + 6, p.Y})
	}
	return []Stroke{first, second}
}

// oddLines show links that contradict others: bent lines from child to parent, wherever the two stand.
func (g *genogram) oddLines(d descent) (list []Stroke) {
	for _, l := range d.links {
		parent := g.byID[l.Parent]
		list = append(list, Stroke{Facts: []string{l.ID}, Kind: l.Kind, Path: bent(g.at(parent), g.at(d.child), 90), Arc: true})
	}
	if len(d.links) == 0 {
		first := g.descents[g.families[d.family].drops[0]].child
		list = append(list, Stroke{Kind: "sibling", Path: bent(g.at(first), g.at(d.child), 90), Arc: true})
	}
	return list
}

// forks are where the lines to twins part, by child; the stem and the bond of identical twins are drawn with them.
func (g *genogram) forks(b int, list *[]Stroke) map[int]Point {
	at := map[int]Point{}
	group := g.twinGroups(b)
	for i, k := range g.bars[b].kids {
		if group.size(k) < 2 || group.root(k) != k && slices.Contains(g.bars[b].kids[:i], group.root(k)) {
			continue
		}
		var twins []int
		for _, other := range g.bars[b].kids {
			if group.root(other) == group.root(k) {
				twins = append(twins, other)
			}
		}
		if _, done := at[k]; !done {
			g.fork(b, twins, at, list)
		}
	}
	return at
}

// twinGroups are children of one bar who are twins and stand beside each other.
func (g *genogram) twinGroups(b int) *groups {
	group := newGroups(len(g.nodes))
	for i := range g.twins {
		if g.forked(g.twins[i]) == b {
			group.join(g.byID[g.twins[i].A], g.byID[g.twins[i].B])
		}
	}
	return group
}

// forked is the bar whose line parts for a pair of twins, none where they do not stand together below one.
func (g *genogram) forked(t Twins) int {
	a, b := g.byID[t.A], g.byID[t.B]
	up := g.nodes[a].up
	if up == none || up != g.nodes[b].up || len(g.nodes[a].parents) > 1 || len(g.nodes[b].parents) > 1 {
		return none
	}
	left, right := a, b
	if g.spots[a] > g.spots[b] {
		left, right = b, a
	}
	for _, n := range g.rows[g.nodes[a].row][g.spots[left]:g.spots[right]] {
		if g.nodes[n].up != up {
			return none
		}
	}
	return up
}

func (g *genogram) fork(b int, twins []int, at map[int]Point, list *[]Stroke) {
	low, high := g.nodes[twins[0]].x, g.nodes[twins[0]].x
	for _, k := range twins {
		low, high = min(low, g.nodes[k].x), max(high, g.nodes[k].x)
	}
	y := g.levels[g.nodes[twins[0]].row].mid - Half
	point := Point{(low + high) / 2, g.barY(b)}
	for _, k := range twins {
		at[k] = point
	}
	stem := Stroke{Kind: "twin", Path: []Point{{point.X, point.Y - 1}, point}}
	for _, t := range g.twins {
		if !slices.Contains(twins, g.byID[t.A]) || !slices.Contains(twins, g.byID[t.B]) {
			continue
		}
		if t.Identical {
			half := (y + point.Y) / 2
			*list = append(*list, Stroke{Kind: "identical", Facts: []string{t.ID}, Path: []Point{
				{(point.X + g.nodes[g.byID[t.A]].x) / 2, half}, {(point.X + g.nodes[g.byID[t.B]].x) / 2, half}}})
		} else if t.ID != "" {
			stem.Facts = append(stem.Facts, t.ID)
		}
	}
	*list = append(*list, stem)
}

// farTwins joins twins who do not hang side by side from one line.
func (g *genogram) farTwins() (list []Stroke) {
	for _, t := range g.twins {
		if t.ID == "" || g.forked(t) != none {
			continue
		}
		kind := "twin"
		if t.Identical {
			kind = "identical"
		}
		list = append(list, Stroke{Kind: kind, Facts: []string{t.ID}, Path: bent(g.at(g.byID[t.A]), g.at(g.byID[t.B]), 60), Arc: true})
	}
	return list
}
