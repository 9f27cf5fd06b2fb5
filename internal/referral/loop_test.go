package referral_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// refer sends a referral of a case to services and gives their ids.
func (d *desk) refer(c db.ID, o referral.Order) []db.ID {
	d.t.Helper()
	ids, err := d.referrals.Refer(d.t.Context(), d.As("worker"), c, o)
	must(d.t, err)
	return ids
}

func (d *desk) move(a access.Actor, id db.ID, st referral.Step) {
	d.t.Helper()
	must(d.t, d.referrals.Move(d.t.Context(), a, id, st))
}

func (d *desk) open(a access.Actor, id db.ID) referral.Whole {
	d.t.Helper()
	w, err := d.referrals.Open(d.t.Context(), a, id)
	must(d.t, err)
	return w
}

// tasks are the codes of the open tasks of a case.
func (d *desk) tasks(c db.ID) (codes []string) {
	d.t.Helper()
	list, err := d.cases.TasksOf(d.t.Context(), d.As("worker"), c)
	must(d.t, err)
	for _, t := range list {
		if t.DoneAt.IsZero() {
			codes = append(codes, t.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func closing(reason string, withdraw ...db.ID) casefile.Closing {
	n := 5
	scale := casefile.Change{Before: &n, After: &n}
	return casefile.Closing{Reason: reason, Outcome: casefile.Outcome{Overcome: "less", Restored: scale, Strengthened: scale}, NoFollowUp: "Pindah.",
		Settle: casefile.Settlement{Withdraw: withdraw}}
}

// A case that is handed over stays ours until its receiver has accepted it and confirmed the first contact; what the receiver
// tells after that still reaches it.
func TestACaseIsMovedOnOnlyWhenItsReceiverHasBegun(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.cases.AskHanding(d.referrals.Handing())
		at, worker := t.Context(), d.As("worker")
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Rumah aman")
		o := order(service)
		o.Kind = referral.KindTransfer
		_, err := d.cases.Close(at, worker, c, closing("moved_on"))
		refused(t, "without a receiver", err, "not_taken_over")
		id := d.refer(c, o)[0]
		for _, to := range []string{referral.Received, referral.Accepted} {
			d.move(partner, id, referral.Step{To: to})
			_, err := d.cases.Close(at, worker, c, closing("moved_on"))
			refused(t, "while it is "+to, err, "not_taken_over")
		}
		d.move(partner, id, referral.Step{To: referral.InService, Words: "Sudah bertemu."})
		if got := d.tasks(c); !slices.Equal(got, []string{"referral_transferred"}) {
			t.Errorf("the worker is to do %q", got)
		}
		list, err := d.cases.TasksOf(at, worker, c)
		must(t, err)
		must(t, d.cases.FinishTask(at, worker, list[0].ID, false, ""))
		_, err = d.cases.Close(at, worker, c, closing("goals_reached"))
		refused(t, "as if the goals were reached, with a referral that goes on", err, "unsettled")
		_, err = d.cases.Close(at, worker, c, closing("moved_on"))
		must(t, err)
		d.move(partner, id, referral.Step{To: referral.Completed, Outcome: "helped", Words: "Sudah tinggal di tempat baru."})
		if w := d.open(worker, id); w.Status != referral.Completed || w.Moves[len(w.Moves)-1].Words != "Sudah tinggal di tempat baru." {
			t.Errorf("the closed case hears %s", w.Status)
		}
		refused(t, "from a closed case", d.referrals.Move(at, worker, id, referral.Step{To: referral.Sent}), "referral_state")
	})
}

// A case with an open referral says so before it closes, and lets one withdraw it there.
func TestAReferralIsSettledWhereTheCaseCloses(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.cases.AskHanding(d.referrals.Handing())
		cases := d.past("worker", 2, casefile.Ordinary)
		service, partner := d.offer("Bantuan hukum")
		id, elsewhere := d.refer(cases[0], order(service))[0], d.refer(cases[1], order(service))[0]
		at, worker := t.Context(), d.As("worker")
		open, err := d.cases.ToSettle(at, worker, cases[0])
		must(t, err)
		if len(open.Referrals) != 1 || open.Referrals[0].Service != "Bantuan hukum" {
			t.Errorf("the closing finds %+v", open.Referrals)
		}
		_, err = d.cases.Close(at, worker, cases[0], closing("withdrew"))
		refused(t, "with an open referral", err, "unsettled")
		_, err = d.cases.Close(at, worker, cases[0], closing("withdrew", elsewhere))
		refused(t, "with the referral of another case", err, "not_found")
		_, err = d.cases.Close(at, worker, cases[0], closing("withdrew", id))
		must(t, err)
		refused(t, "the partner answers after that", d.referrals.Move(at, partner, id, referral.Step{To: referral.Accepted}), "referral_state")
	})
}

// What comes back leaves something to do, and the reason stands where it can be read.
func TestADeclinedReferralAlwaysLeavesATask(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Puskesmas")
		id := d.refer(c, order(service))[0]
		at := t.Context()
		refused(t, "without a reason", d.referrals.Move(at, partner, id, referral.Step{To: referral.Declined}), "invalid")
		refused(t, "«other» without words", d.referrals.Move(at, partner, id, referral.Step{To: referral.Declined, Reason: "other"}), "invalid")
		refused(t, "an outcome that does not belong", d.referrals.Move(at, partner, id, referral.Step{To: referral.Accepted, Outcome: "helped"}), "invalid")
		d.move(partner, id, referral.Step{To: referral.Declined, Reason: "documents", Words: "KTP belum ada."})
		d.move(d.As("worker"), id, referral.Step{To: referral.Sent})
		d.move(partner, id, referral.Step{To: referral.Accepted, NextOn: "2026-11-27"})
		d.move(partner, id, referral.Step{To: referral.NotAttended})
		if got := d.tasks(c); !slices.Equal(got, []string{"referral_declined", "referral_not_attended"}) {
			t.Errorf("the worker is to do %q", got)
		}
		w := d.open(d.As("worker"), id)
		if w.Tries != 2 || len(w.Moves) != 5 || w.Moves[1].Reason != "documents" || w.Moves[1].Words != "KTP belum ada." {
			t.Errorf("the history of both tries: %+v", w.Moves)
		}
	})
}

// Two who answer at once: one answer stands, and it was given once.
func TestTwoUsersOfAPartnerAcceptAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Rumah sakit")
		id := d.refer(c, order(service))[0]
		answers := []access.Actor{partner, access.LinkActor(d.As("head").Office, id, "Bu Rina")}
		errs := make([]error, len(answers))
		var all sync.WaitGroup
		for i, a := range answers {
			all.Go(func() {
				errs[i] = d.referrals.Move(t.Context(), a, id, referral.Step{To: referral.Accepted, Version: 2})
			})
		}
		all.Wait()
		if ok := slices.IndexFunc(errs, func(err error) bool { return err == nil }); ok < 0 || !fault.Is(errs[1-ok], "referral_state") {
			t.Errorf("the answers were answered with %v", errs)
		}
		if w := d.open(d.As("worker"), id); w.Status != referral.Accepted || len(w.Moves) != 2 {
			t.Errorf("it stands at %s after %d moves", w.Status, len(w.Moves))
		}
	})
}

// Several services are asked for one need; when one accepts, the others may be withdrawn with one act, and only they.
func TestAnAcceptanceLetsTheOthersOfTheGroupGo(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		first, partner := d.offer("Rumah aman")
		second, _ := d.offer("Rumah singgah")
		ids := d.refer(c, order(first, second))
		alone := d.refer(c, order(second))[0]
		d.move(partner, ids[0], referral.Step{To: referral.Accepted})
		w := d.open(d.As("worker"), ids[0])
		if len(w.Siblings) != 1 || w.Siblings[0].ID != ids[1] {
			t.Errorf("it has the siblings %+v", w.Siblings)
		}
		if p := d.open(partner, ids[0]); len(p.Siblings) != 0 {
			t.Error("the partner is told who else was asked")
		}
		refused(t, "one that is no sibling", d.referrals.CancelSiblings(t.Context(), d.As("worker"), ids[0], []db.ID{alone}), "not_found")
		must(t, d.referrals.CancelSiblings(t.Context(), d.As("worker"), ids[0], []db.ID{ids[1]}))
		if got := d.open(d.As("worker"), ids[1]).Status; got != referral.Cancelled {
			t.Errorf("the other one is %s", got)
		}
	})
}

// The clock tells of what is running out, has run out, and has long run out, each once; nothing that has ended.
func TestTheClockTellsOnceOfEach(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Rumah sakit")
		o := order(service)
		o.Urgency = "now"
		id, ended := d.refer(c, o)[0], d.refer(c, o)[0]
		d.move(d.As("worker"), ended, referral.Step{To: referral.Cancelled})
		var told []referral.Look
		d.referrals.OnLook(func(_ ctx, _ tx, _ access.Office, x referral.Referral, l referral.Look) error {
			if x.ID != id {
				t.Errorf("the clock tells of %s", x.Number)
			}
			told = append(told, l)
			return nil
		})
		// «At once» is an hour round the clock: at 44 minutes nothing, at 45 it is running out, at 60 it has.
		for _, minutes := range []int{44, 1, 14, 1, 30, 30} {
			d.Clock.Add(time.Duration(minutes) * time.Minute)
			for range 2 {
				_, err := d.referrals.Look(t.Context())
				must(t, err)
			}
		}
		if want := []referral.Look{referral.Soon, referral.Overdue}; !slices.Equal(told, want) {
			t.Errorf("within two hours it told %q, want %q", told, want)
		}
		if got := d.tasks(c); !slices.Equal(got, []string{"referral_late"}) {
			t.Errorf("the worker is to do %q", got)
		}
		d.Clock.Add(24 * time.Hour)
		_, err := d.referrals.Look(t.Context())
		must(t, err)
		if len(told) != 3 || told[2] != referral.Longer {
			t.Errorf("a day later it told %q", told)
		}
		d.move(partner, id, referral.Step{To: referral.Declined, Reason: "capacity"})
		d.Clock.Add(30 * 24 * time.Hour)
		_, err = d.referrals.Look(t.Context())
		must(t, err)
		if len(told) != 3 {
			t.Errorf("of what has ended it told %q", told)
		}
	})
}

// A clock that was set back tells nothing twice; one that was set forward loses nothing.
func TestTheClockOfTheMachineIsChanged(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, _ := d.offer("Rumah sakit")
		o := order(service)
		o.Urgency = "now"
		d.refer(c, o)
		n := 0
		d.referrals.OnLook(func(ctx, tx, access.Office, referral.Referral, referral.Look) error { n++; return nil })
		for _, by := range []time.Duration{2 * time.Hour, -2 * time.Hour, 2 * time.Hour} {
			d.Clock.Add(by)
			_, err := d.referrals.Look(t.Context())
			must(t, err)
		}
		if n != 1 {
			t.Errorf("it told %d times, want once, as what it has become", n)
		}
	})
}

type (
	ctx = context.Context
	tx  = *journal.Tx
)
