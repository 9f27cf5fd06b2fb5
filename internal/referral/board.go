package referral

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/referral/network"
)

// Line is what one service did with what was sent to it in a time. Times are of the wall clock, from when it was last sent.
type Line struct {
	Service     db.ID
	ServiceName string
	Partner     db.ID
	PartnerName string
	Counts      map[string]int // of states
	Declined    map[string]int // of reasons, each try counted
	Answer      Quantiles      // until the partner's first word
	Begin       Quantiles      // until the service began
}

// Quantiles are the median and the ninetieth percentile of N times, by nearest rank: the smallest that half, or nine in ten, do
// not exceed.
type Quantiles struct {
	N           int
	Median, P90 time.Duration
}

// Sent counts all that was sent.
func (l Line) Sent() (n int) {
	for _, x := range l.Counts {
		n += x
	}
	return n
}

// Accepted counts those that the partner took.
func (l Line) Accepted() int {
	return l.Counts[Accepted] + l.Counts[InService] + l.Counts[Completed] + l.Counts[NotAttended]
}

// Open counts those in which somebody still has to do something.
func (l Line) Open() (n int) {
	for _, state := range open {
		n += l.Counts[state]
	}
	return n
}

// Board tells for each service what became of what was sent to it from one instant until before another, of the cases the
// actor may open; the service most was sent to stands first.
func (s *Service) Board(ctx context.Context, a access.Actor, from, to time.Time) (list []Line, err error) {
	if err := a.Require(access.TeamRead); err != nil {
		return nil, err
	}
	args := s.cases.ReachArgs(a, db.At(from), db.At(to))
	err = s.db.Read(ctx, func(r db.Reader) error {
		b := boarding{lines: map[db.ID]*Line{}}
		if err := b.read(ctx, r, args); err != nil {
			return err
		}
		list = b.sorted()
		return nil
	})
	return list, err
}

// outcomeOf is the outcome of the network's picture that a state belongs to.
func outcomeOf(state string) int {
	switch state {
	case Completed:
		return 0
	case NotAttended:
		return 2
	case Declined:
		return 3
	case Cancelled:
		return 4
	}
	return 1
}

// Picture are the lines of a board as the facts of a drawing: the office, and the partners it sends to.
func Picture(office string, lines []Line) network.Facts {
	const here = "office"
	f := network.Facts{Nodes: []network.Node{{ID: here, Kind: "office", Name: office}}}
	for _, l := range lines {
		n := network.Node{ID: l.Partner.String(), Kind: "partner", Name: l.PartnerName}
		if l.Partner.IsZero() {
			n.ID, n.Name = l.Service.String(), l.ServiceName
		}
		var c network.Counts
		for state, count := range l.Counts {
			c[outcomeOf(state)] += count
		}
		f.Nodes, f.Flows = append(f.Nodes, n), append(f.Flows, network.Flow{From: here, To: n.ID, Counts: c})
	}
	return f
}
