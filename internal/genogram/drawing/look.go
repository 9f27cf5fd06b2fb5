package drawing

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lengths of the sheet.
const (
	margin     = 28
	lineHeight = 16
	nameWidth  = 9 // of a letter of a name, about
	noteWidth  = 7
	longest    = 15 // letters in a line of a name
	legStep    = 8
	firstLeg   = 14
	labelGap   = 7
	apart      = 84  // least distance of two people
	couple     = 104 // and of a couple
	space      = 18  // between the labels of two people
	bendWidth  = 7
)

// look is how someone stands in their place: where lines leave below, and where the label is.
type look struct {
	legs        map[int]int // union to offset from the middle
	lines       []string
	raised      string
	over        bool // the label stands above the symbol
	label       int  // offset of the label's edge or middle
	anchor      string
	left, right int // room on either side
}

// rowLook is where a row and the lines below it stand.
type rowLook struct {
	mid        int
	below      int // y of the first union below the row
	bars       int // y of the first bar below the row
	over, foot int // lines of labels above and below the symbols
}

// dress finds the legs and labels of everyone, which tell how much room each of them needs.
func (g *genogram) dress() {
	g.looks = make([]look, len(g.nodes))
	lone := g.lonely()
	for i := range g.nodes {
		l := &g.looks[i]
		if g.nodes[i].bend {
			l.left, l.right = bendWidth, bendWidth
			continue
		}
		l.lines, l.raised = g.nodes[i].label(), g.raised(i)
		left, right := g.legs(i)
		switch {
		case lone[i] && left+right > 0 || left > 0 && right > 0:
			l.over, l.anchor = true, "middle"
			if g.nodes[i].up != none {
				l.anchor, l.label = "start", labelGap
			}
		case left > 0:
			l.anchor, l.label = "start", -firstLeg+legStep*(left-1)+labelGap
		case right > 0:
			l.anchor, l.label = "end", firstLeg-legStep*(right-1)-labelGap
		case lone[i]:
			l.anchor, l.label = "start", labelGap
		default:
			l.anchor = "middle"
		}
		l.measure(g.nodes[i].Person)
	}
}

// lonely are those below whom children hang without a couple.
func (g *genogram) lonely() []bool {
	lone := make([]bool, len(g.nodes))
	for _, b := range g.bars {
		if b.bend != none {
			continue
		}
		u := g.families[b.family].union
		if low := g.lower(b.family); low != none && (u == none || !g.unions[u].level) {
			lone[low] = true
		}
	}
	return lone
}

// legs gives each couple of someone a place below the symbol: the nearest partner the outermost.
func (g *genogram) legs(i int) (left, right int) {
	l := &g.looks[i]
	l.legs = map[int]int{}
	unions := slices.Clone(g.nodes[i].unions)
	slices.SortStableFunc(unions, func(u, v int) int { return g.distance(i, u) - g.distance(i, v) })
	for _, u := range unions {
		partner := g.unions[u].a + g.unions[u].b - i
		if g.spots[partner] < g.spots[i] {
			l.legs[u] = -firstLeg + legStep*left
			left++
		} else {
			l.legs[u] = firstLeg - legStep*right
			right++
		}
	}
	return left, right
}

func (g *genogram) distance(i, u int) int {
	partner := g.unions[u].a + g.unions[u].b - i
	return max(g.spots[partner]-g.spots[i], g.spots[i]-g.spots[partner])
}

// raised tells of someone whom others than the natural parents raise or raised.
func (g *genogram) raised(i int) (kind string) {
	for _, d := range g.nodes[i].parents {
		for _, l := range g.descents[d].links {
			if l.Kind == "adoptive" || l.Kind == "foster" && kind == "" {
				kind = l.Kind
			}
		}
	}
	return kind
}

// label is the name in at most two lines; what does not fit is cut, and stands whole in the table beside the drawing.
func (n node) label() []string {
	var lines []string
	for _, word := range strings.Fields(n.Name) {
		last := len(lines) - 1
		if last >= 0 && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= longest {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	if len(lines) > 2 {
		lines = append(lines[:1], lines[1]+"…")
	}
	for i, line := range lines {
		if letters := []rune(line); len(letters) > longest {
			lines[i] = string(letters[:longest-1]) + "…"
		}
	}
	return lines
}

// measure finds the room that symbol and label take.
func (l *look) measure(p Person) {
	width := noteWidth * utf8.RuneCountInString(p.Note)
	for _, line := range l.lines {
		width = max(width, nameWidth*utf8.RuneCountInString(line))
	}
	from, to := l.label-width/2, l.label+width/2
	switch l.anchor {
	case "start":
		from, to = l.label, l.label+width
	case "end":
		from, to = l.label-width, l.label
	}
	l.left, l.right = max(Half+8, -from), max(Half+8, to)
}

// height is how many lines a label has.
func (g *genogram) height(i int) int {
	n := len(g.looks[i].lines)
	if g.nodes[i].Note != "" {
		n++
	}
	return n
}
