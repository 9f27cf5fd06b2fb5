package casefile

import (
	"context"
	"slices"
	"strings"

	"teduh/internal/db"
)

// Given is a service that was given in a case, by its signed notes.
type Given struct {
	Code  string
	Times int
	Last  db.Time
}

// ServicesGiven counts the services of a case's signed notes, the one given most often first. For a case that is open already.
func ServicesGiven(ctx context.Context, r db.Reader, id db.ID) (list []Given, err error) {
	notes, err := selectServices(ctx, r, id)
	for _, n := range notes {
		for _, code := range n.codes {
			i := slices.IndexFunc(list, func(g Given) bool { return g.Code == code })
			if i < 0 {
				i, list = len(list), append(list, Given{Code: code})
			}
			list[i].Times++
			if n.at.After(list[i].Last.Time) {
				list[i].Last = n.at
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Given) int {
		if a.Times != b.Times {
			return b.Times - a.Times
		}
		return strings.Compare(a.Code, b.Code)
	})
	return list, err
}
