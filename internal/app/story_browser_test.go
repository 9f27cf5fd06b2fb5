package app_test

import (
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	chrome "teduh/internal/testkit/browser"
)

const password = "payung di bawah hujan sore"

// desks opens the office to browsers; everyone signs in with one password.
func desks(t *testing.T) (*world, string) {
	t.Helper()
	w := open(t, app.Config{Dir: t.TempDir(), Demo: true})
	hash, err := access.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	system := access.SystemActor(access.Office{})
	for role := range w.token {
		acc, err := w.app.Access.FindUser(t.Context(), string(role)+"@example.org")
		if err == nil {
			err = w.app.Access.SetHash(t.Context(), system, acc.ID, hash)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(w.app)
	t.Cleanup(func() { w.app.EndStreams(); server.Close() })
	return w, server.URL
}

// desk is a signed-in browser of somebody.
func desk(t *testing.T, base string, role access.Role, width int64) *chrome.Test {
	t.Helper()
	b := chrome.For(t)
	b.Must(b.Size(width, 800))
	b.Must(b.SignIn(base, string(role)+"@example.org", password))
	return b
}

// settled checks what no story may leave behind: a complaint in the console, another host, a page wider than its window.
func settled(t *testing.T, b *chrome.Test, base string) {
	t.Helper()
	wide, err := b.TooWide()
	b.Must(err)
	if wide > 0 {
		t.Errorf("the page is %d px too wide", wide)
	}
	if troubles := b.Troubles(); len(troubles) > 0 {
		t.Errorf("console: %v", troubles)
	}
	for _, host := range b.Hosts() {
		if host != strings.TrimPrefix(base, "http://") {
			t.Errorf("a page asked %s", host)
		}
	}
}

// A mother calls about her son. Her call becomes a case, goes through all stages and is closed; months later someone looks in.
func TestAMotherCallsAboutHerSon(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			_, base := desks(t)
			b := desk(t, base, access.Worker, width)
			motherCalls(b, base)
			assessed(b)
			planned(b)
			closed(b)
			settled(t, b, base)
		})
	}
}

func motherCalls(b *chrome.Test, base string) {
	b.Go(base + "/permintaan/baru")
	b.Write("Apa yang terjadi", "Anak saya tiga minggu tidak sampai ke sekolah. Ia takut diejek.")
	b.Write("Telepon", "0800-0000-4711")
	b.Leave("Simpan permintaan")
	b.Says("Permintaan tersimpan.")
	b.Leave("Saya tangani")
	b.Tick("terhubung")
	b.Write("Catatan singkat", "Ibu bisa datang besok pagi.")
	b.Leave("Simpan kontak")
	b.Write("Keputusan", "Buka kasus baru")
	b.Write("Nama klien", "Rosmawati Simbolon")
	b.Write("Alasan, satu kalimat", "Anak menghindari sekolah, keluarga minta didampingi.")
	b.Leave("Simpan keputusan")
	b.Says("Rosmawati Simbolon")
}

// forward moves the case to its next stage from the page of the case.
func forward(b *chrome.Test, stage string) {
	b.Leave("Ringkasan")
	b.Leave("Pindah tahap")
	b.Write("Ke tahap", stage)
	b.Leave("Pindahkan")
	b.Says("Kasus berpindah tahap.")
}

func assessed(b *chrome.Test) {
	forward(b, "Pendekatan awal")
	b.Leave("Asesmen")
	b.Leave("Minta persetujuan")
	b.Says("Saya ingin didampingi oleh lembaga ini.")
	b.Tick("Sudah dibaca atau dibacakan, dimengerti, dan disetujui")
	b.Leave("Catat persetujuan")
	b.Says("Persetujuan tercatat.")
	forward(b, "Asesmen")
	b.Leave("Asesmen")
	b.Write("Apa yang membuat klien datang?", "Ia bilang sepatunya ditertawakan.")
	b.Write("Bagaimana semua ini saling berkait, dan apa yang paling mungkin menolong?", "Anak menghindari ejekan, bukan pelajaran.")
	b.Leave("Simpan asesmen")
	b.Says("Asesmen tersimpan.")
	b.Leave("Ringkasan")
	b.PressOn("Ubah risiko")
	b.Tick("Risiko sedang")
	b.Write("Alasan", "Belum ada ancaman, tetapi anak menarik diri.")
	b.Leave("Simpan risiko")
	b.Says("Risiko tersimpan.")
	b.PressOn("Tindakan lain")
	b.Leave("Ubah petugas, kategori, dan kerahasiaan")
	b.Tick("Keluarga bermasalah sosial psikologis")
	b.Leave("Simpan perubahan")
	b.Says("Perubahan kasus tersimpan.")
}

func planned(b *chrome.Test) {
	forward(b, "Rencana")
	b.Leave("Rencana")
	b.Write("Tujuan", "Masuk sekolah lagi tanpa takut")
	b.Tick("Mengatasi masalah")
	b.Write("Bagaimana diukur", "Hari hadir dalam sebulan")
	b.Write("Langkah pertama", "Wali kelas menjemput di gerbang")
	b.Leave("Simpan tujuan")
	b.Leave("Klien menyepakati rencana ini")
	b.Tick("Klien sudah membaca rencana ini dan setuju")
	b.Leave("Simpan kesepakatan")
	b.Says("Kesepakatan rencana tercatat.")
	forward(b, "Intervensi")
	b.Leave("Ringkasan")
	b.Tick("Konseling")
	b.Write("Apa yang terjadi?", "Bertemu wali kelas. Anak mau masuk besok.")
	b.Leave("Simpan dan tandatangani")
	b.Says("Bertemu wali kelas. Anak mau masuk besok.")
	forward(b, "Evaluasi")
	b.Leave("Rencana")
	b.PressOn("Nilai tujuan")
	b.Write("Nilai", "+1 lebih dari harapan")
	b.Leave("Simpan nilai")
	b.Write("Keberfungsian sebelum", "4")
	b.Write("Keberfungsian sesudah", "7")
	b.Write("Ketahanan sebelum", "3")
	b.Write("Ketahanan sesudah", "6")
	b.Leave("Simpan skala")
	forward(b, "Terminasi")
}

func closed(b *chrome.Test) {
	b.PressOn("Tindakan lain")
	b.Leave("Tutup kasus")
	b.Is(`document.querySelector("[name=restored_before]").value === "4" && document.querySelector("[name=restored_after]").value === "7"`)
	b.Tick("Tujuan tercapai")
	b.Tick("Selesai")
	b.Write("Kata klien", "Anak saya menyanyi lagi di kamar mandi.")
	for _, task := range []string{"Kunjungan pertama", "Selesaikan asesmen"} {
		b.TickIn(task, "Sudah dikerjakan")
	}
	b.TickIn("Tinjau rencana bersama klien", "Dibatalkan")
	b.Write("Mengapa tugas dibatalkan", "Rencana sudah tercapai.")
	day := time.Now().AddDate(0, 2, 0)
	b.Write("Tanggal", strconv.Itoa(day.Day()))
	b.Write("Bulan", strconv.Itoa(int(day.Month())))
	b.Write("Tahun", strconv.Itoa(day.Year()))
	b.Leave("Tutup kasus ini")
	b.Says("Kasus ditutup.")
	b.Says("Bimbingan lanjut")
	b.Leave("Riwayat")
	for _, said := range []string{"membuka kasus", "mencatat persetujuan", "menulis asesmen", "menutup kasus", "membatalkan tugas"} {
		b.Says(said)
	}
}

// opened is a case about somebody, opened by the API; it answers its address.
func (w *world) opened(as access.Role, name string) string {
	w.t.Helper()
	client := w.person(`{"name":"` + name + `"}`)
	made := w.ask(as, "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+client+`"},"categories":["25"]}`)
	id, _ := made.JSON["id"].(string)
	if id == "" {
		w.t.Fatalf("%d %s", made.Code, made.Body)
	}
	return "/kasus/" + id
}

func TestADoubleClickIsOneNoteAndOneRequest(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := w.opened(access.Worker, "Melati Kencana")
	b := desk(t, base, access.Worker, 1280)
	b.Go(base + page)
	b.Write("Apa yang terjadi?", "Ibu menelepon dua kali dalam sehari.")
	twice(b, "Simpan dan tandatangani")
	notes := w.ask(access.Worker, "GET", "/api"+"/v1/cases/"+strings.TrimPrefix(page, "/kasus/")+"/notes", "")
	if list, _ := notes.JSON["items"].([]any); len(list) != 1 {
		t.Errorf("%d notes: %s", len(list), notes.Body)
	}
	b.Go(base + "/permintaan/baru")
	b.Write("Apa yang terjadi", "Tetangga mendengar tangis setiap malam.")
	twice(b, "Simpan permintaan")
	requests := w.ask(access.Worker, "GET", "/api/v1/requests?total=true", "")
	if requests.JSON["total"] != 1.0 {
		t.Errorf("requests: %s", requests.Body)
	}
}

// twice sends the form of a button by two posts of the same body, as a hand that clicks twice on a slow line does, and waits
// for both answers.
func twice(b *chrome.Test, button string) {
	b.Find(button)
	b.Is(`(() => {
    const button = document.querySelector("[data-found]"), form = button.form, body = new URLSearchParams(new FormData(form, button));
    window.answers = [];
    for (let i = 0; i < 2; i++) fetch(form.action, {method: "POST", body, redirect: "manual"}).then(r => window.answers.push(r.type));
    return true })()`)
	b.Is(`window.answers.length === 2 && window.answers.every(a => a === "opaqueredirect")`)
}

func TestASessionThatEndsInALongNoteLosesNothing(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := w.opened(access.Worker, "Melati Kencana")
	b := desk(t, base, access.Worker, 1280)
	b.Go(base + page)
	b.Write("Apa yang terjadi?", "Ia bercerita panjang tentang kebunnya. ")
	b.Is(`document.querySelector("[data-draft-state]").dataset.draftState === "saved"`)
	ended(t, w, access.Worker)
	b.Must(b.Type("Lalu ia diam."))
	b.Is(`!document.querySelector("[data-draft-signin]").hidden`)
	b.Leave("Simpan dan tandatangani")
	b.Forget() // the refusals of an ended session are told in the console
	b.Write("Email", "worker@example.org")
	b.Write("Kata sandi", password)
	b.Leave("Masuk")
	b.Go(base + page)
	b.Is(`document.querySelector("[name=text]").value === "Ia bercerita panjang tentang kebunnya. Lalu ia diam."`)
	b.Leave("Simpan dan tandatangani")
	b.Says("Lalu ia diam.")
	settled(t, b, base)
}

// ended ends all sign-ins of somebody, as they would from another desk.
func ended(t *testing.T, w *world, role access.Role) {
	t.Helper()
	acc, err := w.app.Access.FindUser(t.Context(), string(role)+"@example.org")
	if err == nil {
		system := access.SystemActor(access.Office{})
		if err = w.app.Access.Disable(t.Context(), system, acc.ID); err == nil {
			err = w.app.Access.Enable(t.Context(), system, acc.ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoWorkersChangeOneCase(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := w.opened(access.Worker, "Melati Kencana")
	one, other := desk(t, base, access.Worker, 1280), desk(t, base, access.Head, 360)
	for _, b := range []*chrome.Test{one, other} {
		b.Go(base + page + "/ubah")
		b.Tick("Fakir miskin")
	}
	other.Leave("Simpan perubahan")
	other.Says("Perubahan kasus tersimpan.")
	one.Tick("Pengemis")
	one.Leave("Simpan perubahan")
	one.Forget() // the refusal is told in the console
	one.Says("Yang tersimpan sekarang")
	one.Says("Fakir miskin")
	one.Is(`[...document.querySelectorAll("[name=categories]:checked")].length === 3`)
	one.Leave("Simpan perubahan")
	one.Says("Perubahan kasus tersimpan.")
	settled(t, one, base)
	settled(t, other, base)
}

// Without a mouse: from the day page to a new request and back, by keys alone.
func TestARequestIsRecordedByKeysAlone(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	b := desk(t, base, access.Worker, 1280)
	tabTo(b, "Permintaan baru")
	b.Must(b.Press("Enter", "\r"))
	b.Is(`location.pathname === "/permintaan/baru"`)
	tabTo(b, "Apa yang terjadi")
	b.Must(b.Type("Kakek tersesat di pasar."))
	tabTo(b, "Masih sangat kecil")
	b.Must(b.Press(" ", " "))
	tabTo(b, "Simpan permintaan")
	b.Must(b.Press("Enter", "\r"))
	b.Says("Permintaan tersimpan.")
	listed := w.ask(access.Worker, "GET", "/api/v1/requests", "")
	if !strings.Contains(listed.Body.String(), `"urgency":"day"`) { // very_young_or_old means day, DOMAIN
		t.Errorf("%s", listed.Body)
	}
	settled(t, b, base)
}

// tabTo goes on by Tab until what has the focus is called by these words; the focus must be seen.
func tabTo(b *chrome.Test, words string) {
	for range 150 {
		b.Must(b.Press("Tab", ""))
		if b.Focused(words) {
			return
		}
	}
	b.Must(fmt.Errorf("%q is not reached by Tab", words))
}

func TestARequestSentAfterTheSessionEndedComesBack(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	b := desk(t, base, access.Intake, 360)
	b.Go(base + "/permintaan/baru")
	b.Write("Apa yang terjadi", "Nenek sendirian sejak Senin.")
	b.Tick("WhatsApp")
	ended(t, w, access.Intake)
	b.Leave("Simpan permintaan")
	b.Says("Sesi Anda sudah berakhir")
	b.Forget() // what listened for alerts was refused, which is told in the console
	b.Write("Email", "intake@example.org")
	b.Write("Kata sandi", password)
	b.Leave("Masuk")
	b.Is(`location.pathname === "/permintaan/baru"`)
	b.Is(`document.querySelector("[name=narrative]").value === "Nenek sendirian sejak Senin." && document.querySelector("[name=channel][value=whatsapp]").checked`)
	b.Leave("Simpan permintaan")
	b.Says("Permintaan tersimpan.")
	b.Go(base + "/permintaan/baru")
	b.Is(`document.querySelector("[name=narrative]").value === ""`)
	settled(t, b, base)
}
