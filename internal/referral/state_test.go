package referral_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// The legal moves as the network's partners were promised them; everything else is refused.
const legal = `draft→sent, cancelled · sent→received, accepted, declined, waitlisted, cancelled · received→accepted, declined, waitlisted, cancelled ·
waitlisted→accepted, declined, cancelled · accepted→in_service, not_attended, cancelled, received · in_service→completed, not_attended, cancelled ·
declined→sent · not_attended→sent`

// table reads them.
func table() map[string]map[string]bool {
	t := map[string]map[string]bool{}
	for line := range strings.SplitSeq(legal, "·") {
		from, to, _ := strings.Cut(strings.TrimSpace(line), "→")
		t[from] = map[string]bool{}
		for state := range strings.SplitSeq(to, ",") {
			t[from][strings.TrimSpace(state)] = true
		}
	}
	return t
}

// model is what a referral should be, reckoned from the table alone.
type model struct {
	state string
	tries int
	moves int
}

// may tells whether the one who asks has the right to a move, by the words of the policy: the office sends, withdraws and types
// in, the partner answers and takes back its acceptance; a colleague who reads the case and does not work on it does nothing.
func may(who, from, to string) bool {
	office := to == "sent" || to == "cancelled" || from == "draft"
	switch who {
	case "partner", "link":
		return !office
	}
	return true
}

// walker makes moves and compares.
type walker struct {
	*desk
	rnd     *rand.Rand
	id      db.ID
	partner access.Actor
	want    model
}

func (w *walker) as(who string) access.Actor {
	switch who {
	case "partner":
		return w.partner
	case "link":
		return access.LinkActor(w.As("head").Office, w.id, "Dewi")
	}
	return w.As(who)
}

func step(to string) referral.Step {
	st := referral.Step{To: to}
	switch to {
	case "declined":
		st.Reason = "capacity"
	case "completed":
		st.Outcome = "helped"
	}
	return st
}

// walk makes one move of someone, legal or not.
func (w *walker) walk(legal map[string]map[string]bool) {
	w.t.Helper()
	who := []string{"worker", "worker", "partner", "partner", "link", "worker2"}[w.rnd.IntN(6)]
	to := referral.States[w.rnd.IntN(len(referral.States))]
	from := w.want.state
	err := w.referrals.Move(w.t.Context(), w.as(who), w.id, step(to))
	hidden := w.want.tries == 0 && (who == "partner" || who == "link")
	switch {
	case who == "worker2":
		w.refused(err, "forbidden", who, from, to)
	case hidden:
		w.refused(err, "not_found", who, from, to)
	case to == from && err == nil: // told twice
	case to == from || !legal[from][to]:
		w.refused(err, "referral_state", who, from, to)
	case !may(who, from, to):
		w.refused(err, "forbidden", who, from, to)
	case err != nil:
		w.t.Fatalf("%s: %s→%s: %v", who, from, to, err)
	default:
		w.want.state, w.want.moves = to, w.want.moves+1
		if to == "sent" {
			w.want.tries++
		}
	}
	w.agree(who, from, to)
}

func (w *walker) refused(err error, code, who, from, to string) {
	w.t.Helper()
	if !fault.Is(err, code) {
		w.t.Fatalf("%s: %s→%s is answered with %v, want %s", who, from, to, err, code)
	}
}

// agree compares the referral with the model, whatever the move was answered with.
func (w *walker) agree(who, from, to string) {
	w.t.Helper()
	got, err := w.referrals.Open(w.t.Context(), w.As("worker"), w.id)
	must(w.t, err)
	if g := (model{got.Status, got.Tries, len(got.Moves)}); g.state != w.want.state || g.moves != w.want.moves || w.want.tries > 0 && g.tries != w.want.tries {
		w.t.Fatalf("after %s: %s→%s it is %+v, want %+v", who, from, to, g, w.want)
	}
	if waits := strings.Contains("sent received waitlisted accepted in_service", got.Status); waits == got.DueAt.IsZero() {
		w.t.Fatalf("%s is due at %s", got.Status, got.DueAt)
	}
}

// Whatever sides and colleagues try, in whatever order, a referral makes the moves of the table and no other, and each is kept.
func TestARandomWalkOfAReferralAgreesWithTheTable(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Pendampingan korban")
		for seed := range uint64(12) {
			w := &walker{desk: d, rnd: rand.New(rand.NewPCG(seed, 7)), partner: partner, want: model{state: "draft"}}
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				w.t = t
				ids, err := d.referrals.Draft(t.Context(), d.As("worker"), c, order(service))
				must(t, err)
				w.id = ids[0]
				for range 40 {
					w.walk(table())
				}
			})
			w.desk.t = t
		}
	})
}

func TestTheTableKnowsEveryState(t *testing.T) {
	t.Parallel()
	legal, n := table(), 0
	for _, from := range referral.States {
		for _, to := range referral.States {
			if referral.Legal(from, to) != legal[from][to] {
				t.Errorf("%s→%s: %v", from, to, referral.Legal(from, to))
			}
			if legal[from][to] {
				n++
			}
		}
	}
	if n != 23 {
		t.Errorf("%d moves, want 23", n)
	}
}
