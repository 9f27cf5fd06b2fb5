package drawing

import "slices"

// box is a part of the sheet within the line around the household.
type box struct{ left, top, right, bottom int }

// pad is how far the line around the household stays from symbols and labels.
const pad = 7

// house is the line around those who live together, as closed rings of corners: boxes around neighbours of one row, joined
// through the lines between the rows, where nobody stands.
func (g *genogram) house() [][]Point {
	first, last, count := len(g.rows), -1, 0
	for _, n := range g.nodes {
		if n.Home {
			first, last, count = min(first, n.row), max(last, n.row), count+1
		}
	}
	if count < 2 {
		return nil
	}
	var boxes []box
	parts := make([][]box, last+1)
	for row := first; row <= last; row++ {
		parts[row] = g.homes(row)
		if len(parts[row]) == 0 {
			parts[row] = []box{g.passage(row)}
		}
		boxes = append(boxes, parts[row]...)
	}
	for row := first; row < last; row++ {
		next := parts[row+1]
		if row+1 < last {
			next = next[:1]
		}
		boxes = append(boxes, corridor(append(slices.Clone(parts[row]), next...), parts[row][0].bottom, next[0].top))
	}
	if only := parts[first]; first == last && len(only) > 1 {
		boxes = append(boxes, corridor(only, only[0].bottom, only[0].bottom+8))
	}
	return rings(boxes)
}

// homes are the boxes around members of the household who stand beside each other in a row.
func (g *genogram) homes(row int) (list []box) {
	open := false
	for _, n := range g.rows[row] {
		switch {
		case g.nodes[n].bend:
		case !g.nodes[n].Home:
			open = false
		case open:
			list[len(list)-1].right = g.nodes[n].x + g.looks[n].right + pad
		default:
			b := g.rowBox(row)
			b.left, b.right = g.nodes[n].x-g.looks[n].left-pad, g.nodes[n].x+g.looks[n].right+pad
			list, open = append(list, b), true
		}
	}
	return list
}

// rowBox is the height of a row with its labels.
func (g *genogram) rowBox(row int) box {
	l := g.levels[row]
	over := Half + pad
	if l.over > 0 {
		over += l.over*lineHeight + 2
	}
	return box{top: l.mid - over, bottom: l.mid + Half + l.foot*lineHeight + 9}
}

// passage leads through a row in which nobody of the household stands, between two people or beside all.
func (g *genogram) passage(row int) box {
	sum, count := 0, 0
	for i, n := range g.nodes {
		if n.Home {
			sum, count = sum+g.nodes[i].x, count+1
		}
	}
	aim, best := sum/count, none
	try := func(x int) {
		if best == none || abs(x-aim) < abs(best-aim) {
			best = x
		}
	}
	for i, n := range g.rows[row] {
		left, right := g.nodes[n].x-g.looks[n].left-space/2, g.nodes[n].x+g.looks[n].right+space/2
		if i == 0 || g.nodes[g.rows[row][i-1]].x+g.looks[g.rows[row][i-1]].right+space <= g.nodes[n].x-g.looks[n].left {
			try(left)
		}
		if i == len(g.rows[row])-1 {
			try(right)
		}
	}
	b := g.rowBox(row)
	b.left, b.right = best-4, best+4
	return b
}

// corridor joins boxes above and below it by the narrowest part of the width that touches them all.
func corridor(parts []box, top, bottom int) box {
	b := box{left: parts[0].left, right: parts[0].right, top: top, bottom: bottom}
	for _, p := range parts {
		b.left, b.right = max(b.left, p.left), min(b.right, p.right)
	}
	if b.right-b.left >= 8 {
		return b
	}
	for i, p := range parts {
		from, to := p.right-min(40, p.right-p.left), p.left+min(40, p.right-p.left)
		if i == 0 {
			b.left, b.right = from, to
		}
		b.left, b.right = min(b.left, from), max(b.right, to)
	}
	return b
}

// rings trace the outline of boxes that touch or overlap.
func rings(boxes []box) (list [][]Point) {
	xs, ys := cuts(boxes)
	inside := func(i, j int) bool {
		if i < 0 || j < 0 || i >= len(xs)-1 || j >= len(ys)-1 {
			return false
		}
		x, y := xs[i]+xs[i+1], ys[j]+ys[j+1]
		return slices.ContainsFunc(boxes, func(b box) bool {
			return 2*b.left < x && x < 2*b.right && 2*b.top < y && y < 2*b.bottom
		})
	}
	next := map[Point][]Point{}
	for j := range ys {
		for i := range xs {
			if i < len(xs)-1 && inside(i, j) != inside(i, j-1) {
				join(next, Point{xs[i], ys[j]}, Point{xs[i+1], ys[j]}, inside(i, j))
			}
			if j < len(ys)-1 && inside(i, j) != inside(i-1, j) {
				join(next, Point{xs[i], ys[j]}, Point{xs[i], ys[j+1]}, !inside(i, j))
			}
		}
	}
	for j := range ys {
		for i := range xs {
			for start := (Point{xs[i], ys[j]}); len(next[start]) > 0; {
				list = append(list, corners(follow(next, start)))
			}
		}
	}
	return list
}

// cuts are the edges of all boxes, each once.
func cuts(boxes []box) (xs, ys []int) {
	for _, b := range boxes {
		xs, ys = append(xs, b.left, b.right), append(ys, b.top, b.bottom)
	}
	slices.Sort(xs)
	slices.Sort(ys)
	return slices.Compact(xs), slices.Compact(ys)
}

// join keeps an edge so that the inside lies on its right.
func join(next map[Point][]Point, a, b Point, forward bool) {
	if !forward {
		a, b = b, a
	}
	next[a] = append(next[a], b)
}

// follow walks the edges from a point until it comes back.
func follow(next map[Point][]Point, start Point) (ring []Point) {
	for at := start; len(next[at]) > 0; {
		ring = append(ring, at)
		to := next[at][0]
		next[at] = next[at][1:]
		at = to
	}
	return ring
}

// corners leaves out the points in the middle of straight lines.
func corners(ring []Point) (list []Point) {
	for i, p := range ring {
		before, after := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
		if (before.X == p.X) != (p.X == after.X) {
			list = append(list, p)
		}
	}
	return list
}
