package inbound_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/inbound"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// pair is two installations whose heads have exchanged their cards.
type pair struct {
	here, there *desk
	key         db.ID // of the other office, here
	referral    db.ID
	consent     db.ID
}

func newPair(t *testing.T, a, b *db.DB) pair {
	p := pair{here: newDesk(t, a), there: newDesk(t, b)}
	p.key = p.here.trust(p.there, "LK3 Batam")
	p.there.trust(p.here, "LK3 Bina Sejahtera")
	p.here.client()
	p.consent = p.here.agree()
	service, err := p.here.Network.AddService(t.Context(), p.here.As("head"), partner.Service{Name: "LK3 Batam, konseling"})
	must(t, err)
	p.referral = p.here.refer(service, "name", "age")
	return p
}

// trust enters the card of another installation's office.
func (d *desk) trust(other *desk, name string) db.ID {
	d.t.Helper()
	card, code, err := other.inbound.OwnCard(d.t.Context(), other.As("head"))
	d.must(err)
	d.must(d.inbound.AddKey(d.t.Context(), d.As("head"), inbound.Key{Name: name, Kind: "lk3", Card: card}))
	keys, err := d.inbound.Keys(d.t.Context(), d.As("head"))
	d.must(err)
	if len(keys) != 1 || keys[0].Code != code {
		d.t.Fatalf("the card of code %s is kept as %+v", code, keys)
	}
	return keys[0].ID
}

// file is a parcel as it is saved and read again.
func file(t *testing.T, p inbound.Parcel) inbound.Parcel {
	t.Helper()
	raw, err := json.Marshal(p)
	must(t, err)
	for _, hidden := range []string{"Siti", "Konseling", "RJ-"} {
		if strings.Contains(string(raw), hidden) {
			t.Errorf("%q is readable in the file", hidden)
		}
	}
	read, err := inbound.ReadParcel(raw)
	must(t, err)
	return read
}

func (p pair) pack(t *testing.T) inbound.Parcel {
	t.Helper()
	made, err := p.here.inbound.Pack(t.Context(), p.here.As("worker"), p.referral, p.key)
	must(t, err)
	return file(t, made)
}

// A referral travels to another installation as a file, becomes a request there, and the answer travels back and moves it.
func TestAReferralTravelsToAnotherInstallationAndBack(t *testing.T) {
	for engine, open := range map[string]func(testing.TB) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, open(t), open(t))
			ctx, there, worker := t.Context(), p.there, p.there.As("worker")
			sent := p.pack(t)
			seen, err := there.inbound.Open(ctx, worker, sent)
			must(t, err)
			if seen.From.Name != "LK3 Bina Sejahtera" || seen.In.Asked != "Konseling lanjutan." || seen.In.Reference != "RJ-2026-000001" ||
				!slices.Equal(seen.In.Data, []referral.Datum{{Field: "age", Value: "36"}, {Field: "name", Value: "Siti Penanda Nama"}}) || !seen.Taken.IsZero() {
				t.Errorf("before it is taken in: %+v", seen)
			}
			took, again, err := there.inbound.TakeIn(ctx, worker, sent)
			must(t, err)
			if again || took.Taken.IsZero() {
				t.Errorf("taken in: %v, again %v", took.Taken, again)
			}
			w, err := there.inbound.OfRequest(ctx, worker, took.Taken)
			must(t, err)
			if w.Sender != "LK3 Bina Sejahtera" || w.Way != inbound.ByFile || w.Consent != inbound.ConsentGiven {
				t.Errorf("the request: %+v", w.In)
			}
			p.answer(t, w, intake.Decision{Outcome: "case", Note: "Kami dampingi", NewName: "Siti Penanda Nama"})
		})
	}
}

// answer decides at the other end, sends the answer, and takes it in.
func (p pair) answer(t *testing.T, w inbound.Whole, d intake.Decision) {
	t.Helper()
	ctx, there, here := t.Context(), p.there, p.here
	_, err := there.requests.Triage(ctx, there.As("worker"), w.Request, d)
	must(t, err)
	back, err := there.inbound.Answer(ctx, there.As("worker"), w.ID)
	must(t, err)
	back = file(t, back)
	seen, err := here.inbound.Open(ctx, here.As("worker"), back)
	must(t, err)
	if seen.Of != "RJ-2026-000001" || seen.Said.State != referral.Accepted {
		t.Errorf("the answer: %s of %s", seen.Said.State, seen.Of)
	}
	_, _, err = here.inbound.TakeIn(ctx, here.As("worker"), back)
	must(t, err)
	got := here.sent(p.referral)
	if got.Status != referral.Accepted || got.Moves[1].Side != referral.Recorded || got.Moves[1].Name != "LK3 Batam" {
		t.Errorf("the referral: %s, %+v", got.Status, got.Moves)
	}
	_, _, err = here.inbound.TakeIn(ctx, here.As("worker"), back)
	here.refused("the answer a second time", err, "answer_known")
	here.refused("a colleague who does not work on the case", second2(here.inbound.TakeIn(ctx, here.As("intake"), back)), "forbidden")
	whole, err := there.inbound.OfRequest(ctx, there.As("worker"), w.Request)
	must(t, err)
	if whole.ToldState != referral.Accepted || whole.Words[len(whole.Words)-1].How != inbound.ByFile {
		t.Errorf("at the other end told: %s, %+v", whole.ToldState, whole.Words)
	}
}

func second2[A, B any](_ A, _ B, err error) error { return err }

// What was altered, is for another office, from an unknown one, too old, or here already is refused, each with its reason.
func TestAFileThatIsNotRightIsRefused(t *testing.T) {
	p := newPair(t, testkit.SQLite(t), testkit.SQLite(t))
	ctx, there, worker := t.Context(), p.there, p.there.As("worker")
	sent := p.pack(t)
	open := func(what string, x inbound.Parcel, code string) {
		t.Helper()
		there.refused(what, second(there.inbound.Open(ctx, worker, x)), code)
		there.refused(what+", taken in", second2(there.inbound.TakeIn(ctx, worker, x)), code)
	}
	for what, spoil := range map[string]func(*inbound.Parcel){
		"one sealed sign changed":      func(x *inbound.Parcel) { x.Sealed = flipped(x.Sealed) },
		"one sign of the signature":    func(x *inbound.Parcel) { x.Signature = flipped(x.Signature) },
		"a referral made an answer":    func(x *inbound.Parcel) { x.Format = inbound.AnswerParcel },
		"sealed with no base64 at all": func(x *inbound.Parcel) { x.Sealed = "!" },
		"nothing sealed":               func(x *inbound.Parcel) { x.Sealed = "" },
	} {
		x := sent
		spoil(&x)
		open(what, x, "parcel_altered")
	}
	other := sent
	other.To = other.From
	open("for another office", other, "parcel_not_for_us")
	other = sent
	other.From = "0000-0000-0000-0000"
	open("from nobody we know", other, "parcel_unknown_key")
	p.here.Clock.Add(0)
	there.Clock.Add(15 * 24 * time.Hour)
	open("after its fourteen days", sent, "parcel_expired")
	there.Clock.Add(-15 * 24 * time.Hour)
	first, _, err := there.inbound.TakeIn(ctx, worker, sent)
	must(t, err)
	there.Clock.Add(15 * 24 * time.Hour)
	second, again, err := there.inbound.TakeIn(ctx, worker, p.pack(t)) // made anew from the same try
	must(t, err)
	if !again || second.Taken != first.Taken || second.Number != first.Number {
		t.Errorf("again: %v, %s and %s", again, second.Number, first.Number)
	}
	list, err := there.requests.List(ctx, worker, intake.Filter{})
	must(t, err)
	if len(list.Items) != 1 {
		t.Errorf("it became %d requests", len(list.Items))
	}
	p.ended(t, sent)
}

// ended is a key that is trusted no longer.
func (p pair) ended(t *testing.T, sent inbound.Parcel) {
	t.Helper()
	ctx, there := t.Context(), p.there
	keys, err := there.inbound.Keys(ctx, there.As("head"))
	must(t, err)
	must(t, there.inbound.EndKey(ctx, there.As("head"), keys[0].ID))
	there.refused("a key that was ended", second(there.inbound.Open(ctx, there.As("worker"), sent)), "parcel_ended_key")
	there.refused("by a worker", there.inbound.EndKey(ctx, there.As("worker"), keys[0].ID), "forbidden")
	there.refused("by the head next door", there.inbound.EndKey(ctx, there.As("other"), keys[0].ID), "not_found")
}

// flipped is a base64 text with one bit of its bytes changed.
func flipped(text string) string {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	raw[len(raw)/2] ^= 1
	return base64.StdEncoding.EncodeToString(raw)
}

// A file leaves only with consent, of a referral that was sent, by who works on the case, to an office that is trusted; and an
// answer counts only from the office that was asked.
func TestWhoMayGiveAReferralOut(t *testing.T) {
	p := newPair(t, testkit.SQLite(t), testkit.SQLite(t))
	ctx, here := t.Context(), p.here
	here.refused("the colleague", second(here.inbound.Pack(ctx, here.As("worker2"), p.referral, p.key)), "forbidden")
	here.refused("next door", second(here.inbound.Pack(ctx, here.As("other"), p.referral, p.key)), "not_found")
	here.refused("to nobody", second(here.inbound.Pack(ctx, here.As("worker"), p.referral, db.NewID())), "invalid")
	sent := p.pack(t)
	stranger := newDesk(t, testkit.SQLite(t))
	stranger.trust(here, "LK3 Bina Sejahtera")
	strangerCard, _, err := stranger.inbound.OwnCard(ctx, stranger.As("head"))
	must(t, err)
	must(t, here.inbound.AddKey(ctx, here.As("head"), inbound.Key{Name: "LK3 Lain", Kind: "lk3", Card: strangerCard}))
	here.refused("our own card", here.inbound.AddKey(ctx, here.As("head"), inbound.Key{Name: "Kami", Kind: "lk3", Card: own(t, here)}), "invalid")
	here.refused("a card twice", here.inbound.AddKey(ctx, here.As("head"), inbound.Key{Name: "LK3 Lain", Kind: "lk3", Card: strangerCard}), "invalid")
	here.refused("no card", here.inbound.AddKey(ctx, here.As("head"), inbound.Key{Name: "LK3 Lain", Kind: "lk3", Card: "teduh-kunci-1-abc"}), "invalid")
	here.refused("the worker enters one", here.inbound.AddKey(ctx, here.As("worker"), inbound.Key{Name: "LK3 Lain", Kind: "lk3", Card: strangerCard}), "forbidden")
	stranger.refused("a stranger opens it", second(stranger.inbound.Open(ctx, stranger.As("worker"), sent)), "parcel_not_for_us")
	forged, err := stranger.inbound.Forge(stranger.ID, own(t, here), p.referral, db.At(here.Now()))
	must(t, err)
	here.refused("an answer of who was not asked", second2(here.inbound.TakeIn(ctx, here.As("worker"), forged)), "not_found")
	must(t, here.practice.WithdrawConsent(ctx, here.As("worker"), here.caseID, p.consent, "Tidak mau lagi"))
	here.refused("without consent", second(here.inbound.Pack(ctx, here.As("worker"), p.referral, p.key)), "consent_missing")
}

func own(t *testing.T, d *desk) string {
	t.Helper()
	card, _, err := d.inbound.OwnCard(t.Context(), d.As("head"))
	must(t, err)
	return card
}
