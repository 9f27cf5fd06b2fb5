package drawing

import "math"

// tieLines run straight between two people, or bend around those who stand between them.
func (g *genogram) tieLines() (list []Stroke) {
	between := map[[2]int]int{}
	for _, t := range g.ties {
		a, b := g.byID[t.A], g.byID[t.B]
		first, second := ordered(a, b)
		n := between[[2]int{first, second}]
		between[[2]int{first, second}]++
		s := Stroke{Kind: t.Kind, Facts: []string{t.ID}, Ends: [2]bool{false, t.Kind == "violence" || t.Kind == "guardian"}}
		s.Path, s.Arc = g.clear(a, b, n)
		list = append(list, s)
	}
	return list
}

// clear finds a line between two that runs through no other symbol; the second tie of a couple takes the next one.
func (g *genogram) clear(a, b, skip int) (path []Point, arc bool) {
	from, to := g.at(a), g.at(b)
	for _, bend := range []int{0, 36, -36, 64, -64, 96, -96, 140, -140, 200, -200} {
		path = bent(from, to, bend)
		if g.hits(path, a, b) {
			continue
		}
		if skip == 0 {
			break
		}
		skip--
	}
	return path, len(path) == 3
}

// hits tells whether a line runs through the symbol of someone else.
func (g *genogram) hits(path []Point, a, b int) bool {
	for _, p := range Points(path, 24) {
		if p.Y < 4 || p.X < 4 || p.X > g.width-4 {
			return true
		}
		for n := range g.people {
			at := g.at(n)
			if n != a && n != b && abs(p.X-at.X) < Half+8 && abs(p.Y-at.Y) < Half+8 {
				return true
			}
		}
	}
	return false
}

// bent is a line between the edges of two symbols, its middle moved aside; 0 leaves it straight.
func bent(from, to Point, bend int) []Point {
	dx, dy := float64(to.X-from.X), float64(to.Y-from.Y)
	length := math.Hypot(dx, dy)
	if length == 0 {
		return []Point{from, to}
	}
	control := Point{(from.X+to.X)/2 + int(dy/length*float64(bend)), (from.Y+to.Y)/2 - int(dx/length*float64(bend))}
	if bend == 0 {
		return []Point{edge(from, to), edge(to, from)}
	}
	return []Point{edge(from, control), control, edge(to, control)}
}

// edge is just outside a symbol on the way to somewhere.
func edge(from, to Point) Point {
	dx, dy := float64(to.X-from.X), float64(to.Y-from.Y)
	length := max(math.Hypot(dx, dy), 1)
	off := min(float64(Half+7), length/2)
	return Point{from.X + int(math.Round(dx/length*off)), from.Y + int(math.Round(dy/length*off))}
}

// Points along a line of two points, or a bent one of three, n and one of them at equal steps.
func Points(path []Point, n int) []Point {
	list := make([]Point, 0, n+1)
	for i := range n + 1 {
		t := float64(i) / float64(n)
		a, b, c := 1-t, 0.0, t
		mid := path[0]
		if len(path) == 3 {
			a, b, c = (1-t)*(1-t), 2*t*(1-t), t*t
			mid = path[1]
		}
		end := path[len(path)-1]
		list = append(list, Point{
			int(math.Round(a*float64(path[0].X) + b*float64(mid.X) + c*float64(end.X))),
			int(math.Round(a*float64(path[0].Y) + b*float64(mid.Y) + c*float64(end.Y)))})
	}
	return list
}

func abs(n int) int { return max(n, -n) }
