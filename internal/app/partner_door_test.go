package app_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/partnerdesk"
	"teduh/internal/referral"
	"teduh/internal/testkit/pg"
)

// offer is a service of the partner whose user the world's is.
func (w *world) offer(name string) string {
	w.t.Helper()
	id, err := w.app.Partners.AddService(w.t.Context(), w.actor("worker"), partner.Service{Name: name, Partner: w.actor("partner").Partner})
	must(w.t, err)
	return id.String()
}

// agreed is a case whose client lets data go to partners.
func (w *world) agreed() string {
	w.t.Helper()
	path := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
	w.wantPage("consent", w.post("worker", path+"/persetujuan", url.Values{"kind": {"referral"}, "manner": {"screen"}, "read": {"1"}, "recipient": {"P2TP2A"}, "data": {"Nama"}}), 303, nil, nil)
	return path
}

// referred sends the client of a case and gives the referral's address on the office's side.
func (w *world) referred(path, service string, more url.Values) string {
	w.t.Helper()
	f := url.Values{"services": {service}, "kind": {"referral"}, "urgency": {"day"}, "fields": {"called"}, "asked": {"Pendampingan visum"}, "why": {"Perlu pendampingan"}}
	for name, values := range more {
		f[name] = values
	}
	got := w.post("worker", path+"/rujuk", f)
	w.wantPage("referred", got, 303, nil, nil)
	return got.Header().Get("Location")
}

var (
	theLink = regexp.MustCompile(`http://[^ /]+(/r/[\w-]{22,})`)
	thePIN  = regexp.MustCompile(`readout num">(\d{3}) (\d{3})<`)
)

// linkOf lets the worker make a link and reads address and PIN off the page.
func (w *world) linkOf(sent string) (path, pin string) {
	w.t.Helper()
	got := w.post("worker", sent+"/tautan", url.Values{"phone": {"0800-0000-0129"}})
	at, digits := theLink.FindStringSubmatch(got.Body.String()), thePIN.FindStringSubmatch(got.Body.String())
	if got.Code != 200 || at == nil || digits == nil {
		w.t.Fatalf("%d %s", got.Code, got.Body)
	}
	return at[1], digits[1] + digits[2]
}

// wants tells what a browser's page holds and what it does not.
func (b *browser) wants(story string, got *httptest.ResponseRecorder, status int, holds, not []string) {
	b.w.t.Helper()
	b.w.wantPage(story, answer{ResponseRecorder: got}, status, holds, not)
}

func private(t *testing.T, story string, got *httptest.ResponseRecorder) {
	t.Helper()
	if got.Header().Get("Referrer-Policy") != "no-referrer" || got.Header().Get("Cache-Control") != "no-store" ||
		got.Body.Len() > 0 && strings.Contains(got.Header().Get("Content-Type"), "html") && !strings.Contains(got.Body.String(), `name="referrer" content="no-referrer"`) {
		t.Errorf("%s tells where it is: %v", story, got.Header())
	}
}

// A partner without an account: the address tells nothing and changes nothing, the PIN lets in, two taps answer, and the office
// sees it. Another device needs the PIN again; what ended reads like what never was.
func TestThePartnersLink(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		sent := w.referred(w.agreed(), w.offer("Pendampingan korban"), nil)
		path, pin := w.linkOf(sent)
		scanner, b := w.browser(), w.browser()
		first := scanner.do("GET", path, "")
		for range 20 {
			got := scanner.do("GET", path, "")
			if got.Code != 200 || got.Body.String() != first.Body.String() || len(got.Result().Cookies()) > 0 {
				t.Fatalf("%d: a page that was only opened changes", got.Code)
			}
		}
		b.wants("the door", first, 200, []string{"Masukkan PIN"}, []string{"Melati", "P2TP2A", "Bahari", "Bina Sejahtera", "RJ-", "Pendampingan", "visum"})
		private(t, "the door", first)
		b.wants("an act without a PIN", b.do("POST", path+"/langkah", "to=accepted"), 401, []string{"Masukkan PIN"}, []string{"Melati", "RJ-"})
		b.wants("no name", b.do("POST", path, "pin="+pin), 422, []string{"f-name"}, []string{"RJ-"})
		got := b.do("POST", path, "name=Dewi+Anggraini&pin="+pin, "Origin", "null")
		if got.Code != 303 || got.Header().Get("Location") != path {
			t.Fatalf("the PIN does not let in: %d %s", got.Code, got.Body)
		}
		for _, c := range got.Result().Cookies() {
			if !c.HttpOnly || c.Path != "/r" || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("the cookie is %+v", c)
			}
		}
		page := b.do("GET", path, "")
		private(t, "the referral", page)
		b.wants("the referral", page, 200, []string{"RJ-", "Pendampingan visum", "Perlu pendampingan", "Melati", "Dewi Anggraini", "Setujui", "Tolak", "Sudah kami terima"},
			[]string{"LK3-2", "Kencana", "/kasus/", "/rujukan/", "Catatan instansi", `class="nav"`})
		b.wants("accepted", b.do("POST", path+"/langkah", "to=accepted&words=Kamis+pukul+10"), 303, nil, nil)
		for range 2 { // a second tap
			b.wants("asked", b.do("POST", path+"/pesan", "text=Siapa+yang+mengantar&form_key=sekali-saja"), 303, nil, nil)
		}
		b.wants("answered twice", b.do("POST", path+"/langkah", "to=declined&reason=capacity"), 409, []string{"sudah disetujui"}, nil)
		form, kind := file("surat-balasan.txt", "Isi balasan")
		b.wants("a file", b.do("POST", path+"/berkas", form, "Content-Type", kind), 303, nil, nil)
		seen := w.ask("worker", "GET", sent, "")
		w.wantPage("the office", seen, 200, []string{"Dewi Anggraini", "Kamis pukul 10", "Siapa yang mengantar", path}, []string{"Dibuka dari perangkat lain"})
		if n := strings.Count(seen.Body.String(), "Siapa yang mengantar"); n != 1 {
			t.Errorf("the message stands %d times", n)
		}
		enclosed := regexp.MustCompile(regexp.QuoteMeta(path) + `/berkas/[0-9a-f-]{36}`).FindString(b.do("GET", path, "").Body.String())
		got = b.do("GET", enclosed, "")
		private(t, "the file", got)
		if got.Code != 200 || got.Body.String() != "Isi balasan" {
			t.Errorf("the file: %d %s", got.Code, got.Body)
		}
		w.passedOn(sent, path, pin)
		w.ended(sent, path, b)
		if token := strings.TrimPrefix(path, "/r/"); bytes.Contains(log.Bytes(), []byte(token)) || bytes.Contains(log.Bytes(), []byte(pin)) {
			t.Error("the log holds the token or the PIN")
		}
	})
}

// passedOn opens the link on another device.
func (w *world) passedOn(sent, path, pin string) {
	w.t.Helper()
	other := w.browser()
	other.wants("passed on", other.do("GET", path, ""), 200, []string{"Masukkan PIN"}, []string{"RJ-"})
	other.wants("with the PIN", other.do("POST", path, "name=Orang+Lain&pin="+pin), 303, nil, nil)
	w.wantPage("the office sees it", w.ask("worker", "GET", sent, ""), 200, []string{"Dibuka dari perangkat lain", "Orang Lain"}, nil)
	other.wants("leaves", other.do("POST", path+"/keluar", ""), 303, nil, nil)
	other.wants("has left", other.do("GET", path, ""), 200, []string{"Masukkan PIN"}, []string{"RJ-"})
}

// ended compares a link that was taken back with one that never was.
func (w *world) ended(sent, path string, b *browser) {
	w.t.Helper()
	w.wantPage("revoked", w.post("worker", sent+"/tautan/cabut", nil), 303, nil, nil)
	never := w.browser()
	for _, address := range []string{"", "/berkas/" + db.NewID().String()} {
		gone, none := b.do("GET", path+address, ""), never.do("GET", "/r/tidak-pernah-ada-123456"+address, "")
		if gone.Code != 404 || gone.Body.String() != none.Body.String() {
			w.t.Errorf("%d: what has ended differs from what never was", gone.Code)
		}
		private(w.t, "a link that ended", gone)
	}
	b.wants("the PIN after that", b.do("POST", path, "name=Dewi&pin=123456"), 404, []string{"tidak berlaku"}, nil)
	b.wants("an act after that", b.do("POST", path+"/langkah", "to=in_service"), 404, []string{"tidak berlaku"}, nil)
}

// Five wrong PINs: the page says so in plain words, and the worker has a task.
func TestGuessingThePINByThePage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		sent := w.referred(w.agreed(), w.offer("Pendampingan korban"), nil)
		path, pin := w.linkOf(sent)
		wrong := "000000"
		if pin == wrong {
			wrong = "000001"
		}
		b := w.browser()
		b.wants("the first", b.do("POST", path, "name=Penebak&pin="+wrong), 422, []string{"Kesempatan tersisa 4 kali", `value="Penebak"`}, []string{wrong})
		slow := b.do("POST", path, "name=Penebak&pin="+wrong)
		b.wants("at once again", slow, 429, []string{"Tunggu"}, nil)
		if slow.Header().Get("Retry-After") == "" {
			t.Error("nothing says how long to wait")
		}
		must(t, w.app.DB.Write(t.Context(), func(tx db.Tx) error { // as four wrong ones some time ago leave it
			_, err := tx.Exec(t.Context(), `UPDATE referral_link SET misses = 4, missed_at = 1`)
			return err
		}))
		b.wants("the fifth", b.do("POST", path, "name=Penebak&pin="+wrong), 423, []string{"dikunci", "PIN baru"}, []string{"RJ-", "Melati"})
		b.wants("the right one", b.do("POST", path, "name=Dewi&pin="+pin), 423, []string{"dikunci"}, []string{"RJ-"})
		b.wants("the address", b.do("GET", path, ""), 423, []string{"dikunci"}, nil)
		w.wantPage("the office", w.ask("worker", "GET", sent, ""), 200, []string{"Terkunci sejak"}, nil)
		w.wantPage("the worker's day", w.ask("worker", "GET", "/", ""), 200, []string{"Tautan mitra terkunci"}, nil)
	})
}

// A partner's users: their own side of the frame, what was sent to them, answers, a note of their own, and their colleagues.
func TestAPartnersUsersDesk(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.agreed()
		sent := w.referred(path, w.offer("Pendampingan korban"), nil)
		hers := strings.Replace(sent, "/rujukan/", "/rujukan-masuk/", 1)
		elsewhere, err := w.app.Partners.AddPartner(t.Context(), w.actor("worker"), partner.Partner{Name: "RSUD", Kind: "hospital"})
		must(t, err)
		theirs, err := w.app.Partners.AddService(t.Context(), w.actor("worker"), partner.Service{Name: "Visum", Partner: elsewhere})
		must(t, err)
		hidden := strings.Replace(w.referred(path, theirs.String(), nil), "/rujukan/", "/rujukan-masuk/", 1)
		start := w.ask("partner", "GET", "/", "")
		if start.Code != 303 || start.Header().Get("Location") != "/rujukan-masuk" {
			t.Errorf("the day begins at %d %s", start.Code, start.Header().Get("Location"))
		}
		w.wantPage("the list", w.ask("partner", "GET", "/rujukan-masuk", ""), 200,
			[]string{"Pendampingan visum", "Pendampingan korban", hers, "Rujukan masuk", "Layanan kami", "Terkirim", "worker"}, []string{"Melati", "Visum", "LK3-2", "Hari ini", hidden})
		nowhere := "/rujukan-masuk/" + db.NewID().String()
		none, other := w.ask("partner", "GET", nowhere, ""), w.ask("partner", "GET", hidden, "")
		if other.Code != 404 || strings.ReplaceAll(other.Body.String(), hidden, nowhere) != none.Body.String() {
			t.Errorf("another partner's: %d", other.Code)
		}
		w.wantPage("the referral", w.ask("partner", "GET", hers, ""), 200, []string{"Melati", "Pendampingan visum", "RJ-", "Catatan instansi"}, []string{"LK3-2", "Kencana", "/kasus/"})
		w.wantPage("declining without a reason", w.post("partner", hers+"/langkah", url.Values{"to": {"declined"}, "words": {"Kami penuh"}}), 422, []string{"Pilih alasan menolak", "Kami penuh"}, nil)
		w.wantPage("a note of their own", w.post("partner", hers+"/catatan", url.Values{"note": {"Kamar tiga"}, "version": {"0"}}), 303, nil, nil)
		w.wantPage("put on the list", w.post("partner", hers+"/langkah", url.Values{"to": {"waitlisted"}, "place": {"3"}}), 303, nil, nil)
		w.wantPage("waiting", w.ask("partner", "GET", "/rujukan-masuk?bagian=waiting", ""), 200, []string{hers, "Menunggu giliran"}, nil)
		w.wantPage("nothing to answer", w.ask("partner", "GET", "/rujukan-masuk", ""), 200, []string{"Tidak ada yang menunggu jawaban"}, []string{hers})
		w.wantPage("the office", w.ask("worker", "GET", sent, ""), 200, []string{"Menunggu giliran"}, []string{"Kamar tiga"})
		w.wantPage("withdrawn meanwhile", w.post("worker", sent+"/langkah", url.Values{"to": {"cancelled"}}), 303, nil, nil)
		w.wantPage("answered after that", w.post("partner", hers+"/langkah", url.Values{"to": {"declined"}, "reason": {"capacity"}, "words": {"Ruang penuh sampai Jumat"}}), 409,
			[]string{"sudah dibatalkan", "Ruang penuh sampai Jumat", "Kamar tiga"}, nil)
		w.invites()
	})
}

// invites a colleague, who comes in by the link and whose access is ended.
func (w *world) invites() {
	w.t.Helper()
	got := w.post("partner", "/rekan", url.Values{"name": {"Dewi Anggraini"}, "email": {"dewi@p2tp2a.example"}})
	link := regexp.MustCompile(`http://[^ /]+(/masuk/tautan/[\w-]+)`).FindStringSubmatch(got.Body.String())
	w.wantPage("invited", got, 200, []string{"Dewi Anggraini", "Belum masuk"}, nil)
	w.wantPage("twice", w.post("partner", "/rekan", url.Values{"name": {"Dewi"}, "email": {"dewi@p2tp2a.example"}}), 422, []string{`value="Dewi"`}, nil)
	b := w.browser()
	b.wants("comes in", b.do("POST", link[1], url.Values{"password": {passphrase}}.Encode()), 303, nil, nil)
	b.wants("sees the list", b.do("GET", "/rujukan-masuk?bagian=ended", ""), 200, []string{"RJ-"}, nil)
	id := regexp.MustCompile(`/rekan/([0-9a-f-]{36})/akhiri`).FindStringSubmatch(w.ask("partner", "GET", "/rekan", "").Body.String())[1]
	w.wantPage("asked first", w.ask("partner", "GET", "/rekan/"+id+"/akhiri", ""), 200, []string{"Akhiri akses Dewi Anggraini?"}, nil)
	w.wantPage("ended", w.post("partner", "/rekan/"+id+"/akhiri", nil), 303, nil, nil)
	if b.signedIn() {
		w.t.Error("who was ended is still in")
	}
}

// Whatever of a case, its people, notes, plan and files is sealed reaches none of the addresses a partner may use, nor the page of
// a link, but what was chosen for it.
func TestAPartnerSeesNothingThatWasNotChosen(t *testing.T) {
	postgres := pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil }))
	for engine, c := range map[string]app.Config{"sqlite": {Dir: t.TempDir(), Demo: true}, "postgres": {Dir: t.TempDir(), Postgres: postgres, Demo: true}} {
		t.Run(engine, func(t *testing.T) {
			p := planter{world: open(t, c)}
			p.plant()
			p.goOn()
			secrets := slices.DeleteFunc(slices.Clone(p.words), func(word string) bool { return slices.Contains(p.sent, word) })
			secrets = append(secrets, sealedNIK, sealedKK, sealedPhone, "Terbaca", "LK3-2")
			service := p.offer("Pendampingan korban")
			opened := "/kasus/" + p.one(`SELECT id FROM case_file WHERE status = 'open' ORDER BY id`)
			p.files(opened)
			secrets = append(secrets, p.words[len(p.words)-2:]...)
			p.post("worker", opened+"/persetujuan", "kind=referral&manner=screen&read=1&recipient=P2TP2A&data=Umur")
			sent := p.referred(opened, service, url.Values{"fields": {"contact"}, "asked": {"Yang diminta saja"}, "why": {"Sebabnya saja"}})
			chosen := p.one(`SELECT id FROM attachment ORDER BY id DESC`)
			must(t, p.app.Referrals.AttachSent(t.Context(), p.actor("worker"), id(t, strings.TrimPrefix(sent, "/rujukan/")), []db.ID{id(t, chosen)}))
			allowed := p.words[len(p.words)-1]
			told := p.partnersPages(strings.TrimPrefix(sent, "/rujukan/"), chosen, service)
			told["the link"] = p.linksPage(sent)
			if len(told) < 12 {
				t.Errorf("only %d pages were read", len(told))
			}
			if !strings.Contains(told["/rujukan-masuk/{id}"], "Yang diminta saja") || !strings.Contains(told["the link"], "Sebabnya saja") {
				t.Error("what was sent is not there")
			}
			for address, page := range told {
				for _, secret := range secrets {
					if secret != allowed && strings.Contains(page, secret) {
						t.Errorf("%s tells %s", address, secret)
					}
				}
			}
		})
	}
}

// goOn lets what is done be kept again, after the planting has ended with what is refused.
func (p *planter) goOn() {
	p.t.Helper()
	text := `DROP TRIGGER walk`
	if p.app.DB.Engine() == db.Postgres {
		text += ` ON change`
	}
	must(p.t, p.app.DB.Write(p.t.Context(), func(tx db.Tx) error {
		_, err := tx.Exec(p.t.Context(), text)
		return err
	}))
}

// files puts two into the case; the last one's content is the last word.
func (p *planter) files(opened string) {
	p.t.Helper()
	for range 2 {
		form, kind := file("berkas.txt", p.word())
		if got := p.ask("worker", "POST", opened+"/berkas", form, "Content-Type", kind); got.Code != 303 {
			p.t.Errorf("a file: %d", got.Code)
		}
	}
}

// partnersPages reads every address that the policy lets a partner's user read, those of one thing for the referral.
func (p *planter) partnersPages(referralID, fileID, service string) map[string]string {
	p.t.Helper()
	told := map[string]string{}
	for _, r := range policy(p.t).rules {
		if r.method != http.MethodGet || !slices.Contains(r.roles, "partner") {
			continue
		}
		id := referralID
		switch {
		case strings.HasPrefix(r.path, "/rekan/"):
			id = p.user("partner").String()
		case strings.Contains(r.path, "layanan-kami"):
			id = service
		}
		got := p.ask("partner", "GET", strings.NewReplacer("{id}", id, "{sent}", fileID).Replace(r.path), "")
		if got.Code == http.StatusForbidden || got.Code == http.StatusInternalServerError {
			p.t.Errorf("%s: %d", r, got.Code)
		}
		told[r.path] = got.Body.String()
	}
	for _, part := range referral.ArrivalParts {
		told["/rujukan-masuk "+part] = p.ask("partner", "GET", "/rujukan-masuk?bagian="+part, "").Body.String()
	}
	return told
}

// linksPage is the page of a link, once the PIN has let in.
func (p *planter) linksPage(sent string) string {
	p.t.Helper()
	m, err := p.app.Desk.MakeLink(p.t.Context(), p.actor("worker"), id(p.t, strings.TrimPrefix(sent, "/rujukan/")), partnerdesk.Contact{})
	must(p.t, err)
	b := p.browser()
	b.do("POST", m.Path(), "name=Dewi&pin="+m.PIN)
	return b.do("GET", m.Path(), "").Body.String()
}
