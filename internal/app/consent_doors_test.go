package app_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"teduh/internal/app"
)

// doors are the addresses by which a client's data leave the office as a paper or a file, and how a client's consent stands
// at each: «asks» is closed without it, «unnamed» lets the row out without the client, «own» gives the client what is the
// client's own, «staff» is a paper of those who work on the case, «nobody» holds no client's data, «family» asks every open case of the family that
// the reader may know.
var doors = map[string]string{
	"GET /kasus/{id}/cetak":                                   "asks",
	"GET /kasus/{id}/asesmen/cetak":                           "asks",
	"GET /kasus/{id}/ekomap/gambar.svg":                       "asks",
	"GET /kasus/{id}/surat/{letter}/surat.pdf":                "asks",
	"GET /api/v1/cases/{id}/letters/{letter}/pdf":             "asks",
	"GET /kasus/ekspor":                                       "unnamed",
	"GET /kasus/{id}/rencana/cetak":                           "own",
	"GET /kasus/{id}/musyawarah/{meeting}/cetak":              "own",
	"GET /kasus/{id}/kartu":                                   "own",
	"GET /kasus/{id}/persetujuan/{consent}":                   "own",
	"GET /kasus/{id}/persetujuan/{consent}/tanda-terima.json": "own",
	"GET /api/v1/cases/{id}/consents/{consent}/receipt":       "own",
	"GET /kasus/{id}/konferensi/{conference}/cetak":           "staff",
	"GET /kasus/{id}/kelompok/sesi/{session}/cetak":           "staff",
	"GET /jadwal/cetak":                                       "staff",
	"GET /pengaturan/bawa/daftar.json":                        "nobody",
	"GET /jadwal/minggu.ics":                                  "nobody",
	"GET /keluarga/{id}/genogram/gambar.svg":                  "family",
}

var looksLikeADoor = regexp.MustCompile(`cetak|ekspor|export|unduh|download|\.(ics|svg|json|csv|xlsx|pdf|png)$|kartu|receipt|print|/pdf$`)

// Every address that looks like a way out is known, so that a new one can't be opened without a word about consent.
func TestEveryOutgoingDoorIsKnown(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir()})
	names := w.app.RouteNames()
	for _, route := range names {
		if strings.HasPrefix(route, "GET ") && looksLikeADoor.MatchString(route) && doors[route] == "" && !strings.HasSuffix(route, "/openapi.json") {
			t.Errorf("%s lets something out: say how consent stands at it", route)
		}
	}
	for door := range doors {
		if !slices.Contains(names, door) {
			t.Errorf("%s leads nowhere", door)
		}
	}
}

// Without consent nothing of a client leaves: the summary is refused with the way to ask, in the list the client is unnamed.
// With consent both open; a withdrawal shuts them in the same moment; an emergency opens the summary for who gives the reason.
func TestEveryOutgoingDoorAsksForConsent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		number := regexp.MustCompile(`LK3-\d{4}-\d{6}`).FindString(w.ask("worker", "GET", opened, "").Body.String())
		shut := func(what string) {
			t.Helper()
			w.wantPage(what+": the summary", w.ask("worker", "GET", opened+"/cetak", ""), 409, []string{opened + "/persetujuan/baru?kind=data", opened + "/tanpa-persetujuan"}, []string{"Catatan yang"})
			w.wantPage(what+": the ecomap", w.ask("worker", "GET", opened+"/ekomap/gambar.svg", ""), 409, []string{opened + "/persetujuan/baru?kind=data"}, []string{"Sekolah Melati"})
			w.wantPage(what+": the assessment", w.ask("worker", "GET", opened+"/asesmen/cetak", ""), 409, []string{opened + "/persetujuan/baru?kind=data"}, []string{"Masalah Melati"})
			w.wantPage(what+": for a reader", w.ask("psychologist", "GET", opened+"/cetak", ""), 409, nil, []string{opened + "/tanpa-persetujuan"})
			w.wantPage(what+": the list", w.ask("head", "GET", "/kasus/ekspor?milik=semua", ""), 200, []string{number, "belum menyetujui"}, []string{"Melati"})
		}
		wide := func(what string) {
			t.Helper()
			w.wantPage(what+": the summary", w.ask("worker", "GET", opened+"/cetak", ""), 200, []string{number}, nil)
			w.wantPage(what+": the assessment", w.ask("worker", "GET", opened+"/asesmen/cetak", ""), 200, []string{number, "Masalah Melati"}, nil)
			w.wantPage(what+": the ecomap", w.ask("worker", "GET", opened+"/ekomap/gambar.svg", ""), 200, []string{"<svg xmlns", "Sekolah"}, nil)
			w.wantPage(what+": the list", w.ask("head", "GET", "/kasus/ekspor?milik=semua", ""), 200, []string{number, "Melati"}, nil)
		}
		school := url.Values{"name": {"Sekolah Melati"}, "kind": {"school"}, "strength": {"strong"}, "flow": {"in"}}
		w.wantPage("an assessment", w.post("worker", opened+"/asesmen", url.Values{"q-problem": {"Masalah Melati"}}), 303, nil, nil)
		w.wantPage("a school", w.post("worker", opened+"/ekomap", school), 303, nil, nil)
		give := url.Values{"kind": {"data"}, "language": {"id"}, "text_version": {"1"}, "manner": {"screen"}, "read": {"1"}, "signer": {"Melati Kencana"}}
		shut("before")
		service := url.Values{"kind": {"service"}, "manner": {"screen"}, "read": {"1"}}
		w.wantPage("consent to something else", w.post("worker", opened+"/persetujuan", service), 303, nil, nil)
		shut("another consent")
		w.wantPage("to read", w.ask("worker", "GET", opened+"/persetujuan/baru?kind=data&language=en", ""), 200, []string{`lang="en"`, "Consent to the use of data", "Withdraw"}[:2], nil)
		w.wantPage("not signed", w.post("worker", opened+"/persetujuan", url.Values{"kind": {"data"}, "manner": {"screen"}}), 422, []string{"Persetujuan pengolahan data", "Centang bahwa klien setuju"}, nil)
		w.wantPage("given", w.post("worker", opened+"/persetujuan", give), 303, nil, nil)
		wide("given")
		record := regexp.MustCompile(`persetujuan/([0-9a-f-]{36})/tarik`).FindStringSubmatch(w.ask("worker", "GET", opened+"/asesmen", "").Body.String())[1]
		w.wantPage("the receipt", w.ask("head", "GET", opened+"/persetujuan/"+record, ""), 200, []string{"Persetujuan pengolahan data", "Melati Kencana", "versi 1", record, "dapat ditarik kapan saja"}, nil)
		w.wantPage("as a file", w.ask("head", "GET", opened+"/persetujuan/"+record+"/tanda-terima.json", ""), 200,
			[]string{`"schema_version": "ISO/IEC TS 27560:2023"`, `"record_id": "` + record + `"`, `"event_state": "given"`, `"jurisdiction": "ID"`}, []string{"withdrawn\""})
		w.wantPage("withdrawn", w.post("worker", opened+"/persetujuan/"+record+"/tarik", url.Values{}), 303, nil, nil)
		shut("withdrawn")
		w.wantPage("the receipt says so", w.ask("head", "GET", opened+"/persetujuan/"+record+"/tanda-terima.json", ""), 200, []string{`"event_state": "withdrawn"`}, nil)
		w.wantPage("a task for who must act", w.ask("worker", "GET", opened, ""), 200, []string{"paling lambat 3 × 24 jam"}, nil)
		w.wantPage("an emergency without a reason", w.post("worker", opened+"/tanpa-persetujuan", url.Values{"kind": {"data"}, "reason": {"Darurat"}}), 422, nil, nil)
		shut("no reason")
		w.wantPage("an emergency", w.post("worker", opened+"/tanpa-persetujuan", url.Values{"kind": {"data"}, "reason": {"Nyawa klien terancam malam ini"}}), 303, nil, nil)
		w.wantPage("open for who gave the reason", w.ask("worker", "GET", opened+"/cetak", ""), 200, []string{number}, nil)
		w.wantPage("and for nobody else", w.ask("head", "GET", opened+"/cetak", ""), 409, nil, nil)
		w.wantPage("stays", w.ask("head", "GET", opened+"/asesmen", ""), 200, []string{"Nyawa klien terancam malam ini"}, nil)
		w.wantPage("on the timeline", w.ask("head", "GET", opened+"/riwayat", ""), 200, []string{"mengeluarkan data tanpa persetujuan karena keadaan darurat"}, nil)
	})
}

// The head publishes a text of the office's own.
func TestTheOfficesOwnTextOfConsent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page := "/pengaturan/persetujuan/data/id"
		w.wantPage("linked", w.ask("head", "GET", "/pengaturan", ""), 200, []string{"/pengaturan/persetujuan"}, nil)
		w.wantPage("listed", w.ask("head", "GET", "/pengaturan/persetujuan", ""), 200, []string{page, "/pengaturan/persetujuan/child/en"}, nil)
		w.wantPage("as shipped", w.ask("head", "GET", page, ""), 200, []string{"Persetujuan pengolahan data", `name="version" value="1"`}, nil)
		w.wantPage("none of these", w.ask("head", "GET", "/pengaturan/persetujuan/data/fr", ""), 404, nil, nil)
		text := url.Values{"version": {"1"}, "title": {"Izin data"}, "read": {"Data saya boleh dicatat."}, "purposes": {"Menolong"}, "data": {"Nama"}, "recipients": {"Petugas"},
			"storage": {"Di kantor"}}
		w.wantPage("unfinished", w.post("head", page, text), 422, []string{"Data saya boleh dicatat."}, nil)
		text.Set("withdrawal", "Bilang saja")
		w.wantPage("published", w.post("head", page, text), 303, nil, nil)
		w.wantPage("a lost race", w.post("head", page, text), 409, []string{"Yang tersimpan sekarang", `name="version" value="2"`}, nil)
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		w.wantPage("read to a client", w.ask("worker", "GET", opened+"/persetujuan/baru?kind=data", ""), 200, []string{"Data saya boleh dicatat.", `name="text_version" value="2"`}, nil)
	})
}
