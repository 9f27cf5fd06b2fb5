package partner_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/region"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// many is how many services the directory of the benchmark holds.
const many = 20_000

// BenchmarkSearch looks for a need near a kelurahan, open now, among 20,000 services, beside the plain statements that read the
// same rows: the index's, and the page of services by their ids. Times are in milliseconds.
func BenchmarkSearch(b *testing.B) {
	for engine, open := range map[string]func(testing.TB) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		b.Run(engine, func(b *testing.B) {
			d := open(b)
			o := testkit.NewOffice(b, d)
			fill(b, o)
			asks := questions()
			worker := o.As("worker")
			var took, plain []float64
			n := 0
			for b.Loop() {
				q := asks[n%len(asks)]
				n++
				took = append(took, timed(b, func() error {
					found, err := o.Network.Search(b.Context(), worker, q)
					if err == nil && found.Total == 0 {
						b.Fatalf("nothing found for %+v", q)
					}
					return err
				}))
				plain = append(plain, timed(b, func() error { return plainly(b.Context(), d, o.ID, q) }))
			}
			for name, times := range map[string][]float64{"ms": took, "plain-ms": plain} {
				slices.Sort(times)
				b.ReportMetric(times[len(times)/2], "median-"+name)
				b.ReportMetric(times[len(times)*99/100], "p99-"+name)
			}
		})
	}
}

func timed(b *testing.B, do func() error) float64 {
	b.Helper()
	begun := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return float64(time.Since(begun).Microseconds()) / 1000
}

// questions are needs near kelurahan, at nine on a Tuesday.
func questions() (list []partner.Ask) {
	for i, need := range needCodes() {
		list = append(list, partner.Ask{Need: need, Near: villages()[i%len(villages())], OpenNow: true})
	}
	return list
}

func needCodes() (codes []string) {
	for _, e := range unit.Defaults().Categories {
		codes = append(codes, e.Code)
	}
	return codes
}

func villages() (codes []string) {
	for _, d := range region.Villages("21.72") {
		for _, v := range d.Villages {
			codes = append(codes, v.Code)
		}
	}
	return codes
}

// fill makes a directory in which a service names one to four needs; four of ten serve the city, four one or two kelurahan, two
// the province; one of ten is open at all hours, the others on weekdays in the morning, the afternoon or both.
func fill(b *testing.B, o *testkit.Office) {
	b.Helper()
	chance := rand.New(rand.NewPCG(20261124, 1))
	weeks := []string{"24", "1:480-720;2:480-720;3:480-720", "1:480-720,780-930;2:480-720,780-930;5:480-690", "1:780-1020;2:780-1020", "3:480-720;4:480-720",
		"6:480-720", "1:540-960;4:540-960", "2:480-900;5:480-690", "0:480-720", "4:480-720,780-930"}
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(o.DB.Together(b.Context(), func(ctx context.Context) error {
		for i := range many {
			x := partner.Service{Name: fmt.Sprintf("Layanan %05d", i), Hours: week(weeks[chance.IntN(len(weeks))]), Cost: "free", Partner: o.Partner}
			for range 1 + chance.IntN(4) {
				x.For.Needs = append(x.For.Needs, needCodes()[chance.IntN(len(needCodes()))])
			}
			switch chance.IntN(10) {
			case 0, 1:
				x.For.Areas = []string{"21"}
			case 2, 3, 4, 5:
				x.For.Areas = []string{"21.72"}
			default:
				x.For.Areas = []string{villages()[chance.IntN(18)], villages()[chance.IntN(18)]}
			}
			if i%3 == 0 {
				x.Capacity, x.Free = n(10), n(chance.IntN(10))
			}
			if _, err := o.Network.AddService(ctx, o.As("head"), x); err != nil {
				return err
			}
		}
		return nil
	}))
	must(o.DB.Learn(b.Context()))
}

// plainly reads what a search reads, and weighs nothing.
func plainly(ctx context.Context, d *db.DB, office db.ID, q partner.Ask) error {
	return d.Read(ctx, func(r db.Reader) error {
		ids, err := db.All(ctx, r, func(row db.Row) (id db.ID, err error) {
			var name, need, area, facts string
			return id, row.Scan(&id, &name, &need, &area, &facts)
		}, `SELECT f.service_id, f.name_key, f.need, f.area, f.facts FROM partner_find f
  WHERE f.office_id = $1 AND f.need IN ($2, '*') AND f.area IN ('', $3, $4, $5, $6)`, office, q.Need, q.Near, q.Near[:8], q.Near[:5], q.Near[:2])
		if err != nil {
			return err
		}
		for _, id := range ids[:min(20, len(ids))] {
			if _, err := db.One(ctx, r, db.Value[string], `SELECT name FROM partner_service WHERE id = $1`, id); err != nil {
				return err
			}
		}
		return nil
	})
}
