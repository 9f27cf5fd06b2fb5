package drawing

import (
	"math"
	"slices"
)

// sweeps down and up the rows; more change nothing that can be seen.
const sweeps = 24

// place finds where everyone stands: children below the middle of their parents and parents above the middle of their
// children, as near as the room that each needs allows.
func (g *genogram) place() {
	g.dress()
	p := &placing{g: g, blocks: make([][]block, len(g.rows)), x: make([]float64, len(g.nodes)), gaps: make([][]int, len(g.rows)+1)}
	for b := range g.bars {
		p.gaps[g.bars[b].row+1] = append(p.gaps[g.bars[b].row+1], b)
	}
	for row := range g.rows {
		p.blocks[row] = p.cut(row)
		p.settle(row, nil)
	}
	for i := range sweeps {
		last := i >= sweeps-6
		for row := range g.rows {
			p.settle(row, p.wishes(row, true, last))
		}
		for row := len(g.rows) - 1; row >= 0; row-- {
			p.settle(row, p.wishes(row, last, true))
		}
	}
	p.finish()
	g.stack()
}

// block are the people of a cluster, who move together.
type block struct {
	nodes  []int
	inner  []int // of each node, from the first
	before int   // least distance of the first node from the first of the block before
}

type placing struct {
	g      *genogram
	blocks [][]block
	x      []float64
	gaps   [][]int // bars above each row
}

// cut makes the blocks of a row.
func (p *placing) cut(row int) (list []block) {
	nodes := p.g.rows[row]
	for i, n := range nodes {
		if i > 0 && p.g.nodes[n].cluster == p.g.nodes[nodes[i-1]].cluster {
			b := &list[len(list)-1]
			b.inner = append(b.inner, b.inner[len(b.inner)-1]+p.distance(nodes[i-1], n))
			b.nodes = append(b.nodes, n)
			continue
		}
		b := block{nodes: []int{n}, inner: []int{0}}
		if i > 0 {
			last := list[len(list)-1]
			b.before = last.inner[len(last.inner)-1] + p.distance(nodes[i-1], n)
		}
		list = append(list, b)
	}
	return list
}

// distance is the least between two neighbours.
func (p *placing) distance(a, b int) int {
	room := p.g.looks[a].right + p.g.looks[b].left + space
	switch {
	case p.g.nodes[a].bend || p.g.nodes[b].bend:
		return room
	case p.g.nodes[a].cluster == p.g.nodes[b].cluster:
		return max(room, couple)
	}
	return max(room, apart)
}

// wish is how far a block would move, and how much it wants to.
type wish struct{ by, weight float64 }

// wishes of the blocks of a row to stand below their parents, above their children, or both.
func (p *placing) wishes(row int, parents, children bool) []wish {
	at := make(map[int]*wish, len(p.blocks[row]))
	add := func(node int, by, weight float64) {
		c := p.g.nodes[node].cluster
		if at[c] == nil {
			at[c] = &wish{}
		}
		at[c].by += by * weight
		at[c].weight += weight
	}
	if parents {
		for _, b := range p.gaps[row] {
			p.wishDown(b, add)
		}
	}
	if children {
		for _, b := range p.gaps[row+1] {
			if from := p.from(b); from != none {
				add(from, p.middle(b)-p.anchor(b), 1)
			}
		}
	}
	list := make([]wish, len(p.blocks[row]))
	for i, b := range p.blocks[row] {
		if w := at[p.g.nodes[b.nodes[0]].cluster]; w != nil {
			list[i] = wish{w.by / w.weight, w.weight}
		}
	}
	return list
}

// wishDown moves the children of a bar below the middle it hangs from.
func (p *placing) wishDown(b int, add func(node int, by, weight float64)) {
	if p.from(b) == none {
		return
	}
	by := p.anchor(b) - p.middle(b)
	for _, k := range p.g.bars[b].kids {
		if p.g.nodes[k].up == b {
			add(k, by, 1)
		}
	}
}

// from is a node of the cluster that a bar hangs from.
func (p *placing) from(b int) int {
	if bend := p.g.bars[b].bend; bend != none {
		return bend
	}
	return p.g.lower(p.g.bars[b].family)
}

// middle of the children of a bar.
func (p *placing) middle(b int) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, k := range p.g.bars[b].kids {
		low, high = min(low, p.x[k]), max(high, p.x[k])
	}
	return (low + high) / 2
}

// anchor is where the line of a bar leaves its couple, parent or bend.
func (p *placing) anchor(b int) float64 {
	low, high, ok := p.reach(b)
	if !ok {
		return p.x[p.from(b)]
	}
	return (low + high) / 2
}

// reach is the part of a couple's line from which children can hang.
func (p *placing) reach(b int) (low, high float64, ok bool) {
	x := p.g.bars[b]
	u := p.g.families[x.family].union
	if x.bend != none || u == none || !p.g.unions[u].level {
		return 0, 0, false
	}
	near, far := p.g.sides(u)
	end := p.x[far] + float64(p.g.looks[far].legs[u])
	row := p.g.rows[p.g.nodes[far].row]
	if p.g.spots[far] > p.g.spots[near] {
		beside := row[p.g.spots[far]-1]
		return p.edge(beside, near, u, 1), end, true
	}
	beside := row[p.g.spots[far]+1]
	return end, p.edge(beside, near, u, -1), true
}

// edge is where the free part of a couple's line begins: at the leg of the partner, or beside whoever stands between.
func (p *placing) edge(beside, near, u int, side float64) float64 {
	if beside == near {
		return p.x[near] + float64(p.g.looks[near].legs[u])
	}
	return p.x[beside] + side*Half
}

// settle moves the blocks of a row as near to their wishes as they can stand, keeping their order: of several that would
// overlap, each gives way by its weight.
func (p *placing) settle(row int, wishes []wish) {
	type pool struct {
		sum, weight float64
		count       int
	}
	var pools []pool
	least := 0
	for i, b := range p.blocks[row] {
		least += b.before
		to := pool{float64(0), 0.02, 1}
		if wishes != nil {
			if wishes[i].weight > 0 {
				to.weight = wishes[i].weight
			}
			to.sum = to.weight * (p.x[b.nodes[0]] + wishes[i].by - float64(least))
		}
		pools = append(pools, to)
		for n := len(pools) - 1; n > 0 && pools[n-1].sum/pools[n-1].weight >= pools[n].sum/pools[n].weight; n-- {
			pools[n-1] = pool{pools[n-1].sum + pools[n].sum, pools[n-1].weight + pools[n].weight, pools[n-1].count + pools[n].count}
			pools = pools[:n]
		}
	}
	i, least := 0, 0
	for _, to := range pools {
		for range to.count {
			least += p.blocks[row][i].before
			p.put(p.blocks[row][i], to.sum/to.weight+float64(least))
			i++
		}
	}
}

func (p *placing) put(b block, x float64) {
	for i, n := range b.nodes {
		p.x[n] = x + float64(b.inner[i])
	}
}

// finish moves the sheet to its margin and everyone to whole units, by which nobody comes nearer to a neighbour.
func (p *placing) finish() {
	low := math.Inf(1)
	for i := range p.g.nodes {
		low = min(low, p.x[i]-float64(p.g.looks[i].left))
	}
	for row := range p.blocks {
		least := 0
		for _, b := range p.blocks[row] {
			least += b.before
			x := least + int(math.Round(p.x[b.nodes[0]]-low-float64(least))) + margin
			for i, n := range b.nodes {
				p.g.nodes[n].x = x + b.inner[i]
				p.g.width = max(p.g.width, p.g.nodes[n].x+p.g.looks[n].right+margin)
			}
		}
	}
	p.anchors()
}

// anchors lets each line to children leave as near above their middle as its couple's line reaches.
func (p *placing) anchors() {
	for i := range p.g.nodes {
		p.x[i] = float64(p.g.nodes[i].x)
	}
	for b := range p.g.bars {
		x := &p.g.bars[b]
		x.anchor = p.foot(b)
	}
}

func (p *placing) foot(b int) int {
	mid := int(math.Round(p.middle(b)))
	if p.from(b) == none {
		return mid
	}
	low, high, ok := p.reach(b)
	if !ok {
		return p.g.nodes[p.from(b)].x
	}
	const inset = 12
	from, to := int(low)+inset, int(high)-inset
	kids := p.g.bars[b].kids
	if len(kids) == 1 || from > to {
		return min(max(mid, from), max(to, from))
	}
	return min(max(mid, from), to)
}

// stack finds the heights of rows, couples' lines and bars.
func (g *genogram) stack() {
	g.deepen()
	g.levels = make([]rowLook, len(g.rows))
	y := margin + barRoom(g.layer(-1))
	for row := range g.rows {
		l := &g.levels[row]
		for _, n := range g.rows[row] {
			if g.looks[n].over {
				l.over = max(l.over, g.height(n))
			} else if !g.nodes[n].bend {
				l.foot = max(l.foot, g.height(n))
			}
		}
		l.mid = y + l.over*lineHeight + Half
		l.below = l.mid + Half + l.foot*lineHeight + 16
		l.bars = l.below + g.depth(row)*legStep*2 + 6
		y = l.bars + barRoom(g.layer(row)) + 18
	}
}

// barRoom is the height of the bars of a gap, with the place where twins part.
func barRoom(levels int) int {
	if levels == 0 {
		return 0
	}
	return levels*legStep*2 + 24
}

// depth is how many lines of couples lie below one another in a row.
func (g *genogram) depth(row int) (most int) {
	for _, u := range g.unions {
		if u.level && g.nodes[u.a].row == row {
			most = max(most, u.depth+1)
		}
	}
	return most
}

// deepen lets the lines of couples that run below others lie deeper.
func (g *genogram) deepen() {
	order := make([]int, 0, len(g.unions))
	for i, u := range g.unions {
		if u.level {
			order = append(order, i)
		}
	}
	width := func(i int) int { low, high := g.legSpan(i); return high - low }
	slices.SortStableFunc(order, func(i, j int) int { return width(i) - width(j) })
	for n, i := range order {
		u := &g.unions[i]
		low, high := g.legSpan(i)
		for again := true; again; {
			again = false
			for _, j := range order[:n] {
				v := g.unions[j]
				from, to := g.legSpan(j)
				if g.nodes[v.a].row == g.nodes[u.a].row && v.depth == u.depth && from <= high && low <= to {
					u.depth++
					again = true
				}
			}
		}
	}
}

// legSpan is from where to where the line of a couple runs.
func (g *genogram) legSpan(i int) (low, high int) {
	u := g.unions[i]
	return ordered(g.nodes[u.a].x+g.looks[u.a].legs[i], g.nodes[u.b].x+g.looks[u.b].legs[i])
}
