package drawing

import (
	"math"
	"strings"
)

// System is a part of the world around a household: a school, an employer, a neighbour. Strength is one of Strengths, Flow
// one of Flows.
type System struct {
	ID       string
	Name     string
	Note     string // what kind it is
	Strength string
	Flow     string
}

// The closed sets of an ecomap: how strong a tie is, and where its support goes.
var (
	Strengths = []string{"strong", "tenuous", "stressful"}
	Flows     = []string{"both", "in", "out", "none"}
)

// EcoNode is a system in its place.
type EcoNode struct {
	System System
	At     Point
	Lines  []string
	Tie    [2]Point // from the household's edge to the system's
}

// EcoSheet is an ecomap with a place for everything.
type EcoSheet struct {
	Width, Height int
	Centre        Point
	Nodes         []EcoNode
}

// Radii of the circles, and the least distance of two middles.
const (
	ecoRadius    = 56
	centreRadius = 70
	ecoApart     = 2*ecoRadius + 18
)

// Ecomap puts systems around a household, the first above it and the others by the clock.
func Ecomap(list []System) EcoSheet {
	n := max(len(list), 1)
	ring := max(float64(centreRadius+ecoRadius+80), ecoApart/(2*math.Sin(math.Pi/float64(max(n, 2)))))
	side := int(math.Ceil(ring)) + ecoRadius + 16
	s := EcoSheet{Width: 2 * side, Height: 2 * side, Centre: Point{side, side}}
	for i, x := range list {
		angle := 2*math.Pi*float64(i)/float64(n) - math.Pi/2
		on := func(r float64) Point {
			return Point{side + int(math.Round(r*math.Cos(angle))), side + int(math.Round(r*math.Sin(angle)))}
		}
		s.Nodes = append(s.Nodes, EcoNode{System: x, At: on(ring), Lines: wrapped(x.Name),
			Tie: [2]Point{on(centreRadius + 6), on(ring - ecoRadius - 6)}})
	}
	return s
}

// wrapped is a name in at most two short lines.
func wrapped(name string) []string {
	const most = 11
	words := strings.Fields(name)
	var lines []string
	for _, w := range words {
		if last := len(lines) - 1; last >= 0 && len([]rune(lines[last]))+1+len([]rune(w)) <= most {
			lines[last] += " " + w
			continue
		}
		lines = append(lines, w)
	}
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + "…"}
	}
	for i, l := range lines {
		if letters := []rune(l); len(letters) > most+2 {
			lines[i] = string(letters[:most+1]) + "…"
		}
	}
	return lines
}

// lines of a tie: by its strength, with arrows where its support goes.
func (n EcoNode) lines() (list []shape) {
	path := n.Tie[:]
	class := "tie tie--" + map[string]string{"strong": "strong", "tenuous": "weak", "stressful": "war"}[n.System.Strength]
	line := polyline(path)
	if n.System.Strength == "stressful" {
		line = polyline(shifted(path, -6, 6))
	}
	list = append(list, shape{class, line})
	head := "tie tie--head"
	if n.System.Flow == "both" || n.System.Flow == "out" {
		list = append(list, shape{head, arrow(path)})
	}
	if n.System.Flow == "both" || n.System.Flow == "in" {
		list = append(list, shape{head, arrow([]Point{path[1], path[0]})})
	}
	return list
}
