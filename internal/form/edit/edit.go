// Package edit changes the shape of a form step by step: a question is put in, replaced, moved, taken away. Each step is given
// a form.Definition to change (form.Definition.Plain) and leaves it to be built and checked anew; what a step can't find, it
// leaves as it is. Diff tells what became different between two forms.
package edit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"teduh/internal/form"
)

// Find gives an item with the group or question it stands in, empty at the top.
func Find(d form.Definition, id string) (it form.Item, within string, ok bool) {
	list, at, within := place(&d, id)
	if list == nil {
		return form.Item{}, "", false
	}
	return (*list)[at], within, true
}

// place finds the list an item stands in and where in it.
func place(d *form.Definition, id string) (list *[]form.Item, at int, within string) {
	var look func(items *[]form.Item, within string) bool
	look = func(items *[]form.Item, under string) bool {
		for i := range *items {
			if (*items)[i].ID == id {
				list, at, within = items, i, under
				return true
			}
			if look(&(*items)[i].Items, (*items)[i].ID) {
				return true
			}
		}
		return false
	}
	look(&d.Items, "")
	return list, at, within
}

// Put adds an item at the end of a section, or of the form where the section is empty.
func Put(d *form.Definition, it form.Item, section string) {
	if section == "" {
		d.Items = append(d.Items, it)
		return
	}
	if list, at, _ := place(d, section); list != nil {
		into := &(*list)[at]
		into.Items = append(into.Items, it)
	}
}

// Replace puts an item in the place of another, and keeps what stands under it.
func Replace(d *form.Definition, id string, it form.Item) {
	if list, at, _ := place(d, id); list != nil {
		it.Items = (*list)[at].Items
		(*list)[at] = it
	}
}

// Move takes an item one place up (-1) or down (1) among its neighbours.
func Move(d *form.Definition, id string, by int) {
	list, at, _ := place(d, id)
	if list == nil || at+by < 0 || at+by >= len(*list) {
		return
	}
	(*list)[at], (*list)[at+by] = (*list)[at+by], (*list)[at]
}

// Into moves an item to the end of another section; a section can't be moved into itself.
func Into(d *form.Definition, id, section string) {
	it, within, ok := Find(*d, id)
	if !ok || within == section || section == id {
		return
	}
	if _, _, inside := Find(form.Definition{Items: it.Items}, section); inside {
		return
	}
	if section != "" {
		if target, _, known := Find(*d, section); !known || target.Type != form.Group {
			return
		}
	}
	Remove(d, id)
	Put(d, it, section)
}

// Remove takes an item away with what stands under it.
func Remove(d *form.Definition, id string) {
	if list, at, _ := place(d, id); list != nil {
		*list = slices.Delete(*list, at, at+1)
	}
}

// mostID is how long a name gets that is made of words.
const mostID = 32

// NewID makes a name for a question of its words, short enough to stand in a formula, and unlike those that are there.
func NewID(d form.Definition, words string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if b.Len() > 0 {
			b.WriteByte('_')
		}
		if b.WriteString(word); b.Len() >= mostID {
			break
		}
	}
	base := strings.Trim(b.String()[:min(b.Len(), mostID)], "_")
	if base == "" || unicode.IsDigit(rune(base[0])) {
		base = strings.Trim("q_"+base, "_")
	}
	id := base
	for n := 2; taken(d, id); n++ {
		id = base + "_" + strconv.Itoa(n)
	}
	return id
}

func taken(d form.Definition, id string) bool {
	_, _, ok := Find(d, id)
	return ok
}
