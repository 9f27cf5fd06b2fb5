package exchange_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/partner/exchange"
	"teduh/internal/testkit"
)

// desk is an office that exchanges its directory.
type desk struct {
	*testkit.Office
	*exchange.Service
	t *testing.T
}

func newDesk(t *testing.T, d *db.DB) desk {
	t.Helper()
	o := testkit.NewOffice(t, d)
	return desk{o, exchange.New(exchange.Needs{DB: d, Vault: o.Vault, Journal: o.Journal, Directory: o.Network, Office: o.Units, Now: o.Clock.Now}), t}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d desk) take(who string, raw []byte, write bool) exchange.Report {
	d.t.Helper()
	r, err := d.Import(d.t.Context(), d.As(who), bytes.NewReader(raw), int64(len(raw)), exchange.Options{Write: write})
	must(d.t, err)
	return r
}

func (d desk) wantReport(what string, r exchange.Report, partners, services exchange.Tally) {
	d.t.Helper()
	if r.Partners != partners || r.Services != services {
		d.t.Errorf("%s: organizations %+v, services %+v, want %+v and %+v; %+v", what, r.Partners, r.Services, partners, services, r.Problems)
	}
}

// names lists the office's services by name, with whose they are.
func (d desk) services() (list []partner.Service) {
	d.t.Helper()
	after := partner.Place{}
	for {
		found, err := d.Network.Search(d.t.Context(), d.As("head"), partner.Ask{After: after, Limit: 100})
		must(d.t, err)
		for _, f := range found.Fits {
			list = append(list, f.Service)
		}
		if after = found.Next; after == (partner.Place{}) {
			return list
		}
	}
}

func foreign(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("../hsds/testdata/foreign.json")
	must(t, err)
	return raw
}

// Another publisher's file comes in: first told, then taken, then the same again. A service at two places becomes two entries.
func TestAnotherDirectoryComesIn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		file := foreign(t)
		fresh, services := exchange.Tally{New: 2}, exchange.Tally{New: 4}
		d.wantReport("looked at", d.take("worker", file, false), fresh, services)
		if n := len(d.services()); n != 0 {
			t.Errorf("%d services were written by looking", n)
		}
		d.wantReport("taken", d.take("worker", file, true), fresh, services)
		d.wantReport("again", d.take("worker", file, true), exchange.Tally{Same: 2}, exchange.Tally{Same: 4})
		byName := map[string]partner.Service{}
		for _, x := range d.services() {
			byName[x.Name] = x
		}
		mill := byName["Family Counseling – Mill Street Center"]
		if mill.Hours.String() != "1:540-720,780-1050;2:540-720,780-1050;3:540-720,780-1050;4:540-720,780-1050;5:540-720" || mill.Visibility != partner.Internal ||
			!mill.OwnPlace || !strings.HasPrefix(mill.Address.Street, "12 Mill Street, Riverbend") || mill.Address.Visibility != partner.Internal || !mill.Wheelchair ||
			mill.Contact.Phone != "+1 555 0101" || *mill.For.AgeFrom != 16 || mill.Cost != "free" || mill.CostWords != "No charge" || mill.Documents != "Proof of address" ||
			!slices.Equal(mill.Languages, []string{"en"}) || mill.PartnerName != "Riverbend Families" || mill.Checked.On != "2026-03-01" {
			t.Errorf("Mill Street is %+v", mill)
		}
		for _, words := range []string{"Free counseling for couples", "First Saturday of the month", "Spanish", "Riverbend County", "Call or walk in", "Talk It Through"} {
			if !strings.Contains(mill.Description, words) {
				t.Errorf("«%s» is lost: %s", words, mill.Description)
			}
		}
		if library := byName["Family Counseling – Public Library"]; library.Hours.String() != "2:960-1140" || library.Address.Point != nil {
			t.Errorf("the library is %+v", library)
		}
		if line := byName["Crisis Line"]; !line.Hours.Always || line.OwnPlace {
			t.Errorf("the crisis line is %+v", line)
		}
	})
}

// What the other directory says anew is taken over; what the office decided stays.
func TestWhatWasToldAnewIsTakenOver(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.take("worker", foreign(t), true)
		line := d.services()[slices.IndexFunc(d.services(), func(x partner.Service) bool { return x.Name == "Crisis Line" })]
		head := d.As("head")
		line.Visibility, line.OwnPlace, line.Address = partner.Public, true, partner.Address{Street: "Gang Kenanga", Visibility: partner.Hidden}
		must(t, d.Network.ChangeService(t.Context(), head, line))
		told := bytes.ReplaceAll(foreign(t), []byte("Somebody answers day and night."), []byte("Call us at any hour."))
		d.wantReport("told anew", d.take("worker", told, true), exchange.Tally{Same: 2}, exchange.Tally{Changed: 1, Same: 3})
		now, err := d.Network.Service(t.Context(), head, line.ID)
		must(t, err)
		if now.Description != "Call us at any hour." || now.Visibility != partner.Public || now.Address.Visibility != partner.Hidden {
			t.Errorf("it is %+v", now)
		}
		at, err := d.Network.ServiceAddress(t.Context(), head, line.ID, "test")
		if must(t, err); at.Street != "Gang Kenanga" {
			t.Errorf("the hidden address is %+v", at)
		}
	})
}

// Two of one name, and one the office has already: none is lost and none is taken for another.
func TestNamesThatAreTaken(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		head := d.As("head")
		mine, err := d.Network.AddPartner(t.Context(), head, partner.Partner{Name: "Puskesmas Dompak", Description: "kata kantor"})
		must(t, err)
		_, err = d.Network.AddService(t.Context(), head, partner.Service{Name: "Konseling", Partner: mine})
		must(t, err)
		one := `{"id":"%s","name":"Konseling","status":"active","organization":{"id":"%s","name":"%s","description":"kata berkas"}}`
		file := []byte(fmt.Sprintf("["+one+","+one+","+one+"]", "s1", "o1", "Puskesmas Dompak", "s2", "o2", "Yayasan Tuah", "s3", "o3", "Yayasan Tuah"))
		d.wantReport("taken", d.take("head", file, true), exchange.Tally{New: 2, Same: 1}, exchange.Tally{New: 2, Same: 1})
		d.wantReport("again", d.take("head", file, true), exchange.Tally{Same: 3}, exchange.Tally{Same: 3})
		var got []string
		for _, x := range d.services() {
			got = append(got, x.Name+" | "+x.PartnerName)
		}
		slices.Sort(got)
		want := []string{"Konseling | Puskesmas Dompak", "Konseling – Yayasan Tuah (2) | Yayasan Tuah (2)", "Konseling – Yayasan Tuah | Yayasan Tuah"}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if p, err := d.Network.Partner(t.Context(), head, mine); err != nil || p.Description != "kata kantor" {
			t.Errorf("the office's own words are %q (%v)", p.Description, err)
		}
	})
}

// What the directory can't take is refused with its place and a reason, and the rest comes in.
func TestWhatTheDirectoryRefuses(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		org := `"organization":{"id":"o1","name":"Dinas","description":"-"}`
		file := []byte(`[{"id":"s1","name":"Baik","status":"active",` + org + `},
			{"id":"s2","name":"Umur mustahil","status":"active","minimum_age":200,` + org + `},
			{"id":"s3","name":"Sudah tutup","status":"defunct",` + org + `},
			{"id":"s4","name":"Tanpa induk","status":"active","organization_id":"o9"},
			{"id":"s5","name":"Uraian panjang","status":"active","description":"` + strings.Repeat("kata ", 1500) + `",` + org + `}]`)
		r := d.take("worker", file, true)
		d.wantReport("taken", r, exchange.Tally{New: 1}, exchange.Tally{New: 1, Refused: 4})
		var got []string
		for _, p := range r.Problems {
			got = append(got, fmt.Sprintf("%d %s %s", p.Row, p.Path, p.Key))
		}
		want := []string{"2 age_from partner.error.age", "3 status hsds.problem.ended", "4 organization hsds.problem.no_parent", "5 description error.too_long"}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		for _, who := range []string{"intake", "viewer", "partner", "admin"} {
			_, err := d.Import(t.Context(), d.As(who), bytes.NewReader(file), int64(len(file)), exchange.Options{})
			if err == nil {
				t.Errorf("%s takes files in", who)
			}
			if _, err := d.Export(t.Context(), d.As(who), &bytes.Buffer{}, ".zip"); err == nil {
				t.Errorf("%s takes the directory along", who)
			}
		}
	})
}

const dompak = "21.72.04.1002"

// shop is a network in which every word that may not be told bears a mark.
func (d desk) shop() {
	d.t.Helper()
	head := d.As("head")
	add := func(p partner.Partner) db.ID {
		id, err := d.Network.AddPartner(d.t.Context(), head, p)
		must(d.t, err)
		return id
	}
	offer := func(x partner.Service) {
		_, err := d.Network.AddService(d.t.Context(), head, x)
		must(d.t, err)
	}
	from, to, places := 12, 60, 7
	shelter := add(partner.Partner{Name: "Rumah Aman Melati", Kind: "shelter", Visibility: partner.Public, Remarks: "RAHASIA", Contacts: []partner.Contact{{Name: "RAHASIA ketua"}},
		Address: partner.Address{Street: "RAHASIA gang", Village: dompak, Visibility: partner.Hidden}})
	clinic := add(partner.Partner{Name: "Klinik Dompak", Kind: "health_centre", PSKS: "welfare_body", Visibility: partner.Public, Description: "Untuk semua", Website: "https://klinik.example",
		Address: partner.Address{Street: "Jalan Raya 1", Village: dompak, Point: &partner.Point{Lat: 0.875, Lon: 104.5}, Visibility: partner.Public}})
	inside := add(partner.Partner{Name: "RAHASIA mitra"})
	week := testWeek
	offer(partner.Service{Name: "Tempat sementara", Partner: shelter, Visibility: partner.Public, Capacity: &places, Free: &places,
		Contact: partner.Contact{Name: "RAHASIA petugas", Role: "Loket", Phone: "0800-0000-0001"}, For: partner.Audience{Sex: "f", AgeFrom: &from, AgeTo: &to, Needs: []string{"household_violence"}}})
	offer(partner.Service{Name: "Konseling", Partner: clinic, Visibility: partner.Public, Hours: week, Languages: []string{"id", "ms"}, Cost: "free", CostWords: "Gratis dengan KTP",
		Documents: "KTP\nKartu keluarga", Wheelchair: true, For: partner.Audience{Needs: []string{"25"}, Areas: []string{"21.72"}}})
	offer(partner.Service{Name: "Keliling", Partner: clinic, Visibility: partner.Public, OwnPlace: true, Address: partner.Address{Street: "RAHASIA lorong"}})
	offer(partner.Service{Name: "RAHASIA dalam", Partner: clinic})
	offer(partner.Service{Name: "RAHASIA tersembunyi", Partner: clinic, Visibility: partner.Hidden})
	offer(partner.Service{Name: "RAHASIA milik mitra dalam", Partner: inside, Visibility: partner.Public})
}

// What is taken along is public, and the office next door reads from it what was told.
func TestADirectoryIsTakenAlong(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.shop()
		for _, shape := range exchange.Shapes {
			var file bytes.Buffer
			n, err := d.Export(t.Context(), d.As("worker"), &file, shape)
			must(t, err)
			if n != (exchange.Written{Organizations: 2, Services: 3}) || bytes.Contains(file.Bytes(), []byte("RAHASIA")) {
				t.Errorf("%s holds %+v", shape, n)
			}
			d.wantReport("home again "+shape, d.take("head", file.Bytes(), true), exchange.Tally{Same: 2}, exchange.Tally{Same: 3})
			r := d.take("other", file.Bytes(), shape == ".zip")
			want := map[bool][2]exchange.Tally{true: {{New: 2}, {New: 3}}, false: {{Same: 2}, {Same: 3}}}[shape == ".zip"]
			d.wantReport("next door "+shape, r, want[0], want[1])
		}
		there, err := d.Network.Search(t.Context(), d.As("other"), partner.Ask{})
		must(t, err)
		for _, f := range there.Fits {
			x := f.Service
			switch x.Name {
			case "Konseling":
				p, err := d.Network.Partner(t.Context(), d.As("other"), x.Partner)
				must(t, err)
				if x.Hours.String() != testWeek.String() || !slices.Equal(x.Languages, []string{"id", "ms"}) || x.Cost != "free" || x.Documents != "KTP\nKartu keluarga" || !x.Wheelchair ||
					!slices.Equal(x.For.Needs, []string{"25"}) || !slices.Equal(x.For.Areas, []string{"21.72"}) || x.OwnPlace || x.Visibility != partner.Internal ||
					p.Kind != "health_centre" || p.PSKS != "welfare_body" || p.Address.Village != dompak || p.Address.Street != "Jalan Raya 1" || p.Address.Point.Lat != 0.875 {
					t.Errorf("it came as %+v of %+v", x, p)
				}
			case "Tempat sementara":
				if x.For.Sex != "f" || *x.For.AgeFrom != 12 || *x.For.AgeTo != 60 || x.Contact.Role != "Loket" || x.Capacity != nil || !x.Address.Empty() || x.Description != "" {
					t.Errorf("it came as %+v", x)
				}
			}
		}
	})
}

// A large file is gone through within bounds, and what was written twice is not written again.
func TestALargeFileIsTakenIn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		file := manyRows(t, 2_000)
		start := time.Now()
		d.wantReport("taken", d.take("head", file, true), exchange.Tally{New: 100}, exchange.Tally{New: 2_000})
		t.Logf("2,000 services with 12,000 rows in %s", time.Since(start))
		d.wantReport("again", d.take("head", file, true), exchange.Tally{Same: 100}, exchange.Tally{Same: 2_000})
	})
}
