package referral_test

import (
	"maps"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// Ten referrals are answered after one to ten hours: half of them within five, nine in ten within nine. Counted by hand.
func TestTheBoardTellsHowLongPartnersTake(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		cases := d.past("worker", 1, casefile.Ordinary)
		service, partner := d.offer("Rumah sakit")
		other, _ := d.offer("Bantuan hukum")
		begin := d.Now()
		var ids []db.ID
		for range 10 {
			ids = append(ids, d.refer(cases[0], order(service))[0])
		}
		d.refer(cases[0], order(other))
		for i, id := range ids {
			d.Clock.Add(time.Hour)
			switch {
			case i < 6:
				d.move(partner, id, referral.Step{To: referral.Accepted})
			case i < 8:
				d.move(partner, id, referral.Step{To: referral.Declined, Reason: "capacity"})
			case i == 8:
				d.move(partner, id, referral.Step{To: referral.Declined, Reason: "area"})
			default:
				d.move(partner, id, referral.Step{To: referral.Waitlisted, Place: 2})
			}
		}
		d.move(partner, ids[0], referral.Step{To: referral.InService})
		d.move(partner, ids[0], referral.Step{To: referral.Completed, Outcome: "helped"})
		board, err := d.referrals.Board(t.Context(), d.As("head"), begin, begin.Add(time.Hour))
		must(t, err)
		if len(board) != 2 || board[0].Service != service || board[1].Sent() != 1 {
			t.Fatalf("the board has %+v", board)
		}
		l := board[0]
		if want := (referral.Quantiles{N: 10, Median: 5 * time.Hour, P90: 9 * time.Hour}); l.Answer != want {
			t.Errorf("answers: %+v, want %+v", l.Answer, want)
		}
		if l.Begin.N != 1 || l.Begin.Median != 10*time.Hour {
			t.Errorf("beginning: %+v", l.Begin)
		}
		if l.Sent() != 10 || l.Accepted() != 6 || l.Open() != 6 || !maps.Equal(l.Declined, map[string]int{"capacity": 2, "area": 1}) {
			t.Errorf("sent %d, accepted %d, open %d, declined %v", l.Sent(), l.Accepted(), l.Open(), l.Declined)
		}
		// What the head may not open is not counted, nor what was sent at another time.
		must(t, d.cases.Wall(t.Context(), d.As("head"), cases[0], d.As("head2").User))
		for what, ask := range map[string]func() ([]referral.Line, error){
			"behind a wall": func() ([]referral.Line, error) {
				return d.referrals.Board(t.Context(), d.As("head2"), begin, begin.Add(time.Hour))
			},
			"another day": func() ([]referral.Line, error) {
				return d.referrals.Board(t.Context(), d.As("head"), begin.Add(time.Minute), begin.Add(time.Hour))
			},
		} {
			if got, err := ask(); err != nil || len(got) != 0 {
				t.Errorf("%s: %v %v", what, got, err)
			}
		}
		_, err = d.referrals.Board(t.Context(), d.As("worker"), begin, begin.Add(time.Hour))
		refused(t, "a worker asks for the board", err, "forbidden")
	})
}
