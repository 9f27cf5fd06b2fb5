package drawing

// groups are sets of nodes that only grow together.
type groups struct{ up, count []int }

func newGroups(n int) *groups {
	g := &groups{make([]int, n), make([]int, n)}
	for i := range g.up {
		g.up[i], g.count[i] = i, 1
	}
	return g
}

func (g *groups) root(i int) int {
	for g.up[i] != i {
		g.up[i] = g.up[g.up[i]]
		i = g.up[i]
	}
	return i
}

// join lets the lower of two roots stand for both, so that the order of joining does not show.
func (g *groups) join(a, b int) {
	a, b = ordered(g.root(a), g.root(b))
	if a != b {
		g.up[b] = a
		g.count[a] += g.count[b]
	}
}

func (g *groups) size(i int) int { return g.count[g.root(i)] }
