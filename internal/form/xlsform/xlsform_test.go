package xlsform_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"teduh/internal/form"
	"teduh/internal/form/xlsform"
)

// book puts sheets into a workbook; cells stand apart by |.
func book(t testing.TB, sheets map[string]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for _, name := range []string{"survey", "choices", "settings"} {
		text, ok := sheets[name]
		if !ok {
			continue
		}
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
			for k, cell := range strings.Split(line, "|") {
				place, err := excelize.CoordinatesToCellName(k+1, i+1)
				if err == nil {
					err = f.SetCellValue(name, place, strings.TrimSpace(cell))
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t testing.TB, sheets map[string]string) *form.Definition {
	t.Helper()
	d, problems := xlsform.Read(bytes.NewReader(book(t, sheets)))
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return d
}

// pizza is put together from the examples of https://xlsform.org/en/: multiple choice, relevant, constraint, calculation,
// required, groups with skipping, several languages.
var pizza = map[string]string{
	"survey": `type|name|label::English (en)|label::Bahasa Indonesia (id)|hint::English (en)|required|relevant|constraint|calculation|appearance
today|today
integer|age|How old are you?|Berapa umur Anda?||yes||. <= 150
select_one yes_no|likes_pizza|Do you like pizza?|Suka pizza?

select_multiple pizza_toppings|favorite_topping|Favorite toppings|Topping kesukaan|Several at once||${likes_pizza} = 'yes'
text|favorite_cheese|What is your favorite type of cheese?|Keju apa?|||selected(${favorite_topping}, 'cheese')|||multiline
begin group|child|Child|Anak|||${age} <= 5
integer|muac|Record this child’s mid-upper arm circumference.|Lingkar lengan atas
select_one yes_no|mrdt|Is the test positive?|Positif?
end group
decimal|amount|What was the price of the meal?|Berapa harganya?|||||
calculate|tip||||||| ${amount} * 0.18
calculate|cheap||||||| ${tip} < 10
note|thanks|Thank you|Terima kasih
date|born|Born|Lahir
acknowledge|agree|I agree|Setuju|||||
text|why|Why not?|Mengapa tidak?|||${agree} = ''`,
	"choices": `list_name|name|label::English (en)|label::Bahasa Indonesia (id)
yes_no|yes|Yes|Ya
yes_no|no|No|Tidak
pizza_toppings|cheese|Cheese|Keju
pizza_toppings|pepperoni|Pepperoni|Peperoni
pizza_toppings|sausage|Sausage|Sosis`,
	"settings": `form_title|form_id|version|default_language
Pizza|pizza|7|English (en)`,
}

func TestAWorkbookIsReadAsXLSFormSays(t *testing.T) {
	t.Parallel()
	d := read(t, pizza)
	if d.Title.In("en") != "Pizza" || d.URL != "pizza" || d.Version != "7" || d.Language != "en" {
		t.Errorf("%+v %s %s %s", d.Title, d.URL, d.Version, d.Language)
	}
	var types []string
	for _, q := range d.Questions() {
		types = append(types, q.ID+" "+string(q.Type))
	}
	if got := strings.Join(types, ", "); got != "age integer, likes_pizza choice, favorite_topping choice, favorite_cheese text, muac integer, mrdt choice, amount decimal, tip decimal, cheap boolean, born date, agree boolean, why string" {
		t.Error(got)
	}
	age, _ := d.Item("age")
	topping, _ := d.Item("favorite_topping")
	if !age.Required || age.Least != nil || *age.Most != 150 || age.Text.In("id") != "Berapa umur Anda?" || !topping.Repeats || topping.Help.In("en") != "Several at once" || topping.Options[2].Text.In("id") != "Sosis" {
		t.Errorf("%+v %+v", age, topping)
	}
	asked := d.Asked(form.Answers{"age": {"5"}, "likes_pizza": {"yes"}, "favorite_topping": {"sausage", "cheese"}, "agree": {"true"}})
	if !asked["favorite_cheese"] || !asked["muac"] || asked["why"] {
		t.Errorf("%v", asked)
	}
	if got := d.Reckon(form.Answers{"amount": {"50"}}); got.First("tip") != "9" || got.First("cheap") != "true" { // 18 % of 50
		t.Errorf("%v", got)
	}
}

func TestWhatAFormCantHoldIsToldByItsRow(t *testing.T) {
	t.Parallel()
	head := "type|name|label|required|relevant|constraint|calculation|choice_filter\n"
	table := []struct {
		want string
		rows string
	}{
		{"sheet_type  2 geopoint", "geopoint|a|Di mana?"},
		{"sheet_type  2 image", "image|a|Foto"},
		{"sheet_type  2 rank", "rank x|a|Urutkan"},
		{"sheet_type  2 select_one_from_file", "select_one_from_file x.csv|a|Pilih"},
		{"sheet_type  2 or_other", "select_one x or_other|a|Pilih"},
		{"sheet_repeat  2 ", "begin repeat|a|Anak"},
		{"sheet_list  2 gone", "select_one gone|a|Pilih"},
		{"sheet_end  2 ", "end group"},
		{"sheet_open  2 ", "begin group|g|Kelompok\ntext|a|Nama"},
		{"sheet_name  2 1 a", "text|1 a|Nama"},
		{"sheet_name  2 ", "text||Nama"},
		{"sheet_no_label  2 ", "text|a|"},
		{"sheet_variable  2 ", "note|a|Halo ${b}"},
		{"sheet_required  2 ${b} = 1", "text|a|Nama|${b} = 1"},
		{"sheet_constraint  2 regex", "text|a|Nama|||. > 3"},
		{"sheet_constraint  2 .", "decimal|a|Berat|||. > 3"},
		{"sheet_column  2 choice_filter", "text|a|Nama|||||x = 1"},
		{"expression_function 5 2 now", "calculate|a|||||1 + now()"},
		{"expression_function 1 2 regex", "text|a|Nama|||regex(., 'x')"},
		{"expression_empty  2 ", "calculate|a|"},
		{"expression_unclosed 1 3 ${", "text|a|Nama\ntext|b|Nama||${a"},
		{"unknown_question  2 zz", "text|a|Nama||${zz} = 1"},
		{"twice  2 ", "text|a|Nama\ninteger|a|Umur"},
		{"cycle  2 ", "text|a|Nama||${b} = 1\ntext|b|Nama||${a} = 1"},
		{"range  2 ", "integer|a|Umur|||. >= 5 and . <= 1"},
		{"empty_group  2 ", "begin group|g|Kelompok\nend group"},
	}
	for _, c := range table {
		d, problems := xlsform.Read(bytes.NewReader(book(t, map[string]string{"survey": head + c.rows, "choices": "list_name|name|label\nx|1|Satu"})))
		if d != nil || len(problems) == 0 {
			t.Errorf("%s: taken", c.rows)
			continue
		}
		p := problems[0]
		at := ""
		if p.At > 0 {
			at = fmt.Sprint(p.At)
		}
		got := fmt.Sprintf("%s %s %d %s", p.Code, at, p.Row, p.Word)
		if c.want == "sheet_constraint  2 regex" || c.want == "sheet_constraint  2 ." {
			got, c.want = got[:len("sheet_constraint  2")], "sheet_constraint  2"
		}
		if got != c.want && !strings.HasPrefix(got, c.want+" ") {
			t.Errorf("%q: %s, want %s", c.rows, got, c.want)
		}
	}
}

func TestWorkbooksThatAreNone(t *testing.T) {
	t.Parallel()
	var many strings.Builder
	many.WriteString("type|name|label")
	for i := range 6000 {
		fmt.Fprintf(&many, "\ntext|q%d|Nama", i)
	}
	table := map[string][]byte{
		"sheet_unreadable":     []byte("type,name,label"),
		"sheet_no_survey":      book(t, map[string]string{"choices": "list_name|name\nx|1"}),
		"sheet_column_missing": book(t, map[string]string{"survey": "jenis|nama\ntext|a"}),
		"sheet_language":       book(t, map[string]string{"survey": "type|name|label::Klingon\ntext|a|x"}),
		"sheet_value":          book(t, map[string]string{"survey": "type|name|label\ntext|a|x", "choices": "list_name|name|value\nx|1|berat"}),
		"sheet_rows":           book(t, map[string]string{"survey": many.String()}),
		"no_items":             book(t, map[string]string{"survey": "type|name|label"}),
		"sheet_too_large":      bytes.Repeat([]byte("x"), xlsform.MostBytes+1),
	}
	for code, raw := range table {
		if d, problems := xlsform.Read(bytes.NewReader(raw)); d != nil || len(problems) == 0 || problems[0].Code != code {
			t.Errorf("%s: %+v", code, problems)
		}
	}
}

// A sheet that unpacks to 120 MB of blanks is not unpacked.
func TestABombIsNotUnpacked(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 40 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil || out.Len() > xlsform.MostBytes {
		t.Fatalf("%d bytes: %v", out.Len(), err)
	}
	if d, problems := xlsform.Read(&out); d != nil || len(problems) == 0 || problems[0].Code != "sheet_unreadable" {
		t.Errorf("%+v", problems)
	}
}

// What goes out as a workbook comes back, and goes out again as the same.
func TestAWorkbookThatGoesOutComesBack(t *testing.T) {
	t.Parallel()
	first := read(t, pizza)
	second := again(t, first)
	before, _ := first.JSON()
	after, _ := second.JSON()
	if string(before) != string(after) {
		t.Errorf("%s\nbecomes\n%s", before, after)
	}
}

func again(t testing.TB, d *form.Definition) *form.Definition {
	t.Helper()
	var out bytes.Buffer
	if err := xlsform.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	back, problems := xlsform.Read(&out)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return back
}

// home has what XLSForm has no word for: conditions of FHIR, numbers as names, a question under a question, weights, yes or no.
func home(t testing.TB) *form.Definition {
	t.Helper()
	n := func(x float64) *float64 { return &x }
	d, problems := form.Build(form.Definition{URL: "urn:kantor:rumah", Version: "3", Language: "id", Title: form.Words{"id": "Rumah", "en": "Home"}, Copyright: "Kantor", Items: []form.Item{
		{ID: "1", Prefix: "1.", Type: form.Integer, Text: form.Words{"id": "Berapa orang?"}, Required: true, Least: n(1), Most: n(30), Stage: "assessment"},
		{ID: "2", Type: form.Boolean, Text: form.Words{"id": "Ada anak?"}, When: []form.Condition{{Question: "1", Operator: ">", Answer: "1"}}, Items: []form.Item{
			{ID: "2 a", Type: form.Text, Text: form.Words{"id": "Siapa?"}, Help: form.Words{"id": "Nama panggilan saja", "en": "Call names"}}}},
		{ID: "g", Type: form.Group, Text: form.Words{"id": "Anak"}, All: true, When: []form.Condition{{Question: "2", Operator: "=", Answer: "true"}, {Question: "1", Operator: "!=", Answer: "2"}}, Relevant: "${1} > 0 or ${1} < 5", Items: []form.Item{
			{ID: "heavy", Type: form.Choice, Area: true, Text: form.Words{"id": "Pengasuhan"}, Options: []form.Option{{Code: "0", Text: form.Words{"id": "Tidak"}, Value: n(0)}, {Code: "3", Text: form.Words{"id": "Berat"}, Value: n(3), System: "urn:x"}}}}},
		{ID: "double", Type: form.Integer, Text: form.Words{"id": "Dua kali"}, Calculation: "${1} * 2"},
		{ID: "g2", Type: form.Group, Items: []form.Item{{ID: "note", Type: form.Display, Text: form.Words{"id": "Selesai, ya?"}}}},
	}})
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	return d
}

// A form that was never an XLSForm goes out as one and asks the same of the same answers.
func TestAnyFormCanGoOutAsAWorkbook(t *testing.T) {
	t.Parallel()
	d := home(t)
	back := again(t, d)
	names := map[string]string{"1": "q_1", "2": "q_2", "2 a": "q_2_a", "g": "g", "heavy": "heavy", "double": "double", "g2": "g2", "note": "note"}
	for _, q := range d.Questions() {
		now, ok := back.Item(names[q.ID])
		if !ok || now.Type != q.Type || now.Text.In("id") != q.Text.In("id") || now.Help.In("en") != q.Help.In("en") || now.Stage != q.Stage || now.Area != q.Area || now.Required != q.Required || now.Prefix != q.Prefix {
			t.Errorf("%+v becomes %+v", q, now)
		}
	}
	if back.URL != d.URL || back.Version != "3" || back.Title.In("en") != "Home" || back.Copyright != "Kantor" {
		t.Errorf("%s %s %v %s", back.URL, back.Version, back.Title, back.Copyright)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a, b := form.Answers{}, form.Answers{}
		for id, values := range map[string][]string{"1": {"1", "2", "7", "30"}, "2": {"true", "false"}, "2 a": {"Ani"}, "heavy": {"0", "3"}} {
			if v := rapid.SampledFrom(append(values, "")).Draw(rt, id); v != "" {
				a[id], b[names[id]] = []string{v}, []string{v}
			}
		}
		before, after := d.Asked(a), back.Asked(b)
		for id, name := range names {
			if before[id] != after[name] {
				rt.Fatalf("%s differs for %v", id, a)
			}
		}
		if d.Reckon(a).First("double") != back.Reckon(b).First("double") {
			rt.Fatalf("%v reckons otherwise", a)
		}
	})
}

func FuzzWorkbooksNeverPanic(f *testing.F) {
	f.Add(book(f, pizza))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if d, problems := xlsform.Read(bytes.NewReader(raw)); (d == nil) == (len(problems) == 0) {
			t.Fatalf("%v with %v", d, problems)
		}
	})
}
