package paper_test

import (
	"bytes"
	"testing"
	"time"

	"teduh/internal/letter/paper"
)

func letter() paper.Document {
	return paper.Document{
		Head:   paper.Head{Lines: []string{"PEMERINTAH KOTA TANJUNGPINANG", "LEMBAGA KONSULTASI KESEJAHTERAAN KELUARGA “BINA SEJAHTERA”"}, Small: []string{"Jalan Contoh Nomor 1, Tanjungpinang", "Telepon 0800-0000-0100"}},
		Facts:  []paper.Fact{{Label: "Nomor", Value: "460/041/LK3-BS/IV/2026"}, {Label: "Sifat", Value: "Sangat rahasia"}, {Label: "Lampiran", Value: "2 berkas"}, {Label: "Hal", Value: "Rujukan pendampingan korban"}},
		Place:  "Tanjungpinang, 13 April 2026",
		To:     []string{"Kepada Yth.", "Ketua P2TP2A Kota Tanjungpinang", "di Tanjungpinang"},
		Body:   "Dengan hormat,\n\nBersama ini kami merujuk klien dengan kode LK3-2026-000123 untuk mendapat pendampingan visum, laporan, dan bantuan hukum. Klien telah memberi persetujuan tertulis pada 13 April 2026 untuk membagikan keterangan dalam lampiran.\n\nKeterangan yang kami sertakan:\n- nama samaran dan umur\n- ringkasan asesmen, 2 halaman\n\nNama : Melati (nama samaran)\nUmur : 31 tahun\n\nAtas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih.",
		Signer: paper.Signer{Title: "Ketua LK3 Bina Sejahtera,", Name: "Syarifah Nurdiana, S.Sos.", Below: []string{"Penata Tingkat I", "NIP 19800101 200501 2 001"}},
		Copied: "Tembusan", Copies: []string{"Kepala Dinas Sosial Kota Tanjungpinang", "Arsip"},
		Marks: []paper.Mark{{Address: "https://teduh.example/surat/7K3M-9QXA-2BCD-EFGH", Words: []string{"Periksa keaslian surat ini di", "teduh.example/surat/7K3M-9QXA-2BCD-EFGH"}}},
		Page:  "460/041/LK3-BS/IV/2026, halaman",
		On:    time.Date(2026, 4, 13, 0, 0, 0, 0, time.UTC),
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	first, err := paper.Draw(letter())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := paper.Draw(letter())
		if err != nil || !bytes.Equal(first, again) {
			t.Fatalf("drawn again: %d bytes, first %d: %v", len(again), len(first), err)
		}
	}
}
