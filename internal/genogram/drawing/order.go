package drawing

import "slices"

// How often another order is looked at, and from how many beginnings, so that a large family is drawn as fast as it is read.
const (
	mostTries = 400
	mostRoots = 4
)

// arrange decides who stands beside whom. A walk from one cluster to all that hang together with it writes the rows, so that
// each branch keeps its place; then turning couples and moving children are tried while that brings fewer crossings, and
// children nearer to the order of their births. Several beginnings are tried, the best of them is kept.
func (g *genogram) arrange() {
	w := &walk{g: g, pos: make([]int, len(g.nodes)), seen: make([]bool, len(g.clusters)), barSeen: make([]bool, len(g.bars))}
	w.index()
	w.order()
	first, best := w.save(), w.search()
	kept := w.save()
	for i := 1; best > 0 && i < len(w.roots) && i < mostRoots && g.clusters[w.roots[i]].row == 0; i++ {
		w.restore(first)
		w.swapRoot(i)
		if c := w.search(); c < best {
			best, kept = c, w.save()
		}
	}
	w.restore(kept)
	w.write()
	g.rows, g.spots = w.rows, w.pos
}

// search betters the order by single moves until none of them helps.
func (w *walk) search() int {
	w.tries = 0
	best := w.cost()
	for better := true; better && best > 0 && w.tries < mostTries; {
		better = false
		w.eachMove(func(try, undo func()) {
			if w.tries >= mostTries {
				return
			}
			try()
			if c := w.cost(); c < best {
				best, better = c, true
			} else {
				undo()
			}
		})
	}
	return best
}

// saved is an order that can be returned to.
type saved struct {
	roots []int
	flips []bool
	kids  [][]int
	drops [][]int
}

func (w *walk) save() (s saved) {
	s.roots = slices.Clone(w.roots)
	for _, c := range w.g.clusters {
		s.flips = append(s.flips, c.flip)
	}
	for _, b := range w.g.bars {
		s.kids, s.drops = append(s.kids, slices.Clone(b.kids)), append(s.drops, slices.Clone(b.drops))
	}
	return s
}

func (w *walk) restore(s saved) {
	copy(w.roots, s.roots)
	for i, flip := range s.flips {
		w.g.clusters[i].flip = flip
	}
	for i := range w.g.bars {
		copy(w.g.bars[i].kids, s.kids[i])
		copy(w.g.bars[i].drops, s.drops[i])
	}
}

// walk is the state of the search for an order.
type walk struct {
	g       *genogram
	roots   []int // clusters in the order in which the walk begins
	rows    [][]int
	pos     []int
	seen    []bool // clusters
	barSeen []bool
	gaps    [][]int // bars below each row; the first are those above all rows
	start   []int   // where in each row the branch began that the walk is on
	tries   int
}

// index sorts the bars into the gaps between rows.
func (w *walk) index() {
	depth := 0
	for _, n := range w.g.nodes {
		depth = max(depth, n.row+1)
	}
	w.rows, w.start = make([][]int, depth), make([]int, depth)
	w.gaps = make([][]int, depth+1)
	for b := range w.g.bars {
		at := w.g.bars[b].row + 1
		w.gaps[at] = append(w.gaps[at], b)
	}
}

// order begins with the highest clusters.
func (w *walk) order() {
	for row := range w.rows {
		for c := range w.g.clusters {
			if w.g.clusters[c].row == row {
				w.roots = append(w.roots, c)
			}
		}
	}
}

func (w *walk) swapRoot(i int) { w.roots[0], w.roots[i] = w.roots[i], w.roots[0] }

// write puts everyone into the rows.
func (w *walk) write() {
	for i := range w.rows {
		w.rows[i] = w.rows[i][:0]
	}
	clear(w.seen)
	clear(w.barSeen)
	for _, c := range w.roots {
		if w.seen[c] {
			continue
		}
		for row := range w.rows {
			w.start[row] = len(w.rows[row])
		}
		w.visit(c, none)
	}
	for _, row := range w.rows {
		for i, n := range row {
			w.pos[n] = i
		}
	}
}

// visit writes a cluster that is reached by one of its members, or as a beginning. The families of those on its left stand
// left of it, the others right.
func (w *walk) visit(c, entry int) {
	if w.seen[c] {
		return
	}
	w.seen[c] = true
	cl := &w.g.clusters[c]
	start := w.start[cl.row]
	w.start[cl.row] = len(w.rows[cl.row])
	at := len(cl.members) / 2
	for i := range cl.members {
		m := cl.member(i)
		w.pos[m] = i
		if m == entry {
			at = i
		}
	}
	for i := range at {
		w.leftOf(cl.member(i), cl.row)
	}
	for i := range cl.members {
		w.rows[cl.row] = append(w.rows[cl.row], cl.member(i))
	}
	w.below(c)
	for i := at; i < len(cl.members); i++ {
		if m := cl.member(i); m != entry {
			w.above(m)
		}
	}
	w.start[cl.row] = start
}

// leftOf writes the family someone comes from; in the rows above it goes to the left of all that has led here.
func (w *walk) leftOf(m, row int) {
	if b := w.g.nodes[m].up; b == none || w.barSeen[b] {
		return
	}
	main, start := w.rows, slices.Clone(w.start)
	w.rows = make([][]int, len(main))
	clear(w.start)
	w.above(m)
	for i, list := range w.rows {
		at := len(main[i])
		if i < row {
			at = start[i]
		}
		main[i] = slices.Insert(main[i], at, list...)
	}
	w.rows = main
	copy(w.start, start)
}

// member counts from the left as drawn.
func (c *cluster) member(i int) int {
	if c.flip {
		return c.members[len(c.members)-1-i]
	}
	return c.members[i]
}

// above goes on to the family someone comes from.
func (w *walk) above(m int) {
	b := w.g.nodes[m].up
	if b == none || w.barSeen[b] {
		return
	}
	if from := w.from(b); from != none {
		w.visit(from, none)
	}
	w.kids(b)
}

// from is the cluster a bar hangs from.
func (w *walk) from(b int) int {
	x := &w.g.bars[b]
	if x.bend != none {
		return w.g.nodes[x.bend].cluster
	}
	if low := w.g.lower(x.family); low != none {
		return w.g.nodes[low].cluster
	}
	return none
}

// below goes on to the children of a cluster, those of the leftmost couple first.
func (w *walk) below(c int) {
	bars := w.g.clusters[c].bars
	var few [8]int
	todo := append(few[:0], bars...)
	for len(todo) > 0 {
		least := 0
		for i := range todo {
			if w.anchor(todo[i]) < w.anchor(todo[least]) {
				least = i
			}
		}
		b := todo[least]
		todo = append(todo[:least], todo[least+1:]...)
		w.kids(b)
	}
}

func (w *walk) kids(b int) {
	if w.barSeen[b] {
		return
	}
	w.barSeen[b] = true
	for _, k := range w.g.bars[b].kids {
		if w.g.nodes[k].up == b {
			w.visit(w.g.nodes[k].cluster, k)
		}
	}
}

// eachMove offers the turnings and movings that may help. A bar's kids and drops move together.
func (w *walk) eachMove(offer func(try, undo func())) {
	for c := range w.g.clusters {
		if len(w.g.clusters[c].members) > 1 {
			turn := func() { w.g.clusters[c].flip = !w.g.clusters[c].flip }
			offer(turn, turn)
		}
	}
	for b := range w.g.bars {
		n := len(w.g.bars[b].kids)
		for from := range n {
			for _, to := range []int{from + 1, 0, n - 1} {
				if to < n && to != from {
					offer(func() { w.g.bars[b].move(from, to) }, func() { w.g.bars[b].move(to, from) })
				}
			}
		}
	}
}

// move takes a kid out and puts it in elsewhere.
func (b *bar) move(from, to int) {
	kid, drop := b.kids[from], b.drops[from]
	step := 1
	if to < from {
		step = -1
	}
	for i := from; i != to; i += step {
		b.kids[i], b.drops[i] = b.kids[i+step], b.drops[i+step]
	}
	b.kids[to], b.drops[to] = kid, drop
}
