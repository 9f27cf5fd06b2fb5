package partnerdesk_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partnerdesk"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// house is an office with a case, a partner and the partners' door.
type house struct {
	*testkit.Office
	t         *testing.T
	cases     *casefile.Service
	files     *attachment.Service
	referrals *referral.Service
	door      *partnerdesk.Service
	caseID    db.ID
	service   db.ID
	partner   access.Actor
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	o := testkit.NewOffice(t, d)
	h := &house{Office: o, t: t}
	h.cases = casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	h.files = attachment.NewService(h.cases, t.TempDir())
	h.referrals = referral.NewService(referral.Needs{DB: d, Journal: o.Journal, Cases: h.cases, People: o.People, Office: o.Units, Now: o.Now})
	h.door = partnerdesk.NewService(partnerdesk.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, Access: o.Access, Cases: h.cases, Files: h.files,
		Referrals: h.referrals, BaseURL: "https://teduh.example", Now: o.Now})
	c, err := h.cases.Open(t.Context(), o.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: h.melati()}, Categories: []string{"25"}})
	must(t, err)
	h.caseID = c.ID
	h.service, h.partner = h.offer("P2TP2A Kota Tanjungpinang", "Pendampingan korban")
	return h
}

func (h *house) melati() db.ID {
	h.t.Helper()
	added, err := h.People.Add(h.t.Context(), h.As("worker"), person.Person{Name: "Melati Kencana"}, true)
	must(h.t, err)
	return added.Person.ID
}

// offer makes a partner with one service, and tells who its user is.
func (h *house) offer(partner, service string) (id db.ID, user access.Actor) {
	h.t.Helper()
	ctx, of, id := h.t.Context(), db.NewID(), db.NewID()
	must(h.t, h.DB.Write(ctx, func(tx db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO partner (id, office_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $3, $4, 1)`,
			of, h.ID, partner, db.At(h.Now())); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO partner_service (id, office_id, partner_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $4, $4, $5, 1)`,
			id, h.ID, of, service, db.At(h.Now()))
		return err
	}))
	user = h.As("partner")
	user.Partner = of
	return id, user
}

// send refers the client and gives the referral.
func (h *house) send() db.ID {
	h.t.Helper()
	ids, err := h.referrals.Refer(h.t.Context(), h.As("worker"), h.caseID, referral.Order{Services: []db.ID{h.service}, Kind: "referral", Urgency: "day",
		Fields: referral.Least, Words: referral.Words{Why: "Perlu pendampingan.", Asked: "Pendampingan visum."}})
	must(h.t, err)
	return ids[0]
}

func (h *house) link(id db.ID) partnerdesk.Made {
	h.t.Helper()
	m, err := h.door.MakeLink(h.t.Context(), h.As("worker"), id, partnerdesk.Contact{Mail: "dewi@p2tp2a.example", Phone: "0800-0000-0129"})
	must(h.t, err)
	return m
}

// enter tries a PIN after the wait that wrong ones cost.
func (h *house) enter(m partnerdesk.Made, pin, before string) (string, error) {
	h.Clock.Add(time.Minute)
	return h.door.Enter(h.t.Context(), partnerdesk.Knock{Token: m.Token, PIN: pin, Name: "Dewi Anggraini", Before: before})
}

// wrong is a PIN that is not the link's.
func wrong(pin string) string {
	if pin == "000000" {
		return "000001"
	}
	return "000000"
}

func (h *house) refused(what string, err error, code string) {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func (h *house) codes(id db.ID) (codes []string) {
	h.t.Helper()
	must(h.t, h.DB.Read(h.t.Context(), func(r db.Reader) (err error) {
		codes, err = db.All(h.t.Context(), r, db.Value[string], `SELECT code FROM change WHERE subject_id = $1 ORDER BY id`, id)
		return err
	}))
	return codes
}

func (h *house) told(id db.ID, code string, want int) {
	h.t.Helper()
	n := 0
	for _, c := range h.codes(id) {
		if c == code {
			n++
		}
	}
	if n != want {
		h.t.Errorf("%s stands %d times in the journal, want %d", code, n, want)
	}
}

// A partner without an account comes in by the link and the PIN, reaches that referral and no other, and answers.
func TestAPartnerWithoutAnAccountAnswersByTheLink(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id := t.Context(), h.send()
		other := h.send()
		m := h.link(id)
		if len(m.PIN) != 6 || len(m.Token) < 22 || m.Phone != "080000000129" && m.Phone != "+6280000000129" {
			t.Errorf("the link is %q %q %q", m.PIN, m.Token, m.Phone)
		}
		visit, err := h.enter(m, m.PIN[:3]+" "+m.PIN[3:], "")
		must(t, err)
		v, err := h.door.Visit(ctx, m.Token, visit)
		must(t, err)
		whole, err := h.referrals.Open(ctx, v.Actor, id)
		if err != nil || whole.Shared.Asked != "Pendampingan visum." || v.Name != "Dewi Anggraini" {
			t.Fatalf("%v %+v %q", err, whole.Shared, v.Name)
		}
		_, err = h.referrals.Open(ctx, v.Actor, other)
		h.refused("another referral", err, "not_found")
		_, err = h.door.OwnNote(ctx, v.Actor, id)
		h.refused("the partner's own note", err, "forbidden")
		must(t, h.referrals.Move(ctx, v.Actor, id, referral.Step{To: "accepted"}))
		seen, err := h.referrals.Open(ctx, h.As("worker"), id)
		must(t, err)
		if last := seen.Moves[len(seen.Moves)-1]; seen.Status != "accepted" || last.Name != "Dewi Anggraini" || last.Side != "partner" {
			t.Errorf("the office sees %s by %+v", seen.Status, last)
		}
		l, err := h.door.Of(ctx, h.As("worker"), id)
		must(t, err)
		if l.OpenedAt.IsZero() || len(l.Visitors) != 1 || l.Visitors[0].Name != "Dewi Anggraini" || l.Mail != "dewi@p2tp2a.example" {
			t.Errorf("the office's card: %+v", l)
		}
		_, err = h.door.Of(ctx, h.As("worker2"), id)
		h.refused("a colleague who only reads", err, "forbidden")
		h.told(id, "referral.link_opened", 1)
	})
}

// Programs that look through mail open addresses: twenty of them change nothing, spend no try and leave no trace.
func TestOpeningTheAddressChangesNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.send()
		m := h.link(id)
		before := h.row(m)
		for range 20 {
			_, err := h.door.At(t.Context(), m.Token)
			must(t, err)
			_, err = h.door.Visit(t.Context(), m.Token, "kuki-buatan")
			h.refused("without a PIN", err, "unauthorized")
		}
		if after := h.row(m); after != before {
			t.Errorf("the link was %s and is %s", before, after)
		}
		h.told(id, "referral.link_opened", 0)
	})
}

// row is what a table holds of a link.
func (h *house) row(m partnerdesk.Made) (text string) {
	h.t.Helper()
	must(h.t, h.DB.Read(h.t.Context(), func(r db.Reader) (err error) {
		text, err = db.One(h.t.Context(), r, func(row db.Row) (string, error) {
			var misses int
			var ends, opened, locked, missed db.Time
			err := row.Scan(&misses, &ends, &opened, &locked, &missed)
			return strings.Join([]string{string(rune('0' + misses)), ends.String(), opened.String(), locked.String(), missed.String()}, " "), err
		}, `SELECT misses, ends_at, opened_at, locked_at, missed_at FROM referral_link WHERE id = $1`, m.ID)
		return err
	}))
	return text
}

// Whoever guesses has five tries, each slower; then the link is locked, the worker has a task, and even the right PIN is refused
// until the office gives a new one. The address stays, so that a letter's code goes on to lead there.
func TestGuessingThePINLocksTheLink(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id := t.Context(), h.send()
		m := h.link(id)
		for left := 4; left > 0; left-- {
			_, err := h.enter(m, wrong(m.PIN), "")
			h.refused("a wrong PIN", err, "invalid")
			_, err = h.door.Enter(ctx, partnerdesk.Knock{Token: m.Token, PIN: m.PIN, Name: "Dewi"})
			h.refused("at once again", err, "too_many")
		}
		_, err := h.door.Enter(ctx, partnerdesk.Knock{Token: m.Token, PIN: wrong(m.PIN)})
		h.refused("without a name", err, "invalid") // and no try is spent
		_, err = h.enter(m, wrong(m.PIN), "")
		h.refused("the fifth", err, "link_locked")
		_, err = h.enter(m, m.PIN, "")
		h.refused("the right one after that", err, "link_locked")
		_, err = h.door.At(ctx, m.Token)
		h.refused("the address", err, "link_locked")
		h.told(id, "referral.link_locked", 1)
		tasks, err := h.cases.MyTasks(ctx, h.As("worker"), "2027-12-31", 50)
		must(t, err)
		found := false
		for _, task := range tasks {
			found = found || task.Code == "referral_link_locked"
		}
		if !found {
			t.Errorf("the worker has no task: %+v", tasks)
		}
		anew, err := h.door.NewPIN(ctx, h.As("worker"), id)
		must(t, err)
		if anew.Token != m.Token {
			t.Error("the address has changed")
		}
		if anew.PIN != m.PIN {
			_, err = h.enter(m, m.PIN, "")
			h.refused("the old PIN", err, "invalid")
		}
		_, err = h.enter(m, anew.PIN, "")
		must(t, err)
	})
}

// Guesses that come all at once are counted one by one.
func TestGuessesAtOnceAreCountedOneByOne(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		m := h.link(h.send())
		var all sync.WaitGroup
		var mu sync.Mutex
		codes := map[string]int{}
		for range 12 {
			all.Go(func() {
				_, err := h.door.Enter(t.Context(), partnerdesk.Knock{Token: m.Token, PIN: wrong(m.PIN), Name: "Penebak"})
				mu.Lock()
				defer mu.Unlock()
				if e, ok := errors.AsType[*fault.Error](err); ok {
					codes[e.Code]++
				} else {
					codes["other"]++
				}
			})
		}
		all.Wait()
		if codes["invalid"] != 1 || codes["too_many"] != 11 {
			t.Errorf("of twelve guesses at once: %v", codes)
		}
	})
}

// Links end by the clock, by the office's word and by a newer one; a visit ends after half an hour without a move, and after
// twelve hours anyway. What has ended and what never was are told in the same words.
func TestLinksAndVisitsEnd(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id, worker := t.Context(), h.send(), h.As("worker")
		m := h.link(id)
		visit, err := h.enter(m, m.PIN, "")
		must(t, err)
		for range 28 { // every 25 minutes, eleven and two thirds hours long
			h.Clock.Add(25 * time.Minute)
			_, err := h.door.Visit(ctx, m.Token, visit)
			must(t, err)
		}
		h.Clock.Add(25 * time.Minute)
		_, err = h.door.Visit(ctx, m.Token, visit)
		h.refused("after twelve hours", err, "unauthorized")
		visit, err = h.enter(m, m.PIN, visit)
		must(t, err)
		h.Clock.Add(31 * time.Minute)
		_, err = h.door.Visit(ctx, m.Token, visit)
		h.refused("after half an hour", err, "unauthorized")
		h.told(id, "referral.link_elsewhere", 0) // it is the same device

		must(t, h.Journal.Write(ctx, func(tx *journal.Tx) error {
			x, err := h.referrals.ReachIn(ctx, tx, worker, id)
			if err != nil {
				return err
			}
			return h.door.Renew(ctx, tx, x.Referral)
		}))
		h.Clock.Add(14*24*time.Hour - time.Minute)
		_, err = h.door.At(ctx, m.Token)
		must(t, err)
		h.Clock.Add(time.Minute)
		_, err = h.door.At(ctx, m.Token)
		h.refused("after fourteen days", err, "link_gone")
		_, err = h.enter(m, m.PIN, visit)
		h.refused("the PIN after fourteen days", err, "link_gone")
		_, err = h.door.At(ctx, "tidak-pernah-ada-00000")
		h.refused("what never was", err, "link_gone")

		second, third := h.link(id), h.link(id)
		_, err = h.door.At(ctx, second.Token)
		h.refused("the link before the newest", err, "link_gone")
		visit, err = h.enter(third, third.PIN, "")
		must(t, err)
		must(t, h.door.Revoke(ctx, worker, id))
		_, err = h.door.Visit(ctx, third.Token, visit)
		h.refused("a visit by a revoked link", err, "link_gone")
		h.refused("revoked twice", h.door.Revoke(ctx, worker, id), "not_found")
	})
}

// A link that was passed on asks for the PIN again, and the office sees that another device came in.
func TestAnotherDeviceIsSeen(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.send()
		m := h.link(id)
		_, err := h.enter(m, m.PIN, "")
		must(t, err)
		_, err = h.door.Visit(t.Context(), m.Token, "")
		h.refused("another browser", err, "unauthorized")
		_, err = h.enter(m, m.PIN, "")
		must(t, err)
		h.told(id, "referral.link_elsewhere", 1)
		l, err := h.door.Of(t.Context(), h.As("worker"), id)
		must(t, err)
		if l.ElsewhereAt.IsZero() || len(l.Visitors) != 2 {
			t.Errorf("the office sees %+v", l)
		}
	})
}

// Who may make a link: those who refer and work on the case, for a referral that is under way.
func TestWhoMayMakeALink(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id := t.Context(), h.send()
		for who, code := range map[string]string{"worker2": "forbidden", "other": "not_found", "intake": "forbidden", "supervisor": "forbidden", "admin": "forbidden", "partner": "forbidden"} {
			_, err := h.door.MakeLink(ctx, h.As(who), id, partnerdesk.Contact{})
			h.refused(who, err, code)
			_, err = h.door.NewPIN(ctx, h.As(who), id)
			h.refused(who, err, code)
			h.refused(who, h.door.Revoke(ctx, h.As(who), id), code)
		}
		_, err := h.door.MakeLink(ctx, h.As("worker"), id, partnerdesk.Contact{Mail: "bukan surel", Phone: "tiga"})
		if e, ok := fault.As(err); !ok || len(e.Fields) != 2 {
			t.Errorf("to nowhere: %v", err)
		}
		ids, err := h.referrals.Draft(ctx, h.As("worker"), h.caseID, referral.Order{Services: []db.ID{h.service}, Kind: "referral", Urgency: "week",
			Words: referral.Words{Why: "Perlu.", Asked: "Bantuan."}})
		must(t, err)
		_, err = h.door.MakeLink(ctx, h.As("worker"), ids[0], partnerdesk.Contact{})
		h.refused("of a draft", err, "referral_state")
		m := h.link(id)
		must(t, h.referrals.Move(ctx, h.As("worker"), id, referral.Step{To: "cancelled"}))
		_, err = h.door.NewPIN(ctx, h.As("worker"), id)
		h.refused("of a cancelled one", err, "referral_state")
		visit, err := h.enter(m, m.PIN, "") // it is still read, and tells why
		must(t, err)
		v, err := h.door.Visit(ctx, m.Token, visit)
		must(t, err)
		h.refused("an answer after cancelling", h.referrals.Move(ctx, v.Actor, id, referral.Step{To: "accepted"}), "referral_state")
	})
}

// A letter's code leads to the living link, or to one made for it: that one opens only after the office gave a PIN by phone.
func TestALettersCodeLeadsToTheLink(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id, worker := t.Context(), h.send(), h.As("worker")
		paper := func() (address string) {
			t.Helper()
			must(t, h.Journal.Write(ctx, func(tx *journal.Tx) (err error) {
				address, err = h.door.PaperLink(ctx, tx, worker, id)
				return err
			}))
			return address
		}
		address := paper()
		token, ok := strings.CutPrefix(address, "https://teduh.example/r/")
		if !ok || len(token) < 22 || paper() != address {
			t.Fatalf("the code leads to %q, then %q", address, paper())
		}
		h.Clock.Add(time.Minute)
		for _, pin := range []string{"", "000000"} {
			_, err := h.door.Enter(ctx, partnerdesk.Knock{Token: token, PIN: pin, Name: "Dewi"})
			if err == nil {
				t.Errorf("the PIN %q opens a link without one", pin)
			}
			h.Clock.Add(time.Minute)
		}
		m, err := h.door.NewPIN(ctx, worker, id)
		must(t, err)
		if m.Token != token {
			t.Error("the PIN came with another address")
		}
		_, err = h.enter(m, m.PIN, "")
		must(t, err)
	})
}

// What a partner notes for itself is read by its users alone: not by the office, not by another partner, not by a link.
func TestAPartnersOwnNoteStaysItsOwn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		ctx, id := t.Context(), h.send()
		_, stranger := h.offer("RSUD", "Visum")
		must(t, h.door.KeepNote(ctx, h.partner, id, 0, "Kamar tiga, tanya Bu Ani"))
		h.refused("the first once more", h.door.KeepNote(ctx, h.partner, id, 0, "lain"), "version_changed")
		n, err := h.door.OwnNote(ctx, h.partner, id)
		must(t, err)
		if n.Text != "Kamar tiga, tanya Bu Ani" || n.Version != 1 || n.By.Name != "partner" {
			t.Errorf("the note is %+v", n)
		}
		must(t, h.door.KeepNote(ctx, h.partner, id, 1, ""))
		for who, code := range map[string]string{"worker": "forbidden", "head": "forbidden", "admin": "forbidden"} {
			_, err := h.door.OwnNote(ctx, h.As(who), id)
			h.refused(who, err, code)
		}
		_, err = h.door.OwnNote(ctx, stranger, id)
		h.refused("another partner", err, "not_found")
		h.refused("another partner writes", h.door.KeepNote(ctx, stranger, id, 0, "x"), "not_found")
		for _, code := range h.codes(id) {
			if code == "partner.note_kept" {
				t.Error("the note stands on the referral's history")
			}
		}
	})
}

// Two of a partner accept at once: one of them does, the other is told how it stands, and the acceptance is there once.
func TestTwoOfAPartnerAcceptAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.send()
		colleague := h.partner
		colleague.User = h.As("worker2").User // any other account stands for a colleague
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, a := range []access.Actor{h.partner, colleague} {
			all.Go(func() { errs[i] = h.referrals.Move(t.Context(), a, id, referral.Step{To: "accepted"}) })
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs...), "referral_state") {
			t.Errorf("both: %v", errs)
		}
		h.told(id, "referral.accepted", 1)
	})
}
