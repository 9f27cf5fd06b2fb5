package paper

import (
	"bytes"
	"net/http"

	"codeberg.org/go-pdf/fpdf"
)

// letterhead draws the logo, the lines beside it and the two rules below.
func (p *pen) letterhead() {
	from, x, w := p.y, middle, width
	if len(p.d.Head.Logo) > 0 {
		p.logo()
		x, w = middle+logoMost/2, width-logoMost-4
	}
	for i, text := range p.d.Head.Lines {
		size := medium
		if i == len(p.d.Head.Lines)-1 {
			size = large
		}
		p.style("B", size)
		for _, l := range p.wrap(text, w) {
			p.centre(x, l)
			p.y += line
		}
	}
	p.y += 0.8
	p.style("", small)
	for _, text := range p.d.Head.Small {
		for _, l := range p.wrap(text, w) {
			p.centre(x, l)
			p.y += 4.2
		}
	}
	if len(p.d.Head.Logo) > 0 {
		p.y = max(p.y, from+logoMost)
	}
	p.y += 2.5
	p.SetLineWidth(0.7)
	p.Line(left, p.y, pageWidth-right, p.y)
	p.SetLineWidth(0.2)
	p.Line(left, p.y+1, pageWidth-right, p.y+1)
	p.y += 7
}

// logo draws the office's picture as large as its place allows.
func (p *pen) logo() {
	kind := "PNG"
	if http.DetectContentType(p.d.Head.Logo) == "image/jpeg" {
		kind = "JPG"
	}
	info := p.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(p.d.Head.Logo))
	if info == nil || info.Width() == 0 || info.Height() == 0 {
		return
	}
	w, h := logoMost, logoMost*info.Height()/info.Width()
	if h > logoMost {
		w, h = logoMost*info.Width()/info.Height(), logoMost
	}
	p.ImageOptions("logo", left+(logoMost-w)/2, p.y+(logoMost-h)/2, w, h, false, fpdf.ImageOptions{ImageType: kind}, 0, "")
}

// opening is what stands above the body: a title in the middle, or the facts, the day and whom the letter is for.
func (p *pen) opening() {
	p.style("", normal)
	if p.d.Title != "" {
		p.title()
		return
	}
	day := p.GetStringWidth(Plain(p.d.Place))
	beside := width - labels - 4
	if day < width/2 {
		p.put(pageWidth-right-day, Plain(p.d.Place))
		beside -= day
	} else {
		p.paragraph(left, width, p.d.Place)
		p.y += gap
	}
	for _, f := range p.d.Facts {
		p.fact(f, beside)
	}
	p.y += line
	for _, text := range p.d.To {
		p.paragraph(left, width*0.62, text)
	}
	p.y += line
}

func (p *pen) title() {
	p.style("B", large)
	for _, l := range p.wrap(p.d.Title, width) {
		p.centre(middle, l)
		p.y += line
	}
	p.style("", normal)
	for _, f := range p.d.Facts {
		for _, l := range p.wrap(f.Label+": "+f.Value, width) {
			p.centre(middle, l)
			p.y += line
		}
	}
	p.y += line
}

// fact writes a label and, beside it, what it says.
func (p *pen) fact(f Fact, w float64) {
	label := Plain(f.Label)
	x := left + max(labels, p.GetStringWidth(label)+3)
	p.room(line)
	p.put(left, label)
	p.put(x-3, ":")
	p.paragraph(x, w-(x-left-labels), f.Value)
}

// body writes the blocks; the last paragraph stays with the signature.
func (p *pen) body() {
	blocks := Blocks(p.d.Body)
	for i, b := range blocks {
		if i == len(blocks)-1 {
			p.room(min(p.blockHeight(b)+p.signHeight(), pageHeight-top-bottom-2*line))
		}
		switch {
		case b.Items != nil:
			for _, item := range b.Items {
				p.room(line)
				p.put(left+2, "•")
				p.paragraph(left+7, width-7, item)
			}
		case b.Rows != nil:
			p.rows(b.Rows)
		default:
			p.room(min(2*line, p.blockHeight(b)))
			p.paragraph(left, width, b.Paragraph)
		}
		p.y += gap
	}
	p.sign()
}

// rows are facts whose labels stand in one column.
func (p *pen) rows(rows []Fact) {
	column := labels
	for _, f := range rows {
		column = max(column, min(p.GetStringWidth(Plain(f.Label))+4, width/2))
	}
	for _, f := range rows {
		p.room(line)
		from := p.y
		at := p.PageNo()
		p.put(left+column, ":")
		p.paragraph(left+column+3, width-column-3, f.Value)
		if after := p.y; p.PageNo() == at {
			p.y = from
			p.paragraph(left, column-2, f.Label)
			p.y = max(after, p.y)
		}
	}
}

func (p *pen) blockHeight(b Block) (h float64) {
	for _, item := range b.Items {
		h += p.height(item, width-7)
	}
	for _, f := range b.Rows {
		h += p.height(f.Value, width-labels-3)
	}
	if b.Paragraph != "" {
		h += p.height(b.Paragraph, width)
	}
	return h + gap
}

// signWidth is the right half, where the signature stands.
const signWidth = width/2 - 4

func (p *pen) signHeight() float64 {
	h := line + p.height(p.d.Signer.Title, signWidth) + signSpace + p.height(p.d.Signer.Name, signWidth)
	for _, text := range p.d.Signer.Below {
		h += p.height(text, signWidth)
	}
	if p.d.Title != "" {
		h += line
	}
	return max(h, line+float64(len(p.d.Marks))*(codeSize+4))
}

// sign writes who signs on the right, and on the left what shows that the letter is real.
func (p *pen) sign() {
	p.room(min(p.signHeight(), pageHeight-top-bottom-2*line))
	p.y += line
	from, x := p.y, left+width-signWidth
	p.marks()
	after := p.y
	p.y = from
	if p.d.Title != "" {
		p.paragraph(x, signWidth, p.d.Place)
	}
	p.paragraph(x, signWidth, p.d.Signer.Title)
	p.y += signSpace
	p.style("B", normal)
	p.paragraph(x, signWidth, p.d.Signer.Name)
	p.style("", normal)
	for _, text := range p.d.Signer.Below {
		p.paragraph(x, signWidth, text)
	}
	p.y = max(p.y, after)
}

func (p *pen) marks() {
	for _, m := range p.d.Marks {
		from, at := p.y, left
		if m.Address != "" {
			p.code(left, from, m.Address)
			at = left + codeSize + 3
		}
		w := left + width - signWidth - 5 - at
		p.style("", small)
		p.y += 1
		for _, text := range m.Words {
			for _, l := range p.wrap(text, w) {
				p.put(at, l)
				p.y += 4
			}
		}
		if m.Address != "" {
			p.y = max(p.y, from+codeSize)
		}
		p.y += 4
	}
	p.style("", normal)
}

// copies name who else gets the letter.
func (p *pen) copies() {
	if len(p.d.Copies) == 0 {
		return
	}
	p.y += gap
	p.room(2 * line)
	p.paragraph(left, width, p.d.Copied+":")
	for i, text := range p.d.Copies {
		p.room(line)
		p.put(left, string(rune('1'+i%9))+".")
		p.paragraph(left+6, width-6, text)
	}
}
