package partner_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/partner/hours"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

// desk is an office with its network. The story is told on Tuesday 24 November 2026, 09.00 in Jakarta.
type desk struct {
	*testkit.Office
	t *testing.T
}

func newDesk(t *testing.T, d *db.DB) desk { return desk{testkit.NewOffice(t, d), t} }

func (d desk) partner(p partner.Partner) db.ID {
	d.t.Helper()
	id, err := d.Network.AddPartner(d.t.Context(), d.As("head"), p)
	must(d.t, err)
	return id
}

func (d desk) service(x partner.Service) db.ID {
	d.t.Helper()
	id, err := d.Network.AddService(d.t.Context(), d.As("worker"), x)
	must(d.t, err)
	return id
}

// search gives names with scores, in the order of the list.
func (d desk) search(who string, q partner.Ask) (list []string) {
	d.t.Helper()
	found, err := d.Network.Search(d.t.Context(), d.As(who), q)
	must(d.t, err)
	for _, f := range found.Fits {
		list = append(list, fmt.Sprintf("%s %d", f.Service.Name, f.Score))
	}
	return list
}

func (d desk) wantFound(what, who string, q partner.Ask, want ...string) {
	d.t.Helper()
	if got := d.search(who, q); !slices.Equal(got, want) {
		d.t.Errorf("%s: %s finds %q, want %q", what, who, got, want)
	}
}

func n(i int) *int { return &i }

const dompak = "21.72.04.1002" // in the district Bukit Bestari

func week(text string) hours.Week {
	w, err := hours.Parse(text)
	if err != nil {
		panic(err)
	}
	return w
}

// network is four services whose points are counted by hand below.
func (d desk) network() map[string]db.ID {
	shelter := d.partner(partner.Partner{Name: "Bunda Pesisir", Kind: "shelter", Visibility: partner.Hidden,
		Address:   partner.Address{Street: "Gang Kenanga 4", Village: dompak, Point: &partner.Point{Lat: 0.9, Lon: 104.4}, Visibility: partner.Hidden},
		Agreement: partner.Agreement{Number: "MOU/1", From: "2026-01-01", Until: "2027-01-01"}})
	police := d.partner(partner.Partner{Name: "Polres", Kind: "police", Visibility: partner.Public, Address: partner.Address{Village: "21.72.04.1004"}})
	clinic := d.partner(partner.Partner{Name: "Klinik Dompak", Address: partner.Address{Village: dompak}})
	legal := d.partner(partner.Partner{Name: "Tuah Negeri", Kind: "legal_aid", Address: partner.Address{Village: "21.72.01.1001"},
		Agreement: partner.Agreement{Number: "MOU/2", From: "2025-01-01", Until: "2025-12-31"}})
	return map[string]db.ID{
		"shelter": d.service(partner.Service{Name: "Rumah aman", Partner: shelter, Cost: "free", Hours: week("24"), Capacity: n(8), Free: n(2),
			For: partner.Audience{Sex: "f", Needs: []string{"household_violence"}, Areas: []string{"21"}}}),
		"police": d.service(partner.Service{Name: "Unit PPA", Partner: police, Cost: "free", Hours: week("24"), Languages: []string{"id", "ms"},
			Visibility: partner.Public, For: partner.Audience{Needs: []string{"household_violence", "trafficking"}, Areas: []string{"21.72", "21.72.01"}}}),
		"clinic": d.service(partner.Service{Name: "Konseling", Partner: clinic, Cost: "insurance", Hours: week("2:480-720"), Wheelchair: true,
			For: partner.Audience{AgeFrom: n(18)}}),
		"legal": d.service(partner.Service{Name: "Bantuan hukum", Partner: legal, Cost: "paid", Hours: week("1:480-720"), Capacity: n(3), Free: n(0),
			For: partner.Audience{Needs: []string{"household_violence"}, Areas: []string{dompak, "21.72.04.1001"}}}),
	}
}

// What fits best stands first. By hand, for violence at home near Dompak on a Tuesday at nine:
//
//	Rumah aman     need 40 + province 10 + open 15 + place 10 + free 6 + agreement 5 + checked 4           = 90; nothing for where it stands
//	Unit PPA       need 40 + city 15 + stands in the district 6 + open 15 + free 6 + checked 4             = 86
//	Bantuan hukum  need 40 + kelurahan 25 + stands in the city 3 + full −10 + checked 4                    = 62; closed, agreement over
//	Konseling      any need 10 + everywhere 5 + stands in the kelurahan 10 + open 15 + insurance 3 + checked 4 = 47
func TestWhatFitsBestStandsFirst(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.network()
		q := partner.Ask{Need: "household_violence", Near: dompak}
		d.wantFound("all", "worker", q, "Rumah aman 90", "Unit PPA 86", "Bantuan hukum 62", "Konseling 47")
		d.wantFound("without the hidden", "intake", q, "Unit PPA 86", "Bantuan hukum 62", "Konseling 47")
		q.OpenNow = true
		d.wantFound("open", "worker", q, "Rumah aman 90", "Unit PPA 86", "Konseling 47")
		q.At = d.Now().Add(3 * time.Hour) // noon, when the clinic closes
		d.wantFound("open at noon", "worker", q, "Rumah aman 90", "Unit PPA 86")
		q = partner.Ask{Need: "household_violence", Near: dompak, FreePlace: true}
		d.wantFound("a place", "worker", q, "Rumah aman 90")
		q = partner.Ask{Need: "household_violence", Near: dompak, Sex: "m", Age: n(17)}
		d.wantFound("a boy of 17", "worker", q, "Unit PPA 86", "Bantuan hukum 62")
		q.Age = n(18)
		d.wantFound("a man of 18, five points for the age", "worker", q, "Unit PPA 86", "Bantuan hukum 62", "Konseling 52")
		d.wantFound("elsewhere in the province", "worker", partner.Ask{Need: "trafficking", Near: "21.01.01.1001"}, "Konseling 37")
		d.wantFound("another need", "worker", partner.Ask{Need: "debt", Near: dompak}, "Konseling 47")
		d.wantFound("in Malay", "worker", partner.Ask{Language: "ms"}, "Unit PPA 25")
		d.wantFound("by wheelchair", "worker", partner.Ask{Wheelchair: true}, "Konseling 22")
		d.wantFound("free of cost", "intake", partner.Ask{Free: true}, "Unit PPA 25")
	})
}

// All are listed by name, a page at a time, and an order by fit too loses and repeats nothing.
func TestAListGoesOnWhereItEnded(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.network()
		for _, c := range []struct {
			q    partner.Ask
			want []string
		}{
			{partner.Ask{}, []string{"Bantuan hukum", "Konseling", "Rumah aman", "Unit PPA"}},
			{partner.Ask{Need: "household_violence", Near: dompak}, []string{"Rumah aman", "Unit PPA", "Bantuan hukum", "Konseling"}},
		} {
			c.q.Limit = 1
			var got []string
			for {
				found, err := d.Network.Search(t.Context(), d.As("worker"), c.q)
				must(t, err)
				if found.Total != 4 {
					t.Errorf("%d in all", found.Total)
				}
				for _, f := range found.Fits {
					got = append(got, f.Service.Name)
				}
				if found.Next.ID.IsZero() {
					break
				}
				c.q.After = found.Next
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v: %q, want %q", c.q, got, c.want)
			}
		}
	})
}

// Words of a service's name, or of its partner's, find it in any order and spelling.
func TestServicesAreFoundByWords(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ids := d.network()
		ctx, worker := t.Context(), d.As("worker")
		d.wantFound("its name", "worker", partner.Ask{Text: "huk bant"}, "Bantuan hukum -6")
		d.wantFound("its partner's name", "worker", partner.Ask{Text: "toeah"}, "Bantuan hukum -6")
		d.wantFound("the hidden one", "worker", partner.Ask{Text: "pesisir"}, "Rumah aman 40")
		d.wantFound("the hidden one, for those who may not know it", "intake", partner.Ask{Text: "pesisir"})
		list, err := d.Network.PartnersNamed(ctx, worker, "tuah", 5)
		must(t, err)
		if len(list) != 1 || list[0].Name != "Tuah Negeri" {
			t.Errorf("partners: %+v", list)
		}
		p := list[0]
		p, err = d.Network.Partner(ctx, worker, p.ID)
		must(t, err)
		p.Name = "Selat Baru"
		must(t, d.Network.ChangePartner(ctx, worker, p))
		d.wantFound("its partner's old name", "worker", partner.Ask{Text: "tuah"})
		d.wantFound("its partner's new name", "worker", partner.Ask{Text: "selat"}, "Bantuan hukum -6")
		must(t, d.Network.EndService(ctx, worker, ids["legal"], 0))
		d.wantFound("what ended", "worker", partner.Ask{Text: "selat"})
		must(t, d.Network.ReturnService(ctx, worker, ids["legal"], 0))
		d.wantFound("what came back", "worker", partner.Ask{Text: "selat"}, "Bantuan hukum -6")
	})
}

// A service that only an import has named is in the directory, for the office's own eyes.
func TestServicesOfOldListsAreInTheDirectory(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		must(t, d.Journal.Write(t.Context(), func(tx *journal.Tx) error {
			ids, err := partner.ServicesNamed(t.Context(), tx, d.ID, []string{"Rumah  Aman", "rumah aman", "Puskesmas"})
			if err == nil && len(ids) != 2 {
				t.Errorf("%d services of two names", len(ids))
			}
			return err
		}))
		d.wantFound("by name", "intake", partner.Ask{}, "Puskesmas 0", "Rumah  Aman 0")
		d.wantFound("by need", "intake", partner.Ask{Need: "debt", Near: dompak}, "Puskesmas 15", "Rumah  Aman 15")
		d.wantFound("next door", "other", partner.Ask{})
	})
}

// Hidden entries are there for those alone who keep the directory; a partner's user reaches the own entry, another office none.
func TestWhoReachesAnEntry(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ids := d.network()
		ctx := t.Context()
		own := d.service(partner.Service{Name: "Bahari: jahit", Partner: d.Partner})
		hidden, err := d.Network.Service(ctx, d.As("head"), ids["shelter"])
		must(t, err)
		for _, c := range []struct {
			who            string
			public, hidden string
			own            string
		}{
			{"head", "", "", ""}, {"worker", "", "", ""}, {"psychologist", "", "", ""},
			{"intake", "", "not_found", ""}, {"supervisor", "", "not_found", ""},
			{"partner", "not_found", "not_found", ""}, {"other", "not_found", "not_found", "not_found"},
			{"facilitator", "forbidden", "forbidden", "forbidden"}, {"admin", "forbidden", "forbidden", "forbidden"},
			{"viewer", "forbidden", "forbidden", "forbidden"}, {"auditor", "forbidden", "forbidden", "forbidden"}, {"dpo", "forbidden", "forbidden", "forbidden"},
		} {
			for _, ask := range []struct {
				id   db.ID
				want string
			}{{ids["police"], c.public}, {ids["shelter"], c.hidden}, {own, c.own}} {
				if _, err := d.Network.Service(ctx, d.As(c.who), ask.id); code(err) != ask.want {
					t.Errorf("%s reads: %v, want %q", c.who, err, ask.want)
				}
			}
			if _, err := d.Network.Partner(ctx, d.As(c.who), hidden.Partner); code(err) != c.hidden {
				t.Errorf("%s reads the hidden partner: %v, want %q", c.who, err, c.hidden)
			}
		}
		d.wantFound("a partner's user finds what is its own", "partner", partner.Ask{}, "Bahari: jahit 4")
		d.wantFound("by a word too", "partner", partner.Ask{Text: "bah"}, "Bahari: jahit 4")
		d.wantFound("and nothing of others", "partner", partner.Ask{Text: "unit"})
	})
}

func code(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// A hidden address is sealed: it is read one at a time by those who keep the directory, and that it was read is in the log.
func TestAHiddenAddressIsOpenedAndThatIsLogged(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ids := d.network()
		ctx, worker := t.Context(), d.As("worker")
		x, err := d.Network.Service(ctx, worker, ids["shelter"])
		must(t, err)
		p, err := d.Network.Partner(ctx, worker, x.Partner)
		must(t, err)
		if !p.Address.Empty() {
			t.Errorf("the entry tells %+v", p.Address)
		}
		for _, who := range []string{"intake", "supervisor", "partner", "admin", "auditor"} {
			_, err := d.Network.Address(ctx, d.As(who), p.ID, "page")
			refused(t, who, err, "forbidden")
		}
		_, err = d.Network.Address(ctx, d.As("other"), p.ID, "page")
		refused(t, "next door", err, "not_found")
		at, err := d.Network.Address(ctx, worker, p.ID, "page")
		must(t, err)
		if at.Street != "Gang Kenanga 4" || at.Village != dompak || at.Point == nil || at.Point.Lat != 0.9 {
			t.Errorf("opened: %+v", at)
		}
		must(t, database.Read(ctx, func(r db.Reader) error {
			log, err := journal.ReadingsOf(ctx, r, p.ID, journal.Page{Limit: 5})
			if len(log) != 1 || log[0].Actor != worker.User {
				t.Errorf("the log holds %+v", log)
			}
			return err
		}))
		p.Description = "Siang dan malam"
		must(t, d.Network.ChangePartner(ctx, worker, p))
		at, err = d.Network.Address(ctx, worker, p.ID, "page")
		must(t, err)
		if at.Street != "Gang Kenanga 4" {
			t.Errorf("after a change of something else: %+v", at)
		}
		p.Version++
		p.Address = partner.Address{Street: "Jalan Baru 1", Visibility: partner.Hidden}
		must(t, d.Network.ChangePartner(ctx, worker, p))
		at, err = d.Network.Address(ctx, worker, p.ID, "page")
		must(t, err)
		if at.Street != "Jalan Baru 1" || at.Village != "" {
			t.Errorf("typed anew: %+v", at)
		}
	})
}

// A partner's people say anew what is theirs to say; what the office decides stays, and so does what it remarked.
func TestAPartnersUserKeepsTheOwnEntryFresh(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, user, head := t.Context(), d.As("partner"), d.As("head")
		p, err := d.Network.Partner(ctx, head, d.Partner)
		must(t, err)
		p.Remarks, p.Agreement, p.Address = "Sering terlambat menjawab", partner.Agreement{Number: "MOU/7", From: "2026-01-01"}, partner.Address{Street: "Jalan Rahasia 9", Visibility: partner.Hidden}
		must(t, d.Network.ChangePartner(ctx, head, p))
		own := d.service(partner.Service{Name: "Jahit", Partner: d.Partner, Visibility: partner.Public, Capacity: n(10), Free: n(1)})
		seen, err := d.Network.Partner(ctx, user, d.Partner)
		must(t, err)
		if seen.Remarks != "" || seen.Address.Street != "" || seen.Checked.Name != "" {
			t.Errorf("the partner reads %+v", seen)
		}
		seen.Name, seen.Visibility, seen.Description, seen.Remarks = "Nama lain", partner.Public, "Kursus jahit dan las", "hapus"
		seen.Agreement, seen.Address = partner.Agreement{}, partner.Address{Street: "Jalan Lain", Visibility: partner.Public}
		must(t, d.Network.ChangePartner(ctx, user, seen))
		p, err = d.Network.Partner(ctx, head, d.Partner)
		must(t, err)
		if p.Name != "Yayasan Bahari" || p.Visibility != partner.Internal || p.Description != "Kursus jahit dan las" || p.Remarks != "Sering terlambat menjawab" ||
			p.Agreement.Number != "MOU/7" || p.Address.Visibility != partner.Hidden {
			t.Errorf("the entry is %+v", p)
		}
		if at, err := d.Network.Address(ctx, head, d.Partner, "page"); err != nil || at.Street != "Jalan Rahasia 9" {
			t.Errorf("its address is %+v, %v", at, err)
		}
		must(t, d.Network.TellFree(ctx, user, own, 10, 0))
		refused(t, "more than there are", d.Network.TellFree(ctx, user, own, 11, 0), "invalid")
		x, err := d.Network.Service(ctx, user, own)
		must(t, err)
		x.Visibility, x.Partner, x.Name, x.Documents = partner.Internal, db.ID{}, "Lain", "KTP"
		must(t, d.Network.ChangeService(ctx, user, x))
		x, err = d.Network.Service(ctx, head, own)
		must(t, err)
		if x.Name != "Jahit" || x.Partner != d.Partner || x.Visibility != partner.Public || x.Documents != "KTP" || *x.Free != 10 {
			t.Errorf("the service is %+v", x)
		}
		refused(t, "ending it", d.Network.EndService(ctx, user, own, 0), "forbidden")
		foreign := d.service(partner.Service{Name: "Lain"})
		refused(t, "another's service", d.Network.TellFree(ctx, user, foreign, 1, 0), "not_found")
	})
}

// What nobody checked for 90 days is asked about, the longest ago first; checking it ends that.
func TestWhatIsStaleIsAskedAbout(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		old := d.service(partner.Service{Name: "Lama"})
		d.Clock.Add(24 * time.Hour)
		d.service(partner.Service{Name: "Sehari kemudian"})
		d.Clock.Add(90 * 24 * time.Hour)
		st, err := d.Network.Stale(ctx, worker, 10)
		must(t, err)
		if len(st.Services) != 1 || st.Services[0].ID != old || len(st.Partners) != 1 {
			t.Errorf("stale: %+v", st)
		}
		if count, err := d.Network.CountStale(ctx, worker); err != nil || count != 2 {
			t.Errorf("%d, %v", count, err)
		}
		must(t, d.Network.CheckService(ctx, worker, old, 0))
		must(t, d.Network.CheckPartner(ctx, d.As("partner"), d.Partner, 0))
		if count, err := d.Network.CountStale(ctx, worker); err != nil || count != 0 {
			t.Errorf("after looking through: %d, %v", count, err)
		}
	})
}

// What can't be is told field by field.
func TestWhatCannotBeIsRefused(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		for _, c := range []struct {
			want string
			p    partner.Partner
		}{
			{"name:required", partner.Partner{Name: "  "}},
			{"name:too_long", partner.Partner{Name: strings.Repeat("x", 201)}},
			{"name:taken", partner.Partner{Name: "yayasan  BAHARI"}},
			{"kind:unknown", partner.Partner{Name: "A", Kind: "bank"}},
			{"website:bad_address", partner.Partner{Name: "A", Website: "javascript:alert(1)"}},
			{"village_code:unknown", partner.Partner{Name: "A", Address: partner.Address{Village: "21.72"}}},
			{"point:impossible", partner.Partner{Name: "A", Address: partner.Address{Point: &partner.Point{Lat: 91}}}},
			{"contacts:required", partner.Partner{Name: "A", Contacts: []partner.Contact{{Phone: "0800-0000-1234"}}}},
			{"contacts:bad_email", partner.Partner{Name: "A", Contacts: []partner.Contact{{Name: "B", Email: "b"}}}},
			{"agreement_until:before_begin", partner.Partner{Name: "A", Agreement: partner.Agreement{Number: "1", From: "2026-02-01", Until: "2026-01-31"}}},
			{"agreement_from:bad_date", partner.Partner{Name: "A", Agreement: partner.Agreement{Number: "1", From: "2026-02-30"}}},
			{"unit_id:unknown", partner.Partner{Name: "A", Unit: db.NewID()}},
		} {
			_, err := d.Network.AddPartner(ctx, worker, c.p)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v", c.want, err)
			}
		}
		overlap, backwards := hours.Week{}, hours.Week{}
		overlap.Days[1] = []hours.Span{{From: 480, To: 720}, {From: 700, To: 800}}
		backwards.Days[1] = []hours.Span{{From: 720, To: 480}}
		for _, c := range []struct {
			want string
			x    partner.Service
		}{
			{"name:required", partner.Service{}},
			{"hours:impossible", partner.Service{Name: "A", Hours: overlap}},
			{"hours:impossible", partner.Service{Name: "A", Hours: backwards}},
			{"free:over_capacity", partner.Service{Name: "A", Capacity: n(2), Free: n(3)}},
			{"capacity:impossible", partner.Service{Name: "A", Capacity: n(-1)}},
			{"age_to:before_begin", partner.Service{Name: "A", For: partner.Audience{AgeFrom: n(18), AgeTo: n(6)}}},
			{"needs:unknown", partner.Service{Name: "A", For: partner.Audience{Needs: []string{"99"}}}},
			{"areas:unknown", partner.Service{Name: "A", For: partner.Audience{Areas: []string{"21.72.09"}}}},
			{"languages:unknown", partner.Service{Name: "A", Languages: []string{"xx"}}},
			{"promises:impossible", partner.Service{Name: "A", Promises: map[string]int{"now": 0}}},
			{"cost:unknown", partner.Service{Name: "A", Cost: "cheap"}},
			{"partner_id:unknown", partner.Service{Name: "A", Partner: db.NewID()}},
		} {
			_, err := d.Network.AddService(ctx, worker, c.x)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v", c.want, err)
			}
		}
		_, err := d.Network.AddPartner(ctx, d.As("intake"), partner.Partner{Name: "A"})
		refused(t, "intake adds", err, "forbidden")
		p, err := d.Network.Partner(ctx, worker, d.Partner)
		must(t, err)
		must(t, d.Network.ChangePartner(ctx, worker, p))
		refused(t, "a lost race", d.Network.ChangePartner(ctx, worker, p), "version_changed")
	})
}

// An account of a partner names its partner, one of its own office's.
func TestAPartnersAccountNamesItsPartner(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, admin := t.Context(), d.As("admin")
		user, err := d.Access.AddUser(ctx, admin, access.NewAccount{Email: "baru@example.org", Name: "Baru"})
		must(t, err)
		grant := access.Grant{Role: access.Partner, Unit: d.ID}
		refused(t, "none", d.Access.Grant(ctx, admin, user, grant), "invalid")
		grant.Partner = d.partner(partner.Partner{Name: "Tersembunyi", Visibility: partner.Hidden})
		refused(t, "a hidden one", d.Access.Grant(ctx, admin, user, grant), "invalid")
		foreign, err := d.Network.AddPartner(ctx, d.As("other"), partner.Partner{Name: "Tetangga"})
		must(t, err)
		grant.Partner = foreign
		refused(t, "next door's", d.Access.Grant(ctx, admin, user, grant), "invalid")
		grant.Partner = d.Partner
		must(t, d.Access.Grant(ctx, admin, user, grant))
		must(t, database.Read(ctx, func(r db.Reader) error {
			a, err := access.ActorOf(ctx, r, user, d.ID)
			if a.Partner != d.Partner {
				t.Errorf("acts for %s", a.Partner)
			}
			return err
		}))
		if d.As("worker").Partner != (db.ID{}) {
			t.Error("a worker is no partner's user")
		}
	})
}
