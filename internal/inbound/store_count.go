package inbound

import (
	"context"
	"slices"

	"teduh/internal/db"
	"teduh/internal/intake"
)

// group is one row of the count.
type group struct {
	kind, state   string
	partner, unit db.ID
	n             int
}

func selectSenders(ctx context.Context, r db.Reader, args []any) (list []Sender, err error) {
	groups, err := db.All(ctx, r, func(row db.Row) (g group, err error) {
		err = row.Scan(&g.kind, &g.partner, &g.unit, &g.state, &g.n)
		return g, err
	}, `SELECT i.sender_kind, i.partner_id, i.unit_id, i.state, COUNT(*) FROM referral_in i JOIN request q ON q.id = i.request_id
  WHERE `+intake.InReach+` AND i.office_id = $1 AND i.created_at >= $4 AND i.created_at < $5
  GROUP BY i.sender_kind, i.partner_id, i.unit_id, i.state`, args...)
	for _, g := range groups {
		i := slices.IndexFunc(list, func(x Sender) bool { return x.Kind == g.kind && x.Partner == g.partner && x.Unit == g.unit })
		if i < 0 {
			i = len(list)
			list = append(list, Sender{Kind: g.kind, Partner: g.partner, Unit: g.unit, Counts: map[string]int{}})
		}
		list[i].Counts[g.state] += g.n
	}
	return list, err
}
