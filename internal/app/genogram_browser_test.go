package app_test

import (
	"fmt"
	"strings"
	"testing"

	"teduh/internal/access"
)

// A worker adds a child at the drawing, by mouse on a desk and on a phone, and finds it among the family's facts; arrow keys
// lead from one to the next.
func TestAChildIsAddedAtTheDrawing(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page, mother, _ := drawnFamily(w)
			b := desk(t, base, access.Worker, width)
			b.Go(base + strings.TrimSuffix(page, "/genogram"))
			b.Leave("Genogram")
			b.Is(`document.querySelectorAll(".draw .who").length === 2`)
			b.Is(`document.querySelector("[data-genogram-png]").hidden === false`)
			b.Is(`(document.querySelector('.who[href*="` + mother + `"]').focus(), true)`)
			b.Must(b.Press("ArrowDown", ""))
			b.Is(`document.activeElement.textContent.includes("Arif")`)
			b.Go(base + page + "?orang=" + mother)
			b.Leave("Tambah anak")
			b.Write("Nama lengkap", "Nisa Kencana")
			b.Tick("Perempuan")
			b.Leave("Simpan orang ini")
			b.Says("Perubahan tersimpan.")
			b.Is(`document.querySelectorAll(".draw .who").length === 3`)
			found, err := b.Axe()
			b.Must(err)
			if len(found) > 0 {
				t.Errorf("axe: %v", found)
			}
			b.Go(base + strings.TrimSuffix(page, "/genogram"))
			b.Says("Melati Kencana adalah orang tua kandung Nisa Kencana")
			settled(t, b, base)
		})
	}
}
