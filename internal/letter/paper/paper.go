// Package paper draws a letter of an office on A4.
//
// A Document is what stands on it, as plain text: the letterhead, the facts (number, subject …), the place and day, whom it is
// for, the body, who signs it, the copies, and where its truth can be checked. Draw makes a PDF of it with the letters embedded
// and the text selectable; the same document gives the same bytes, whenever and wherever it is drawn. The PDF is not tagged:
// the page that shows the same Document is the form for screen readers.
//
// A body is written as people type it (Blocks): paragraphs apart by an empty line, items after a dash, and lines «label : value».
//
// A letter that the typeface lacks would be an empty box, so Missing names such letters beforehand. Draw refuses them.
package paper

import (
	"fmt"
	"strings"
	"time"
)

// Document is a letter as it stands on paper.
type Document struct {
	Head   Head      `json:"head"`
	Title  string    `json:"title,omitempty"` // in the middle, for a letter that is addressed to nobody
	Facts  []Fact    `json:"facts"`
	Place  string    `json:"place"` // and day: «Tanjungpinang, 13 April 2026»
	To     []string  `json:"to,omitempty"`
	Body   string    `json:"body"`
	Signer Signer    `json:"signer"`
	Copies []string  `json:"copies,omitempty"`
	Copied string    `json:"copied,omitempty"` // the word above the copies
	Marks  []Mark    `json:"marks,omitempty"`
	Page   string    `json:"page"` // «Nomor 460/041/LK3-BS/IV/2026, halaman», before the number of a further page
	On     time.Time `json:"on"`
}

// Head is the letterhead.
type Head struct {
	Lines []string `json:"lines"` // large; the last is the office
	Small []string `json:"small,omitempty"`
	Logo  []byte   `json:"-"` // PNG or JPEG without transparency
}

// Fact is a labelled line.
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Signer stands below the letter.
type Signer struct {
	Title string   `json:"title"` // «Ketua LK3 Bina Sejahtera»
	Name  string   `json:"name"`
	Below []string `json:"below,omitempty"` // rank, NIP
}

// Mark is a picture code with the words beside it; without an address it is the words alone.
type Mark struct {
	Address string   `json:"address,omitempty"`
	Words   []string `json:"words"`
}

// Missing is the fault of Draw: letters that the typeface does not have, in their order.
type Missing []rune

// Error implements error.
func (m Missing) Error() string { return fmt.Sprintf("paper: no letters for %q", string(m)) }

// Texts are all words of a document.
func (d Document) Texts() (list []string) {
	list = append(list, d.Head.Lines...)
	list = append(list, d.Head.Small...)
	list = append(list, d.Title, d.Place, d.Body, d.Signer.Title, d.Signer.Name, d.Copied, d.Page)
	list = append(list, d.To...)
	list = append(list, d.Signer.Below...)
	list = append(list, d.Copies...)
	for _, f := range d.Facts {
		list = append(list, f.Label, f.Value)
	}
	for _, m := range d.Marks {
		list = append(list, m.Words...)
	}
	return list
}

// Block is a part of a body: one of its fields is filled.
type Block struct {
	Paragraph string
	Items     []string
	Rows      []Fact
}

// Blocks takes a body apart.
func Blocks(body string) (blocks []Block) {
	for part := range strings.SplitSeq(body, "\n\n") {
		var b Block
		flush := func() {
			if b.Paragraph != "" || b.Items != nil || b.Rows != nil {
				blocks = append(blocks, b)
			}
			b = Block{}
		}
		for line := range strings.SplitSeq(part, "\n") {
			line = strings.TrimSpace(line)
			item, isItem := strings.CutPrefix(line, "- ")
			label, value, isRow := strings.Cut(line, " : ")
			if line == "" || (isItem != (b.Items != nil)) || (!isItem && isRow != (b.Rows != nil)) {
				flush()
			}
			switch {
			case line == "":
			case isItem:
				b.Items = append(b.Items, strings.TrimSpace(item))
			case isRow:
				b.Rows = append(b.Rows, Fact{strings.TrimSpace(label), strings.TrimSpace(value)})
			case b.Paragraph == "":
				b.Paragraph = line
			default:
				b.Paragraph += "\n" + line
			}
		}
		flush()
	}
	return blocks
}
