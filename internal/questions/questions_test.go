package questions_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// sheet has a question of every kind, and one that stands below another.
const sheet = `{"resourceType":"Questionnaire","url":"urn:x:sheet","version":"2","language":"id","item":[
 {"linkId":"tale","type":"text","text":"Cerita"},{"linkId":"count","type":"integer","text":"Berapa?"},{"linkId":"weight","type":"decimal","text":"Berat"},
 {"linkId":"day","type":"date","text":"Kapan?"},{"linkId":"yes","type":"boolean","text":"Ya?"},
 {"linkId":"several","type":"choice","repeats":true,"text":"Yang mana?","answerOption":[{"valueCoding":{"code":"a","display":"Ayah"}},{"valueCoding":{"code":"b","display":"Ibu"}}]},
 {"linkId":"g","type":"group","text":"Bagian","item":[{"linkId":"one","type":"choice","text":"Satu","answerOption":[{"valueCoding":{"code":"x","display":"Berat"}}],
  "item":[{"linkId":"below","type":"string","text":"Catatan"}]}]}]}`

func parsed(t testing.TB) *form.Definition {
	t.Helper()
	d, problems := form.Parse([]byte(sheet))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
}

// What was posted is read as people write it; what stood in the form and was left empty has no values, what did not stand in it
// is not named, and a field of no question is told by its name.
func TestAPostedFormIsRead(t *testing.T) {
	t.Parallel()
	f := web.Form{Values: url.Values{"q-tale": {" Baris satu\r\nbaris dua "}, "q-count": {"1.234,0"}, "q-weight": {"2,5"}, "q-day_d": {"4"}, "q-day_m": {"11"}, "q-day_y": {"2026"},
		"q-several": {"", "b", "b", "a"}, "q-yes": {""}, "q-lain": {"x"}, "was-tale": {"0"}}}
	got := fmt.Sprint(questions.Read(parsed(t), f))
	if want := "map[count:[1234.0] day:[2026-11-04] lain:[x] several:[b a] tale:[Baris satu\nbaris dua] weight:[2.5] yes:[]]"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	f = web.Form{Values: url.Values{"q-day_d": {"31"}, "q-day_m": {"2"}, "q-day_y": {"2026"}}}
	if bad := parsed(t).Check(questions.Read(parsed(t), f), false); len(bad) != 1 || bad[0].Code != "kind" {
		t.Errorf("a day that does not exist: %v", bad)
	}
}

// Answers put into the fields and read back are the same answers.
func TestWhatIsShownIsReadBack(t *testing.T) {
	t.Parallel()
	d := parsed(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := form.Answers{}
		for id, values := range map[string][]string{"tale": {"satu", "dua\ntiga"}, "count": {"0", "40"}, "weight": {"2.5", "3"}, "day": {"2026-01-09", "1950-12-31"}, "yes": {"true", "false"}, "one": {"x"}, "below": {"ya"}} {
			if rapid.Bool().Draw(rt, id) {
				a[id] = []string{rapid.SampledFrom(values).Draw(rt, id)}
			}
		}
		back := questions.Read(d, web.Form{Values: questions.ValuesOf(d, a)})
		if fmt.Sprint(back) != fmt.Sprint(a) {
			rt.Fatalf("%v comes back as %v", a, back)
		}
		response := questions.ResponseOf(d, questions.Response{Language: "id"}, a)
		if again := questions.Filled(response.Item); fmt.Sprint(again) != fmt.Sprint(a) {
			rt.Fatalf("%v comes back from FHIR as %v", a, again)
		}
	})
}

// What is asked below a question stands in its answer (FHIR R4, QuestionnaireResponse.item.answer.item), within a group in the group.
func TestAnswersInFHIRsWords(t *testing.T) {
	t.Parallel()
	r := questions.ResponseOf(parsed(t), questions.Response{ID: "1", Status: "completed", Language: "id"}, form.Answers{"one": {"x"}, "below": {"sering"}})
	raw, err := json.Marshal(r.Item)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"linkId":"g","text":"Bagian","item":[{"linkId":"one","text":"Satu","answer":[{"valueCoding":{"code":"x","display":"Berat"},"item":[{"linkId":"below","text":"Catatan","answer":[{"valueString":"sering"}]}]}]}]}]`
	if string(raw) != want || r.Questionnaire != "urn:x:sheet|2" {
		t.Errorf("%s of %s", raw, r.Questionnaire)
	}
}

// An answer is said in words of the language it is read in.
func TestAnswersAreToldInWords(t *testing.T) {
	t.Parallel()
	d, id, en := parsed(t), i18n.With(t.Context(), "id", time.UTC), i18n.With(t.Context(), "en", time.UTC)
	told := func(item string, values ...string) string {
		it, _ := d.Item(item)
		return strings.Join([]string{questions.Told(id, it, values, "id"), questions.Told(en, it, values, "en")}, " | ")
	}
	for _, c := range [][2]string{{told("several", "b", "a"), "Ibu; Ayah | Ibu; Ayah"}, {told("yes", "true"), "Ya | Yes"}, {told("weight", "2.5"), "2,5 | 2.5"},
		{told("day", "2026-11-04"), "4 November 2026 | 4 November 2026"}, {told("tale"), " | "}} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}
