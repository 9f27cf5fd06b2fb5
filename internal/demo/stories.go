package demo

// Name parts as they are common in Tanjungpinang; any likeness of a whole name is chance.
var (
	womenNames = []string{"Siti", "Nur", "Dewi", "Ratna", "Mei", "Lina", "Rosmawati", "Tiurma", "Andi", "Wati", "Yuliana", "Halimah", "Sri", "Fatimah"}
	menNames   = []string{"Ahmad", "Budi", "Joko", "Hendra", "Wei", "Parlindungan", "Andi", "Raja", "Zulkifli", "Agus", "Rizal", "Bambang", "Daeng"}
	lastNames  = []string{"Aminah", "Lestari", "Wijaya", "Tan", "Simbolon", "Siregar", "Hasanah", "Rahman", "Saputra", "Melayu", "Tenri", "Prasetyo",
		"Lim", "Handayani", "Nasution", "Makkasau", "Kurniawan", "Zahara"}
)

// story is one kind of trouble and how it was worked on so far.
type story struct {
	sex, channel, category, risk, riskWhy string
	notes                                 []string
	strength, synthesis                   string
	goal, measure, task                   string
}

var stories = []story{
	{sex: "f", channel: "phone", category: "25", risk: "medium", riskWhy: "Anak menarik diri, belum ada ancaman",
		notes: []string{
			"Ibu menelepon, suaranya pelan. Anaknya sudah tiga minggu berangkat dari rumah tetapi tidak sampai ke sekolah. Ia baru tahu dari wali kelas.",
			"Berkunjung sore hari. Anak mau duduk bersama setelah ditawari minum. Ia bilang diejek soal sepatunya dan takut melewati warung dekat gerbang.",
			"Bertemu ibu dan wali kelas di sekolah. Wali kelas bersedia menjemput di gerbang selama dua minggu pertama.",
		},
		strength: "Ibu tenang dan mau mendengar. Kakak tertua dekat dengan anak ini.", synthesis: "Anak menghindari ejekan, bukan pelajaran. Keluarga utuh dan mau bergerak.",
		goal: "Masuk sekolah lagi tanpa takut", measure: "Jumlah hari hadir dalam sebulan", task: "Hubungi wali kelas tentang penjemputan di gerbang"},
	{sex: "f", channel: "walk_in", category: "25", risk: "low", riskWhy: "Bertengkar soal uang, tidak ada kekerasan",
		notes: []string{
			"Datang sendiri setelah pasar tutup. Sejak suami berhenti melaut, mereka bertengkar hampir setiap malam. Ia ingin tetap bersama, tetapi lelah.",
			"Konseling pasangan pertama. Keduanya menyusun daftar pengeluaran sebulan di papan. Suami tertawa saat melihat uang rokoknya.",
		},
		strength: "Keduanya datang tepat waktu dan masih bisa tertawa.", synthesis: "Penghasilan turun mendadak; pembagian peran belum dibicarakan.",
		goal: "Membicarakan uang tanpa bertengkar", measure: "Malam tanpa bertengkar dalam seminggu", task: "Siapkan lembar belanja mingguan untuk sesi kedua"},
	{sex: "f", channel: "facilitator", category: "8", risk: "medium", riskWhy: "Tinggal sendiri, makan tidak teratur",
		notes: []string{
			"Fasilitator menyampaikan: seorang nenek tinggal sendiri sejak anaknya pindah. Tetangga mengantar makanan bergantian.",
			"Kunjungan pagi. Rumah bersih, beras tinggal sedikit. Nenek bercerita panjang tentang kebunnya. Ia tidak mau pindah.",
		},
		strength: "Tetangga peduli. Nenek masih kuat berjalan ke surau.", synthesis: "Kesepian lebih berat daripada kekurangan. Anak dapat dihubungi lewat telepon.",
		goal: "Ada yang menengok setiap hari", measure: "Hari dengan kunjungan dalam seminggu", task: "Telepon anak di Batam tentang kiriman bulanan"},
	{sex: "m", channel: "whatsapp", category: "25", risk: "medium", riskWhy: "Ditagih lewat telepon kantor, sulit tidur",
		notes: []string{
			"Menulis lewat WhatsApp tengah malam. Utang di lima pinjaman daring, penagih menelepon atasannya. Istri belum tahu jumlahnya.",
			"Bertemu di kantor. Semua pinjaman ditulis dalam satu daftar: dua di antaranya tidak berizin. Ia setuju bercerita kepada istri dengan didampingi.",
		},
		strength: "Masih bekerja tetap dan jujur menyebut semua utang.", synthesis: "Rasa malu menahan keluarga mencari jalan bersama.",
		goal: "Istri tahu dan menyusun cicilan bersama", measure: "Jumlah pinjaman yang masih ditagih", task: "Dampingi pembicaraan dengan istri"},
	{sex: "f", channel: "referral_in", category: "19", risk: "high", riskWhy: "Suami datang dan mengancam di depan rumah kakaknya",
		notes: []string{
			"Datang diantar kakaknya. Semalam piring dilempar; bayi menangis sampai pagi. Sekarang menumpang di rumah kakak. Minta jangan ditelepon malam.",
			"Rencana keselamatan dibicarakan bersama kakak: tas kecil sudah siap, Pak RT diberi tahu, nomor 129 disimpan dengan nama lain.",
		},
		strength: "Kakak melindungi. Ia tahu kapan keadaan memburuk.", synthesis: "Bahaya nyata bila pulang. Pendampingan dan tempat aman lebih dahulu.",
		goal: "Aman bersama bayi", measure: "Malam di tempat yang aman", task: "Dampingi ke UPTD PPA"},
}
