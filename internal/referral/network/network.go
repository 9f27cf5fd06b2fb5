// Package network draws who refers to whom, how much, and how it ends.
//
// Facts go in: those who send to the office, the office, and the partners it sends to, with the referrals between two of them
// counted by outcome. Draw gives every one of them a place on a sheet of up to three columns. A ribbon between two is as wide
// as what went along it; beside a partner a bar says how its referrals ended, in colours and in words. The same facts give the
// same sheet in whatever order they come, nothing lies on anything else, and all of it is inside the frame; the tests hold it
// to that. Whole is the component for a page: the sheet, on narrow screens a list of bars instead, and the same as a table.
//
// The package knows neither the database nor who asks. Lengths are in units of the sheet.
package network

import (
	"cmp"
	"slices"
	"strings"
)

// Outcomes are how a referral ended, or that it has not, in the order in which they are shown.
var Outcomes = []string{"completed", "open", "not_attended", "declined", "cancelled"}

// outcomes is how many there are.
const outcomes = 5

// Counts are referrals by outcome, in the order of Outcomes.
type Counts [outcomes]int

// Total of all outcomes.
func (c Counts) Total() (n int) {
	for _, x := range c {
		n += x
	}
	return n
}

func (c Counts) plus(d Counts) Counts {
	for i := range c {
		c[i] += d[i]
	}
	return c
}

// Node is someone in the network. Kind is one of Kinds.
type Node struct {
	ID   string // unique among all
	Kind string
	Name string
	Href string // where more of it stands; none
}

// Kinds of nodes, by their columns from the left.
var Kinds = []string{"sender", "office", "partner"}

// Flow is what one sent to another that stands further right.
type Flow struct {
	From, To string
	Counts   Counts
}

// Facts are a network. Flows between nodes that are not there, or to the left, are left out; several of one way are one.
type Facts struct {
	Nodes []Node
	Flows []Flow
}

// member is a node with what goes in and out.
type member struct {
	Node
	column  int
	in, out Counts
}

// busy is the greater of what goes in and what goes out.
func (m *member) busy() int { return max(m.in.Total(), m.out.Total()) }

// ended are the referrals whose outcomes are told beside a member: what it was sent, or what it sent where nothing came in.
func (m *member) ended() Counts {
	if m.in.Total() > 0 {
		return m.in
	}
	return m.out
}

// graph is the facts in one order.
type graph struct {
	members []*member // by column, the busiest first
	byID    map[string]*member
	flows   []Flow // by place of their ends
}

// tidy puts the facts in one order.
func tidy(f Facts) graph {
	g := graph{byID: map[string]*member{}}
	for _, n := range f.Nodes {
		column := slices.Index(Kinds, n.Kind)
		if _, twice := g.byID[n.ID]; twice || column < 0 {
			continue
		}
		m := &member{Node: n, column: column}
		g.byID[n.ID], g.members = m, append(g.members, m)
	}
	joined := map[[2]string]Counts{}
	for _, x := range f.Flows {
		from, to := g.byID[x.From], g.byID[x.To]
		if from == nil || to == nil || from.column >= to.column || x.Counts.Total() == 0 {
			continue
		}
		key := [2]string{x.From, x.To}
		joined[key] = joined[key].plus(x.Counts)
		from.out, to.in = from.out.plus(x.Counts), to.in.plus(x.Counts)
	}
	slices.SortFunc(g.members, func(a, b *member) int {
		return cmp.Or(a.column-b.column, b.busy()-a.busy(), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	place := map[string]int{}
	for i, m := range g.members {
		place[m.ID] = i
	}
	for key, counts := range joined {
		g.flows = append(g.flows, Flow{key[0], key[1], counts})
	}
	slices.SortFunc(g.flows, func(a, b Flow) int { return cmp.Or(place[a.From]-place[b.From], place[a.To]-place[b.To]) })
	return g
}
