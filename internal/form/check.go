package form

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Problem is something a definition can't be used with: a code of the catalog (form.problem.…) and the item it is at.
type Problem struct {
	Code string
	Item string // linkId; empty for the whole
	Word string // what of it, such as a name that leads nowhere
}

// mostProblems is how many are told; whoever mends so many reads it again.
const mostProblems = 50

var operators = []string{"exists", "=", "!=", ">", "<", ">=", "<="}

// check looks at everything that makes a definition unusable, and indexes its items.
func (d *Definition) check() (problems []Problem) {
	add := func(code, item, word string) {
		if len(problems) < mostProblems {
			problems = append(problems, Problem{code, item, word})
		}
	}
	if len(d.Items) == 0 {
		add("no_items", "", "")
	}
	d.walk(func(it *Item, _ int) {
		if it.ID == "" {
			add("no_link_id", "", it.Text.In(d.Language))
		} else if d.byID[it.ID] != nil {
			add("twice", it.ID, "")
		}
		d.byID[it.ID] = it
		it.check(add)
	})
	d.walk(func(it *Item, _ int) { d.checkConditions(it, add) })
	for _, id := range d.cycle() {
		add("cycle", id, "")
	}
	return problems
}

func (it *Item) check(add func(code, item, word string)) {
	if !types[it.Type] {
		add("type", it.ID, string(it.Type))
	}
	if it.Type == Group && len(it.Items) == 0 {
		add("empty_group", it.ID, "")
	}
	if it.Type == Choice && len(it.Options) == 0 {
		add("no_options", it.ID, "")
	}
	if len(it.Options) > MostOptions {
		add("too_many_options", it.ID, "")
	}
	if it.Least != nil && it.Most != nil && *it.Least > *it.Most {
		add("range", it.ID, "")
	}
	for _, text := range it.Text {
		if utf8.RuneCountInString(text) > MostText {
			add("text_too_long", it.ID, "")
		}
	}
	codes := map[string]bool{}
	for _, o := range it.Options {
		if o.Code == "" || codes[o.Code] {
			add("option_code", it.ID, o.Code)
		}
		codes[o.Code] = true
	}
}

func (d *Definition) checkConditions(it *Item, add func(code, item, word string)) {
	for _, c := range it.When {
		asked, ok := d.byID[c.Question]
		switch {
		case !ok:
			add("unknown_question", it.ID, c.Question)
		case !asked.Type.asks():
			add("no_question", it.ID, c.Question)
		case !slices.Contains(operators, c.Operator):
			add("operator", it.ID, c.Operator)
		case c.Operator == "exists" && c.Answer != "true" && c.Answer != "false", c.Operator != "exists" && !asked.takes(c.Answer):
			add("condition_answer", it.ID, c.Answer)
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

// cycle names the items whose being asked hangs, over conditions and groups, on themselves.
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

// needs are, for each item, those that decide whether it is asked: the questions of its conditions and its group.
func (d *Definition) needs() map[string][]string {
	needs := map[string][]string{}
	d.walk(func(it *Item, _ int) {
		for _, c := range it.When {
			needs[it.ID] = append(needs[it.ID], c.Question)
		}
		for i := range it.Items {
			needs[it.Items[i].ID] = append(needs[it.Items[i].ID], it.ID)
		}
	})
	return needs
}
