package app_test

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/partner"
)

var (
	aCard   = regexp.MustCompile(`teduh-kunci-1-[\w-]{86}`)
	aChoice = regexp.MustCompile(`<option value="([0-9a-f-]{36})"[^>]*>LK3 Batam`)
	aParcel = regexp.MustCompile(`name="parcel" value="([^"]+)"`)
)

// trusts takes over the card of another installation as its head shows it.
func (w *world) trusts(other *world, name string) {
	w.t.Helper()
	card := aCard.FindString(other.ask("head", "GET", "/pengaturan/kunci", "").Body.String())
	w.wantPage("the key of "+name, w.post("head", "/pengaturan/kunci", url.Values{"name": {name}, "kind": {"lk3"}, "card": {card}}), 303, nil, nil)
	w.wantPage("the keys", w.ask("head", "GET", "/pengaturan/kunci", ""), 200, []string{name, "Jangan percaya lagi"}, nil)
}

// looks uploads a file and gives the page that shows what it holds.
func (w *world) looks(role access.Role, content string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "rujukan.json")
	must(w.t, err)
	_, err = part.Write([]byte(content))
	must(w.t, err)
	must(w.t, form.Close())
	return w.ask(role, "POST", "/rujukan-dari-luar/berkas", body.String(), "Content-Type", form.FormDataContentType())
}

// takes confirms what a page of looks shows and tells where that leads.
func (w *world) takes(role access.Role, page answer) string {
	w.t.Helper()
	found := aParcel.FindStringSubmatch(page.Body.String())
	if found == nil {
		w.t.Fatalf("nothing to take in: %s", page.Body)
	}
	got := w.post(role, "/rujukan-dari-luar/berkas", url.Values{"parcel": {strings.ReplaceAll(found[1], "&#34;", `"`)}})
	w.wantPage("taken in", got, 303, nil, nil)
	return got.Header().Get("Location")
}

// Two installations exchange their cards; a referral goes to the other one as a file, becomes a request, and the answer comes
// back as a file and moves it.
func TestAReferralGoesToAnotherInstallationAsAFile(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		batam := open(t, app.Config{Dir: t.TempDir(), Demo: true})
		service, err := w.app.Partners.AddService(t.Context(), w.actor("worker"), partner.Service{Name: "LK3 Batam, konseling"})
		must(t, err)
		sent := w.referred(w.agreed(), service.String(), nil)
		w.wantPage("without a key there is no file", w.ask("worker", "GET", sent, ""), 200, nil, []string{"Kirim sebagai berkas"})
		w.trusts(batam, "LK3 Batam")
		page := w.ask("worker", "GET", sent, "")
		w.wantPage("with one there is", page, 200, []string{"Kirim sebagai berkas"}, nil)
		key := aChoice.FindStringSubmatch(page.Body.String())[1]
		got := w.post("worker", sent+"/berkas-rujukan", url.Values{"key": {key}})
		file := got.Body.String()
		w.wantPage("the file", got, 200, []string{`"format": "teduh-rujukan-1"`}, []string{"Pendampingan visum", "Melati"})
		if got.Header().Get("Content-Disposition") != `attachment; filename="rujukan.json"` {
			t.Errorf("it is saved as %s", got.Header().Get("Content-Disposition"))
		}
		batam.wantPage("from nobody they know", batam.looks("worker", file), 409, []string{"Pengirimnya belum dikenal"}, []string{"Pendampingan visum"})
		batam.trusts(w, "LK3 Tanjungpinang")
		batam.wantPage("something else", batam.looks("worker", `{"a":1}`), 422, []string{"bukan berkas rujukan"}, nil)
		altered := strings.Replace(file, `"sealed": "`, `"sealed": "AAAA`, 1)
		batam.wantPage("altered", batam.looks("worker", altered), 409, []string{"berubah di jalan"}, []string{"Pendampingan visum"})
		w.wantPage("one's own", w.looks("worker", file), 409, []string{"dibuat untuk kantor lain"}, nil)
		seen := batam.looks("intake", file)
		batam.wantPage("what it holds", seen, 200, []string{"Rujukan dari LK3 Tanjungpinang", "Pendampingan visum", "pengirim dikenal"}, nil)
		if n := batam.ask("worker", "GET", "/api/v1/requests?total=true", "").JSON["total"]; n != 0.0 {
			t.Errorf("looking made %v requests", n)
		}
		request := batam.takes("intake", seen)
		batam.wantPage("the request", batam.ask("worker", "GET", request, ""), 200, []string{"Rujukan dari LK3 Tanjungpinang", "Berkas bertanda tangan", "Unduh berkas jawaban"}, nil)
		batam.wantPage("again", batam.looks("worker", file), 200, []string{"Sudah pernah diterima", request}, []string{`name="parcel"`})
		back := batam.answers(request)
		w.wantPage("who has no such referral", w.looks("intake", back), 403, nil, []string{"Pendampingan"})
		answered := w.looks("worker", back)
		w.wantPage("the answer", answered, 200, []string{"Jawaban LK3 Batam atas RJ-", "Diterima sebagai klien"}, nil)
		if at := w.takes("worker", answered); at != sent {
			t.Errorf("it leads to %s, the referral is %s", at, sent)
		}
		w.wantPage("the referral", w.ask("worker", "GET", sent, ""), 200, []string{"LK3 Batam", "Disetujui"}, nil)
		w.wantPage("the answer again", w.looks("worker", back), 409, []string{"Jawaban ini sudah tercatat"}, nil)
	})
}

// answers takes a request that came as a file into a case and gives the answer's file.
func (w *world) answers(request string) string {
	w.t.Helper()
	w.wantPage("decided", w.post("worker", request+"/putuskan", url.Values{"outcome": {"case"}, "note": {"Kami dampingi"}, "new_name": {"Melati"}}), 303, nil, nil)
	w.wantPage("a letter too", w.ask("worker", "GET", request, ""), 200, []string{"/surat/baru?jenis=reply"}, nil)
	of := "/rujukan-dari-luar/" + w.first(`SELECT id FROM referral_in ORDER BY id DESC`)
	got := w.post("worker", of+"/jawaban", nil)
	w.wantPage("the answer's file", got, 200, []string{`"format": "teduh-jawaban-1"`}, []string{"Kami dampingi"})
	return got.Body.String()
}

// first is the id that a query gives first.
func (w *world) first(query string) (id string) {
	w.t.Helper()
	must(w.t, w.app.DB.Read(w.t.Context(), func(r db.Reader) error {
		all, err := db.All(w.t.Context(), r, db.Value[db.ID], query)
		if err == nil {
			id = all[0].String()
		}
		return err
	}))
	return id
}

// A partner's program refers a child and follows the state by the API; the same key sends nothing twice; its people read the
// same on their page, and nobody else's.
func TestAPartnersProgramRefersAndFollows(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const body = `{"urgency":"day","asked":"Dampingi anak ini","reference":"12/2026","consent":true,"data":[{"field":"name","value":"Budi Contoh"}]}`
		made := w.ask("partner", "POST", "/api/v1/referrals-in", body, "Idempotency-Key", "satu")
		id, _ := made.JSON["id"].(string)
		if made.Code != 201 || made.JSON["state"] != "sent" || made.Header().Get("Location") != "/api/v1/referrals-in/"+id {
			t.Fatalf("%d %s", made.Code, made.Body)
		}
		if again := w.ask("partner", "POST", "/api/v1/referrals-in", body, "Idempotency-Key", "satu"); again.Code != 201 || again.JSON["id"] != id {
			t.Errorf("the same key: %d %s", again.Code, again.Body)
		}
		got := w.ask("worker", "GET", "/api/v1/requests?total=true", "")
		if got.JSON["total"] != 1.0 {
			t.Errorf("it became %v requests", got.JSON["total"])
		}
		w.wantPage("the requests", w.ask("intake", "GET", "/permintaan", ""), 200, []string{"Rujukan dari luar: 1 menunggu kabar"}, nil)
		request := w.first(`SELECT request_id FROM referral_in`)
		w.wantPage("the day of the worker", w.ask("worker", "GET", "/", ""), 200, []string{"Kabar yang ditunggu pengirim", "Rujukan dari Yayasan Bahari"}, nil)
		w.wantPage("the request", w.ask("worker", "GET", "/permintaan/"+request, ""), 200, []string{"Rujukan dari Yayasan Bahari", "Budi Contoh", "Catat orang yang dirujuk", "12/2026"}, nil)
		w.wantPage("decided", w.post("worker", "/permintaan/"+request+"/putuskan", url.Values{"outcome": {"out_of_area"}, "note": {"Kata untuk kami saja"}}), 303, nil, nil)
		got = w.ask("partner", "GET", "/api/v1/referrals-in/"+id, "")
		if got.JSON["state"] != "declined" || got.JSON["reason"] != "area" || strings.Contains(got.Body.String(), "Kata untuk kami") {
			t.Errorf("what the partner reads: %s", got.Body)
		}
		w.wantPage("its list", w.ask("partner", "GET", "/rujukan-kami", ""), 200, []string{"Dampingi anak ini", "Tidak dapat diterima"}, nil)
		w.wantPage("one of it", w.ask("partner", "GET", "/rujukan-kami/"+id, ""), 200, []string{"Budi Contoh", "Di luar wilayah"}, []string{"Kata untuk kami", "worker"})
		refused := w.ask("partner", "POST", "/api/v1/referrals-in", `{"urgency":"day","asked":"x","data":[{"field":"nik","value":"1"},{"field":"nik","value":"2"}]}`, "Accept-Language", "en")
		if refused.Code != 422 || !strings.Contains(refused.Body.String(), `"field":"data"`) {
			t.Errorf("a field twice: %d %s", refused.Code, refused.Body)
		}
		if stranger := w.ask("worker", "GET", "/api/v1/referrals-in/"+id, ""); stranger.Code != 403 {
			t.Errorf("the worker asks as a sender: %d", stranger.Code)
		}
	})
}
