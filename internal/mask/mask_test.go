package mask_test

import (
	"strings"
	"testing"
	"unicode"

	"teduh/internal/mask"
)

var labels = mask.Labels{Stranger: "[nama]", Place: "[alamat]", Number: "[nomor]", Mail: "[surel]"}

func family() *mask.Mask {
	return mask.New(labels, []mask.Person{{Label: "Klien A", Names: []string{"Rosmawati Simbolon", "Ros", "Mak Uci"}},
		{Label: "Orang B", Names: []string{"Sucipto Hadi"}}, {Label: "Orang C", Names: []string{"Ani"}}, {Label: "Orang D", Names: []string{"Andi Simbolon"}},
		{Label: "Orang E", Names: []string{"Muhammad Yusuf"}}},
		[]string{"Jalan Kenanga No. 12", "belakang masjid Al-Ikhlas", "Kampung Bugis"})
}

// Each text is what somebody wrote, and what a colleague may read.
func TestWhoATextIsAboutIsTakenOut(t *testing.T) {
	t.Parallel()
	m := family()
	for said, want := range map[string]string{
		"Rosmawati Simbolon datang.": "Klien A datang.",
		"rosmawati menangis":         "Klien A menangis",
		"Ibu ROSMAWATI pulang":       "Ibu Klien A pulang",
		"Rosmawatinya tidak mau":     "Klien A tidak mau",
		"KeluargaRosmawati":          "KeluargaKlien A",
		"Rosma-wati":                 "Klien A",
		"Kata Ros: ya":               "Kata Klien A: ya",
		"Soetjipto memukul":          "Orang B memukul",
		"pak soetjiptonya marah":     "pak Orang B marah",
		"Sućipto":                    "Orang B",
		"Ia berani bilang":           "Ia berani bilang",
		"Ani dan aninya":             "Orang C dan Orang C",
		"ibuani":                     "Orang C",
		"Andi Simbolon mandi":        "Orang D mandi",
		"TanteAndi":                  "TanteOrang D",
		"Moehammad Joesoef":          "Orang E",
		"Mohamad Yusup":              "Orang E",
		"Rosmawati, Sucipto, Ani":    "Klien A, Orang B, Orang C",
		"Tinggal di Jalan Kenanga No. 12 sejak Maret":   "Tinggal di Jalan [alamat] sejak Maret",
		"jl kenanga 12, dekat Al-Ikhlas":                "jl [alamat], dekat [alamat]",
		"RT 03 RW 01":                                   "[alamat] [alamat]",
		"di RT 003/RW 001":                              "di [alamat]/[alamat]",
		"Hubungi 0812-3456-7890 atau +62 812 3456 7890": "Hubungi [nomor] atau [nomor]",
		"08123456789":                                   "[nomor]",
		"0771.21234":                                    "[nomor]",
		"NIK 2172049905900001":                          "NIK [nomor]",
		"Pada 24-11-2026 ia pinjam Rp1.500.000":         "Pada 24-11-2026 ia pinjam Rp1.500.000",
		"3 kali, pukul 10.30":                           "3 kali, pukul 10.30",
		"ros.s@example.org":                             "[surel]",
		"Bertemu Pak Darmawan di sekolah":               "Bertemu Pak [nama] di sekolah",
		"Bu Tuti Handayani, guru":                       "Bu [nama], guru",
		"Ibu menelepon":                                 "Ibu menelepon",
	} {
		if got := m.Text(said); got != want {
			t.Errorf("%q becomes %q, want %q", said, got, want)
		}
	}
}

// FuzzMask plants names, a telephone and a street into whatever somebody writes: none of them may be read afterwards.
func FuzzMask(f *testing.F) {
	for _, around := range []string{"", "x", "Ibu", "nya", " dan ", "\u200b", "-", "é", "12", "Rosmawati", "@"} {
		f.Add(around, around)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		m := family()
		for _, planted := range []string{"Rosmawati", "SIMBOLON", "soetjipto", "0812-3456-7890", "Kenanga"} {
			got := squeeze(m.Text(before + planted + after))
			if strings.Contains(got, squeeze(planted)) && !strings.Contains(squeeze(before+"|"+after), squeeze(planted)) {
				t.Errorf("%q between %q and %q can be read in %q", planted, before, after, got)
			}
		}
	})
}

// squeeze leaves the letters and digits alone, small.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
