package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
	"teduh/internal/unit"
)

// pristine looks at a page with axe and at what no story may leave behind.
func pristine(t *testing.T, b *chrome.Test, base string) {
	t.Helper()
	clean(t, b)
	settled(t, b, base)
}

// supervised lets the supervisor of the world look after the worker, and switches on that closings are approved.
func supervised(t *testing.T, w *world) {
	t.Helper()
	ctx, system := t.Context(), access.SystemActor(access.Office{})
	worker, err := w.app.Access.FindUser(ctx, "worker@example.org")
	must(t, err)
	supervisor, err := w.app.Access.FindUser(ctx, "supervisor@example.org")
	must(t, err)
	office, err := w.app.Access.Unit(ctx, worker.Grants[0].Unit)
	must(t, err)
	system.Office = office.Office()
	must(t, w.app.Access.Supervise(ctx, system, worker.ID, supervisor.ID))
	g := unit.Defaults().Guidance
	g.ClosingApproval = true
	must(t, w.app.Units.Change(ctx, system, g, 0))
}

// A supervisor looks at the list of the team, talks a case over with its worker, reads it without names and approves that it
// closes; the worker reads what was said, holds a conference and keeps the record of what they can.
func TestASupervisorLooksAfterAWorker(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			supervised(t, w)
			page := w.opened(access.Worker, "Rosmawati Simbolon")
			w.ask(access.Worker, "POST", "/api/v1/cases/"+strings.TrimPrefix(page, "/kasus/")+"/notes", `{"kind":"phone","text":"rosmawati menelepon dari 0800-0000-4711","sign":true}`)
			lead, own := desk(t, base, access.Supervisor, width), desk(t, base, access.Worker, width)
			asked(t, own, base, page)
			talkedOver(t, lead, base, page)
			conferred(t, own, base, page)
			recorded(t, own, base)
		})
	}
}

func asked(t *testing.T, b *chrome.Test, base, page string) {
	t.Helper()
	b.Go(base + page)
	b.Leave("Minta atau jawab")
	pristine(t, b, base)
	b.Write("Yang perlu diketahui", "Keluarga pindah ke Batam.")
	b.Leave("Minta persetujuan")
	b.Says("Permintaan persetujuan terkirim.")
	b.Says("Menunggu")
}

func talkedOver(t *testing.T, b *chrome.Test, base, page string) {
	t.Helper()
	b.Go(base + "/tim")
	b.Says("Menunggu persetujuan Anda")
	b.Says("Belum pernah")
	pristine(t, b, base)
	b.Go(base + page + "/supervisi")
	pristine(t, b, base)
	b.Write("Apa yang dibahas", "Ia lelah setelah kunjungan malam.")
	b.Write("Yang disepakati", "Berdua ke rumah itu.")
	b.Write("Lama, dalam menit", "45")
	b.Leave("Simpan dan tandatangani supervisi")
	b.Says("Catatan supervisi tersimpan dan ditandatangani.")
	b.Says("Ia lelah setelah kunjungan malam.")
	b.Leave("Buka berkas tersamar")
	b.Says("Klien A menelepon dari [nomor]")
	b.Is(`!/rosmawati|simbolon|4711|LK3-2/i.test(document.documentElement.innerText + document.title)`)
	pristine(t, b, base)
	b.Go(base + page + "/pengesahan")
	b.Write("Jawaban", "Titip salam untuk keluarga.")
	b.Leave("Setujui")
	b.Says("Jawaban tersimpan.")
	b.Says("Disetujui")
	pristine(t, b, base)
}

func conferred(t *testing.T, b *chrome.Test, base, page string) {
	t.Helper()
	b.Go(base + page + "/supervisi")
	b.Says("Ia lelah setelah kunjungan malam.")
	pristine(t, b, base)
	b.Go(base + page + "/konferensi")
	b.Write("Yang dibicarakan", "Kepindahan keluarga")
	b.Tick("supervisor")
	b.Write("Orang luar yang hadir", "Pak Lurah")
	b.Write("Keputusan", "Diteruskan ke LK3 Batam")
	b.Leave("Simpan konferensi")
	b.Says("Konferensi kasus tersimpan.")
	b.Says("Diteruskan ke LK3 Batam")
	pristine(t, b, base)
	b.Leave("Cetak")
	b.Says("Pak Lurah")
	pristine(t, b, base)
	b.Go(base + page + "/riwayat")
	for _, said := range []string{"mencatat supervisi", "menyetujui penutupan", "mencatat konferensi kasus"} {
		b.Says(said)
	}
}

func recorded(t *testing.T, b *chrome.Test, base string) {
	t.Helper()
	b.Go(base + "/kompetensi")
	b.Says("0,8") // 45 minutes of supervision
	b.Write("Nomor", "16 01 7 2 1")
	b.Leave("Simpan izin")
	b.Says("Catatan kompetensi tersimpan.")
	b.Says("Seumur hidup")
	pristine(t, b, base)
}

// The API tells what the pages tell, and its answers come again after a crash.
func TestApprovalsByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		supervised(t, w)
		path := "/api/v1/cases/" + strings.TrimPrefix(w.opened(access.Worker, "Rosmawati Simbolon"), "/kasus/")
		first := w.ask(access.Worker, "POST", path+"/approvals", `{"kind":"closing","word":"pindah"}`, "Idempotency-Key", "minta")
		w.answersLost()
		again := w.ask(access.Worker, "POST", path+"/approvals", `{"kind":"closing","word":"pindah"}`, "Idempotency-Key", "minta")
		if first.Code != http.StatusCreated || first.JSON["state"] != "waiting" || again.Code != first.Code || again.Body.String() != first.Body.String() {
			t.Fatalf("%d %s\nagain\n%d %s", first.Code, first.Body, again.Code, again.Body)
		}
		decision := path + "/approvals/" + fmt.Sprint(first.JSON["id"]) + "/decision"
		for _, x := range []struct {
			as   access.Role
			body string
			want int
		}{{access.Worker, `{"approve":true}`, http.StatusForbidden}, {access.Supervisor, `{"approve":false}`, http.StatusUnprocessableEntity},
			{access.Supervisor, `{"approve":true}`, http.StatusOK}, {access.Head, `{"approve":true}`, http.StatusConflict}} {
			if got := w.ask(x.as, "POST", decision, x.body); got.Code != x.want {
				t.Errorf("%s %s: %d %s, want %d", x.as, x.body, got.Code, got.Body, x.want)
			}
		}
		listed := w.ask(access.Worker, "GET", path+"/approvals", "")
		if items, _ := listed.JSON["items"].([]any); len(items) != 1 || items[0].(map[string]any)["state"] != "approved" {
			t.Errorf("%s", listed.Body)
		}
		team := w.ask(access.Supervisor, "GET", "/api/v1/team", "")
		if items, _ := team.JSON["items"].([]any); len(items) != 1 || items[0].(map[string]any)["open"] != 1.0 || items[0].(map[string]any)["weight"] != 1.0 {
			t.Errorf("%s", team.Body)
		}
	})
}
