package edit

import (
	"maps"
	"reflect"

	"teduh/internal/form"
)

// The ways in which an item became different.
const (
	Added   = "added"
	Changed = "changed"
	Gone    = "gone"
)

// Change is what became of one item. What are the codes of what differs in one that was changed: words, help, type, options,
// required, bounds, condition, calculation, stage, area, place.
type Change struct {
	Kind string
	Item form.Item // as it is now, or was
	What []string
}

// Diff tells what became different from one form to another, in the order of the new one, and last what is gone.
func Diff(before, after *form.Definition) (list []Change) {
	was, is := index(before.Items), index(after.Items)
	for _, id := range is.order {
		old, known := was.items[id]
		switch {
		case !known:
			list = append(list, Change{Kind: Added, Item: is.items[id].Item})
		default:
			if what := differs(old, is.items[id], was.moved(is, id)); len(what) > 0 {
				list = append(list, Change{Kind: Changed, Item: is.items[id].Item, What: what})
			}
		}
	}
	for _, id := range was.order {
		if _, still := is.items[id]; !still {
			list = append(list, Change{Kind: Gone, Item: was.items[id].Item})
		}
	}
	return list
}

// placed is an item with where it stands.
type placed struct {
	form.Item
	within string
	before []string // its elder neighbours
}

type shape struct {
	items map[string]placed
	order []string
}

func index(items []form.Item) shape {
	s := shape{items: map[string]placed{}}
	var walk func(list []form.Item, within string)
	walk = func(list []form.Item, within string) {
		var before []string
		for _, it := range list {
			s.items[it.ID] = placed{it, within, before}
			s.order = append(s.order, it.ID)
			before = append(before[:len(before):len(before)], it.ID)
			walk(it.Items, it.ID)
		}
	}
	walk(items, "")
	return s
}

// moved tells whether an item stands in another section, or behind another neighbour that was there before too.
func (s shape) moved(now shape, id string) bool {
	old, is := s.items[id], now.items[id]
	return old.within != is.within || s.elder(now, old.before) != now.elder(s, is.before)
}

// elder is the nearest elder neighbour that both shapes know.
func (s shape) elder(other shape, before []string) string {
	for i := len(before) - 1; i >= 0; i-- {
		if o, known := other.items[before[i]]; known && o.within == s.items[before[i]].within {
			return before[i]
		}
	}
	return ""
}

func differs(a, b placed, moved bool) (what []string) {
	for _, part := range []struct {
		code string
		same bool
	}{
		{"words", maps.Equal(a.Text, b.Text) && a.Prefix == b.Prefix},
		{"help", maps.Equal(a.Help, b.Help)},
		{"type", a.Type == b.Type && a.Repeats == b.Repeats},
		{"options", reflect.DeepEqual(plain(a.Options), plain(b.Options))},
		{"required", a.Required == b.Required},
		{"bounds", reflect.DeepEqual(a.Least, b.Least) && reflect.DeepEqual(a.Most, b.Most)},
		{"condition", a.Relevant == b.Relevant && sameConditions(a.Item, b.Item)},
		{"calculation", a.Calculation == b.Calculation},
		{"stage", a.Stage == b.Stage},
		{"area", a.Area == b.Area},
		{"place", !moved},
	} {
		if !part.same {
			what = append(what, part.code)
		}
	}
	return what
}

func sameConditions(a, b form.Item) bool {
	return len(a.When) == len(b.When) && (len(a.When) == 0 || reflect.DeepEqual(a.When, b.When)) && (len(a.When) < 2 || a.All == b.All)
}

// plain makes lists alike that say the same.
func plain(options []form.Option) []form.Option {
	out := []form.Option{}
	for _, o := range options {
		if len(o.Text) == 0 {
			o.Text = nil
		}
		out = append(out, o)
	}
	return out
}
