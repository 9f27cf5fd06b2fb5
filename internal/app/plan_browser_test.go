package app_test

import (
	"fmt"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// penned signs in the first box for signatures as a finger does, and insists on the strokes: a tenth, half and nine tenths of a
// box of 600 by 200.
const penned = `(() => {
  const pad = document.querySelector("[data-sign-pad]"), box = pad.getBoundingClientRect();
  const touch = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind, {bubbles: true, cancelable: true, button: 0, clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
  touch("pointerdown", .1, .5); touch("pointermove", .5, .2); touch("pointerup", .5, .2); touch("pointermove", .9, .9);
  touch("pointerdown", .6, .5); touch("pointermove", .9, .8); touch("pointerup", .9, .8);
  return document.querySelector("[name=mark]").value === "M60 100L300 40M360 100L540 160" })()`

// A client reads and signs on the worker's tablet, agrees to a plan, takes it home, and carries a card that says nothing.
func TestAClientSignsAndTakesThePlanHome(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := base + w.opened(access.Worker, "Melati Kencana")
			b := desk(t, base, access.Worker, width)
			b.Go(page + "/asesmen")
			b.Write("Untuk apa", "Pengolahan data")
			b.Leave("Minta persetujuan")
			b.Says("Persetujuan pengolahan data")
			b.Is(penned)
			b.PressOn("Hapus tanda tangan")
			b.Is(`document.querySelector("[name=mark]").value === ""`)
			b.Is(penned)
			clean(t, b)
			b.Leave("Catat persetujuan")
			b.Says("Persetujuan tercatat.")
			b.Is(`document.querySelector(".sign__shown path").getAttribute("d") === "M60 100L300 40M360 100L540 160"`)
			b.Leave("Tanda terima")
			b.Says("dapat ditarik kapan saja")
			clean(t, b)
			settled(t, b, base)
			agreedPlan(t, b, page)
			settled(t, b, base)
			pocketed(t, b, page)
			settled(t, b, base)
		})
	}
}

func agreedPlan(t *testing.T, b *chrome.Test, page string) {
	b.Go(page + "/rencana")
	b.Write("Tujuan", "Tidur nyenyak")
	b.Tick("Memulihkan kondisi")
	b.Write("Bagaimana diukur", "Malam tanpa mimpi buruk")
	b.PressOn("Lima tingkat pencapaian")
	b.Write("+1 lebih dari harapan", "Enam malam seminggu")
	b.Write("Langkah pertama", "Lampu kecil dinyalakan")
	b.Leave("Simpan tujuan")
	b.Says("Tujuan tersimpan.")
	b.Leave("Klien menyepakati rencana ini")
	b.Is(penned)
	clean(t, b)
	b.Leave("Simpan kesepakatan")
	b.Says("Kesepakatan rencana tercatat.")
	b.PressOn("Nilai tujuan")
	b.Write("Nilai", "+1 lebih dari harapan: Enam malam seminggu")
	b.Leave("Simpan nilai")
	b.Says("60") // one goal one step above what was hoped
	b.Says("Secara keseluruhan lebih dari yang diharapkan.")
	clean(t, b)
	b.Leave("Cetak untuk keluarga")
	b.Says("Rencana kita bersama")
	clean(t, b)
}

func pocketed(t *testing.T, b *chrome.Test, page string) {
	b.Go(page + "/keselamatan")
	b.Write("Tanda bahaya", "Tidak tidur dua malam")
	b.Write("Nama 1", "Kakak")
	b.Write("Telepon 1", "0800-0000-0042")
	clean(t, b)
	b.Leave("Simpan rencana keselamatan")
	b.Says("Rencana keselamatan tersimpan.")
	b.Leave("Kartu saku")
	b.Says("0800-0000-0042")
	b.Is(`document.title === "Catatan" && !document.querySelector("script, header, nav")`)
	clean(t, b)
}
