package scoring_test

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/form"
	"teduh/internal/instrument/scoring"
)

func shipped(t testing.TB, name string) (*scoring.Scorer, scoring.Document, *form.Definition) {
	t.Helper()
	raw, err := os.ReadFile("../shipped/" + name + ".questionnaire.json")
	if err != nil {
		t.Fatal(err)
	}
	d, wrong := form.Parse(raw)
	if len(wrong) > 0 {
		t.Fatalf("%s: %+v", name, wrong)
	}
	if raw, err = os.ReadFile("../shipped/" + name + ".scoring.json"); err != nil {
		t.Fatal(err)
	}
	doc, problems := scoring.Parse(raw)
	if len(problems) > 0 {
		t.Fatalf("%s: %+v", name, problems)
	}
	s, problems := scoring.Compile(doc, d)
	if len(problems) > 0 {
		t.Fatalf("%s: %+v", name, problems)
	}
	return s, doc, d
}

// answers turns «0,1,2» into answers of the items 1, 2, 3; a dash stays unanswered.
func answers(list string) form.Answers {
	a := form.Answers{}
	for i, v := range strings.Split(list, ",") {
		if v != "-" {
			a[strconv.Itoa(i+1)] = []string{v}
		}
	}
	return a
}

// Bands of the PHQ-9: Kroenke, Spitzer & Williams 2001, table 2 and abstract (5, 10, 15 and 20 are mild, moderate, moderately
// severe and severe; 10 is the cut-off). Of the GAD-7: Spitzer et al. 2006 (5, 10, 15).
func TestScoresAreBandedAsPublished(t *testing.T) {
	t.Parallel()
	table := []struct {
		instrument, answers string
		want                float64
		band                string
		beyond              bool
	}{
		{"phq-9", "0,0,0,0,0,0,0,0,0", 0, "minimal", false},
		{"phq-9", "1,1,1,1,0,0,0,0,0", 4, "minimal", false},
		{"phq-9", "1,1,1,1,1,0,0,0,0", 5, "mild", false},
		{"phq-9", "3,3,3,0,0,0,0,0,0", 9, "mild", false},
		{"phq-9", "3,3,3,1,0,0,0,0,0", 10, "moderate", true},
		{"phq-9", "3,3,3,3,2,0,0,0,0", 14, "moderate", true},
		{"phq-9", "3,3,3,3,3,0,0,0,0", 15, "moderately_severe", true},
		{"phq-9", "3,3,3,3,3,2,2,0,0", 19, "moderately_severe", true},
		{"phq-9", "3,3,3,3,3,3,2,0,0", 20, "severe", true},
		{"phq-9", "3,3,3,3,3,3,3,3,3", 27, "severe", true},
		{"gad-7", "1,1,1,1,0,0,0", 4, "minimal", false},
		{"gad-7", "1,1,1,1,1,0,0", 5, "mild", false},
		{"gad-7", "2,2,2,2,2,0,0", 10, "moderate", true},
		{"gad-7", "3,3,3,3,3,0,0", 15, "severe", true},
		{"gad-7", "3,3,3,3,3,3,3", 21, "severe", true},
	}
	for _, c := range table {
		s, _, _ := shipped(t, c.instrument)
		got := s.Score(answers(c.answers)).Scores[0]
		if !got.Scored || got.Value != c.want || got.Band != c.band || got.Beyond != c.beyond {
			t.Errorf("%s %s: %+v", c.instrument, c.answers, got)
		}
	}
}

// The cut-offs of the DASS (Lovibond & Lovibond 1995), which are those of the doubled DASS-21.
func TestDASSIsDoubledAndBanded(t *testing.T) {
	t.Parallel()
	s, doc, _ := shipped(t, "dass-21")
	table := map[string][]struct {
		upTo float64
		band string
	}{
		"depression": {{9, "normal"}, {13, "mild"}, {20, "moderate"}, {27, "severe"}, {42, "extremely_severe"}},
		"anxiety":    {{7, "normal"}, {9, "mild"}, {14, "moderate"}, {19, "severe"}, {42, "extremely_severe"}},
		"stress":     {{14, "normal"}, {18, "mild"}, {25, "moderate"}, {33, "severe"}, {42, "extremely_severe"}},
	}
	for code, cuts := range table {
		scale, _ := doc.Scale(code)
		for raw := range 22 {
			a := form.Answers{}
			for i, id := range scale.Items {
				a[id] = []string{strconv.Itoa(min(3, max(0, raw-3*i)))}
			}
			for _, got := range s.Score(a).Scores {
				if got.Scale != code {
					continue
				}
				want := ""
				for _, c := range cuts {
					if want == "" && float64(2*raw) <= c.upTo {
						want = c.band
					}
				}
				if got.Value != float64(2*raw) || got.Band != want {
					t.Errorf("%s with raw %d: %+v, want %s", code, raw, got, want)
				}
			}
		}
	}
}

// WHO-5: raw 0 to 25 times four, 50 or less asks for a closer look (Topp et al. 2015). SRQ-20: six or more (Riskesdas 2007).
func TestOtherCutoffs(t *testing.T) {
	t.Parallel()
	table := []struct {
		instrument, answers string
		want                float64
		beyond              bool
	}{
		{"who-5", "5,5,5,5,5", 100, false},
		{"who-5", "3,3,3,2,2", 52, false},
		{"who-5", "3,3,2,2,2", 48, true},
		{"who-5", "0,0,0,0,0", 0, true},
		{"srq-20", "yes,yes,yes,yes,yes" + strings.Repeat(",no", 15), 5, false},
		{"srq-20", "yes,yes,yes,yes,yes,yes" + strings.Repeat(",no", 14), 6, true},
	}
	for _, c := range table {
		s, _, d := shipped(t, c.instrument)
		if got := s.Score(answers(c.answers)).Scores[0]; got.Value != c.want || got.Beyond != c.beyond {
			t.Errorf("%s %s: %+v", c.instrument, c.answers, got)
		}
		if d.Worded() {
			t.Errorf("%s holds wording that is not ours to give", c.instrument)
		}
	}
}

func TestThoughtsOfDeathRaiseAnAlarmWhateverTheScore(t *testing.T) {
	t.Parallel()
	s, _, _ := shipped(t, "phq-9")
	for list, want := range map[string]string{"3,3,3,3,3,3,3,3,0": "[]", "0,0,0,0,0,0,0,0,1": "[self_harm]", "-,-,-,-,-,-,-,-,3": "[self_harm]", "-": "[]"} {
		if got := fmt.Sprint(s.Score(answers(list)).Alarms); got != want {
			t.Errorf("%s: %s, want %s", list, got, want)
		}
	}
}

// Jacobson & Truax 1991, p. 14: before 32.5, after 47.5, SD 7.5, reliability 0.80 give a standard error of measurement of 3.35
// and an index of 3.16. Bischoff et al. 2020 publish 5.59 for the GAD-7.
func TestReliableChangeAsPublished(t *testing.T) {
	t.Parallel()
	c := scoring.Change{SD: 7.5, Reliability: 0.80}
	if got := c.Index(32.5, 47.5); math.Abs(got-3.16) > 0.005 {
		t.Errorf("index %.3f, want 3.16", got)
	}
	_, doc, _ := shipped(t, "gad-7")
	if got := doc.Scales[0].Change.Least(); math.Abs(got-5.59) > 0.005 {
		t.Errorf("least change of the GAD-7 %.3f, want 5.59", got)
	}
	for change, want := range map[float64]scoring.Verdict{-6: scoring.Better, -5: scoring.Same, 0: scoring.Same, 5: scoring.Same, 6: scoring.Worse} {
		if got := doc.Scales[0].Judge(10, 10+change); got != want {
			t.Errorf("a change of %v is %s, want %s", change, got, want)
		}
	}
	_, well, _ := shipped(t, "who-5")
	if got := well.Scales[0].Judge(20, 90); got != scoring.Unknown {
		t.Errorf("without spread and reliability: %s", got)
	}
}

const five = `{"resourceType":"Questionnaire","url":"urn:five","version":"2","item":[%s]}`

func fiveItems() string {
	var list []string
	for i := range 5 {
		list = append(list, fmt.Sprintf(`{"linkId":"%d","type":"choice","answerOption":[{"valueInteger":1},{"valueInteger":2},{"valueInteger":3},{"valueInteger":4}]}`, i+1))
	}
	return fmt.Sprintf(five, strings.Join(list, ","))
}

func compile(t testing.TB, scale string) (*scoring.Scorer, []scoring.Problem) {
	t.Helper()
	d, wrong := form.Parse([]byte(fiveItems()))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	doc, problems := scoring.Parse([]byte(`{"questionnaire":"urn:five|2","scales":[` + scale + `]}`))
	if len(problems) > 0 {
		return nil, problems
	}
	return scoring.Compile(doc, d)
}

// Reversed twice is as it was, turning every answer round turns the score round, and one step more in an item that is not
// reversed is one step more in the sum.
func TestScoringLaws(t *testing.T) {
	t.Parallel()
	plain, p1 := compile(t, `{"code":"s","items":["1","2","3","4","5"],"method":"sum","better":"lower"}`)
	turned, p2 := compile(t, `{"code":"s","items":["1","2","3","4","5"],"reversed":["1","2","3","4","5"],"method":"sum","better":"lower"}`)
	filled, p3 := compile(t, `{"code":"s","items":["1","2","3","4","5"],"missing":2,"method":"mean","better":"lower"}`)
	if len(p1)+len(p2)+len(p3) > 0 {
		t.Fatal(p1, p2, p3)
	}
	rapid.Check(t, func(rt *rapid.T) {
		given, round := form.Answers{}, form.Answers{}
		var sum, n float64
		for i := range 5 {
			id := strconv.Itoa(i + 1)
			if v := rapid.IntRange(0, 4).Draw(rt, id); v > 0 {
				given[id], round[id] = []string{strconv.Itoa(v)}, []string{strconv.Itoa(5 - v)}
				sum, n = sum+float64(v), n+1
			}
		}
		a, b, c := plain.Score(given).Scores[0], turned.Score(round).Scores[0], filled.Score(given).Scores[0]
		if a != b {
			rt.Fatalf("%+v turned round is %+v", a, b)
		}
		if a.Scored != (n == 5) || a.Scored && a.Value != sum {
			rt.Fatalf("%v: %+v", given, a)
		}
		if c.Scored != (n >= 3) || c.Scored && math.Abs(c.Value-sum/n) > 0.005 {
			rt.Fatalf("the mean of %v with some missing: %+v", given, c)
		}
	})
}

func TestRulesThatDoNotFitAreTold(t *testing.T) {
	t.Parallel()
	good := `"items":["1","2"],"method":"sum","better":"lower"`
	band := `{"code":"%s","from":%d,"to":%d,"tone":"calm","title":{"id":"x"}}`
	table := map[string]string{
		"not_scoring":  `{"code":"s","itms":["1"]}`,
		"scale_code":   `{` + good + `}`,
		"no_items":     `{"code":"s","method":"sum","better":"lower"}`,
		"unknown_item": `{"code":"s","items":["1","9"],"method":"sum","better":"lower"}`,
		"method":       `{"code":"s","items":["1"],"method":"product","better":"lower"}`,
		"better":       `{"code":"s","items":["1"],"method":"sum"}`,
		"missing":      `{"code":"s",` + good + `,"missing":2}`,
		"factor":       `{"code":"s",` + good + `,"factor":-1}`,
		"cutoff":       `{"code":"s",` + good + `,"cutoff":{"at":3,"side":"over"}}`,
		"change":       `{"code":"s",` + good + `,"change":{"sd":1,"reliability":1,"source":"x"}}`,
		"band":         `{"code":"s",` + good + `,"bands":[{"code":"","from":2,"to":8,"tone":"calm","title":{"id":"x"}}]}`,
		"band_range":   `{"code":"s",` + good + `,"bands":[` + fmt.Sprintf(band, "a", 8, 2) + `]}`,
		"band_order":   `{"code":"s",` + good + `,"bands":[` + fmt.Sprintf(band, "a", 2, 5) + `,` + fmt.Sprintf(band, "b", 5, 8) + `]}`,
		"band_gap":     `{"code":"s",` + good + `,"bands":[` + fmt.Sprintf(band, "a", 2, 5) + `,` + fmt.Sprintf(band, "b", 6, 7) + `]}`,
	}
	for code, scale := range table {
		s, problems := compile(t, scale)
		if s != nil || len(problems) == 0 || problems[0].Code != code {
			t.Errorf("%s: %+v", code, problems)
		}
	}
}

// The goal is 100,000 a second: docs/performance.md.
func BenchmarkScore(b *testing.B) {
	s, _, _ := shipped(b, "phq-9")
	a := answers("1,2,3,0,1,2,3,0,1")
	for b.Loop() {
		s.Score(a)
	}
}
