package assessment

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/web"
)

// How many rows the page of a question offers.
const (
	blankOptions   = 3
	moreRows       = 5
	mostConditions = 20
	severalChoice  = "choices" // a choice of several, as the page calls it
)

func sum(n, more int) string { return strconv.Itoa(n + more) }

// at is the name of a field in a row.
func at(name string, row int) string { return name + "_" + strconv.Itoa(row) }

// fieldsOf puts an item into the fields of its page.
func fieldsOf(it form.Item, section string) url.Values {
	kind := string(it.Type)
	if it.Type == form.Choice && it.Repeats {
		kind = severalChoice
	}
	f := url.Values{}
	for name, value := range map[string]string{"type": kind, "section": section, "prefix": it.Prefix, "text_id": it.Text["id"], "text_en": it.Text["en"],
		"help_id": it.Help["id"], "help_en": it.Help["en"], "required": box(it.Required), "area": box(it.Area), "stage": it.Stage,
		"least": numeral(it.Least), "most": numeral(it.Most), "relevant": it.Relevant, "calculation": it.Calculation, "all": box(it.All || len(it.When) < 2)} {
		f.Set(name, value)
	}
	f.Set("options", sum(len(it.Options), blankOptions))
	for i, o := range it.Options {
		f.Set(at("code", i), o.Code)
		f.Set(at("option_id", i), o.Text["id"])
		f.Set(at("option_en", i), o.Text["en"])
		f.Set(at("value", i), numeral(o.Value))
	}
	f.Set("conditions", strconv.Itoa(len(it.When)))
	for i, c := range it.When {
		operator, answer := c.Operator, c.Answer
		if operator == "exists" {
			operator, answer = map[string]string{"true": "exists", "false": "missing"}[answer], ""
		}
		f.Set(at("question", i), c.Question)
		f.Set(at("operator", i), operator)
		f.Set(at("answer", i), answer)
	}
	return f
}

func box(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func numeral(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

// read takes an item out of the fields of its page. What stands in the definition and not on the page, such as words in a
// third language, is kept.
func read(d *form.Definition, id string, f web.Form) (form.Item, error) {
	it, known := d.Item(id)
	it.Items = nil
	var c fault.Checks
	it.Type, it.Repeats = form.Type(f.Line("type")), f.Line("type") == severalChoice
	if it.Repeats {
		it.Type = form.Choice
	}
	it.Text = spoken(it.Text, f.Text("text_id"), f.Text("text_en"))
	it.Help = spoken(it.Help, f.Text("help_id"), f.Text("help_en"))
	c.Field(it.Text["id"] == "", "text_id", "required", "assessment.editor.wrong.words")
	it.Prefix, it.Required, it.Area, it.Stage = f.Line("prefix"), f.Checked("required"), f.Checked("area"), f.Line("stage")
	it.Least, it.Most = bound(&c, f, "least"), bound(&c, f, "most")
	it.Relevant, it.Calculation = f.Line("relevant"), f.Line("calculation")
	it.All, it.When = f.Checked("all"), conditions(f)
	it.Options = options(&c, it, f)
	if it.Type != form.Integer && it.Type != form.Decimal {
		it.Least, it.Most = nil, nil
	}
	if !known {
		it.ID = edit.NewID(d.Plain(), it.Text["id"])
	}
	if it.Type == form.Group && !known {
		first := f.Text("first_id")
		c.Field(first == "", "first_id", "required", "assessment.editor.wrong.first")
		taken := d.Plain()
		edit.Put(&taken, it, "")
		it.Items = []form.Item{{ID: edit.NewID(taken, first), Type: form.Text, Text: spoken(nil, first, f.Text("first_en"))}}
	}
	return it, c.Err()
}

// spoken changes the words in the two languages of the page, and leaves those in others.
func spoken(w form.Words, id, en string) form.Words {
	w = maps.Clone(w)
	if w == nil {
		w = form.Words{}
	}
	w["id"], w["en"] = id, en
	return w
}

// bound reads a number as it is written here, «1.234,5», or none.
func bound(c *fault.Checks, f web.Form, name string) *float64 {
	text := strings.ReplaceAll(f.Line(name), " ", "")
	if text == "" {
		return nil
	}
	if strings.Contains(text, ",") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != n || n > 1e12 || n < -1e12 {
		c.Field(true, name, "number", "assessment.editor.wrong.number")
		return nil
	}
	return &n
}

// options reads the rows that say something. One without a code gets one of its words, because a code stands in answers and
// formulas and words may change.
func options(c *fault.Checks, it form.Item, f web.Form) (list []form.Option) {
	if it.Type != form.Choice {
		return nil
	}
	old := it.Options
	for i := range min(f.Int("options", 0), form.MostOptions+blankOptions+moreRows) {
		o := form.Option{Code: f.Line(at("code", i))}
		if k := slices.IndexFunc(old, func(was form.Option) bool { return was.Code == o.Code }); k >= 0 && o.Code != "" {
			o = old[k]
		}
		o.Text = spoken(o.Text, f.Line(at("option_id", i)), f.Line(at("option_en", i)))
		if o.Value = bound(c, f, at("value", i)); o.Text["id"] == "" && o.Text["en"] == "" {
			continue
		}
		if o.Code == "" {
			o.Code = newCode(list, f, o.Text.In("id"))
		}
		list = append(list, o)
	}
	return list
}

// newCode is a code for an option, unlike those that stand in the fields.
func newCode(list []form.Option, f web.Form, words string) string {
	var taken form.Definition
	for _, o := range list {
		taken.Items = append(taken.Items, form.Item{ID: o.Code})
	}
	for i := range f.Int("options", 0) {
		taken.Items = append(taken.Items, form.Item{ID: f.Line(at("code", i))})
	}
	return edit.NewID(taken, words)
}

// conditions reads the rows whose operator was not taken away.
func conditions(f web.Form) (list []form.Condition) {
	for i := range min(f.Int("conditions", 0), mostConditions) {
		c := form.Condition{Question: f.Line(at("question", i)), Operator: f.Line(at("operator", i)), Answer: f.Line(at("answer", i))}
		switch c.Operator {
		case "":
			continue
		case "exists":
			c.Answer = "true"
		case "missing":
			c.Operator, c.Answer = "exists", "false"
		}
		list = append(list, c)
	}
	return list
}

// addCondition puts a row for another question on the page.
func addCondition(f web.Form) {
	n, id := f.Int("conditions", 0), f.Line("new_condition")
	if id == "" || n >= mostConditions {
		return
	}
	f.Set("conditions", sum(n, 1))
	f.Set(at("question", n), id)
	f.Set(at("operator", n), "=")
	f.Set(at("answer", n), "")
	f.Set("new_condition", "")
}

// moveUp takes a row of the options one place up: «up_3» changes places with row 2.
func moveUp(f web.Form, do string) {
	row, err := strconv.Atoi(strings.TrimPrefix(do, "up_"))
	if err != nil || row < 1 || row >= f.Int("options", 0) {
		return
	}
	for _, name := range []string{"code", "option_id", "option_en", "value"} {
		above, below := f.Get(at(name, row-1)), f.Get(at(name, row))
		f.Set(at(name, row-1), below)
		f.Set(at(name, row), above)
	}
}
