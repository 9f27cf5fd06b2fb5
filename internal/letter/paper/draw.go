package paper

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"
)

// Millimetres of an A4 page.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	left       = 25.0
	right      = 20.0
	top        = 16.0
	bottom     = 20.0
	width      = pageWidth - left - right
	middle     = left + width/2

	line      = 5.6 // from one line to the next
	gap       = 2.8 // between paragraphs
	labels    = 24.0
	logoMost  = 24.0
	signSpace = 19.0
	codeSize  = 24.0
)

// Points of the letters.
const (
	large  = 13.0
	medium = 11.0
	normal = 10.5
	small  = 8.5
)

// pen draws from the top of a page to its foot.
type pen struct {
	*fpdf.Fpdf
	d Document
	y float64
}

// Draw makes the PDF of a document. Letters that the typeface lacks are refused as Missing.
func Draw(d Document) ([]byte, error) {
	if lacks := Lacks(strings.Join(d.Texts(), "")); len(lacks) > 0 {
		return nil, Missing(lacks)
	}
	p := &pen{Fpdf: fpdf.New("P", "mm", "A4", ""), d: d}
	p.begin()
	p.letterhead()
	p.opening()
	p.body()
	p.copies()
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return out.Bytes(), nil
}

// begin sets what a file tells of itself: nothing of the moment or the machine it is drawn on.
func (p *pen) begin() {
	p.SetCatalogSort(true)
	p.SetCreationDate(p.d.On.UTC())
	p.SetModificationDate(p.d.On.UTC())
	p.SetProducer("Teduh", true)
	p.SetLang("id")
	p.SetTitle(Plain(p.d.Page), true)
	p.AddUTF8FontFromBytes("letter", "", regular)
	p.AddUTF8FontFromBytes("letter", "B", bold)
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(left, top, right)
	p.AddPage()
	p.y = top
}

func (p *pen) style(weight string, size float64) { p.SetFont("letter", weight, size) }

// room begins a new page where less than h is left on this one.
func (p *pen) room(h float64) {
	if p.y+h <= pageHeight-bottom {
		return
	}
	p.AddPage()
	p.style("", small)
	p.Text(left, top, fmt.Sprintf("%s %d", Plain(p.d.Page), p.PageNo()))
	p.y = top + 2*line
	p.style("", normal)
}

// put writes a line at x, its foot a little below y.
func (p *pen) put(x float64, text string) {
	_, h := p.GetFontSize()
	p.Text(x, p.y+h, text)
}

func (p *pen) centre(x float64, text string) { p.put(x-p.GetStringWidth(text)/2, text) }

// paragraph writes text at x, wrapped to w, from page to page.
func (p *pen) paragraph(x, w float64, text string) {
	for _, l := range p.wrap(text, w) {
		p.room(line)
		p.put(x, l)
		p.y += line
	}
}

// wrap breaks a text at its spaces, and a word that is wider than the line within it.
func (p *pen) wrap(text string, w float64) (lines []string) {
	space := p.GetStringWidth(" ")
	for paragraph := range strings.SplitSeq(Plain(text), "\n") {
		var l string
		var at float64
		for _, word := range strings.Fields(paragraph) {
			for _, part := range p.cut(word, w) {
				long := p.GetStringWidth(part)
				switch {
				case l == "":
					l, at = part, long
				case at+space+long <= w:
					l, at = l+" "+part, at+space+long
				default:
					lines = append(lines, l)
					l, at = part, long
				}
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// cut takes a word apart where it is wider than a line.
func (p *pen) cut(word string, w float64) (parts []string) {
	if p.GetStringWidth(word) <= w {
		return []string{word}
	}
	var from int
	var at float64
	for i, r := range word {
		long := p.GetStringWidth(string(r))
		if at+long > w && i > from {
			parts = append(parts, word[from:i])
			from, at = i, 0
		}
		at += long
	}
	return append(parts, word[from:])
}

func (p *pen) height(text string, w float64) float64 { return float64(len(p.wrap(text, w))) * line }

// code draws a square that a telephone reads, without a picture: it stays sharp at any size.
func (p *pen) code(x, y float64, address string) {
	q, err := qrcode.New(address, qrcode.Medium)
	if err != nil {
		p.SetError(err)
		return
	}
	q.DisableBorder = true
	rows := q.Bitmap()
	dot := codeSize / float64(len(rows))
	p.SetFillColor(0, 0, 0)
	for i, row := range rows {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				p.Rect(x+float64(from)*dot, y+float64(i)*dot, float64(to-from)*dot, dot, "F")
				from = to
			}
		}
	}
}
