package edit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form"
	"teduh/internal/form/edit"
)

func question(id string) form.Item {
	return form.Item{ID: id, Type: form.String, Text: form.Words{"id": strings.ToUpper(id)}}
}

func section(id string, items ...form.Item) form.Item {
	return form.Item{ID: id, Type: form.Group, Text: form.Words{"id": strings.ToUpper(id)}, Items: items}
}

// home is a form of two sections and a question that stands alone.
func home() form.Definition {
	return form.Definition{Items: []form.Item{section("one", question("a"), question("b"), question("c")), question("alone"), section("two", question("d"), question("e"))}}
}

// shape writes a form as «one(a b c) alone two(d e)».
func shape(items []form.Item) string {
	var parts []string
	for _, it := range items {
		part := it.ID
		if it.Type == form.Group {
			part += "(" + shape(it.Items) + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func TestStepsChangeTheShape(t *testing.T) {
	t.Parallel()
	table := []struct {
		what string
		do   func(d *form.Definition)
		want string
	}{
		{"up", func(d *form.Definition) { edit.Move(d, "b", -1) }, "one(b a c) alone two(d e)"},
		{"down", func(d *form.Definition) { edit.Move(d, "b", 1) }, "one(a c b) alone two(d e)"},
		{"up at the top", func(d *form.Definition) { edit.Move(d, "a", -1) }, "one(a b c) alone two(d e)"},
		{"down at the end", func(d *form.Definition) { edit.Move(d, "e", 1) }, "one(a b c) alone two(d e)"},
		{"a section up", func(d *form.Definition) { edit.Move(d, "two", -1) }, "one(a b c) two(d e) alone"},
		{"nobody", func(d *form.Definition) { edit.Move(d, "zz", 1) }, "one(a b c) alone two(d e)"},
		{"to another section", func(d *form.Definition) { edit.Into(d, "b", "two") }, "one(a c) alone two(d e b)"},
		{"to the top", func(d *form.Definition) { edit.Into(d, "d", "") }, "one(a b c) alone two(e) d"},
		{"a section into itself", func(d *form.Definition) { edit.Into(d, "one", "one") }, "one(a b c) alone two(d e)"},
		{"a section into its own question", func(d *form.Definition) { edit.Into(d, "one", "a") }, "one(a b c) alone two(d e)"},
		{"into a question", func(d *form.Definition) { edit.Into(d, "a", "alone") }, "one(a b c) alone two(d e)"},
		{"into nowhere", func(d *form.Definition) { edit.Into(d, "a", "zz") }, "one(a b c) alone two(d e)"},
		{"a section into a section", func(d *form.Definition) { edit.Into(d, "one", "two") }, "alone two(d e one(a b c))"},
		{"away", func(d *form.Definition) { edit.Remove(d, "b") }, "one(a c) alone two(d e)"},
		{"a section away", func(d *form.Definition) { edit.Remove(d, "one") }, "alone two(d e)"},
		{"put into a section", func(d *form.Definition) { edit.Put(d, question("new"), "two") }, "one(a b c) alone two(d e new)"},
		{"put at the end", func(d *form.Definition) { edit.Put(d, question("new"), "") }, "one(a b c) alone two(d e) new"},
		{"replaced", func(d *form.Definition) { edit.Replace(d, "a", question("other")) }, "one(other b c) alone two(d e)"},
		{"a section's words", func(d *form.Definition) { edit.Replace(d, "one", section("one")) }, "one(a b c) alone two(d e)"},
	}
	for _, c := range table {
		d := home()
		if c.do(&d); shape(d.Items) != c.want {
			t.Errorf("%s: %s, want %s", c.what, shape(d.Items), c.want)
		}
	}
}

// Whatever steps are gone, no question is lost or doubled but by being put in or taken away.
func TestMovingLosesNothing(t *testing.T) {
	t.Parallel()
	ids := []string{"one", "a", "b", "c", "alone", "two", "d", "e", "zz"}
	rapid.Check(t, func(rt *rapid.T) {
		d := home()
		for range rapid.IntRange(0, 20).Draw(rt, "steps") {
			id := rapid.SampledFrom(ids).Draw(rt, "id")
			if rapid.Bool().Draw(rt, "into") {
				edit.Into(&d, id, rapid.SampledFrom(append(ids, "")).Draw(rt, "section"))
			} else {
				edit.Move(&d, id, rapid.SampledFrom([]int{-1, 1}).Draw(rt, "by"))
			}
		}
		words := strings.FieldsFunc(shape(d.Items), func(r rune) bool { return r == ' ' || r == '(' || r == ')' })
		slices.Sort(words)
		if got := strings.Join(words, " "); got != "a alone b c d e one two" {
			rt.Fatal(got)
		}
	})
}

func TestNamesAreMadeOfWords(t *testing.T) {
	t.Parallel()
	d := form.Definition{Items: []form.Item{question("penghasilan"), question("q")}}
	for words, want := range map[string]string{"Penghasilan": "penghasilan_2", "Berapa umur anak?": "berapa_umur_anak", "«…»": "q_2", "3 bulan": "q_3_bulan", "": "q_2", "Ada siapa saja yang tinggal serumah dengan keluarga ini?": "ada_siapa_saja_yang_tinggal_seru", "Ayah – ibu": "ayah_ibu"} {
		if got := edit.NewID(d, words); got != want {
			t.Errorf("%q is named %s, want %s", words, got, want)
		}
	}
}

func TestWhatBecameDifferentIsTold(t *testing.T) {
	t.Parallel()
	before, after := home(), home()
	edit.Remove(&after, "a")
	edit.Put(&after, question("new"), "two")
	edit.Move(&after, "e", -1)
	b := question("b")
	most := 3.0
	b.Text, b.Type, b.Most, b.Required, b.Relevant, b.Stage = form.Words{"id": "Lain"}, form.Decimal, &most, true, "${c} = ''", "planning"
	edit.Replace(&after, "b", b)
	build := func(d form.Definition) *form.Definition {
		built, problems := form.Build(d)
		if len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		return built
	}
	var got []string
	for _, c := range edit.Diff(build(before), build(after)) {
		got = append(got, fmt.Sprint(c.Kind, " ", c.Item.ID, " ", c.What))
	}
	want := "changed b [words type required bounds condition stage]; changed e [place]; changed d [place]; added new []; gone a []"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if same := edit.Diff(build(before), build(home())); len(same) > 0 {
		t.Errorf("what is the same differs: %+v", same)
	}
}
