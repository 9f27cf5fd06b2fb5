package form_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form"
)

func build(t testing.TB, items ...form.Item) *form.Definition {
	t.Helper()
	d, problems := form.Build(form.Definition{URL: "urn:kantor:asesmen", Version: "1", Title: form.Words{"id": "Asesmen"}, Items: items})
	if len(problems) > 0 {
		t.Fatalf("problems: %+v", problems)
	}
	return d
}

func number(n float64) *float64 { return &n }

func weights(texts ...string) (list []form.Option) {
	for i, t := range texts {
		list = append(list, form.Option{Code: strings.ToLower(t), Text: form.Words{"id": t}, Value: number(float64(i))})
	}
	return list
}

// budget reckons what a family has left, and asks about debts only where it is too little.
func budget(t testing.TB) *form.Definition {
	return build(t,
		form.Item{ID: "left_each", Type: form.Decimal, Calculation: "round(${left} div ${people}, 2)", Required: true},
		form.Item{ID: "income", Type: form.Integer, Least: number(0)},
		form.Item{ID: "expenses", Type: form.Integer},
		form.Item{ID: "left", Type: form.Integer, Calculation: "${income} - ${expenses}", Most: number(10)},
		form.Item{ID: "people", Type: form.Integer},
		form.Item{ID: "poor", Type: form.Boolean, Calculation: "${left_each} < 100"},
		form.Item{ID: "debts", Type: form.Group, Relevant: "${poor}", Items: []form.Item{
			{ID: "debt", Type: form.Choice, Area: true, Options: weights("None", "Some", "Heavy")},
			{ID: "food", Type: form.Choice, Repeats: true, Options: weights("Rice", "Fish")},
			{ID: "score", Type: form.Decimal, Calculation: "sum(${debt}, count-selected(${food}), 0.1, 0.2)"},
			{ID: "word", Type: form.String, Calculation: "concat(${debt}, '/', ${food})"},
		}})
}

// The amounts are reckoned by hand: 1000 − 350 = 650; 650 ÷ 7 = 92.857…; heavy counts 2, two foods 2, and 0.3 more.
func TestCalculatedAnswersFollowFromTheOthers(t *testing.T) {
	t.Parallel()
	d := budget(t)
	got := d.Reckon(form.Answers{"income": {"1000"}, "expenses": {"350"}, "people": {"7"}, "debt": {"heavy"}, "food": {"rice", "fish"}})
	want := map[string]string{"left": "650", "left_each": "92.86", "poor": "true", "score": "4.3", "word": "heavy/rice fish"}
	for id, value := range want {
		if got.First(id) != value {
			t.Errorf("%s is %v, want %s", id, got[id], value)
		}
	}
	if wrong := d.Check(got, true); len(wrong) > 0 {
		t.Errorf("what is reckoned is refused: %v", wrong)
	}
	// With more left there is nothing to ask of debts, and what was answered to them is not reckoned with.
	got = d.Reckon(form.Answers{"income": {"1000"}, "expenses": {"350"}, "people": {"2"}, "debt": {"heavy"}})
	if asked := d.Asked(got); got.First("poor") != "false" || len(got["score"]) > 0 || asked["debts"] || asked["debt"] {
		t.Errorf("%v asks %v", got, asked)
	}
	// Nothing follows from half of what is needed.
	if got := d.Reckon(form.Answers{"income": {"1000"}, "people": {"0"}}); len(got["left"]) > 0 || len(got["left_each"]) > 0 || got.First("poor") != "false" {
		t.Errorf("half: %v", got)
	}
}

// What is calculated is taken from no one, and what it gives is shown where it is asked.
func TestCalculatedAnswersAreNotTaken(t *testing.T) {
	t.Parallel()
	d := budget(t)
	clean := d.Clean(form.Answers{"income": {"5"}, "expenses": {"3"}, "left": {"999999"}, "poor": {"false"}})
	if fmt.Sprint(clean) != "map[expenses:[3] income:[5]]" || d.Reckon(clean).First("left") != "2" {
		t.Errorf("%v", clean)
	}
	if it, _ := d.Item("left"); !it.Calculated() || !d.Asked(nil)["left"] {
		t.Error("a calculated item is not shown")
	}
}

// Reckoning twice is reckoning once, whatever was answered.
func TestReckoningAgainChangesNothing(t *testing.T) {
	t.Parallel()
	d := budget(t)
	ids := []string{"income", "expenses", "people", "debt", "food", "left", "poor"}
	rapid.Check(t, func(rt *rapid.T) {
		a := form.Answers(rapid.MapOf(rapid.SampledFrom(ids), rapid.SliceOfN(rapid.SampledFrom([]string{"", "0", "-3", "100", "heavy", "rice", "true", "x"}), 0, 2)).Draw(rt, "answers"))
		once := d.Reckon(d.Clean(a))
		if again := d.Reckon(once); fmt.Sprint(again) != fmt.Sprint(once) {
			rt.Fatalf("%v becomes %v", once, again)
		}
		if fmt.Sprint(d.Asked(once)) != fmt.Sprint(d.Asked(d.Clean(once))) {
			rt.Fatalf("%v asks otherwise when it is cleaned", once)
		}
	})
}

func TestDefinitionsMadeInCodeAreChecked(t *testing.T) {
	t.Parallel()
	text := func(id string) form.Item { return form.Item{ID: id, Type: form.String} }
	var many []form.Item
	for i := range 10_000 {
		many = append(many, text(fmt.Sprint(i)))
	}
	deep := text("deep")
	for i := range 8 {
		deep = form.Item{ID: fmt.Sprint("g", i), Type: form.Group, Items: []form.Item{deep}}
	}
	table := []struct {
		code, item, word string
		at               int
		items            []form.Item
	}{
		{"too_many_items", "", "", 0, many},
		{"too_deep", "g1", "", 0, []form.Item{deep}},
		{"expression_missing", "a", "", 8, []form.Item{{ID: "a", Type: form.String, Relevant: "${b} = "}, text("b")}},
		{"expression_function", "a", "now", 1, []form.Item{{ID: "a", Type: form.String, Calculation: "now()"}}},
		{"expression_self", "a", "", 0, []form.Item{{ID: "a", Type: form.String, Relevant: ". > 1"}}},
		{"unknown_question", "a", "gone", 0, []form.Item{{ID: "a", Type: form.String, Calculation: "${gone}"}}},
		{"no_question", "a", "g", 0, []form.Item{{ID: "a", Type: form.String, Calculation: "${g}"}, {ID: "g", Type: form.Group, Items: []form.Item{text("b")}}}},
		{"cycle", "a", "", 0, []form.Item{{ID: "a", Type: form.Decimal, Calculation: "${b} + 1"}, {ID: "b", Type: form.Decimal, Calculation: "${a} + 1"}}},
		{"cycle", "a", "", 0, []form.Item{{ID: "a", Type: form.Decimal, Calculation: "${a} + 1"}}},
		{"cycle", "g", "", 0, []form.Item{{ID: "g", Type: form.Group, Relevant: "${b} > 1", Items: []form.Item{{ID: "b", Type: form.Integer}}}}},
		{"cycle", "a", "", 0, []form.Item{{ID: "a", Type: form.Integer, When: []form.Condition{{Question: "b", Operator: ">", Answer: "1"}}}, {ID: "b", Type: form.Integer, Calculation: "${a}"}}},
		{"calculated_group", "g", "", 0, []form.Item{{ID: "g", Type: form.Group, Calculation: "1", Items: []form.Item{text("a")}}}},
		{"area", "a", "", 0, []form.Item{{ID: "a", Type: form.Choice, Area: true, Options: []form.Option{{Code: "x"}}}}},
		{"area", "a", "", 0, []form.Item{{ID: "a", Type: form.String, Area: true}}},
		{"help", "a", "", 0, []form.Item{{ID: "a", Type: form.Display, Help: form.Words{"id": "Baca"}}}},
		{"range", "a", "", 0, []form.Item{{ID: "a", Type: form.Integer, Least: number(3), Most: number(2)}}},
	}
	for _, c := range table {
		d, problems := form.Build(form.Definition{Items: c.items})
		want := form.Problem{Code: c.code, Item: c.item, Word: c.word, At: c.at}
		if d != nil || len(problems) == 0 || problems[0] != want {
			t.Errorf("want %+v, got %+v", want, problems)
		}
	}
}

// A definition made in code shares nothing with what it was made of, nor with what is made of it.
func TestADefinitionKeepsToItself(t *testing.T) {
	t.Parallel()
	items := []form.Item{{ID: "a", Type: form.Choice, Text: form.Words{"id": "Satu"}, Options: weights("X")}}
	d := build(t, items...)
	items[0].Text["id"] = "Dua"
	items[0].Options[0].Code = "y"
	plain := d.Plain()
	plain.Items[0].Text["id"] = "Tiga"
	if it, _ := d.Item("a"); it.Text.In("id") != "Satu" || it.Options[0].Code != "x" {
		t.Errorf("%+v", it)
	}
}

// An expression of another system's language is a problem, not a question that is always asked.
func TestForeignExpressionsAreTold(t *testing.T) {
	t.Parallel()
	_, problems := form.Parse([]byte(item(`{"linkId":"a","type":"string","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
		"valueExpression":{"language":"text/fhirpath","expression":"%age > 3"}}]}`)))
	if len(problems) != 1 || problems[0] != (form.Problem{Code: "expression_language", Item: "a", Word: "text/fhirpath"}) {
		t.Errorf("%+v", problems)
	}
}

// Help as other systems write it: a text to read under the question (https://hl7.org/fhir/R4/valueset-questionnaire-item-control.html).
func TestHelpIsReadFromFHIR(t *testing.T) {
	t.Parallel()
	d := parse(t, item(`{"linkId":"a","type":"string","text":"Nama","item":[{"linkId":"a-h","type":"display","text":"Nama panggilan",
		"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl","valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/questionnaire-item-control","code":"help"}]}}]},
		{"linkId":"b","type":"display","text":"Bacakan"}]}`))
	it, _ := d.Item("a")
	if _, there := d.Item("a-h"); there || it.Help.In("id") != "Nama panggilan" || len(it.Items) != 1 {
		t.Errorf("%+v", it)
	}
}

// What is written is read back as the same, down to each word.
func TestWrittenDefinitionsAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d, problems := form.Build(drawn(rt))
		if len(problems) > 0 {
			rt.Fatalf("%+v", problems)
		}
		raw, err := d.JSON()
		if err != nil {
			rt.Fatal(err)
		}
		again, problems := form.Parse(raw)
		if len(problems) > 0 {
			rt.Fatalf("%+v in %s", problems, raw)
		}
		before, _ := json.Marshal(d)
		after, _ := json.Marshal(again)
		if string(before) != string(after) {
			rt.Fatalf("%s\nbecomes\n%s", before, after)
		}
	})
}

// drawn is a definition by chance, in which later items hang on earlier ones.
func drawn(rt *rapid.T) form.Definition {
	draw := &drawing{rt: rt}
	return form.Definition{URL: "urn:x:y", Version: draw.word("version"), Name: draw.word("name"), Language: rapid.SampledFrom([]string{"id", "en"}).Draw(rt, "language"),
		Status: rapid.SampledFrom([]string{"", "draft", "active", "retired"}).Draw(rt, "status"), Title: draw.words("title"), Items: draw.items(1, 4)}
}

type drawing struct {
	rt        *rapid.T
	n         int
	questions []form.Item
}

func (g *drawing) word(label string) string {
	return rapid.SampledFrom([]string{"", "Satu", "Dua kata", "«Tiga»", "x<y"}).Draw(g.rt, label)
}

func (g *drawing) words(label string) form.Words {
	w := form.Words{}
	for _, l := range []string{"id", "en", "ms"} {
		if text := g.word(label); text != "" {
			w[l] = text
		}
	}
	return w
}

func (g *drawing) yes(label string) bool { return rapid.Bool().Draw(g.rt, label) }

func (g *drawing) items(depth, most int) (list []form.Item) {
	for range rapid.IntRange(1, most).Draw(g.rt, "items") {
		list = append(list, g.item(depth))
	}
	return list
}

func (g *drawing) item(depth int) form.Item {
	g.n++
	it := form.Item{ID: fmt.Sprint("q", g.n), Prefix: g.word("prefix"), Text: g.words("text"), Required: g.yes("required"), All: g.yes("all"),
		Type: rapid.SampledFrom([]form.Type{form.Group, form.Display, form.Boolean, form.Integer, form.Decimal, form.Date, form.String, form.Text, form.Choice}).Draw(g.rt, "type")}
	if it.Type == form.Group && depth > 3 {
		it.Type = form.Text
	}
	g.conditions(&it)
	switch it.Type {
	case form.Group:
		it.Items = g.items(depth+1, 2)
	case form.Choice:
		it.Options, it.Repeats = weights("A", "B"), g.yes("repeats")
		it.Area, it.Options[0].System = !it.Repeats && g.yes("area"), g.word("system")
	case form.Integer, form.Decimal:
		it.Least = number(rapid.SampledFrom([]float64{-1, 0, 0.5}).Draw(g.rt, "least"))
	}
	if it.Type != form.Display {
		it.Help = g.words("help")
	} else {
		it.Help = form.Words{}
	}
	if it.Type != form.Group && it.Type != form.Display {
		if g.yes("calculated") {
			it.Calculation = "1 + 2"
		}
		it.Stage = rapid.SampledFrom([]string{"", "assessment"}).Draw(g.rt, "stage")
		g.questions = append(g.questions, it)
	}
	return it
}

func (g *drawing) conditions(it *form.Item) {
	if len(g.questions) == 0 {
		return
	}
	for range rapid.IntRange(0, 2).Draw(g.rt, "conditions") {
		q := rapid.SampledFrom(g.questions).Draw(g.rt, "question")
		answers := map[form.Type]string{form.Boolean: "false", form.Integer: "-3", form.Decimal: "1.5", form.Date: "2026-11-25", form.String: "ya & tidak", form.Text: "x", form.Choice: "b"}
		it.When = append(it.When, form.Condition{Question: q.ID, Operator: rapid.SampledFrom([]string{"=", "!="}).Draw(g.rt, "operator"), Answer: answers[q.Type]})
	}
	if g.yes("relevant") {
		it.Relevant = "${" + rapid.SampledFrom(g.questions).Draw(g.rt, "named").ID + "} != ''"
	}
}
