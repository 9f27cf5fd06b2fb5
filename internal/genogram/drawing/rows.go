package drawing

// rank finds the row of everyone: parents above children, couples and siblings side by side. Where the facts run in a
// circle, the last of them to come gives way: it is drawn, but holds nobody in a row.
func (g *genogram) rank() {
	r := &ranking{g: g, group: newGroups(len(g.nodes))}
	r.addLinks()
	for i := range g.unions {
		u := &g.unions[i]
		if u.level = r.join(u.a, u.b); !u.level {
			g.problem("married_ancestor", g.nodes[u.a].ID, g.nodes[u.b].ID)
		}
	}
	for _, f := range g.families {
		if f.a != none {
			continue
		}
		for _, d := range f.drops[1:] {
			g.descents[d].odd = !r.join(g.descents[f.drops[0]].child, g.descents[d].child)
		}
	}
	r.spread()
	g.settle()
}

// ranking keeps who must stand above whom.
type ranking struct {
	g     *genogram
	group *groups
	arcs  [][2]int // parent, child
}

// addLinks takes the links one by one, and leaves out what would make somebody their own ancestor.
func (r *ranking) addLinks() {
	for i := range r.g.descents {
		d := &r.g.descents[i]
		f := r.g.families[d.family]
		for _, parent := range []int{f.a, f.b} {
			if parent == none {
				continue
			}
			if parent == d.child || r.reaches(d.child, parent) {
				d.odd = true
				r.g.problem("own_ancestor", r.g.nodes[d.child].ID)
				continue
			}
			r.arcs = append(r.arcs, [2]int{parent, d.child})
		}
	}
}

// reaches tells whether one stands above another by way of the arcs.
func (r *ranking) reaches(from, to int) bool {
	to = r.group.root(to)
	seen := map[int]bool{}
	todo := []int{r.group.root(from)}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == to {
			return true
		}
		for _, a := range r.arcs {
			if next := r.group.root(a[1]); r.group.root(a[0]) == at && !seen[next] {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	return false
}

// join puts two into one row, unless one of them must stand above the other.
func (r *ranking) join(a, b int) bool {
	if r.group.root(a) == r.group.root(b) {
		return true
	}
	if r.reaches(a, b) || r.reaches(b, a) {
		return false
	}
	r.group.join(a, b)
	return true
}

// spread gives each group the lowest row that leaves its children below, so that parents stand just above them.
func (r *ranking) spread() {
	row := make([]int, len(r.g.nodes))
	push := func() {
		r.relax(func(parent, child int) bool {
			if row[child] > row[parent] {
				return false
			}
			row[child] = row[parent] + 1
			return true
		})
	}
	push()
	r.pull(row)
	push()
	for i := range r.g.nodes {
		r.g.nodes[i].row = row[r.group.root(i)]
	}
}

// relax repeats a step over all arcs until nothing changes; the arcs run in no circle.
func (r *ranking) relax(step func(parent, child int) bool) {
	for changed := true; changed; {
		changed = false
		for _, a := range r.arcs {
			if step(r.group.root(a[0]), r.group.root(a[1])) {
				changed = true
			}
		}
	}
}

// pull lets each group with children sink to just above the highest of them.
func (r *ranking) pull(row []int) {
	for changed := true; changed; {
		changed = false
		nearest := map[int]int{}
		for _, a := range r.arcs {
			parent, child := r.group.root(a[0]), r.group.root(a[1])
			if near, known := nearest[parent]; !known || row[child] < near {
				nearest[parent] = row[child]
			}
		}
		for parent, near := range nearest {
			if row[parent] < near-1 {
				row[parent], changed = near-1, true
			}
		}
	}
}

// settle lets each part that hangs together begin where its births fit those of the part with the index person best.
func (g *genogram) settle() {
	part := g.parts()
	base, first := map[int]int{}, none
	for i, n := range g.nodes {
		root := part.root(i)
		if at, known := base[root]; !known || n.row < at {
			base[root] = n.row
		}
		if first == none || n.Index && !g.nodes[first].Index {
			first = i
		}
	}
	if first == none {
		return
	}
	main := part.root(first)
	years := g.rowYears(part, main, base[main])
	shift := map[int]int{}
	for i := range g.nodes {
		root := part.root(i)
		if _, known := shift[root]; !known {
			shift[root] = g.bestShift(part, root, base[root], years)
		}
		g.nodes[i].row += shift[root] - base[root]
	}
}

// parts are the sets of people who hang together.
func (g *genogram) parts() *groups {
	part := newGroups(len(g.nodes))
	for _, u := range g.unions {
		part.join(u.a, u.b)
	}
	for _, d := range g.descents {
		f := g.families[d.family]
		for _, parent := range []int{f.a, f.b} {
			if parent != none {
				part.join(parent, d.child)
			}
		}
		part.join(g.descents[f.drops[0]].child, d.child)
	}
	return part
}

// rowYears are the mean years of birth of the rows of one part, 0 where none is known.
func (g *genogram) rowYears(part *groups, root, base int) (mean []int) {
	var sum, count []int
	for i, n := range g.nodes {
		if part.root(i) != root {
			continue
		}
		for len(sum) <= n.row-base {
			sum, count = append(sum, 0), append(count, 0)
		}
		if y := year(n.Born); y > 0 {
			sum[n.row-base] += y
			count[n.row-base]++
		}
	}
	for i := range sum {
		mean = append(mean, sum[i]/max(count[i], 1))
	}
	return mean
}

// bestShift is the row in which a part begins so that its births lie nearest to those of the main part.
func (g *genogram) bestShift(part *groups, root, base int, years []int) int {
	best, least := 0, none
	for shift := range years {
		off, fits := 0, true
		for i, n := range g.nodes {
			if part.root(i) != root {
				continue
			}
			at := n.row - base + shift
			if at >= len(years) {
				fits = false
				break
			}
			if y := year(n.Born); y > 0 && years[at] > 0 {
				off += max(y-years[at], years[at]-y)
			}
		}
		if fits && (least == none || off < least) {
			best, least = shift, off
		}
	}
	return best
}

// year of a day that is known at least that far.
func year(day string) int {
	y := 0
	for i := range min(len(day), 4) {
		if day[i] < '0' || day[i] > '9' {
			return 0
		}
		y = 10*y + int(day[i]-'0')
	}
	return y
}
