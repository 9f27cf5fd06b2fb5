package app_test

import (
	"fmt"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// A partner without an account, on a phone: the PIN, and two taps that answer. The office, on a desk beside it, made the link, and
// sees the answer and the question that came with it.
func TestAPartnerAnswersOnAPhoneByTheLink(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	sent := w.referred(w.agreed(), w.offer("Pendampingan korban"), nil)
	office := desk(t, base, access.Worker, 1280)
	office.Go(base + sent)
	office.PressOn("Buat tautan dan PIN")
	office.Write("WhatsApp mitra", "0800-0000-0129")
	clean(t, office)
	tap(office, `form[action$="/tautan"] button`)
	office.Says("Tautan dan PIN siap")
	clean(t, office)
	path, pin := w.linkOf(sent) // the page shows them once; the newest link is the one that counts
	phone := chrome.For(t)
	phone.Must(phone.Size(360, 740))
	phone.Go(base + path)
	phone.Says("Masukkan PIN")
	clean(t, phone)
	phone.Write("Nama Anda", "Dewi Anggraini")
	phone.Write("PIN enam angka", pin)
	phone.Leave("Buka rujukan")
	phone.Says("Pendampingan visum")
	clean(t, phone)
	tap(phone, `#jawaban details:first-of-type summary`)
	tap(phone, `#jawaban details[open] button[type=submit]`)
	phone.Says("Jawaban Anda sudah sampai di kantor.")
	phone.Says("Disetujui")
	phone.Write("Tanya atau beri kabar", "Kamis pukul 10 bisa?")
	phone.PressOn("Kirim")
	phone.Says("Pesan terkirim.")
	phone.Says("Kamis pukul 10 bisa?")
	settled(t, phone, base)
	office.Go(base + sent)
	office.Says("Kamis pukul 10 bisa?")
	office.Says("Dewi Anggraini")
	settled(t, office, base)
	phone.Leave("Selesai dan keluar")
	phone.Says("Masukkan PIN")
	settled(t, phone, base)
}

// A partner's user goes from the list to the end of a service, by keyboard and on a phone alike.
func TestAPartnersUserServesAClient(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(map[int64]string{1280: "desk", 360: "phone"}[width], func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			w.referred(w.agreed(), w.offer("Pendampingan korban"), nil)
			b := desk(t, base, access.Partner, width)
			b.Go(base + "/")
			b.Says("1 menunggu jawaban instansi Anda")
			clean(t, b)
			b.Leave("Pendampingan visum")
			clean(t, b)
			b.Leave("Sudah kami terima")
			b.Says("Sampai di mitra")
			serves(b, "Setujui", "Disetujui")
			serves(b, "Mulai melayani", "Sedang dilayani")
			b.PressOn("Layanan selesai")
			b.Is(`(s => { s.value = "helped"; return s.value })(document.querySelector("#f-completed-outcome")) === "helped"`)
			tap(b, `details[open] form:has(#f-completed-outcome) button[type=submit]`)
			b.Says("Layanan selesai. Terima kasih.")
			b.Write("Catatan untuk rekan seinstansi", "Berkas di lemari tiga")
			b.PressOn("Simpan catatan")
			b.Says("Hanya instansi Anda yang membacanya.")
			clean(t, b)
			b.Go(base + "/rujukan-masuk?bagian=ended")
			b.Says("Pendampingan visum")
			b.Go(base + "/rekan")
			clean(t, b)
			settled(t, b, base)
		})
	}
}

// tap brings something to where a thumb reaches it, above the bar of a phone, and presses on it.
func tap(b *chrome.Test, selector string) {
	b.Is(fmt.Sprintf(`(e => { e?.scrollIntoView({block: "center", behavior: "instant"}); return e !== null })(document.querySelector(%q))`, selector))
	b.Click(selector)
}

// serves makes a move that needs no words: one tap unfolds it, the next one makes it.
func serves(b *chrome.Test, do, state string) {
	b.PressOn(do)
	tap(b, `#jawaban details[open] button[type=submit]`)
	b.Is(fmt.Sprintf(`document.querySelector(".stages [aria-current=step]")?.innerText.includes(%q) ?? false`, state))
}
