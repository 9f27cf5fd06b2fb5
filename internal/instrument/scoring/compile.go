package scoring

import (
	"slices"

	"teduh/internal/form"
)

// Scorer is a document made ready for a definition.
type Scorer struct {
	scales []scale
	alarms []Alarm
	form   *form.Definition
	items  []form.Item // that any scale or alarm asks for
}

type scale struct {
	Scale
	at       []int // places of its items among the scorer's
	reversed []bool
	least    []float64
	most     []float64
}

// Compile puts a document and its definition together, or tells what does not fit.
func Compile(doc Document, d *form.Definition) (*Scorer, []Problem) {
	c := &compiler{form: d, out: &Scorer{form: d, alarms: doc.Alarms}, place: map[string]int{}}
	if doc.Questionnaire != d.URL+"|"+d.Version {
		c.add("other_questionnaire", "", doc.Questionnaire)
	}
	if len(doc.Scales) == 0 {
		c.add("no_scales", "", "")
	}
	seen := map[string]bool{}
	for _, s := range doc.Scales {
		if s.Code == "" || seen[s.Code] {
			c.add("scale_code", s.Code, "")
		}
		seen[s.Code] = true
		c.scale(s)
	}
	for _, a := range doc.Alarms {
		if _, ok := c.item(a.Item); !ok {
			c.add("unknown_item", a.Code, a.Item)
		}
	}
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return c.out, nil
}

type compiler struct {
	form     *form.Definition
	out      *Scorer
	place    map[string]int
	problems []Problem
}

func (c *compiler) add(code, at, word string) {
	c.problems = append(c.problems, Problem{code, at, word})
}

// item gives an item its place among those that are asked for.
func (c *compiler) item(id string) (int, bool) {
	if at, ok := c.place[id]; ok {
		return at, true
	}
	it, ok := c.form.Item(id)
	if !ok {
		return 0, false
	}
	c.place[id] = len(c.out.items)
	c.out.items = append(c.out.items, it)
	return c.place[id], true
}

func (c *compiler) scale(s Scale) {
	out := scale{Scale: s}
	if len(s.Items) == 0 {
		c.add("no_items", s.Code, "")
	}
	for i, id := range s.Items {
		at, ok := c.item(id)
		if !ok || slices.Contains(s.Items[:i], id) {
			c.add("unknown_item", s.Code, id)
			continue
		}
		least, most, counted := extent(c.out.items[at])
		if !counted {
			c.add("not_counted", s.Code, id)
		}
		out.at, out.least, out.most = append(out.at, at), append(out.least, least), append(out.most, most)
		out.reversed = append(out.reversed, slices.Contains(s.Reversed, id))
	}
	for _, id := range s.Reversed {
		if !slices.Contains(s.Items, id) {
			c.add("unknown_item", s.Code, id)
		}
	}
	c.rules(s)
	c.bands(out)
	c.out.scales = append(c.out.scales, out)
}

// extent is what an item counts for at least and at most, where that is known.
func extent(it form.Item) (least, most float64, ok bool) {
	if it.Type == form.Boolean {
		return 0, 1, true
	}
	if it.Type == form.Integer || it.Type == form.Decimal {
		if it.Least == nil || it.Most == nil {
			return 0, 0, false
		}
		return *it.Least, *it.Most, true
	}
	for i, o := range it.Options {
		if o.Value == nil {
			return 0, 0, false
		}
		if i == 0 {
			least, most = *o.Value, *o.Value
		}
		least, most = min(least, *o.Value), max(most, *o.Value)
	}
	return least, most, len(it.Options) > 0
}

func (c *compiler) rules(s Scale) {
	if s.Method != "sum" && s.Method != "mean" {
		c.add("method", s.Code, s.Method)
	}
	if s.Better != "lower" && s.Better != "higher" {
		c.add("better", s.Code, s.Better)
	}
	if s.Missing < 0 || s.Missing >= max(len(s.Items), 1) {
		c.add("missing", s.Code, "")
	}
	if s.Factor < 0 {
		c.add("factor", s.Code, "")
	}
	if s.Cutoff != nil && s.Cutoff.Side != "above" && s.Cutoff.Side != "below" {
		c.add("cutoff", s.Code, s.Cutoff.Side)
	}
	if r := s.Change; r != nil && (r.SD <= 0 || r.Reliability <= 0 || r.Reliability >= 1 || r.Source == "") {
		c.add("change", s.Code, "")
	}
}

var tones = []string{"calm", "notice", "warn", "alarm"}

// bands must not overlap, and leave no score without one.
func (c *compiler) bands(s scale) {
	if len(s.Bands) == 0 {
		return
	}
	least, most := s.extent()
	for i, b := range s.Bands {
		switch {
		case b.Code == "" || b.Title.In("id") == "" || !slices.Contains(tones, b.Tone):
			c.add("band", s.Code, b.Code)
		case b.From > b.To:
			c.add("band_range", s.Code, b.Code)
		case i > 0 && (b.From <= s.Bands[i-1].To || b.From > s.Bands[i-1].To+s.step()):
			c.add("band_order", s.Code, b.Code)
		}
	}
	if first, last := s.Bands[0], s.Bands[len(s.Bands)-1]; first.From > least || last.To < most {
		c.add("band_gap", s.Code, "")
	}
}

// extent is the scale's least and greatest score.
func (s scale) extent() (least, most float64) {
	for i := range s.at {
		least, most = least+s.least[i], most+s.most[i]
	}
	return s.finish(least, len(s.at)), s.finish(most, len(s.at))
}

// step is how far two neighbouring scores lie apart at most; bands of whole numbers may leave that much between them.
func (s scale) step() float64 {
	if s.Method == "mean" {
		return s.factor() / float64(max(len(s.at), 1))
	}
	return s.factor()
}

func (s scale) factor() float64 {
	if s.Factor == 0 {
		return 1
	}
	return s.Factor
}

func (s scale) finish(sum float64, n int) float64 {
	if s.Method == "mean" && n > 0 {
		sum /= float64(n)
	}
	return sum * s.factor()
}
