package demo

import (
	"context"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/group"
)

// gatherings are what a youth group of the demo does, one a session.
var gatherings = []struct{ theme, aims, note string }{
	{"Saling mengenal", "Menyepakati aturan kelompok", "Lingkaran pertama. Kelompok membuat tiga janji: gawai disimpan di kotak, tidak menertawakan, yang lapar bilang. Yang paling lama diam akhirnya memilih nama kelompok."},
	{"Jam-jam di depan layar", "Melihat ke mana waktu pergi", "Masing-masing menggambar harinya sebagai roda. Warna untuk gawai lebih lebar daripada yang mereka sangka. Tidak ada yang menyalahkan; dua anak minta menggambar ulang minggu depan."},
	{"Kalau marah", "Mengenali tanda marah di badan", "Bermain peran pulang terlambat. Mereka menemukan sendiri bahwa tangan mengepal lebih dulu daripada suara meninggi. Cara yang dipilih: minum air, keluar sebentar, kembali."},
	{"Sore tanpa gawai", "Mencoba satu sore bersama", "Kelompok memancing di pelantar. Hasilnya sedikit, tawanya banyak. Satu ibu mengirim pesan bahwa anaknya tidur sebelum pukul sepuluh."},
	{"Bercerita kepada orang tua", "Menyiapkan satu kalimat untuk di rumah", "Setiap anak menulis satu kalimat untuk orang tuanya dan membacakannya berpasangan. Empat anak berencana mengatakannya malam ini, dua memilih menaruhnya di meja makan."},
}

// young are the members of the group; one came later.
var young = []string{"Adit Pratama", "Bayu Saputra", "Citra Ayu", "Dimas Hutabarat", "Elsa Tanjung", "Fajar Ramadan", "Gilang Wijaya", "Hana Oktavia"}

// cameAs is how each member came to each session, in the order of the members.
var cameAs = []string{"pppppip-", "ppplpppp", "pipppapp", "pppppppp", "lppppppi"}

var marked = map[rune]string{'p': "present", 'l': "late", 'i': "excused", 'a': "absent"}

// gather lets the first youth group that is under way meet five times, with a note for all and one for a member alone.
func (l *life) gather() {
	if l.body.Kind != "group" || l.reason != "" || l.gathered {
		return
	}
	l.filler.gathered = true
	members := make([]db.ID, len(young))
	l.then(0, func(ctx context.Context) error {
		begun := db.DayOf(l.Clock.Now(), l.zone)
		for i, name := range young[:len(young)-1] {
			m, err := l.Cases.AddMember(ctx, l.worker, l.id, casefile.NewMember{Name: name, JoinedOn: begun})
			if members[i] = m.ID; err != nil {
				return err
			}
		}
		return nil
	})
	for n := range gatherings {
		l.then(0.5, func(ctx context.Context) error { return l.meet(ctx, n, members) })
	}
}

// meet is one session: it has ended when it is written down.
func (l *life) meet(ctx context.Context, n int, members []db.ID) error {
	last := len(members) - 1
	if n == 1 {
		m, err := l.Cases.AddMember(ctx, l.worker, l.id, casefile.NewMember{Name: young[last]})
		if members[last] = m.ID; err != nil {
			return err
		}
	}
	x := gatherings[n]
	held := group.Session{HeldAt: db.At(l.Clock.Now().Add(-20 * time.Minute)), Minutes: 90, Told: group.Told{Theme: x.theme, Place: "Balai RT", Aims: x.aims}}
	id, err := l.Groups.Hold(ctx, l.worker, l.id, held, "")
	if err != nil {
		return err
	}
	var marks []group.Mark
	for i, c := range cameAs[n] {
		if state := marked[c]; state != "" {
			marks = append(marks, group.Mark{Member: members[i], State: state})
		}
	}
	if err := l.Groups.Attend(ctx, l.worker, l.id, id, marks, false); err != nil {
		return err
	}
	note := casefile.NewNote{Sign: true, NoteText: casefile.NoteText{Text: x.note}}
	if _, err = l.Groups.WriteNote(ctx, l.worker, l.id, id, note); err != nil || n != 2 {
		return err
	}
	note.Member, note.Text = members[3], "Dimas tetap tinggal setelah sesi. Ia bercerita bahwa ayahnya sudah dua bulan tidak pulang. Ia belum mau teman-temannya tahu; kami sepakat berbicara berdua hari Kamis."
	_, err = l.Groups.WriteNote(ctx, l.worker, l.id, id, note)
	return err
}

// alone are what one member of a family said when the others had left the room.
var alone = []string{
	"Setelah yang lain keluar, ia tinggal sebentar. Ia takut percakapan di rumah nanti malam dan minta hal ini tidak diceritakan kepada keluarganya. Kami menyepakati satu kata tanda bila ia perlu dijemput.",
	"Di teras, sendirian, ia berkata ingin bekerja lagi tetapi belum berani mengatakannya. Ia minta waktu sebelum keluarga diajak bicara.",
}

// confide keeps now and then a private note of a member of a family.
func (l *life) confide() {
	if l.st.Client != "family" || l.home == nil || l.confided >= len(alone) || l.st.Secrecy == casefile.Secret {
		return
	}
	text := alone[l.confided]
	l.confided++
	l.then(0, func(ctx context.Context) error {
		who := l.home.people[0].ID
		_, err := l.Cases.WriteNote(ctx, l.worker, l.id, casefile.NewNote{Kind: "counselling", Minutes: 15, Sign: true, Member: who, NoteText: casefile.NoteText{Text: text}})
		return err
	})
}

// clinical are what psychologists of the demo write for themselves.
var clinical = []string{
	"Wawancara klinis pertama. Afek datar, tidur kurang dari empat jam, tidak ada niat melukai diri. Dugaan sementara belum ditulis di mana pun; observasi tiga pertemuan lagi.",
	"Anak menggambar rumah tanpa pintu dua kali berturut-turut. Dalam permainan boneka, tokoh kecil selalu disembunyikan. Perlu ruang yang sama dan orang yang sama pada pertemuan berikut.",
	"Latihan napas dilanjutkan di rumah dengan baik. Ingatan yang mengganggu berkurang dari tiap malam menjadi dua kali sepekan menurut catatannya sendiri.",
}

// observe lets the psychologist in the team now and then write a note for psychologists alone.
func (l *life) observe() {
	if l.mate == nil || l.st.Secrecy == casefile.Secret || l.observed >= len(clinical) || l.home == nil {
		return
	}
	by, text := *l.mate, clinical[l.observed]
	l.observed++
	l.then(0.2, func(ctx context.Context) error {
		_, err := l.Cases.WriteNote(ctx, by, l.id, casefile.NewNote{Kind: casefile.Psychological, Minutes: 45, Sign: true, NoteText: casefile.NoteText{Text: text}})
		return err
	})
}
