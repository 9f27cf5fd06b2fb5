package network

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Lengths of the sheet.
const (
	barWidth   = 14
	block      = 150 // an office is so wide, with its name inside
	labelWidth = 230 // beside senders and partners
	between    = 220 // of two columns
	gap        = 18  // of two members of a column, with their words
	margin     = 10
	lineHeight = 19
	noteHeight = 17
	outBar     = 9  // the bar of outcomes is so high
	outRoom    = 17 // and fills so much between name and words
	tallest    = 460
	widest     = 8.0 // a ribbon of one referral, at most
	thinnest   = 2.0 // of any
)

// Rect is a piece of the sheet.
type Rect struct{ X, Y, W, H float64 }

// Box is a member in its place.
type Box struct {
	Node   Node
	Bar    Rect
	Words  Rect     // that its name and what is told below it fill
	Lines  []string // the name
	Anchor string   // "start", "middle" or "end" of the lines
	Counts Counts   // told beside it
	In     int      // referrals it was sent
	Out    int      // and sent
	Pieces []Piece  // the bar of outcomes; none beside an office
}

// Piece is the part of a bar of one outcome.
type Piece struct {
	Outcome string
	Count   int
	Rect
}

// Ribbon leads from a member to another.
type Ribbon struct {
	From, To Node
	Counts   Counts
	X1, X2   float64 // its ends
	Y1, Y2   float64 // the upper corner of each
	Width    float64
}

// Path is its outline.
func (r Ribbon) Path() string {
	mid := (r.X1 + r.X2) / 2
	return fmt.Sprintf("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fV%.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ", r.X1, r.Y1, mid, r.Y1, mid, r.Y2, r.X2, r.Y2,
		r.Y2+r.Width, mid, r.Y2+r.Width, mid, r.Y1+r.Width, r.X1, r.Y1+r.Width)
}

// Sheet is a network with a place for everything.
type Sheet struct {
	Width, Height float64
	Boxes         []Box // column by column, from above
	Ribbons       []Ribbon
	Facts         []Flow // the same in numbers, in the order of the boxes
}

// Draw lays out a network.
func Draw(f Facts) Sheet {
	g := tidy(f)
	p := plan{graph: g, scale: g.scale(), boxes: map[string]*Box{}}
	p.columns()
	return p.sheet()
}

// plan is a sheet on its way.
type plan struct {
	graph
	scale float64
	boxes map[string]*Box
	s     Sheet
}

// scale is how high one referral is: so that the fullest column fills a screen, or most of what the words of the longest one
// fill, lest ribbons climb steeply.
func (g graph) scale() float64 {
	var sums, words [3]int
	for _, m := range g.members {
		sums[m.column] += m.busy()
		words[m.column] += 2*lineHeight + outRoom + noteHeight*lines(m.ended())
	}
	room := max(tallest, 0.75*float64(max(words[0], words[1], words[2])))
	return min(widest, room/float64(max(sums[0], sums[1], sums[2], 1)))
}

// width of a ribbon.
func (p *plan) width(c Counts) float64 { return max(thinnest, float64(c.Total())*p.scale) }

// height of a member's bar: its ribbons stand one below the other on either side.
func (p *plan) height(m *member) float64 {
	in, out := p.stacks(m)
	return max(in, out, 6)
}

// stacks are how high the ribbons of either side stand on each other.
func (p *plan) stacks(m *member) (in, out float64) {
	for _, f := range p.flows {
		if f.To == m.ID {
			in += p.width(f.Counts)
		}
		if f.From == m.ID {
			out += p.width(f.Counts)
		}
	}
	return in, out
}

// columns places the members of each column, and puts shorter columns in the middle of the sheet.
func (p *plan) columns() {
	x := float64(margin)
	var heights []float64
	var columns [][]*Box
	for column := range Kinds {
		var boxes []*Box
		y := float64(margin)
		for _, m := range p.members {
			if m.column == column {
				b := p.box(m, x, y)
				boxes = append(boxes, b)
				y = max(b.Bar.Y+b.Bar.H, b.Words.Y+b.Words.H) + gap
			}
		}
		if len(boxes) == 0 {
			continue
		}
		columns, heights = append(columns, boxes), append(heights, y-gap+margin)
		p.s.Height = max(p.s.Height, y-gap+margin)
		last := boxes[0].Bar
		p.s.Width = max(last.X+last.W, boxes[0].Words.X+boxes[0].Words.W) + margin
		x = last.X + last.W + between
	}
	for i, boxes := range columns {
		for _, b := range boxes {
			b.shift((p.s.Height - heights[i]) / 2)
		}
	}
}

// box puts a member at a height: a sender's words stand to the left of its bar, a partner's to the right, an office's inside.
func (p *plan) box(m *member, x, y float64) *Box {
	b := &Box{Node: m.Node, Counts: m.ended(), In: m.in.Total(), Out: m.out.Total(), Lines: wrapped(m.Name, 26), Anchor: "start"}
	words := float64(len(b.Lines)*lineHeight + outRoom + noteHeight*lines(b.Counts))
	switch m.Kind {
	case "sender":
		b.Anchor = "end"
		b.Words = Rect{x, y, labelWidth - 12, words}
		b.Bar = Rect{x + labelWidth, y, barWidth, p.height(m)}
	case "partner":
		b.Bar = Rect{x, y, barWidth, p.height(m)}
		b.Words = Rect{x + barWidth + 12, y, labelWidth, words}
	default:
		b.Lines, b.Anchor = wrapped(m.Name, 15), "middle"
		words = float64(len(b.Lines)*lineHeight + 2*noteHeight)
		b.Bar = Rect{x, y, block, max(p.height(m), words+2*margin)}
		b.Words = Rect{x + margin, y, block - 2*margin, words}
	}
	if b.Bar.H < b.Words.H {
		b.Bar.Y += (b.Words.H - b.Bar.H) / 2
	} else {
		b.Words.Y += (b.Bar.H - b.Words.H) / 2
	}
	p.boxes[m.ID] = b
	return b
}

// lines that the words of outcomes fill.
func lines(c Counts) int {
	n := 0
	for _, x := range c {
		if x > 0 {
			n++
		}
	}
	return max(1, (n+1)/2)
}

func (b *Box) shift(y float64) {
	b.Bar.Y += y
	b.Words.Y += y
	if b.Node.Kind == "office" {
		return
	}
	at, left := b.Words.Y+float64(len(b.Lines)*lineHeight+(outRoom-outBar)/2), b.Words.X
	full := b.Words.W - 60
	if b.Anchor == "end" {
		left += b.Words.W - full
	}
	for i, n := range b.Counts {
		if n > 0 {
			w := full * float64(n) / float64(b.Counts.Total())
			b.Pieces = append(b.Pieces, Piece{Outcomes[i], n, Rect{left, at, w, outBar}})
			left += w
		}
	}
}

// sheet draws the ribbons: at each end in the order of the other ends, so that those of one member do not cross.
func (p *plan) sheet() Sheet {
	from, to := map[string]float64{}, map[string]float64{}
	for _, m := range p.members {
		b := p.boxes[m.ID]
		in, out := p.stacks(m)
		from[m.ID], to[m.ID] = b.Bar.Y+(b.Bar.H-out)/2, b.Bar.Y+(b.Bar.H-in)/2
		p.s.Boxes = append(p.s.Boxes, *b)
	}
	for _, f := range p.flows {
		a, b, w := p.boxes[f.From], p.boxes[f.To], p.width(f.Counts)
		p.s.Ribbons = append(p.s.Ribbons, Ribbon{From: a.Node, To: b.Node, Counts: f.Counts, X1: a.Bar.X + a.Bar.W, X2: b.Bar.X,
			Y1: from[f.From], Y2: to[f.To], Width: w})
		from[f.From] += w
		to[f.To] += w
	}
	p.s.Facts = p.flows
	return p.s
}

// wrapped is a name in at most two lines of so many letters.
func wrapped(name string, most int) []string {
	var list []string
	for _, w := range strings.Fields(name) {
		if n := len(list) - 1; n >= 0 && utf8.RuneCountInString(list[n])+1+utf8.RuneCountInString(w) <= most {
			list[n] += " " + w
			continue
		}
		list = append(list, w)
	}
	if len(list) > 2 {
		list = []string{list[0], list[1] + "…"}
	}
	for i, l := range list {
		if letters := []rune(l); len(letters) > most {
			list[i] = string(letters[:most-1]) + "…"
		}
	}
	return list
}
