package letter_test

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/letter"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is an office that writes letters.
type desk struct {
	*testkit.Office
	t       *testing.T
	cases   *casefile.Service
	letters *letter.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	letters := letter.NewService(letter.Needs{DB: d, Journal: o.Journal, Cases: cases, People: o.People, BaseURL: "https://teduh.example"})
	return &desk{o, t, cases, letters}
}

// open makes a case of someone.
func (d *desk) open(p person.Person) casefile.Case {
	d.t.Helper()
	added, err := d.People.Add(d.t.Context(), d.As("worker"), p, true)
	must(d.t, err)
	c, err := d.cases.Open(d.t.Context(), d.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}, Categories: []string{"25"}})
	must(d.t, err)
	return c
}

// within writes a letter in the transaction of another act.
func (d *desk) within(c casefile.Case, n letter.New) (l letter.Letter) {
	d.t.Helper()
	must(d.t, d.cases.WorkEver(d.t.Context(), d.As("worker"), c.ID, func(tx *journal.Tx, in casefile.Inside) (_ string, err error) {
		l, err = d.letters.WriteIn(d.t.Context(), tx, d.As("worker"), in, n)
		return "", err
	}))
	return l
}

func introduction() letter.New {
	return letter.New{Kind: letter.Introduction, To: []string{"Kepala Puskesmas Contoh", "di Tanjungpinang"}, Values: letter.Values{"keperluan": "pemeriksaan kesehatan"}}
}

// A worker writes letters; they are numbered by the year without gaps, also when many are written at once and some are refused.
func TestLettersAreNumberedWithoutGaps(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(person.Person{Name: "Siti Aminah", CallName: "Ibu Siti"})
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if _, err := d.letters.Write(t.Context(), d.As("worker"), c.ID, introduction()); err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				n := introduction()
				n.Values = nil
				if _, err := d.letters.Write(t.Context(), d.As("worker"), c.ID, n); !fault.Is(err, "invalid") {
					t.Errorf("without what it is for: %v", err)
				}
			})
		}
		all.Wait()
		list, err := d.letters.OfCase(t.Context(), d.As("worker"), c.ID)
		must(t, err)
		seen := map[string]bool{}
		for _, l := range list {
			seen[l.Number] = true
		}
		for _, number := range []string{"460/001/LK3/XI/2026", "460/002/LK3/XI/2026", "460/003/LK3/XI/2026", "460/004/LK3/XI/2026", "460/005/LK3/XI/2026", "460/006/LK3/XI/2026"} {
			if !seen[number] {
				t.Errorf("no letter %s among %v", number, seen)
			}
		}
		if len(list) != 6 {
			t.Errorf("%d letters", len(list))
		}
		must(t, d.advance(access.Worker, c.ID))
	})
}

// advance lets the year end and writes the first letter of the next.
func (d *desk) advance(_ access.Role, c db.ID) error {
	d.Clock.Add(60 * 24 * 3600 * 1e9)
	l, err := d.letters.Write(d.t.Context(), d.As("worker"), c, introduction())
	if err == nil && l.Number != "460/001/LK3/I/2027" {
		d.t.Errorf("the first of the year is %s", l.Number)
	}
	return err
}

// Whoever works on the case reads the letter and its paper, which is the same each time; next door nobody finds it.
func TestALetterIsReadByThoseOfTheCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(person.Person{Name: "Melati", Protected: true, Sealed: person.Sealed{RealName: "Siti Aminah"}, BirthDate: "1990-05-01", BirthPrecision: "day"})
		refer := letter.New{Kind: letter.Referral, To: []string{"Ketua P2TP2A Kota Tanjungpinang"}, Values: letter.Values{"yang_diminta": "Pendampingan visum dan laporan."}}
		_, err := d.letters.Write(t.Context(), d.As("worker"), c.ID, refer)
		if !fault.Is(err, "invalid") {
			t.Errorf("a referral's letter by itself: %v", err)
		}
		l := d.within(c, refer)
		read, err := d.letters.One(t.Context(), d.As("head"), c.ID, l.ID)
		must(t, err)
		for _, want := range []string{"klien dengan kode " + c.Number + " (Melati, nama samaran)", "Yang kami mohonkan: Pendampingan visum dan laporan.", "petugas kami, worker."} {
			if !strings.Contains(read.Document.Body, want) {
				t.Errorf("no «%s» in %s", want, read.Document.Body)
			}
		}
		if strings.Contains(read.Document.Body, "Siti") || strings.Contains(read.Document.Body, "{{") || strings.Contains(read.Document.Body, "[[") {
			t.Errorf("too much stands in %s", read.Document.Body)
		}
		first, name, err := d.letters.PDF(t.Context(), d.As("worker"), c.ID, l.ID)
		must(t, err)
		again, _, err := d.letters.PDF(t.Context(), d.As("head"), c.ID, l.ID)
		must(t, err)
		if !bytes.Equal(first, again) || !bytes.HasPrefix(first, []byte("%PDF-")) || name != "surat-2026-460-001-LK3-XI-2026.pdf" {
			t.Errorf("%d and %d bytes, %s", len(first), len(again), name)
		}
		for _, who := range []string{"other", "partner", "intake", "viewer"} {
			if _, _, err := d.letters.PDF(t.Context(), d.As(who), c.ID, l.ID); !fault.Is(err, "not_found") && !fault.Is(err, "forbidden") {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := d.letters.One(t.Context(), d.As("other"), c.ID, l.ID); !fault.Is(err, "not_found") {
			t.Errorf("next door: %v", err)
		}
		if _, err := d.letters.Write(t.Context(), d.As("supervisor"), c.ID, introduction()); !fault.Is(err, "forbidden") {
			t.Errorf("a supervisor writes: %v", err)
		}
	})
}

// The head publishes a template, names who signs and changes the letterhead; letters that were written stay what they were.
func TestALetterKeepsWhatItWasMadeWith(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, head, worker := t.Context(), d.As("head"), d.As("worker")
		c := d.open(person.Person{Name: "Siti Aminah", CallName: "Ibu Siti"})
		old, err := d.letters.Write(ctx, worker, c.ID, introduction())
		must(t, err)
		before, _, err := d.letters.PDF(ctx, worker, c.ID, old.ID)
		must(t, err)
		settings, _, err := d.letters.Settings(ctx, head)
		must(t, err)
		settings.Lines, settings.Pattern = []string{"PEMERINTAH KOTA TANJUNGPINANG", "LK3 “BINA SEJAHTERA”"}, "460/{urut}/LK3-BS/{bulan_romawi}/{tahun}"
		settings.Signers = []letter.Signer{{ID: "1", Name: "Syarifah Nurdiana, S.Sos.", Title: "Ketua LK3 Bina Sejahtera", NIP: "19800101 200501 2 001"}}
		must(t, d.letters.Save(ctx, head, settings, nil, false))
		if err := d.letters.Save(ctx, head, settings, nil, false); !fault.Is(err, "version_changed") {
			t.Errorf("saved over what was not read: %v", err)
		}
		template := letter.Template{Kind: letter.Introduction, Edition: 1, Subject: "Pengantar", Opening: "Salam,", Body: "Kami mengantarkan {{nama_pangilan}}."}
		if err := d.letters.Publish(ctx, head, template); !unknownField(err, "{{nama_pangilan}}", "{{nama_panggilan}}") {
			t.Errorf("an unknown field: %#v", err)
		}
		template.Body = "Kami mengantarkan {{nama_panggilan}} untuk {{keperluan}}."
		must(t, d.letters.Publish(ctx, head, template))
		fresh, err := d.letters.Write(ctx, worker, c.ID, introduction())
		must(t, err)
		if fresh.Edition != 2 || fresh.Number != "460/002/LK3-BS/XI/2026" || fresh.Document.Body != "Salam,\n\nKami mengantarkan Ibu Siti untuk pemeriksaan kesehatan." ||
			fresh.Document.Signer.Name != "Syarifah Nurdiana, S.Sos." {
			t.Errorf("the new letter: %+v", fresh)
		}
		after, _, err := d.letters.PDF(ctx, worker, c.ID, old.ID)
		must(t, err)
		if !bytes.Equal(before, after) {
			t.Error("the old letter has changed")
		}
		for _, who := range []string{"worker", "supervisor", "other"} {
			if err := d.letters.Publish(ctx, d.As(who), letter.Template{Kind: letter.Reply, Edition: 9, Subject: "x", Opening: "x", Body: "x"}); !fault.Is(err, "forbidden") && !fault.Is(err, "version_changed") {
				t.Errorf("%s publishes: %v", who, err)
			}
		}
	})
}

// unknownField tells whether a refusal names the field and the one it is most like.
func unknownField(err error, field, near string) bool {
	e, ok := fault.As(err)
	return ok && len(e.Fields) == 1 && e.Fields[0].Code == "unknown_field" && slices.Contains(e.Fields[0].Args, any(field)) && slices.Contains(e.Fields[0].Args, any(near))
}
