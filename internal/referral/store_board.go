package referral

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

// boarding gathers the lines of a board.
type boarding struct{ lines map[db.ID]*Line }

// within are the referrals of the cases an actor reaches that were sent in a time: $5 to before $6.
const within = `referral f JOIN case_file c ON c.id = f.case_id
  WHERE ` + casefile.InReach + ` AND f.office_id = $1 AND f.sent_at >= $5 AND f.sent_at < $6`

func (b boarding) read(ctx context.Context, r db.Reader, args []any) error {
	if err := b.readCounts(ctx, r, args); err != nil {
		return err
	}
	if err := b.readDeclined(ctx, r, args); err != nil {
		return err
	}
	for column, into := range map[string]func(*Line) *Quantiles{"answered_at": func(l *Line) *Quantiles { return &l.Answer }, "served_at": func(l *Line) *Quantiles { return &l.Begin }} {
		if err := b.readTimes(ctx, r, args, column, into); err != nil {
			return err
		}
	}
	return nil
}

// counted is one cell of a board.
type counted struct {
	service, partner db.ID
	name, whose      string
	word             string
	n                int
}

func (b boarding) readCounts(ctx context.Context, r db.Reader, args []any) error {
	cells, err := db.All(ctx, r, func(row db.Row) (x counted, err error) {
		err = row.Scan(&x.service, &x.name, &x.partner, (*db.Text)(&x.whose), &x.word, &x.n)
		return x, err
	}, `SELECT g.service_id, s.name, s.partner_id, p.name, g.status, g.n FROM (SELECT f.service_id, f.status, COUNT(*) AS n FROM `+within+`
  GROUP BY f.service_id, f.status) g JOIN partner_service s ON s.id = g.service_id LEFT JOIN partner p ON p.id = s.partner_id`, args...)
	for _, x := range cells {
		l := b.lines[x.service]
		if l == nil {
			l = &Line{Service: x.service, ServiceName: x.name, Partner: x.partner, PartnerName: x.whose, Counts: map[string]int{}, Declined: map[string]int{}}
			b.lines[x.service] = l
		}
		l.Counts[x.word] += x.n
	}
	return err
}

func (b boarding) readDeclined(ctx context.Context, r db.Reader, args []any) error {
	cells, err := db.All(ctx, r, func(row db.Row) (x counted, err error) {
		err = row.Scan(&x.service, (*db.Text)(&x.word), &x.n)
		return x, err
	}, `SELECT d.service_id, m.reason, COUNT(*) FROM (SELECT f.id, f.service_id FROM `+within+`) d
  JOIN referral_move m ON m.referral_id = d.id WHERE m.to_status = 'declined' GROUP BY d.service_id, m.reason`, args...)
	for _, x := range cells {
		if l := b.lines[x.service]; l != nil {
			l.Declined[x.word] += x.n
		}
	}
	return err
}

// readTimes reads quantiles by nearest rank: the row whose place, doubled, reaches the number of rows is the median.
func (b boarding) readTimes(ctx context.Context, r db.Reader, args []any, column string, into func(*Line) *Quantiles) error {
	type times struct {
		service     db.ID
		n           int
		median, p90 int64
	}
	rows, err := db.All(ctx, r, func(row db.Row) (x times, err error) {
		err = row.Scan(&x.service, &x.n, &x.median, &x.p90)
		return x, err
	}, `SELECT q.service_id, MAX(q.m), MIN(CASE WHEN q.place * 2 >= q.m THEN q.d END), MIN(CASE WHEN q.place * 10 >= q.m * 9 THEN q.d END)
  FROM (SELECT f.service_id, f.`+column+` - f.sent_at AS d, COUNT(*) OVER (PARTITION BY f.service_id) AS m,
    ROW_NUMBER() OVER (PARTITION BY f.service_id ORDER BY f.`+column+` - f.sent_at, f.id) AS place FROM `+within+` AND f.`+column+` IS NOT NULL) q
  GROUP BY q.service_id`, args...)
	for _, x := range rows {
		if l := b.lines[x.service]; l != nil {
			*into(l) = Quantiles{x.n, time.Duration(x.median) * time.Microsecond, time.Duration(x.p90) * time.Microsecond}
		}
	}
	return err
}

func (b boarding) sorted() (list []Line) {
	for _, l := range b.lines {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(x, y Line) int { return cmp.Or(y.Sent()-x.Sent(), cmp.Compare(x.ServiceName, y.ServiceName)) })
	return list
}
