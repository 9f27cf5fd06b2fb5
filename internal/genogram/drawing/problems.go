package drawing

import (
	"cmp"
	"slices"
)

func (g *genogram) problem(code string, people ...string) {
	p := Problem{Code: code, People: people}
	if !slices.ContainsFunc(g.problems, func(q Problem) bool { return q.Code == code && slices.Equal(q.People, people) }) {
		g.problems = append(g.problems, p)
	}
}

// check looks for what cannot be true of births; who is their own ancestor is found with the rows.
func (g *genogram) check(links []Link) {
	parents := map[string]map[string]int{}
	for _, l := range links {
		if l.Kind != "biological" {
			continue
		}
		parent, child := g.nodes[g.byID[l.Parent]].Person, g.nodes[g.byID[l.Child]].Person
		if before(child.Born, parent.Born) || sameDay(child.Born, parent.Born) {
			g.problem("born_before_parent", child.ID, parent.ID)
		}
		if parent.Sex == "f" && before(parent.Died, child.Born) {
			g.problem("born_after_death", child.ID, parent.ID)
		}
		if parents[child.ID] == nil {
			parents[child.ID] = map[string]int{}
		}
		parents[child.ID][parent.Sex]++
		parents[child.ID]["all"]++
	}
	for _, n := range g.nodes {
		g.checkParents(n.ID, parents[n.ID])
	}
}

func (g *genogram) checkParents(child string, count map[string]int) {
	switch {
	case count["f"] > 1:
		g.problem("two_mothers", child)
	case count["m"] > 1:
		g.problem("two_fathers", child)
	case count["all"] > 2:
		g.problem("many_parents", child)
	}
}

// before tells whether one day, month or year is surely before another.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return n > 0 && a[:n] < b[:n]
}

func sameDay(a, b string) bool { return len(a) == len("2006-01-02") && a == b }

// sortProblems in the order of their codes, then of the people.
func (g *genogram) sortProblems() []Problem {
	slices.SortStableFunc(g.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(slices.Index(ProblemCodes, a.Code), slices.Index(ProblemCodes, b.Code)), slices.Compare(a.People, b.People))
	})
	return g.problems
}
