package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/partner"
)

// Every partner of the walk hides this address; no other thing of the walk names the street, nor lies in the village.
const (
	hiddenStreet  = "Gang Zqkenanga 77"
	hiddenVillage = "21.72.03.1004"
	hiddenMarker  = "Zqkenanga"
)

// whereAsked are further questions by which one might learn where a shelter is.
var whereAsked = []string{"GET /mitra", "GET /mitra?lihat=organisasi", "GET /mitra?lihat=periksa", "GET /mitra?lihat=berakhir", "GET /mitra?dekat=21.72.03.1004",
	"GET /mitra?q=zqkenanga", "GET /cari?q=zqkenanga", "POST /cari q=zqkenanga", "POST /cari/saran q=jaringan", "GET /api/v1/partners", "GET /api/v1/partners?q=jaringan",
	"GET /api/v1/services?near=21.72.03.1004&total=true", "GET /api/v1/services?q=jaringan", "GET /layanan-kami"}

// A hidden address stands on no page, in no answer and in no search: it is opened by those who keep the directory, by the one
// act that says so, and by nobody else.
func TestAHiddenAddressIsToldByOneActAlone(t *testing.T) {
	t.Parallel()
	cities(t, func(t *testing.T, w *city) {
		p := policy(t)
		w.stopWriting()
		opened := 0
		for _, who := range w.people {
			for _, question := range whereAsked {
				if strings.Contains(w.put(who, question).Body.String(), hiddenMarker) {
					t.Errorf("%s as %s tells where it is", question, who.name)
				}
			}
			for _, r := range p.rules {
				opens := strings.HasSuffix(r.path, "/address") || strings.HasSuffix(r.path, "/alamat")
				if r.method != http.MethodGet && !opens {
					continue
				}
				for _, s := range w.subjects[:3] {
					told := strings.Contains(w.ask(r, who, s).Body.String(), hiddenMarker)
					keeps := who.role == access.Head || who.role == access.Worker || who.role == access.Psychologist
					if told && !(opens && keeps) {
						t.Errorf("%s as %s tells where it is", r, who.name)
					}
					if told {
						opened++
					}
				}
			}
		}
		if opened == 0 {
			t.Error("nobody could open the address: the marker is not planted")
		}
	})
}

// The clock of a page is the office's: at 08.30 in Jakarta, which is 01.30 in the world, what opens at eight is open.
func TestAServiceOnItsPage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		form := url.Values{"name": {"Mitra Contoh"}, "kind": {"legal_aid"}, "contact_name": {"Bu Ani", ""}, "contact_role": {"", ""}, "contact_phone": {"0800-0000-4321", ""},
			"contact_email": {"", ""}, "agreement_number": {"MOU/9"}, "agreement_from_d": {"5"}, "agreement_from_m": {"3"}, "agreement_from_y": {"2026"},
			"agreement_until_d": {"4"}, "agreement_until_m": {"3"}, "agreement_until_y": {"2026"}, "remarks": {"Catatan rahasia kantor"}}
		w.wantPage("an agreement that ends before it begins; nothing typed is lost", w.post("worker", "/mitra", form), 422,
			[]string{"Perjanjian berakhir sebelum dimulai", "Mitra Contoh", "Bu Ani", "0800-0000-4321", "MOU/9", "Catatan rahasia kantor", `value="2026"`}, nil)
		form.Set("agreement_until_y", "2027")
		entry := w.post("worker", "/mitra", form).Header().Get("Location")
		w.wantPage("a partner", w.ask("intake", "GET", entry, ""), 200, []string{"Mitra Contoh", "Bantuan hukum", "tel:+6280000004321", "Catatan rahasia kantor"}, []string{"Ubah data mitra"})

		service := url.Values{"name": {"Pos bantuan"}, "partner_id": {strings.TrimPrefix(entry, "/mitra/")}, "needs": {"debt", "25"}, "areas": {"21.72"},
			"hours_1": {"13.00-12.00"}, "hours_2": {"08.00–12.00, 11.00–13.00"}, "capacity": {"2"}, "free": {"3"}, "age_from": {"60"}, "age_to": {"18"}}
		w.wantPage("what can't be is told; nothing typed is lost", w.post("worker", "/layanan-mitra", service), 422,
			[]string{"jam tutup harus sesudah jam buka", "13.00-12.00", "08.00–12.00, 11.00–13.00", "Pos bantuan", `href="#f-hours-1"`, `href="#f-hours-2"`}, nil)
		service["hours_1"], service["hours_2"] = nil, nil
		w.wantPage("and what can't be for other reasons", w.post("worker", "/layanan-mitra", service), 422,
			[]string{"Tempat kosong lebih banyak daripada kapasitas", "Umur tertinggi lebih kecil", `value="60"`}, nil)
		service.Set("free", "2")
		service.Set("age_from", "")
		for _, day := range []string{"0", "1", "2", "3", "4", "5", "6"} {
			service.Set("hours_"+day, "00.00–24.00")
		}
		offer := w.post("worker", "/layanan-mitra", service).Header().Get("Location")
		w.wantPage("a service", w.ask("worker", "GET", offer, ""), 200, []string{"Pos bantuan", "2 dari 2 tempat kosong", "Senin–Minggu", "00.00–24.00", "Kota Tanjung Pinang"}, []string{"Tutup, buka"})
		w.wantPage("one tap", w.post("worker", offer+"/kosong", url.Values{"free": {"1"}}), 303, nil, nil)
		w.wantPage("more than there are", w.post("worker", offer+"/kosong", url.Values{"free": {"3"}}), 422, []string{"Tempat kosong lebih banyak"}, nil)
		w.wantPage("found by need", w.ask("intake", "GET", "/mitra?kebutuhan=debt&dekat=21.72.04.1002&buka=1", ""), 200,
			[]string{"Pos bantuan", "Khusus masalah ini", "1 tempat kosong", "Melayani Kota Tanjung Pinang"}, nil)
		w.wantPage("found by the one field", w.ask("intake", "GET", "/cari?q=contoh", ""), 200, []string{"Pos bantuan", offer, entry}, nil)
		w.wantPage("a lost race keeps both", w.post("worker", offer+"/ubah", url.Values{"name": {"Pos lain"}, "version": {"1"}}), 409, []string{"Pos lain", "Yang tersimpan sekarang"}, nil)
		w.wantPage("not the partner user's", w.ask("partner", "GET", offer, ""), 403, nil, nil)
	})
}

// A program reads and writes the directory; a partner's program its own part of it.
func TestTheDirectoryByProgram(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		worker, user := w.program(access.Worker), w.program(access.Partner)
		p := worker(201, "POST", "/api/v1/partners", `{"name":"Klinik Jiwa","kind":"hospital","visibility":"public","contacts":[{"name":"Bu Ani","phone":"0800-0000-4321"}],"remarks":"kantor saja"}`)
		w.tells(p, `"phone":"+6280000004321"`, `"stale":false`, `"remarks":"kantor saja"`)
		id := p.JSON["id"].(string)
		s := worker(201, "POST", "/api/v1/services", `{"name":"Poli","partner_id":"`+id+`","for":{"needs":["mental_health"],"areas":["21.72"]},"hours":{"spans":[{"day":1,"from":"08:00","to":"12:00"}]},
			"places":{"capacity":4,"free":1},"promises":{"day":6},"languages":["id"]}`)
		w.tells(s, `"from":"08:00"`, `"partner_name":"Klinik Jiwa"`, `"promises":{"day":6}`)
		offer := "/api/v1/services/" + s.JSON["id"].(string)
		w.tells(worker(200, "GET", "/api/v1/services?need=mental_health&near=21.72.04.1002&free_place=true&total=true", ""), `"total":1`, `"code":"need","points":40`)
		worker(428, "PATCH", offer, `{"documents":"KTP"}`)
		w.tells(worker(200, "PATCH", offer, `{"documents":"KTP"}`, "If-Match", `"1"`), `"documents":"KTP"`, `"capacity":4`)
		worker(412, "PATCH", offer, `{"documents":"KK"}`, "If-Match", `"1"`)
		w.tells(worker(422, "PATCH", offer, `{"places":{"capacity":1,"free":2}}`, "If-Match", `"2"`), "over_capacity")
		w.tells(worker(422, "POST", "/api/v1/services", `{"name":"Poli","hours":{"spans":[{"day":1,"from":"12:00","to":"08:00"}]}}`), `"hours"`)
		w.tells(worker(200, "POST", offer+"/capacity", `{"free":4}`), `"free":4`)
		user(404, "GET", offer, "")
		user(404, "PATCH", offer, `{"documents":"KK"}`, "If-Match", `"3"`)
		user(404, "POST", offer+"/capacity", `{"free":1}`)
		user(403, "POST", "/api/v1/services", `{"name":"Sendiri"}`)
		own := worker(201, "POST", "/api/v1/services", `{"name":"Jahit","partner_id":"`+w.actor(access.Partner).Partner.String()+`","own_place":true,"address":{"street":"Jalan Tersembunyi 1","visibility":"hidden"}}`)
		path := "/api/v1/services/" + own.JSON["id"].(string)
		w.tells(user(200, "GET", "/api/v1/services", ""), `"name":"Jahit"`)
		if body := user(200, "GET", "/api/v1/services", "").Body.String(); strings.Contains(body, "Poli") || strings.Contains(body, "Tersembunyi") {
			t.Errorf("a partner's list holds %s", body)
		}
		w.tells(user(200, "PATCH", path, `{"documents":"KTP","visibility":"public"}`, "If-Match", `"1"`), `"documents":"KTP"`, `"visibility":"internal"`)
		user(403, "GET", path+"/address", "")
		w.tells(worker(200, "GET", path+"/address", ""), "Jalan Tersembunyi 1")
		user(403, "POST", path+"/mark", `{"mark":"ended"}`, "If-Match", `"2"`)
		w.tells(worker(200, "POST", path+"/mark", `{"mark":"ended"}`, "If-Match", `"2"`), `"ended":true`)
		w.tells(worker(409, "POST", path+"/mark", `{"mark":"ended"}`, "If-Match", `"3"`), "ended")
	})
}

// What a partner's own people see and change on their pages.
func TestAPartnersOwnPages(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a := w.actor(access.Partner)
		p, err := w.app.Partners.Partner(t.Context(), w.actor(access.Head), a.Partner)
		must(t, err)
		p.Remarks, p.Address = "Jangan sampai mereka baca", partner.Address{Street: "Jalan Tersegel 5", Visibility: partner.Hidden}
		must(t, w.app.Partners.ChangePartner(t.Context(), w.actor(access.Head), p))
		n := 3
		id, err := w.app.Partners.AddService(t.Context(), w.actor(access.Head), partner.Service{Name: "Kelas jahit", Partner: a.Partner, Capacity: &n, Free: &n})
		must(t, err)
		page := "/layanan-kami/" + id.String()
		secrets := []string{"Jangan sampai", "Tersegel", "Tampilkan alamat", "Tandai berakhir"}
		for _, path := range []string{"/layanan-kami", "/layanan-kami/ubah", page, page + "/ubah"} {
			w.wantPage(path, w.ask("partner", "GET", path, ""), 200, nil, secrets)
			w.wantPage("for a worker "+path, w.ask("worker", "GET", path, ""), 403, nil, nil)
		}
		w.wantPage("their page", w.ask("partner", "GET", "/layanan-kami", ""), 200, []string{"Yayasan Bahari", "Kelas jahit", "3 tempat kosong"}, nil)
		w.wantPage("a new description", w.post("partner", "/layanan-kami/ubah", url.Values{"description": {"Kursus gratis"}, "name": {"Lain"}, "version": {"2"}}), 303, nil, nil)
		w.wantPage("kept", w.ask("worker", "GET", "/mitra/"+a.Partner.String(), ""), 200, []string{"Yayasan Bahari", "Kursus gratis", "Jangan sampai"}, []string{"Tersegel"})
		w.wantPage("full", w.post("partner", page+"/kosong", url.Values{"free": {"0"}}), 303, nil, nil)
		w.wantPage("told", w.ask("partner", "GET", page, ""), 200, []string{"0 dari 3 tempat kosong", "Penuh"}, nil)
		w.wantPage("checked", w.post("partner", page+"/diperiksa", url.Values{"version": {"2"}}), 303, nil, nil)
	})
}

// The account of a partner names its partner on the page too, out of those that are not hidden.
func TestAPartnersAccountOnItsPage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		office := w.actor(access.Head)
		hidden, err := w.app.Partners.AddPartner(t.Context(), office, partner.Partner{Name: "Rumah Tersembunyi", Visibility: partner.Hidden})
		must(t, err)
		account := "/pengguna/" + w.user(access.Worker).String()
		w.wantPage("an account", w.ask("admin", "GET", account, ""), 200, []string{"Yayasan Bahari"}, []string{"Rumah Tersembunyi"})
		grant := url.Values{"role": {"partner"}, "unit": {office.Office.ID.String()}}
		w.wantPage("without a partner", w.post("admin", account+"/peran", grant), 422, []string{"Pilih mitra tempat orang ini bekerja"}, nil)
		grant.Set("partner", hidden.String())
		w.wantPage("with a hidden one", w.post("admin", account+"/peran", grant), 422, []string{"Mitra ini tidak ada"}, nil)
		grant.Set("partner", w.actor(access.Partner).Partner.String())
		w.wantPage("with its partner", w.post("admin", account+"/peran", grant), 303, nil, nil)
		// Who also works for a partner keeps the partner's page as a partner's user does.
		w.wantPage("as a partner's user", w.ask("worker", "GET", "/layanan-kami", ""), 200, []string{"Yayasan Bahari"}, []string{"Tandai berakhir"})
	})
}
