package partner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/testkit"
)

// shop is a network in which every word that may not be told bears a mark.
func (d desk) shop() map[string]db.ID {
	hidden := partner.Address{Street: "RAHASIA jalan", Village: dompak, Point: &partner.Point{Lat: 0.9, Lon: 104.4}, Visibility: partner.Hidden}
	shelter := d.partner(partner.Partner{Name: "Rumah Aman Melati", Kind: "shelter", Visibility: partner.Public, Address: hidden, Remarks: "RAHASIA catatan",
		Agreement: partner.Agreement{Number: "RAHASIA MOU", From: "2026-01-01"}, Contacts: []partner.Contact{{Name: "RAHASIA ketua", Phone: "0800-0000-0009"}}})
	inside := d.partner(partner.Partner{Name: "RAHASIA mitra", Visibility: partner.Internal})
	clinic := d.partner(partner.Partner{Name: "Klinik Dompak", Visibility: partner.Public, Description: "Untuk semua",
		Address: partner.Address{Street: "Jalan Raya 1", Village: dompak, Visibility: partner.Public}})
	contact := partner.Contact{Name: "RAHASIA petugas", Role: "Loket", Phone: "0800-0000-0001"}
	return map[string]db.ID{
		"shelter":    d.service(partner.Service{Name: "Tempat tinggal sementara", Partner: shelter, Visibility: partner.Public, Contact: contact, Capacity: n(8), Free: n(2)}),
		"counsel":    d.service(partner.Service{Name: "Konseling", Partner: clinic, Visibility: partner.Public, Hours: week("24")}),
		"elsewhere":  d.service(partner.Service{Name: "Konseling keliling", Partner: clinic, Visibility: partner.Public, OwnPlace: true, Address: partner.Address{Street: "RAHASIA lorong", Visibility: partner.Internal}}),
		"internal":   d.service(partner.Service{Name: "RAHASIA dalam", Partner: clinic}),
		"hidden":     d.service(partner.Service{Name: "RAHASIA tersembunyi", Partner: clinic, Visibility: partner.Hidden}),
		"of hidden":  d.service(partner.Service{Name: "RAHASIA milik mitra dalam", Partner: inside, Visibility: partner.Public}),
		"of no one":  d.service(partner.Service{Name: "RAHASIA tanpa mitra", Visibility: partner.Public}),
		"clinic":     clinic,
		"of shelter": shelter,
		"inside":     inside,
	}
}

// Whatever is asked for, nothing that is not public is told, and nothing of it stands in what is.
func TestOnlyWhatIsPublicIsTold(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ids := d.shop()
		var all []db.ID
		for _, id := range ids {
			all = append(all, id)
		}
		told, err := d.Network.PublicServices(t.Context(), all)
		must(t, err)
		partners, err := d.Network.PublicPartners(t.Context(), all)
		must(t, err)
		list, err := d.Network.Listing(t.Context(), db.ID{})
		must(t, err)
		if len(told) != 3 || len(partners) != 2 || len(list.Services) != 3 || len(list.Partners) != 2 {
			t.Errorf("%d services and %d partners are told, %d and %d listed", len(told), len(partners), len(list.Services), len(list.Partners))
		}
		if all := fmt.Sprintf("%+v %+v %+v", told, partners, list); strings.Contains(all, "RAHASIA") || strings.Contains(all, "0009") || strings.Contains(all, "104.4") {
			t.Errorf("it is told: %s", all)
		}
		for _, x := range told {
			at, located := x.At()
			if located != (x.Service.ID == ids["counsel"]) || x.Service.Capacity != nil || x.Service.Free != nil {
				t.Errorf("%s stands at %+v", x.Service.Name, at)
			}
		}
		for _, x := range list.Services {
			if x.Located != (x.ID == ids["counsel"]) {
				t.Errorf("the index has an address of %s", x.Words)
			}
		}
		next, err := d.Network.Listing(t.Context(), d.As("other").Office.ID)
		if must(t, err); len(next.Services)+len(next.Partners) > 0 {
			t.Errorf("the office next door has %+v", next)
		}
	})
}

// Whatever changes an entry, whoever keeps a copy learns that something changed.
func TestEveryChangeIsSeenByThoseWhoKeepACopy(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ids := d.shop()
		head := d.As("head")
		for what, act := range map[string]func() error{
			"hiding a partner": func() error {
				p, err := d.Network.Partner(t.Context(), head, ids["clinic"])
				must(t, err)
				p.Visibility = partner.Internal
				return d.Network.ChangePartner(t.Context(), head, p)
			},
			"a service's words": func() error {
				x, err := d.Network.Service(t.Context(), head, ids["shelter"])
				must(t, err)
				x.Description = "Baru"
				return d.Network.ChangeService(t.Context(), head, x)
			},
			"checking a partner":  func() error { return d.Network.CheckPartner(t.Context(), head, ids["of shelter"], 0) },
			"checking a service":  func() error { return d.Network.CheckService(t.Context(), head, ids["counsel"], 0) },
			"ending a service":    func() error { return d.Network.EndService(t.Context(), head, ids["elsewhere"], 0) },
			"ending a partner":    func() error { return d.Network.EndPartner(t.Context(), head, ids["inside"], 0) },
			"a new one":           func() error { d.partner(partner.Partner{Name: "Baru"}); return nil },
			"a service of a list": func() error { d.service(partner.Service{Name: "Layanan baru"}); return nil },
		} {
			d.Clock.Add(time.Minute)
			if err := act(); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if last, err := d.Network.LastChange(t.Context()); err != nil || !last.Equal(d.Clock.Now()) {
				t.Errorf("after %s the last change was at %s, want %s (%v)", what, last, d.Clock.Now(), err)
			}
		}
	})
}
