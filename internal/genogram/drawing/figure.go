package drawing

import (
	"fmt"
	"math"
	"strings"
)

// shape is a path of the picture and its class in the stylesheet.
type shape struct{ class, d string }

// Words are what a picture says besides the facts, in the reader's language.
type Words struct {
	ID        string // of the svg element, unique on its page
	Title     string
	Desc      string
	Household string
	Who       func(p Person) string // tells a symbol in words
	Href      func(p Person) string // where a symbol leads; nil leads nowhere
}

func (w Words) href(p Person) string {
	if w.Href == nil {
		return ""
	}
	return w.Href(p)
}

// lines of the sheet as paths: those of kinship first, then those between people.
func (s Sheet) lines() (list []shape) {
	for _, u := range s.Unions {
		list = append(list, shape{lineClass(u.Kind), d(u)})
		for i := range slashes[u.Kind] {
			if u.Mark != nil {
				list = append(list, shape{"k k--x", fmt.Sprintf("M%d %dl12 -24", u.Mark.X-11+i*10, u.Mark.Y+12)})
			}
		}
	}
	for _, x := range s.Descents {
		list = append(list, shape{lineClass(x.Kind), d(x)})
	}
	for _, t := range s.Ties {
		list = append(list, tie(t)...)
	}
	return list
}

// slashes through the line of a couple that parted.
var slashes = map[string]int{"separated": 1, "divorced": 2}

func lineClass(kind string) string {
	switch kind {
	case "not_married", "adoptive":
		return "k k--dash"
	case "foster", "step", "sibling":
		return "k k--dot"
	}
	return "k"
}

// d is the path of a stroke as it stands.
func d(s Stroke) string {
	if s.Arc && len(s.Path) == 3 {
		a, b, c := s.Path[0], s.Path[1], s.Path[2]
		return fmt.Sprintf("M%d %dQ%d %d %d %d", a.X, a.Y, b.X, b.Y, c.X, c.Y)
	}
	return polyline(s.Path)
}

func polyline(path []Point) string {
	var b strings.Builder
	for i, p := range path {
		fmt.Fprintf(&b, "%c%d %d", "ML"[min(i, 1)], p.X, p.Y)
	}
	return b.String()
}

// tie is how two people stand to each other.
func tie(t Stroke) (list []shape) {
	beside := func(class string, offs ...int) {
		for _, off := range offs {
			list = append(list, shape{"rel " + class, polyline(shifted(t.Path, off, off))})
		}
	}
	switch t.Kind {
	case "close":
		beside("rel--close", -3, 3)
	case "very_close":
		beside("rel--close", -6, 0, 6)
	case "conflict", "violence":
		list = append(list, shape{"rel rel--war", polyline(shifted(t.Path, -6, 6))})
	case "close_conflict":
		beside("rel--close", -6, 6)
		list = append(list, shape{"rel rel--war", polyline(shifted(t.Path, -5, 5))})
	case "cut_off":
		list = append(list, cut(t.Path)...)
	case "distant":
		beside("rel--far", 0)
	default:
		beside("rel--kin", 0)
	}
	if t.Ends[1] {
		class := "rel rel--kin"
		if t.Kind == "violence" {
			class = "rel rel--war"
		}
		list = append(list, shape{class, arrow(t.Path)})
	}
	return list
}

// shifted samples a line and moves the samples aside, to one side and the other by turns; equal sides make a parallel.
func shifted(path []Point, even, odd int) []Point {
	n := max(2, int(length(path)/9))
	if even == odd && len(path) == 2 {
		n = 1
	}
	points := Points(path, n)
	moved := make([]Point, len(points))
	for i, p := range points {
		a, b := points[max(i-1, 0)], points[min(i+1, len(points)-1)]
		dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
		size, off := max(math.Hypot(dx, dy), 1), float64(even)
		if i%2 == 1 {
			off = float64(odd)
		}
		moved[i] = Point{p.X + int(math.Round(-dy/size*off)), p.Y + int(math.Round(dx/size*off))}
	}
	if even != odd {
		moved[0], moved[len(moved)-1] = points[0], points[len(points)-1]
	}
	return moved
}

func length(path []Point) (sum float64) {
	for i := range path[1:] {
		sum += math.Hypot(float64(path[i+1].X-path[i].X), float64(path[i+1].Y-path[i].Y))
	}
	return sum
}

// cut is a line broken in the middle, with a bar on either side of the gap.
func cut(path []Point) []shape {
	points := Points(path, 24)
	list := []shape{{"rel rel--cut", polyline(points[:12])}, {"rel rel--cut", polyline(points[13:])}}
	for _, i := range []int{11, 13} {
		a, b := points[i-1], points[i+1]
		dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
		size := max(math.Hypot(dx, dy), 1)
		x, y := int(-dy/size*10), int(dx/size*10)
		list = append(list, shape{"rel rel--cut", polyline([]Point{{points[i].X - x, points[i].Y - y}, {points[i].X + x, points[i].Y + y}})})
	}
	return list
}

// arrow is the head at the end of a line.
func arrow(path []Point) string {
	end, from := path[len(path)-1], path[len(path)-2]
	angle := math.Atan2(float64(end.Y-from.Y), float64(end.X-from.X))
	side := func(turn float64) Point {
		return Point{end.X - int(math.Round(11*math.Cos(angle+turn))), end.Y - int(math.Round(11*math.Sin(angle+turn)))}
	}
	return polyline([]Point{side(0.5), end, side(-0.5)})
}

// household is the line around those who live together, with round corners; a ring inside another leaves somebody out.
func (s Sheet) household() string {
	var b strings.Builder
	for _, ring := range s.Rings {
		for i, p := range ring {
			before, after := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
			in, out := toward(p, before), toward(p, after)
			fmt.Fprintf(&b, "%c%d %dQ%d %d %d %d", "ML"[min(i, 1)], in.X, in.Y, p.X, p.Y, out.X, out.Y)
		}
		b.WriteByte('Z')
	}
	return b.String()
}

// toward is a little way from a corner to the next one.
func toward(p, to Point) Point {
	step := func(a, b int) int {
		return a + min(max((b-a)/2, -12), 12)
	}
	return Point{step(p.X, to.X), step(p.Y, to.Y)}
}

// outline of a symbol, grown by some units.
func (s Symbol) outline(grow int) string {
	x, y, r := s.At.X, s.At.Y, Half+grow
	switch s.Person.Sex {
	case "m":
		return fmt.Sprintf("M%d %dh%dv%dh-%dZ", x-r, y-r, 2*r, 2*r, 2*r)
	case "f":
		return fmt.Sprintf("M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 -%d 0Z", x-r, y, r, r, 2*r, r, r, 2*r)
	}
	r += 2
	return fmt.Sprintf("M%d %dL%d %dL%d %dL%d %dZ", x, y-r, x+r, y, x, y+r, x-r, y)
}

// class of a symbol in the stylesheet.
func (s Symbol) class() string {
	if s.Person.Index {
		return "p p--me"
	}
	return "p"
}

// cross is the sign of a death.
func (s Symbol) cross() string {
	r := Half
	if s.Person.Sex != "m" {
		r = 17
	}
	if s.Person.Sex == "" {
		r = 13
	}
	return fmt.Sprintf("M%d %dl%d %dm0 -%dl-%d %d", s.At.X-r, s.At.Y-r, 2*r, 2*r, 2*r, 2*r, 2*r)
}

// brackets around someone who is raised by others than the natural parents.
func (s Symbol) brackets() string {
	r := Half + 6
	return fmt.Sprintf("M%d %dh-6v%dh6M%d %dh6v%dh-6", s.At.X-r+6, s.At.Y-r, 2*r, s.At.X+r-6, s.At.Y-r, 2*r)
}

// anchorClass sets the side of the label.
func (s Symbol) anchorClass() string {
	return map[string]string{"middle": " mid", "end": " end"}[s.Anchor]
}
