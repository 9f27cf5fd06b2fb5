package drawing

// What an order costs: a crossing far more than children out of the order of their births, those more than a wide line.
const (
	crossingCost = 100
	birthCost    = 8
	widthCost    = 1
	sidesCost    = 1
	turnedCost   = 5
)

// cost of the order as it is.
func (w *walk) cost() int {
	w.tries++
	w.write()
	total := 0
	for _, bars := range w.gaps {
		for i, b := range bars {
			total += w.barCost(b)
			for _, other := range bars[:i] {
				total += crossingCost * w.crossings(b, other)
			}
		}
	}
	for c := range w.g.clusters {
		total += w.g.sidesOf(&w.g.clusters[c])
	}
	return total
}

// sidesOf a cluster cost where a man stands right of his wife, or later partners left of the first.
func (g *genogram) sidesOf(c *cluster) int {
	switch n := len(c.members); {
	case n == 2 && g.nodes[c.member(0)].Sex == "f" && g.nodes[c.member(1)].Sex == "m":
		return sidesCost
	case n > 2 && c.flip:
		return turnedCost
	}
	return 0
}

// barCost is how far the children of one bar are from the order of their births, and how much stands between them.
func (w *walk) barCost(b int) int {
	kids := w.g.bars[b].kids
	low, high, total := w.pos[kids[0]], w.pos[kids[0]], 0
	for i, k := range kids {
		low, high = min(low, w.pos[k]), max(high, w.pos[k])
		for _, earlier := range kids[:i] {
			if (earlier < k) != (w.pos[earlier] < w.pos[k]) && w.g.nodes[k].up == b && w.g.nodes[earlier].up == b {
				total += birthCost
			}
		}
	}
	return total + widthCost*(high-low+1-len(kids))
}

// anchor is where a bar hangs, in half places of its row: between two partners, or below one parent.
func (w *walk) anchor(b int) int {
	x := &w.g.bars[b]
	if x.bend != none {
		return 2 * w.pos[x.bend]
	}
	f := &w.g.families[x.family]
	if f.union == none || !w.g.unions[f.union].level {
		if low := w.g.lower(x.family); low != none {
			return 2 * w.pos[low]
		}
		return 2 * w.pos[x.kids[0]]
	}
	near, far := w.g.sides(f.union)
	if w.pos[far] > w.pos[near] {
		return 2*w.pos[far] - 1
	}
	return 2*w.pos[far] + 1
}

// sides tells of a couple who has the more partners, and who the fewer: the line to the children hangs beside the latter.
func (g *genogram) sides(u int) (near, far int) {
	a, b := g.unions[u].a, g.unions[u].b
	if len(g.nodes[b].unions) > len(g.nodes[a].unions) {
		return b, a
	}
	return a, b
}

// crossings of the lines of two bars in one gap, where the better of the two is drawn above the other.
func (w *walk) crossings(b, c int) int {
	if w.anchor(b) > w.anchor(c) {
		b, c = c, b
	}
	left, right := w.g.bars[b].kids, w.g.bars[c].kids
	leftLow, leftHigh := w.span(left)
	rightLow, rightHigh := w.span(right)
	switch {
	case leftHigh <= rightLow:
		return 0
	case leftLow >= rightHigh:
		return 1
	}
	over, under := 0, 0
	for _, k := range left {
		if w.pos[k] > rightLow {
			over++
		}
	}
	for _, k := range right {
		if w.pos[k] < leftHigh {
			under++
		}
	}
	return min(over, under)
}

func (w *walk) span(kids []int) (low, high int) {
	low, high = w.pos[kids[0]], w.pos[kids[0]]
	for _, k := range kids {
		low, high = min(low, w.pos[k]), max(high, w.pos[k])
	}
	return low, high
}
