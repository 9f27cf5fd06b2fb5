package demo

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/supervision"
)

// talks are what supervisor and worker talk over, in turn; each with what they agree.
var talks = [][2]string{
	{"Petugas bercerita bahwa kunjungan terakhir terasa berat. Kami memilah mana yang menjadi bagian keluarga dan mana yang bukan.", "Kunjungan berikut dilakukan berdua, pulang sebelum magrib."},
	{"Tujuan klien masih bercampur dengan harapan petugas. Kami membaca ulang kata klien sendiri.", "Menanyakan lagi kepada klien apa yang paling ingin diubah."},
	{"Kerja sama dengan sekolah berjalan baik. Kami membahas batas: apa yang boleh diceritakan kepada wali kelas.", "Menyiapkan satu halaman ringkas yang disetujui keluarga."},
	{"Petugas ragu menilai risiko. Kami menimbang tanda bahaya satu per satu.", "Rencana keselamatan dibaca ulang bersama klien pekan ini."},
	{"Kasus ini lama tanpa kabar. Kami mencari siapa di keluarga yang masih mau mengangkat telepon.", "Menelepon bibi klien dan menawarkan bertemu di kelurahan."},
	{"Petugas senang dengan kemajuan keluarga. Kami melihat apa yang membuatnya berhasil, supaya dapat dipakai lagi.", ""},
}

// conferences are what colleagues decide together, in turn.
var conferences = []supervision.ConferenceText{
	{About: "Anak belum kembali ke sekolah", Outside: "Ibu Marlina (guru BK)\nPak Anwar (ketua RT)", Decided: "Sekolah menyiapkan kelas sore selama dua pekan. Ketua RT menyapa keluarga setiap Jumat."},
	{About: "Siapa mendampingi lansia pada malam hari", Outside: "Ibu Nurhayati (kader posyandu lansia)", Decided: "Tetangga bergiliran sampai cucu pulang. Puskesmas memeriksa tekanan darah di rumah."},
	{About: "Utang daring dan tekanan penagih", Outside: "Pak Fadli (posbakum)", Decided: "Semua bukti penagihan disimpan. Laporan dibuat bersama pendamping hukum."},
}

// guided plans now and then a supervision, and more seldom a conference, while work goes on in a case.
func (l *life) guided() {
	l.counted++
	n := l.counted
	if l.st.Secrecy == casefile.Secret || l.reason != "" {
		return
	}
	if n%2 == 0 {
		talk := talks[n/2%len(talks)]
		l.then(0.2, func(ctx context.Context) error {
			_, err := l.Guidance.WriteNote(ctx, l.staff.supervisor, l.id, supervision.Note{Minutes: 30 + 15*(n%4), NoteText: supervision.NoteText{Text: talk[0], Agreed: talk[1]}})
			return err
		})
	}
	if n%17 == 8 { // written down in a hurry, and not locked yet
		l.then(0.5, func(ctx context.Context) error {
			_, err := l.Cases.WriteNote(ctx, l.worker, l.id, casefile.NewNote{Kind: "phone", NoteText: casefile.NoteText{Text: "Menelepon singkat. Keluarga minta waktu sampai pekan depan; ditulis lengkap setelah bertemu."}})
			return err
		})
	}
	if n%7 == 5 {
		text := conferences[n/7%len(conferences)]
		members := []string{l.worker.User.String(), l.staff.psych[n%len(l.staff.psych)].User.String()}
		l.then(0.2, func(ctx context.Context) error {
			_, err := l.Guidance.HoldConference(ctx, l.worker, l.id, supervision.NewConference{Members: members, ConferenceText: text,
				Tasks: []casefile.NewTask{{What: "Sampaikan keputusan konferensi kepada keluarga", DueOn: db.DayOf(l.Clock.Now(), l.zone).AddDays(5)}}})
			return err
		})
	}
}

// professions are recorded for those who have one, by the words of their account.
var professions = map[string]string{"Pekerja sosial": "social_worker", "Psikolog": "psychologist"}

// trainings that everyone takes part in, by turns.
var trainings = []supervision.Training{{Name: "Konseling keluarga dasar", Hours: 24}, {Name: "Pertolongan pertama psikologis", Hours: 16},
	{Name: "Manajemen kasus", Hours: 32}, {Name: "Perlindungan anak", Hours: 12}}

// records writes what each worker is able and licensed to do. One licence expires within the weeks to come, one has expired.
func (f *filler) records(ctx context.Context) error {
	today := db.DayOf(f.now, f.zone)
	for i, a := range append(append([]access.Actor{f.staff.supervisor}, f.staff.social...), f.staff.psych...) {
		if p := professions[f.staff.profession[a.User]]; p != "" {
			if err := f.Guidance.SetProfession(ctx, f.staff.head, a.User, p); err != nil {
				return err
			}
		}
		for j := range 1 + i%3 {
			t := trainings[(i+j)%len(trainings)]
			t.HeldOn = db.DayOf(f.Clock.Now(), f.zone).AddDays(-20 * (j + 1))
			if _, err := f.Guidance.AddTraining(ctx, a, a.User, t); err != nil {
				return err
			}
		}
		l := supervision.Licence{Kind: "certificate", Number: "LSPS-" + today.In(f.zone).Format("2006") + "-" + string(rune('A'+i)), ExpiresOn: today.AddDays(200 + 70*i)}
		if a.Has(access.Psychologist) {
			l.Kind = "sipp"
		}
		switch i {
		case 1:
			l.ExpiresOn = today.AddDays(41)
		case len(f.staff.social) + 1:
			l.ExpiresOn = today.AddDays(-3)
		}
		if _, err := f.Guidance.AddLicence(ctx, a, a.User, l); err != nil {
			return err
		}
	}
	return nil
}
