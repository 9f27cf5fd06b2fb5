package instrument

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"teduh/internal/form"
	"teduh/internal/instrument/scoring"
)

// The instruments that come with the program; those whose words are not free come as structure alone.
//
//go:embed shipped/*.json
var shippedFiles embed.FS

// shipped are read once; a test reads them all, so a broken one never leaves the house.
var shipped = sync.OnceValue(func() (list []Edition) {
	entries, err := shippedFiles.ReadDir("shipped")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".questionnaire.json"); ok {
			list = append(list, mustShip(name))
		}
	}
	slices.SortStableFunc(list, func(a, b Edition) int { return orderOf(a) - orderOf(b) })
	return list
})

// orderOf puts what can be used at once first.
func orderOf(e Edition) int {
	if e.Form.Worded() {
		return 0
	}
	return 1
}

func mustShip(name string) Edition {
	questionnaire, err := shippedFiles.ReadFile("shipped/" + name + ".questionnaire.json")
	if err != nil {
		panic(err)
	}
	rules, err := shippedFiles.ReadFile("shipped/" + name + ".scoring.json")
	if err != nil {
		panic(err)
	}
	e, wrong := read(files{string(questionnaire), string(rules)})
	if len(wrong) > 0 {
		panic(fmt.Sprintf("instrument: %s: %v", name, wrong))
	}
	e.State, e.Shipped = Published, true
	return e
}

// wrong is what is wrong with one of the two documents.
type wrong struct {
	file             string // questionnaire or scoring
	code, item, word string
	at               int // of an expression: the letter
}

// read turns the documents of an edition over, and tells everything that can't be used.
func read(f files) (Edition, []wrong) {
	d, problems := form.Parse([]byte(f.questionnaire))
	if len(problems) > 0 {
		return Edition{}, ofForm(problems)
	}
	doc, bad := scoring.Parse([]byte(f.scoring))
	if len(bad) > 0 {
		return Edition{}, ofScoring(bad)
	}
	s, bad := scoring.Compile(doc, d)
	if len(bad) > 0 {
		return Edition{}, ofScoring(bad)
	}
	e := Edition{Name: nameOf(d), Version: d.Version, Form: d, Doc: doc, scorer: s, files: f}
	if e.Name == "" || e.Version == "" || len(e.Version) > 20 {
		return Edition{}, []wrong{{file: "questionnaire", code: "no_name"}}
	}
	return e, nil
}

func ofForm(problems []form.Problem) (list []wrong) {
	for _, p := range problems {
		list = append(list, wrong{"questionnaire", p.Code, p.Item, p.Word, p.At})
	}
	return list
}

func ofScoring(problems []scoring.Problem) (list []wrong) {
	for _, p := range problems {
		list = append(list, wrong{file: "scoring", code: p.Code, item: p.At, word: p.Word})
	}
	return list
}
