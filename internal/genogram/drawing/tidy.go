package drawing

import (
	"cmp"
	"slices"
)

// node is a person, or a bend of a line on its way through a row of others.
type node struct {
	Person
	bend    bool
	row     int
	cluster int
	x       int
	parents []int // descents that lead here, the main one first
	unions  []int // with people of its row
	up      int   // the bar it hangs from first, or none
	bar     int   // of a bend: the bar that leads on
}

// union joins two nodes; fact is false where only a common child tells of it.
type union struct {
	Union
	a, b  int
	fact  bool
	level bool // both stand in one row
	depth int  // of the line below the row
}

// descent leads from a family to a child, by one link or two.
type descent struct {
	family, child int
	links         []Link
	odd           bool // the facts contradict each other: the child does not stand below
}

// family is a couple, one parent, or nobody known, with the children that hang from one line.
type family struct {
	a, b    int      // nodes; none is -1
	union   int      // -1 without a couple
	drops   []int    // descents, in the order of the children
	sibling []string // ties that the line of children without parents shows
}

const none = -1

// genogram is the work on one sheet.
type genogram struct {
	nodes    []node
	people   int // how many of the nodes are people
	byID     map[string]int
	unions   []union
	families []family
	descents []descent
	twins    []Twins
	ties     []Tie
	implied  []string
	problems []Problem
	clusters []cluster
	bars     []bar
	rows     [][]int // nodes of each row from the left
	spots    []int   // where in its row each node stands
	looks    []look
	levels   []rowLook
	width    int
}

// tidy keeps what the drawing can show, in an order that does not depend on that of the facts.
func tidy(f Facts) *genogram {
	g := &genogram{byID: map[string]int{}}
	people := slices.Clone(f.People)
	slices.SortFunc(people, func(a, b Person) int {
		return cmp.Or(cmp.Compare(late(a.Born), late(b.Born)), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range people {
		if _, twice := g.byID[p.ID]; !twice {
			g.byID[p.ID] = len(g.nodes)
			g.nodes = append(g.nodes, node{Person: p})
		}
	}
	g.people = len(g.nodes)
	g.addUnions(f.Unions)
	links := g.knownLinks(f.Links)
	g.addFamilies(links)
	g.twins = pairs(g, f.Twins, func(t Twins) (string, string, string) { return t.ID, t.A, t.B })
	g.ties = pairs(g, f.Ties, func(t Tie) (string, string, string) { return t.ID, t.A, t.B })
	g.joinOrphans()
	g.sameBirths()
	g.check(links)
	return g
}

// late puts those whose birth is unknown behind the others.
func late(day string) string {
	if day == "" {
		return "9"
	}
	return day
}

// pairs keeps facts about two different people who are both drawn, in the order of their keys.
func pairs[T any](g *genogram, list []T, ends func(T) (id, a, b string)) (kept []T) {
	for _, x := range list {
		_, a, b := ends(x)
		_, first := g.byID[a]
		if _, second := g.byID[b]; first && second && a != b {
			kept = append(kept, x)
		}
	}
	slices.SortFunc(kept, func(x, y T) int {
		i, _, _ := ends(x)
		j, _, _ := ends(y)
		return cmp.Compare(i, j)
	})
	return kept
}

func (g *genogram) addUnions(list []Union) {
	list = pairs(g, list, func(u Union) (string, string, string) { return u.ID, u.A, u.B })
	slices.SortStableFunc(list, func(a, b Union) int { return cmp.Compare(late(a.Since), late(b.Since)) })
	for _, u := range list {
		a, b := ordered(g.byID[u.A], g.byID[u.B])
		g.unions = append(g.unions, union{Union: u, a: a, b: b, fact: true})
	}
}

func ordered(a, b int) (first, second int) { return min(a, b), max(a, b) }

// unionOf finds the latest union of two people, none where there is not one.
func (g *genogram) unionOf(a, b int) int {
	a, b = ordered(a, b)
	for i := len(g.unions) - 1; i >= 0; i-- {
		if g.unions[i].a == a && g.unions[i].b == b {
			return i
		}
	}
	return none
}

// knownLinks are the links in the order of child, kind and parent. One to oneself is a contradiction of its own.
func (g *genogram) knownLinks(list []Link) []Link {
	for _, l := range list {
		if _, known := g.byID[l.Child]; known && l.Parent == l.Child {
			g.problem("own_ancestor", l.Child)
		}
	}
	kept := pairs(g, list, func(l Link) (string, string, string) { return l.ID, l.Parent, l.Child })
	slices.SortStableFunc(kept, func(a, b Link) int {
		return cmp.Or(cmp.Compare(g.byID[a.Child], g.byID[b.Child]), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)),
			cmp.Compare(g.byID[a.Parent], g.byID[b.Parent]))
	})
	return kept
}

func kindRank(kind string) int { return slices.Index(LinkKinds, kind) }

// addFamilies gathers the parents of each child into couples, and the children of each couple under one line.
func (g *genogram) addFamilies(links []Link) {
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].Child == links[0].Child {
			n++
		}
		g.addParents(links[:n])
		links = links[n:]
	}
}

// addParents pairs the parents of one child, the nearest kin first.
func (g *genogram) addParents(links []Link) {
	child, all := g.byID[links[0].Child], slices.Clone(links)
	for rest := slices.Clone(links); len(rest) > 0; {
		first := rest[0]
		rest = rest[1:]
		if first.Kind == "step" && g.partnerOfParent(first, all) != none {
			g.implied = append(g.implied, first.ID)
			continue
		}
		if i := g.partnerAmong(first, rest); i != none {
			g.descend(g.byID[first.Parent], g.byID[rest[i].Parent], child, []Link{first, rest[i]})
			rest = slices.Delete(rest, i, i+1)
			continue
		}
		g.descend(g.byID[first.Parent], g.partnerOfParent(first, all), child, []Link{first})
	}
}

// partnerAmong finds the other parent beside one: their partner of the same kinship, another one of that kinship, or a
// partner of another kinship; none is alone.
func (g *genogram) partnerAmong(first Link, rest []Link) int {
	for _, fits := range []func(l Link) bool{
		func(l Link) bool { return l.Kind == first.Kind && g.joined(first, l) },
		func(l Link) bool { return l.Kind == first.Kind && first.Kind != "step" },
		func(l Link) bool { return l.Kind != "step" && g.joined(first, l) },
	} {
		if i := slices.IndexFunc(rest, fits); i != none {
			return i
		}
	}
	return none
}

func (g *genogram) joined(x, y Link) bool {
	return g.unionOf(g.byID[x.Parent], g.byID[y.Parent]) != none
}

// partnerOfParent is another parent of the same child who is one's partner.
func (g *genogram) partnerOfParent(l Link, all []Link) int {
	for _, other := range all {
		if other.Parent != l.Parent && other.Kind != "step" && g.joined(l, other) {
			return g.byID[other.Parent]
		}
	}
	return none
}

// descend hangs a child on the line of a couple or of one parent.
func (g *genogram) descend(a, b, child int, links []Link) {
	f := g.familyOf(a, b)
	d := len(g.descents)
	g.descents = append(g.descents, descent{family: f, child: child, links: links})
	g.families[f].drops = append(g.families[f].drops, d)
	g.nodes[child].parents = append(g.nodes[child].parents, d)
}

// familyOf finds or makes the line below a couple; two who are no couple in the facts become one by their child.
func (g *genogram) familyOf(a, b int) int {
	u := none
	if b != none {
		a, b = ordered(a, b)
		if u = g.unionOf(a, b); u == none {
			u = len(g.unions)
			g.unions = append(g.unions, union{a: a, b: b})
		}
	}
	for i, f := range g.families {
		if f.a == a && f.b == b && f.union == u {
			return i
		}
	}
	g.families = append(g.families, family{a: a, b: b, union: u})
	return len(g.families) - 1
}

// joinOrphans puts brothers and sisters whose parents nobody knows on one line; the tie of others who share a parent needs
// no line of its own.
func (g *genogram) joinOrphans() {
	group := newGroups(len(g.nodes))
	var rest []Tie
	shown := map[int][]string{}
	for _, t := range g.ties {
		a, b := g.byID[t.A], g.byID[t.B]
		switch {
		case t.Kind != "sibling":
			rest = append(rest, t)
		case len(g.nodes[a].parents) == 0 && len(g.nodes[b].parents) == 0:
			group.join(a, b)
			shown[a] = append(shown[a], t.ID)
		case g.shareParent(a, b):
			g.implied = append(g.implied, t.ID)
		default:
			rest = append(rest, t)
		}
	}
	g.ties = rest
	byRoot := map[int]int{}
	for i := range g.nodes {
		root := group.root(i)
		if group.size(i) < 2 {
			continue
		}
		f, known := byRoot[root]
		if !known {
			f = len(g.families)
			byRoot[root] = f
			g.families = append(g.families, family{a: none, b: none, union: none})
		}
		g.families[f].sibling = append(g.families[f].sibling, shown[i]...)
		g.families[f].drops = append(g.families[f].drops, len(g.descents))
		g.nodes[i].parents = append(g.nodes[i].parents, len(g.descents))
		g.descents = append(g.descents, descent{family: f, child: i})
	}
}

func (g *genogram) shareParent(a, b int) bool {
	for _, d := range g.nodes[a].parents {
		for _, e := range g.nodes[b].parents {
			f, h := g.families[g.descents[d].family], g.families[g.descents[e].family]
			if f.a != none && (f.a == h.a || f.a == h.b) || f.b != none && (f.b == h.a || f.b == h.b) {
				return true
			}
		}
	}
	return false
}

// sameBirths takes children of one couple who were born on one day for twins, though nobody has said so.
func (g *genogram) sameBirths() {
	for _, f := range g.families {
		for i, d := range f.drops {
			for _, e := range f.drops[:i] {
				a, b := g.nodes[g.descents[e].child], g.nodes[g.descents[d].child]
				if f.a != none && sameDay(a.Born, b.Born) && !g.knownTwins(a.ID, b.ID) {
					g.twins = append(g.twins, Twins{A: a.ID, B: b.ID})
				}
			}
		}
	}
}

func (g *genogram) knownTwins(a, b string) bool {
	for _, t := range g.twins {
		if t.A == a && t.B == b || t.A == b && t.B == a {
			return true
		}
	}
	return false
}
