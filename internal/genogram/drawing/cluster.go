package drawing

import "slices"

// cluster are people of one row who are couples by one another and stand side by side: a man between his two wives. A bend
// is a cluster of its own.
type cluster struct {
	row     int
	members []int // from the left
	flip    bool  // drawn from the right
	bars    []int // that hang below it
}

// bar is the line above children of one row: it hangs from a couple, from one parent, from a bend, or from nothing.
type bar struct {
	row    int // of those it hangs from
	family int
	bend   int   // the node it hangs from, or none
	kids   []int // nodes
	drops  []int // the descent of each kid
	anchor int   // x of the line down to the bar
	level  int
}

// gather puts couples of one row into clusters.
func (g *genogram) gather() {
	group := newGroups(len(g.nodes))
	for i, u := range g.unions {
		if u.level {
			group.join(u.a, u.b)
			g.nodes[u.a].unions = append(g.nodes[u.a].unions, i)
			g.nodes[u.b].unions = append(g.nodes[u.b].unions, i)
		}
	}
	known := map[int]int{}
	for i := range g.nodes {
		root := group.root(i)
		c, ok := known[root]
		if !ok {
			c = len(g.clusters)
			known[root] = c
			g.clusters = append(g.clusters, cluster{row: g.nodes[i].row})
		}
		g.nodes[i].cluster = c
		g.clusters[c].members = append(g.clusters[c].members, i)
	}
	for c := range g.clusters {
		if len(g.clusters[c].members) > 1 {
			g.clusters[c].members = g.line(g.clusters[c].members)
		}
	}
}

// line orders a cluster around the one with most partners: the first partner on one side, the later ones on the other.
func (g *genogram) line(members []int) []int {
	partners := map[int][]int{}
	for _, m := range members {
		for _, u := range g.nodes[m].unions {
			partners[m] = append(partners[m], g.unions[u].a+g.unions[u].b-m)
		}
	}
	centre := members[0]
	for _, m := range members {
		if len(partners[m]) > len(partners[centre]) {
			centre = m
		}
	}
	seen := map[int]bool{centre: true}
	var branch func(m int) []int
	branch = func(m int) (list []int) {
		seen[m] = true
		list = append(list, m)
		for _, p := range partners[m] {
			if !seen[p] {
				list = append(list, branch(p)...)
			}
		}
		return list
	}
	var left, right []int
	for i, p := range partners[centre] {
		switch {
		case seen[p]:
		case i == 0 && (len(partners[centre]) > 1 || g.nodes[p].Sex == "m" || g.nodes[centre].Sex == "f"):
			left = branch(p)
			slices.Reverse(left)
		default:
			right = append(right, branch(p)...)
		}
	}
	return append(append(left, centre), right...)
}

// hang makes the bars, with a bend in every row that a line passes on its way to a child further below.
func (g *genogram) hang() {
	for i := range g.nodes {
		g.nodes[i].up, g.nodes[i].bar = none, none
	}
	for f := range g.families {
		row, made := g.familyRow(f), none
		for _, d := range g.families[f].drops {
			if g.descents[d].odd {
				continue
			}
			if made == none {
				made = len(g.bars)
				g.bars = append(g.bars, bar{row: row, family: f, bend: none})
				if low := g.lower(f); low != none {
					c := g.nodes[low].cluster
					g.clusters[c].bars = append(g.clusters[c].bars, made)
				}
			}
			g.hangChild(made, d)
		}
	}
}

// lower is the parent a family's line hangs from: of two who are in different rows, the one nearer to the children.
func (g *genogram) lower(f int) int {
	a, b := g.families[f].a, g.families[f].b
	if a == none || b != none && g.nodes[b].row > g.nodes[a].row {
		return b
	}
	return a
}

// familyRow is the row of the parents, or the one above children without parents.
func (g *genogram) familyRow(f int) int {
	if low := g.lower(f); low != none {
		return g.nodes[low].row
	}
	return g.nodes[g.descents[g.families[f].drops[0]].child].row - 1
}

func (g *genogram) hangChild(at, d int) {
	child := g.descents[d].child
	for row := g.bars[at].row + 1; row < g.nodes[child].row; row++ {
		n := len(g.nodes)
		g.nodes = append(g.nodes, node{bend: true, row: row, cluster: len(g.clusters), up: at, bar: len(g.bars)})
		g.clusters = append(g.clusters, cluster{row: row, members: []int{n}, bars: []int{len(g.bars)}})
		g.bars[at].kids = append(g.bars[at].kids, n)
		g.bars[at].drops = append(g.bars[at].drops, d)
		at = len(g.bars)
		g.bars = append(g.bars, bar{row: row, family: g.descents[d].family, bend: n})
	}
	g.bars[at].kids = append(g.bars[at].kids, child)
	g.bars[at].drops = append(g.bars[at].drops, d)
	if g.firstDescent(child) == d {
		g.nodes[child].up = at
	}
}

// firstDescent is the nearest kinship of a child that can be drawn: their parents by birth before others.
func (g *genogram) firstDescent(child int) int {
	for _, d := range g.nodes[child].parents {
		if !g.descents[d].odd {
			return d
		}
	}
	return none
}
