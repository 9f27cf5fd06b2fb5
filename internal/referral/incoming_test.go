package referral_test

import (
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// numbers of a part of a partner's list, page by page of two.
func (d *desk) arrivals(a access.Actor, part string) (numbers []string) {
	d.t.Helper()
	f := referral.ArrivalFilter{Part: part, Limit: 2}
	for more := true; more; {
		list, next, err := d.referrals.Arrivals(d.t.Context(), a, f)
		must(d.t, err)
		for _, x := range list {
			numbers = append(numbers, x.Number)
			if x.Asked != "Pendampingan dan laporan." {
				d.t.Errorf("%s asks %q", x.Number, x.Asked)
			}
			f.DueAt, f.After = x.DueAt, x.ID
		}
		more = next
	}
	return numbers
}

// A partner sees what was sent to its own services and nothing else: not a draft, not another partner's, not by a link. What is
// due first stands first, page by page, and each part holds its states.
func TestAPartnersListHoldsWhatWasSentToIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.past("worker", 1, casefile.Ordinary)[0]
		service, partner := d.offer("Pendampingan korban")
		elsewhere, stranger := d.offer("Bantuan hukum")
		var ids []db.ID
		for _, urgency := range []string{"week", "now", "day", "three_days"} {
			o := order(service)
			o.Urgency = urgency
			made, err := d.referrals.Refer(ctx, worker, c, o)
			must(t, err)
			ids = append(ids, made...)
		}
		_, err := d.referrals.Draft(ctx, worker, c, order(service))
		must(t, err)
		_, err = d.referrals.Refer(ctx, worker, c, order(elsewhere))
		must(t, err)
		want := func(who access.Actor, part string, numbers ...string) {
			t.Helper()
			if got := d.arrivals(who, part); !slices.Equal(got, numbers) {
				t.Errorf("%s: %q, want %q", part, got, numbers)
			}
		}
		want(partner, "answer", "RJ-2026-000002", "RJ-2026-000003", "RJ-2026-000004", "RJ-2026-000001")
		want(stranger, "answer", "RJ-2026-000006")
		must(t, d.referrals.Move(ctx, partner, ids[1], referral.Step{To: "accepted"}))
		must(t, d.referrals.Move(ctx, partner, ids[2], referral.Step{To: "declined", Reason: "capacity"}))
		must(t, d.referrals.Move(ctx, worker, ids[0], referral.Step{To: "cancelled"}))
		want(partner, "answer", "RJ-2026-000004")
		want(partner, "accepted", "RJ-2026-000002")
		want(partner, "ended", "RJ-2026-000003", "RJ-2026-000001")
		if n, err := d.referrals.Owed(ctx, partner); err != nil || n != 1 {
			t.Errorf("owed: %d %v", n, err)
		}
		for _, who := range []access.Actor{worker, d.As("head"), access.LinkActor(worker.Office, ids[0], "Dewi")} {
			if _, _, err := d.referrals.Arrivals(ctx, who, referral.ArrivalFilter{}); !fault.Is(err, "forbidden") {
				t.Errorf("%s: %v", who.Name, err)
			}
		}
		if _, err := d.referrals.Open(ctx, stranger, ids[0]); !fault.Is(err, "not_found") {
			t.Errorf("another partner's user: %v", err)
		}
	})
}

// A file goes along only when it was chosen; both sides see it, whoever brought it, and a struck one is gone for both.
func TestFilesStandWithAReferralForBothSides(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		files := attachment.NewService(d.cases, t.TempDir())
		cases := d.past("worker", 2, casefile.Ordinary)
		service, partner := d.offer("Pendampingan korban")
		bring := func(c db.ID, name string) db.ID {
			t.Helper()
			u, err := files.Receive(ctx, worker, c)
			must(t, err)
			must(t, u.Add(ctx, name, strings.NewReader("Isi "+name)))
			must(t, u.Keep(ctx))
			return u.IDs()[0]
		}
		chosen, kept, other := bring(cases[0], "surat.txt"), bring(cases[0], "catatan.txt"), bring(cases[1], "lain.txt")
		ids, err := d.referrals.Draft(ctx, worker, cases[0], order(service))
		must(t, err)
		must(t, d.referrals.AttachSent(ctx, worker, ids[0], []db.ID{kept}))
		must(t, d.referrals.AttachSent(ctx, worker, ids[0], []db.ID{chosen})) // of a draft exactly these
		if err := d.referrals.AttachSent(ctx, worker, ids[0], []db.ID{other}); !fault.Is(err, "invalid") {
			t.Errorf("a file of another case: %v", err)
		}
		if err := d.referrals.AttachSent(ctx, partner, ids[0], []db.ID{kept}); !fault.Is(err, "forbidden") {
			t.Errorf("the partner chooses among the case's files: %v", err)
		}
		if _, err := d.referrals.Files(ctx, partner, ids[0]); !fault.Is(err, "not_found") {
			t.Errorf("files of a draft: %v", err)
		}
		must(t, d.referrals.Move(ctx, worker, ids[0], referral.Step{To: "sent"}))
		link := access.LinkActor(worker.Office, ids[0], "Dewi")
		must(t, d.Journal.Write(ctx, func(tx *journal.Tx) error {
			x, err := d.referrals.ReachIn(ctx, tx, link, ids[0])
			if err != nil {
				return err
			}
			u := files.ReceiveFor(x.In, worker.User, "Dewi Anggraini")
			must(t, u.Add(ctx, "jawaban.txt", strings.NewReader("Sudah dilayani")))
			must(t, u.KeepIn(ctx, tx, x.In))
			return d.referrals.EncloseIn(ctx, tx, link, x, u.IDs())
		}))
		for _, who := range []access.Actor{worker, partner, link} {
			list, err := d.referrals.Files(ctx, who, ids[0])
			must(t, err)
			if len(list) != 2 || list[0].Name != "surat.txt" || list[0].Side != "office" || list[1].By.Name != "Dewi Anggraini" || list[1].Side != "partner" {
				t.Errorf("%s sees %+v", who.Name, list)
			}
			x, err := d.referrals.Open(ctx, who, ids[0])
			must(t, err)
			content, err := files.OpenFor(ctx, who, x.In, list[1].File)
			if err != nil || string(content) != "Sudah dilayani" {
				t.Errorf("%s reads %q %v", who.Name, content, err)
			}
		}
		must(t, files.Strike(ctx, worker, cases[0], chosen))
		if list, err := d.referrals.Files(ctx, partner, ids[0]); err != nil || len(list) != 1 || list[0].Name != "jawaban.txt" {
			t.Errorf("after striking: %+v %v", list, err)
		}
	})
}
