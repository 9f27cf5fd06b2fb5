package form

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"teduh/internal/form/expr"
)

// Problem is something a definition can't be used with: a code of the catalog (form.problem.…) and where it is.
type Problem struct {
	Code string
	Item string // linkId; empty for the whole
	Word string // what of it, such as a name that leads nowhere
	At   int    // of an expression: the letter, counted from 1
	Row  int    // of a sheet: the row, counted from 1
}

// telling takes up problems while a definition is looked at.
type telling func(Problem)

func (tell telling) about(code, item, word string) { tell(Problem{Code: code, Item: item, Word: word}) }

// mostProblems is how many are told; whoever mends so many reads it again.
const mostProblems = 50

var operators = []string{"exists", "=", "!=", ">", "<", ">=", "<="}

// measure refuses what is too large to be looked at further.
func (d *Definition) measure() (problems []Problem) {
	seen, deepest := 0, Problem{}
	d.walk(func(it *Item, depth int) {
		if seen++; depth > MostDepth && deepest.Code == "" {
			deepest = Problem{Code: "too_deep", Item: it.ID}
		}
	})
	if seen > MostItems {
		problems = append(problems, Problem{Code: "too_many_items"})
	}
	if deepest.Code != "" {
		problems = append(problems, deepest)
	}
	return problems
}

// check looks at everything that makes a definition unusable, and indexes its items.
func (d *Definition) check() (problems []Problem) {
	tell := telling(func(p Problem) {
		if len(problems) < mostProblems {
			problems = append(problems, p)
		}
	})
	d.byID, d.parent = map[string]*Item{}, map[string]string{}
	d.relevance, d.calculation = map[string]*expr.Expr{}, map[string]*expr.Expr{}
	if len(d.Items) == 0 {
		tell.about("no_items", "", "")
	}
	d.walk(func(it *Item, _ int) {
		if it.ID == "" {
			tell.about("no_link_id", "", it.Text.In(d.Language))
		} else if d.byID[it.ID] != nil {
			tell.about("twice", it.ID, "")
		}
		d.byID[it.ID] = it
		for i := range it.Items {
			d.parent[it.Items[i].ID] = it.ID
		}
		it.check(tell)
	})
	d.walk(func(it *Item, _ int) {
		d.checkConditions(it, tell)
		d.checkExpressions(it, tell)
	})
	for _, id := range d.cycle() {
		tell.about("cycle", id, "")
	}
	return problems
}

func (it *Item) check(tell telling) {
	if !types[it.Type] {
		tell.about("type", it.ID, string(it.Type))
	}
	if it.Type == Group && len(it.Items) == 0 {
		tell.about("empty_group", it.ID, "")
	}
	if it.Type == Choice && len(it.Options) == 0 {
		tell.about("no_options", it.ID, "")
	}
	if len(it.Options) > MostOptions {
		tell.about("too_many_options", it.ID, "")
	}
	if it.Least != nil && it.Most != nil && *it.Least > *it.Most {
		tell.about("range", it.ID, "")
	}
	if it.Type == Display && len(it.Help) > 0 {
		tell.about("help", it.ID, "")
	}
	if it.Area && !it.weighs() {
		tell.about("area", it.ID, "")
	}
	if it.Calculated() && !it.Type.asks() {
		tell.about("calculated_group", it.ID, "")
	}
	for _, words := range []Words{it.Text, it.Help} {
		for _, text := range words {
			if utf8.RuneCountInString(text) > MostText {
				tell.about("text_too_long", it.ID, "")
			}
		}
	}
	codes := map[string]bool{}
	for _, o := range it.Options {
		if o.Code == "" || codes[o.Code] {
			tell.about("option_code", it.ID, o.Code)
		}
		codes[o.Code] = true
	}
}

// weighs tells whether each option counts for something, one of them alone.
func (it *Item) weighs() bool {
	return it.Type == Choice && !it.Repeats && !slices.ContainsFunc(it.Options, func(o Option) bool { return o.Value == nil })
}

func (d *Definition) checkConditions(it *Item, tell telling) {
	for _, c := range it.When {
		asked, ok := d.byID[c.Question]
		switch {
		case !ok:
			tell.about("unknown_question", it.ID, c.Question)
		case !asked.Type.asks():
			tell.about("no_question", it.ID, c.Question)
		case !slices.Contains(operators, c.Operator):
			tell.about("operator", it.ID, c.Operator)
		case c.Operator == "exists" && c.Answer != "true" && c.Answer != "false", c.Operator != "exists" && !asked.takes(c.Answer):
			tell.about("condition_answer", it.ID, c.Answer)
		}
	}
}

// takes tells whether an answer is of the item's kind, whatever its range.
func (it *Item) takes(answer string) bool {
	switch it.Type {
	case Boolean:
		return answer == "true" || answer == "false"
	case Integer:
		_, err := strconv.ParseInt(answer, 10, 32)
		return err == nil
	case Decimal:
		_, ok := decimal(answer)
		return ok
	case Date:
		_, err := time.Parse(time.DateOnly, answer)
		return err == nil
	case Choice:
		_, ok := it.Option(answer)
		return ok
	}
	return answer != ""
}

// cycle names the items whose being asked or reckoned hangs, over conditions, expressions and groups, on themselves.
func (d *Definition) cycle() (list []string) {
	const (
		open = 1
		done = 2
	)
	state := map[string]int{}
	needs := d.needs()
	var visit func(id string) bool
	visit = func(id string) bool {
		switch state[id] {
		case open:
			return true
		case done:
			return false
		}
		state[id] = open
		circled := slices.ContainsFunc(needs[id], visit)
		state[id] = done
		return circled
	}
	d.walk(func(it *Item, _ int) {
		if state[it.ID] == 0 && visit(it.ID) {
			list = append(list, it.ID)
		}
	})
	return list
}

// needs are, for each item, those that decide whether it is asked and what is reckoned: the questions of its conditions and
// expressions, and its group.
func (d *Definition) needs() map[string][]string {
	needs := map[string][]string{}
	d.walk(func(it *Item, _ int) {
		for _, c := range it.When {
			needs[it.ID] = append(needs[it.ID], c.Question)
		}
		for _, e := range []*expr.Expr{d.relevance[it.ID], d.calculation[it.ID]} {
			if e != nil {
				needs[it.ID] = append(needs[it.ID], e.Names()...)
			}
		}
		for i := range it.Items {
			needs[it.Items[i].ID] = append(needs[it.Items[i].ID], it.ID)
		}
	})
	return needs
}
