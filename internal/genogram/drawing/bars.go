package drawing

import "slices"

// layer gives the bars below a row their levels, so that bars which overlap lie apart and cross few lines. It tells how
// many levels there are.
func (g *genogram) layer(row int) int {
	var list []int
	for b := range g.bars {
		if g.bars[b].row == row {
			list = append(list, b)
		}
	}
	levels := 0
	for n, b := range g.sorted(list) {
		x := &g.bars[b]
		x.level = 0
		for _, c := range list[:n] {
			if g.overlap(b, c) {
				x.level = max(x.level, g.bars[c].level+1)
			}
		}
		levels = max(levels, x.level+1)
	}
	return levels
}

// sorted brings bars into an order in which one that should lie above another comes before it.
func (g *genogram) sorted(list []int) []int {
	for n := range list {
		first := n
		for i := n; i < len(list); i++ {
			if g.free(list[n:], list[i]) {
				first = i
				break
			}
		}
		b := list[first]
		copy(list[n+1:first+1], list[n:first])
		list[n] = b
	}
	return list
}

// free tells that no other bar of a list should lie above one.
func (g *genogram) free(list []int, b int) bool {
	for _, c := range list {
		if c != b && g.overlap(b, c) && g.cut(c, b) < g.cut(b, c) {
			return false
		}
	}
	return true
}

// overlap tells that two bars share a part of the width.
func (g *genogram) overlap(b, c int) bool {
	const near = 8
	low, high := g.barSpan(b)
	from, to := g.barSpan(c)
	return from <= high+near && low <= to+near
}

// cut counts the crossings of two bars when the first lies above the second.
func (g *genogram) cut(over, under int) (n int) {
	low, high := g.barSpan(under)
	for i := range g.bars[over].kids {
		if x := g.dropX(over, i); low < x && x < high {
			n++
		}
	}
	low, high = g.barSpan(over)
	if x := g.bars[under].anchor; g.lower(g.bars[under].family) != none && low < x && x < high {
		n++
	}
	return n
}

func (g *genogram) barSpan(b int) (low, high int) {
	low, high = g.bars[b].anchor, g.bars[b].anchor
	for i := range g.bars[b].kids {
		x := g.dropX(b, i)
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

// dropX is where the line to a child comes down: the main one on the middle of the symbol, others beside it, on the side
// from which they come.
func (g *genogram) dropX(b, i int) int {
	k := g.bars[b].kids[i]
	n := g.nodes[k]
	if n.bend || n.up == b {
		return n.x
	}
	const step = 12
	off := step
	for c := range b {
		if c != n.up && slices.Contains(g.bars[c].kids, k) && (g.bars[c].anchor < g.bars[n.up].anchor) == (g.bars[b].anchor < g.bars[n.up].anchor) {
			off += step / 2
		}
	}
	if g.bars[b].anchor < g.bars[n.up].anchor {
		off = -off
	}
	return n.x + max(-Half, min(off, Half))
}
