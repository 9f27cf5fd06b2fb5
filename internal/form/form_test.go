package form_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form"
)

func parse(t testing.TB, raw string) *form.Definition {
	t.Helper()
	d, problems := form.Parse([]byte(raw))
	if len(problems) > 0 {
		t.Fatalf("problems: %+v", problems)
	}
	return d
}

// home asks who lives there, and about children only where there are some, and about school only where one goes.
const home = `{"resourceType":"Questionnaire","url":"urn:x","version":"1","title":"Rumah","item":[
 {"linkId":"count","type":"integer","text":"Berapa orang?","required":true,
  "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":1},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":30}]},
 {"linkId":"children","type":"boolean","text":"Ada anak?","enableWhen":[{"question":"count","operator":">","answerInteger":1}]},
 {"linkId":"about","type":"group","text":"Tentang anak","enableWhen":[{"question":"children","operator":"=","answerBoolean":true}],"item":[
  {"linkId":"school","type":"choice","text":"Sekolah","required":true,"repeats":true,"answerOption":[{"valueCoding":{"code":"sd","display":"SD"}},{"valueCoding":{"code":"none","display":"Tidak sekolah"}}]},
  {"linkId":"why","type":"text","text":"Mengapa tidak?","enableWhen":[{"question":"school","operator":"=","answerCoding":{"code":"none"}}]}]},
 {"linkId":"alone","type":"text","text":"Siapa yang menemani?","enableWhen":[{"question":"children","operator":"exists","answerBoolean":false}]}]}`

func TestQuestionsAreAskedWhereTheirConditionsHold(t *testing.T) {
	t.Parallel()
	d := parse(t, home)
	table := []struct {
		answers form.Answers
		asked   string
	}{
		{nil, "count alone"},
		{form.Answers{"count": {"1"}}, "count alone"},
		{form.Answers{"count": {"3"}}, "count children alone"},
		{form.Answers{"count": {"3"}, "children": {"false"}}, "count children"},
		{form.Answers{"count": {"3"}, "children": {"true"}}, "count children school"},
		{form.Answers{"count": {"3"}, "children": {"true"}, "school": {"sd", "none"}}, "count children school why"},
		// What hangs on a question that is itself not asked is not asked either.
		{form.Answers{"count": {"1"}, "children": {"true"}, "school": {"none"}}, "count alone"},
	}
	for _, c := range table {
		asked := d.Asked(c.answers)
		var got []string
		for _, q := range d.Questions() {
			if asked[q.ID] {
				got = append(got, q.ID)
			}
		}
		if strings.Join(got, " ") != c.asked {
			t.Errorf("%v asks %v, want %s", c.answers, got, c.asked)
		}
	}
}

func TestAnswersAreRefusedWithTheirQuestion(t *testing.T) {
	t.Parallel()
	d := parse(t, home)
	table := map[string]form.Answers{
		"[{count required}]":                     {},
		"[{count range}]":                        {"count": {"0"}},
		"[{count kind}]":                         {"count": {"dua"}},
		"[{school required}]":                    {"count": {"2"}, "children": {"true"}},
		"[{school option}]":                      {"count": {"2"}, "children": {"true"}, "school": {"smp"}},
		"[{children kind}]":                      {"count": {"2"}, "children": {"ya"}},
		"[{alone long}]":                         {"count": {"1"}, "alone": {strings.Repeat("a", form.MostAnswer+1)}},
		"[{count kind} {lain unknown}]":          {"count": {"2", "3"}, "lain": {"x"}},
		"[]":                                     {"count": {"2"}, "children": {"true"}, "school": {"sd"}},
		"[{count range} {children kind}]":        {"count": {"31"}, "children": {""}},
		"[{count kind} {a unknown} {b unknown}]": {"count": {"1e400"}, "b": {"1"}, "a": {"1"}},
	}
	for want, answers := range table {
		if got := fmt.Sprint(d.Check(answers, true)); got != want {
			t.Errorf("%v: %s, want %s", answers, got, want)
		}
	}
	if wrong := d.Check(form.Answers{}, false); len(wrong) > 0 {
		t.Errorf("half filled is refused: %v", wrong)
	}
}

func item(rest string) string {
	return `{"resourceType":"Questionnaire","item":[` + rest + `]}`
}

// Broken definitions are told by their place, and none is half taken.
func TestBrokenDefinitionsAreTold(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 10_000 {
		many = append(many, fmt.Sprintf(`{"linkId":"%d","type":"string"}`, i))
	}
	deep := strings.Repeat(`{"linkId":"x","type":"group","item":[`, 40) + `{"linkId":"y","type":"string"}` + strings.Repeat(`]}`, 40)
	table := map[string]string{
		"not_json":          `{"resourceType":`,
		"not_questionnaire": `{"resourceType":"Patient"}`,
		"no_items":          item(``),
		"no_link_id":        item(`{"type":"string","text":"Nama"}`),
		"twice":             item(`{"linkId":"a","type":"string"},{"linkId":"a","type":"string"}`),
		"type":              item(`{"linkId":"a","type":"attachment"}`),
		"empty_group":       item(`{"linkId":"a","type":"group"}`),
		"no_options":        item(`{"linkId":"a","type":"choice"}`),
		"option_code":       item(`{"linkId":"a","type":"choice","answerOption":[{"valueCoding":{"code":"x"}},{"valueCoding":{"code":"x"}}]}`),
		"value_set":         item(`{"linkId":"a","type":"choice","answerValueSet":"http://x","answerOption":[{"valueInteger":1}]}`),
		"range": item(`{"linkId":"a","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":5},
			{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":1}]}`),
		"unknown_question": item(`{"linkId":"a","type":"string","enableWhen":[{"question":"b","operator":"exists","answerBoolean":true}]}`),
		"no_question":      item(`{"linkId":"b","type":"display"},{"linkId":"a","type":"string","enableWhen":[{"question":"b","operator":"exists","answerBoolean":true}]}`),
		"operator":         item(`{"linkId":"b","type":"string"},{"linkId":"a","type":"string","enableWhen":[{"question":"b","operator":"~","answerString":"x"}]}`),
		"condition_answer": item(`{"linkId":"b","type":"integer"},{"linkId":"a","type":"string","enableWhen":[{"question":"b","operator":"=","answerString":"x"}]}`),
		"cycle": item(`{"linkId":"a","type":"boolean","enableWhen":[{"question":"b","operator":"=","answerBoolean":true}]},
			{"linkId":"b","type":"boolean","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]}`),
		"too_many_items": item(strings.Join(many, ",")),
		"too_deep":       item(deep),
		"text_too_long":  item(`{"linkId":"a","type":"string","text":"` + strings.Repeat("a", form.MostText+1) + `"}`),
		"too_large":      strings.Repeat(" ", form.MostBytes+1),
	}
	for code, raw := range table {
		d, problems := form.Parse([]byte(raw))
		if d != nil || len(problems) == 0 || problems[0].Code != code {
			t.Errorf("%s: %v, %+v", code, d, problems)
		}
	}
}

// A question may not hang on one inside the group that hangs on it.
func TestACircleOverAGroupIsFound(t *testing.T) {
	t.Parallel()
	_, problems := form.Parse([]byte(item(`{"linkId":"g","type":"group","enableWhen":[{"question":"in","operator":"=","answerBoolean":true}],
		"item":[{"linkId":"in","type":"boolean"}]}`)))
	if len(problems) == 0 || problems[0].Code != "cycle" {
		t.Errorf("%+v", problems)
	}
}

// Cleaning twice is cleaning once, and what is clean holds no answer to a question that is not asked.
func TestCleanAnswersAreOnesThatWereAsked(t *testing.T) {
	t.Parallel()
	d := parse(t, home)
	rapid.Check(t, func(rt *rapid.T) {
		answers := form.Answers(rapid.MapOf(rapid.SampledFrom([]string{"count", "children", "school", "why", "alone", "lain"}),
			rapid.SliceOfN(rapid.SampledFrom([]string{"", " 1 ", "2", "true", "false", "sd", "none", "kata"}), 0, 3)).Draw(rt, "answers"))
		once := d.Clean(answers)
		if again := d.Clean(once); fmt.Sprint(again) != fmt.Sprint(once) {
			rt.Fatalf("%v becomes %v", once, again)
		}
		asked := d.Asked(once)
		for id := range once {
			if !asked[id] {
				rt.Fatalf("%s of %v is not asked", id, once)
			}
		}
	})
}

func FuzzDefinitionsNeverPanic(f *testing.F) {
	f.Add([]byte(home))
	shipped, _ := filepath.Glob("../instrument/shipped/*.questionnaire.json")
	for _, path := range shipped {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, problems := form.Parse(raw)
		if (d == nil) == (len(problems) == 0) {
			t.Fatalf("%v with %v", d, problems)
		}
		if d == nil {
			return
		}
		var answers form.Answers
		_ = json.Unmarshal(raw, &answers)
		d.Check(d.Clean(answers), true)
	})
}
