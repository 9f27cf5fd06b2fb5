package ui_test

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// The pages of the style guide, with invented people, as the example pages
// show them.
var now = time.Date(2026, 4, 14, 8, 20, 0, 0, i18n.Jakarta)

// with renders a component around its children.
func with(parent templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func div(class string, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, `<div class="`+class+`">`); err != nil {
			return err
		}
		if err := templ.Join(children...).Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</div>")
		return err
	})
}

func text(s string) templ.Component { return ui.Typed(s) }

func shell(active string) ui.Shell {
	return ui.Shell{
		Title: "LK3-2026-000123", Office: "LK3 Bina Sejahtera", Home: "/", Active: active,
		Nav: []ui.NavItem{
			{Key: "today", LabelKey: "ui.crumbs", Icon: "sun", Href: "/today"},
			{Key: "requests", LabelKey: "ui.new_request", Icon: "inbox", Href: "/requests", Count: 4, Hot: true},
			{Key: "cases", LabelKey: "ui.search", Icon: "folder-heart", Href: "/cases"},
			{Key: "calendar", LabelKey: "ui.day", Icon: "calendar-days", Href: "/calendar"},
			{Key: "families", LabelKey: "ui.month", Icon: "users", Href: "/families"},
			{Key: "referrals", LabelKey: "ui.year", Icon: "send", Href: "/referrals", Count: 2},
		},
		Reader: ui.Reader{Key: "k1", Name: "Rahmah Yuliani", Role: "Pekerja sosial"},
		Search: "/search", Notices: "/notices", Unread: 2, NewRequest: "/requests/new",
		Profile: "/profile", Language: "/language", SignOut: "/sign-out", Here: "/today", Alerts: "/alerts",
		Flash: ui.Flash{Text: "Catatan disimpan."},
	}
}

func todayPage() templ.Component {
	return with(ui.Layout(shell("today")),
		with(ui.Hero(ui.HeroProps{
			Now: now, Title: "Selamat pagi, Rahmah",
			Lede:    "Empat janji temu hari ini. Ada satu permintaan yang perlu dijawab pagi ini juga.",
			Numbers: []ui.Number{{Label: "janji temu", Value: 4}, {Label: "permintaan baru", Value: 4}, {Label: "tugas hari ini", Value: 3}},
		}), ui.HeroNow(ui.FirstThing{
			Mark: dayPill, Words: "Sisa 2 jam 20 menit", Title: "Ibu dengan bayi, takut pulang malam ini", Href: "/requests/1",
			Text:   "WhatsApp, Kampung Bugis. Masuk kemarin pukul 10.40. Tiga tanda bahaya ditandai.",
			Button: ui.Button{Text: "Hubungi dan saring", Href: "/requests/1", Icon: "phone", Kind: ui.Light, Wide: true},
		})),
		div("cols cols--side gap-top",
			div("stack-l", agendaCard(), requestsCard()),
			div("stack-l", tasksCard(), quietCard()),
		),
	)
}

var (
	dayPill   = ui.Mark{Text: "24 jam", Icon: "alarm-clock", Tone: ui.Coral}
	threePill = ui.Mark{Text: "3 hari", Icon: "clock", Tone: ui.Amber}
)

func agendaCard() templ.Component {
	at := func(hour, minute int) time.Time { return time.Date(2026, 4, 14, hour, minute, 0, 0, i18n.Jakarta) }
	return with(ui.Card(ui.Head{ID: "h-agenda", Title: "Janji temu", More: ui.Link{Text: "Jadwal minggu ini", Href: "/calendar", Icon: "chevron-right"}}),
		with(ui.Agenda(),
			ui.AgendaNow(now),
			ui.AgendaItem(ui.Appointment{At: at(9, 0), Length: "60 menit", Title: "Konseling pasangan, keluarga Pak Ramli", Href: "/a/1",
				Meta: []ui.MetaItem{{Text: "Ruang konseling 1", Icon: "map-pin"}, {Text: "LK3-2026-000098", Icon: "folder-heart"}, {Text: "Sesi ke-3"}}}),
			ui.AgendaItem(ui.Appointment{At: at(10, 30), Length: "90 menit", Title: "Kunjungan rumah, Melati (nama samaran)", Href: "/a/2", Place: ui.AtHome,
				Meta: []ui.MetaItem{{Text: "Sei Jang, RT 03/RW 05", Icon: "house"}, {Text: "Sangat rahasia", Icon: "lock"}}}),
			ui.AgendaItem(ui.Appointment{At: at(13, 30), Length: "120 menit", Title: "Musyawarah keluarga, Nenek Saodah", Href: "/a/3", Place: ui.Meeting}),
			ui.AgendaItem(ui.Appointment{At: at(16, 0), Length: "45 menit", Title: "Supervisi dengan Syarifah Nurdiana", Href: "/a/4", Place: ui.Internal}),
		))
}

func requestsCard() templ.Component {
	return with(ui.FlushCard(ui.Head{ID: "h-req", Title: "Permintaan menunggu disaring", More: ui.Link{Text: "Lihat semua", Href: "/requests", Icon: "chevron-right"}}),
		with(ui.Rows(),
			ui.Row(ui.RowProps{Title: "Ibu dengan bayi, takut pulang malam ini", Href: "/requests/1", Icon: "message-circle", Tone: ui.Coral,
				Lines: []string{"WhatsApp, Kampung Bugis, kemarin 10.40"}, End: &dayPill, EndText: "sisa 2 jam"}),
			ui.Row(ui.RowProps{Title: "Anak 13 tahun, tiga minggu tidak sekolah", Href: "/requests/2", Icon: "backpack", Tone: ui.Amber, Current: true,
				Lines: []string{"Fasilitator, Dompak"}, Marks: []ui.Mark{threePill}, Words: "sisa 2 hari 6 jam"}),
		))
}

func tasksCard() templ.Component {
	return with(ui.Card(ui.Head{ID: "h-task", Title: "Tugas", More: ui.Link{Text: "Tambah", Href: "/tasks/new", Icon: "plus"}}),
		with(ui.Tasks(),
			ui.Task(ui.TaskProps{Title: "Tanda tangani catatan kunjungan 10 April", Href: "/cases/1", Action: "/tasks/1/done", Key: "k",
				Due: ui.Mark{Text: "Lewat 1 hari", Tone: ui.Coral}, Meta: []ui.MetaItem{{Text: "LK3-2026-000104", Href: "/cases/2"}}}),
			ui.Task(ui.TaskProps{Title: "Telepon wali kelas Arif", Action: "/tasks/2/done", Key: "k", Due: ui.Mark{Text: "Hari ini", Tone: ui.Amber}}),
			ui.Task(ui.TaskProps{Title: "Kabari fasilitator Penyengat", Done: true, Action: "/tasks/3/reopen", Key: "k",
				Due: ui.Mark{Text: "Selesai", Icon: "check", Tone: ui.Green}, Meta: []ui.MetaItem{{Text: "Rahmah"}}}),
		))
}

func quietCard() templ.Component {
	return with(ui.FlushCard(ui.Head{ID: "h-quiet", Title: "Lama tanpa kabar"}),
		with(ui.Rows(),
			ui.Row(ui.RowProps{Title: "Keluarga Pak Benny", Href: "/cases/3", Icon: "moon", Lines: []string{"21 hari tanpa catatan, tahap asesmen"}})),
		with(ui.Empty("leaf", "Belum ada kasus lain yang lama tanpa kabar."), ui.LinkButton(ui.Button{Text: "Lihat kasus", Href: "/cases", Kind: ui.Soft})))
}

func casePage() templ.Component {
	return with(ui.Layout(shell("cases")),
		ui.Crumbs([]ui.Link{{Text: "Kasus", Href: "/cases"}, {Text: "LK3-2026-000123"}}),
		caseHeader(),
		ui.Tabs("Bagian kasus", []ui.Tab{{Text: "Ringkasan", Href: "/1", Current: true}, {Text: "Keluarga", Href: "/2"}, {Text: "Rencana", Href: "/3", Count: 3}, {Text: "Siapa yang membaca", Href: "/4"}}),
		div("cols cols--side gap-top", div("stack-l", noteForm(), timelineCard()), div("stack-l", goalsCard(), factsCard())),
	)
}

func caseHeader() templ.Component {
	return div("card stack-l",
		with(ui.ThingHead("Melati dan tiga anak", "(nama samaran)", []ui.MetaItem{{Text: "LK3-2026-000123", Strong: true}, {Text: "Sei Jang", Icon: "map-pin"}}),
			ui.LinkButton(ui.Button{Text: "Tambah catatan", Href: "#catatan", Icon: "pencil", Small: true}),
			with(ui.Menu("Tindakan lain", "ellipsis"), ui.MenuLink(ui.Link{Text: "Tutup kasus", Href: "/close", Icon: "archive"}))),
		div("flow flow--between flow--l",
			ui.Marks("Tanda kasus", []ui.Mark{{Text: "Sangat rahasia", Icon: "lock", Tone: ui.Plum}, {Text: "Risiko tinggi", Icon: "shield-alert", Full: true}, {Text: "Klien baru", Line: true}}),
			ui.Team("Tim kasus", []ui.Member{{Name: "Rahmah Yuliani", Part: "penanggung jawab"}, {Name: "Hendra Simatupang", Part: "konselor", Tone: ui.Amber}}, "Rahmah dan 1 lainnya")),
		with(ui.Note(ui.Coral, "shield-check"), text("Aman dihubungi pukul 09.00–14.00 lewat telepon. Jangan tinggalkan pesan.")),
		ui.Stages("Tahap kasus", []ui.Stage{
			{Name: "Penjangkauan atau aduan", Done: true, Note: "9 Maret"}, {Name: "Pendekatan awal", Done: true}, {Name: "Asesmen", Done: true}, {Name: "Rencana", Done: true},
			{Name: "Intervensi", Current: true}, {Name: "Evaluasi"}, {Name: "Terminasi"}}),
		ui.DangerSigns("Tiga tanda bahaya ditandai", []string{"Kekerasan sedang terjadi", "Anak masih sangat kecil", "Tidak ada tempat aman malam ini"}),
	)
}

func noteForm() templ.Component {
	return with(ui.FormCard(ui.Head{ID: "h-note", Title: "Tambah catatan", Aside: ui.DraftState(now)}, ui.FormProps{Action: "/notes", Key: "k1", ID: "catatan", Draft: "/notes/draft"}),
		ui.DraftSignIn("/sign-in"),
		ui.ChipRadios(ui.Field{Name: "kind", Label: "Jenis catatan", Small: true, Value: "short"}, []ui.Option{{Value: "short", Label: "Catatan singkat"}, {Value: "phone", Label: "Telepon"}, {Value: "visit", Label: "Kunjungan rumah"}}),
		ui.TextArea(ui.Field{Name: "text", Label: "Apa yang terjadi?", Hint: "Tulis yang dilihat, didengar, dan diputuskan.", Value: "Melati menelepon."}, 3),
		div("flow", ui.SubmitButton(ui.Button{Text: "Simpan draf", Kind: ui.Ghost, Small: true, Name: "act", Value: "draft"}), ui.SubmitButton(ui.Button{Text: "Tanda tangani", Small: true})),
	)
}

func timelineCard() templ.Component {
	return with(ui.Card(ui.Head{ID: "h-time", Title: "Linimasa", Aside: ui.Pill(ui.Mark{Text: "Hanya tim", Icon: "lock", Line: true})}),
		with(ui.Timeline(),
			ui.TimelineItem(ui.Happening{Icon: "send", Tone: ui.Blue, Title: "Rujukan dikirim ke P2TP2A", When: now, Words: "baru saja", By: "Rahmah Yuliani"}),
			with(ui.TimelineItem(ui.Happening{ID: "note-1", Icon: "house", Tone: ui.Teal, Title: "Kunjungan rumah", When: now.Add(-96 * time.Hour), Words: "10 April, 10.30",
				Meta: []ui.MetaItem{{Text: "75 menit"}}, Marks: []ui.Mark{{Text: "Ditandatangani", Icon: "file-check", Tone: ui.Green}}}),
				text("Melati lebih tenang sejak tinggal dekat ibunya.")),
		),
		ui.NextPage("/cases/1?cursor=abc", nil))
}

func goalsCard() templ.Component {
	return with(ui.Card(ui.Head{ID: "h-goal", Title: "Tujuan"}),
		ui.Progress(ui.ProgressProps{ID: "g1", Label: "Melati dan anak aman", Words: "3 dari 4 langkah", Value: 3, Max: 4, Tone: ui.Green}),
		ui.Checklist([]ui.Check{{Text: "Persetujuan layanan", Done: true}, {Text: "Setidaknya satu kategori", Href: "/categories"}}))
}

func factsCard() templ.Component {
	return with(ui.Card(ui.Head{ID: "h-sum", Title: "Data kasus", More: ui.Link{Text: "Ubah", Href: "/edit", Hidden: "ringkasan kasus"}}),
		ui.Facts([]ui.Fact{{Label: "Klien", Value: "Keluarga, 4 orang"}, {Label: "Nomor lama"}, {Label: "Masuk lewat", Value: "Fasilitator", Href: "/f"}, {Label: "Dibuka", Body: ui.Near(now, now)}}),
		ui.Ladder(ui.LadderProps{ID: "h-lad", Label: "Jenjang penyelesaian", Steps: []string{"Keluarga", "RT", "Kelurahan", "LK3", "Dinas sosial", "Kementerian"}, At: 3, Words: "Kini ditangani LK3."}))
}

func formPage() templ.Component {
	s := shell("requests")
	s.Failed, s.Flash = true, ui.Flash{}
	wrong := []ui.FieldError{{Field: "name", Message: "Isi nama, misalnya Bunga"}, {Field: "born", Message: "Tanggal ini tidak ada"}, {Message: "Ada yang mengubah lebih dulu"}}
	return with(ui.Layout(s),
		div("narrow stack-l",
			ui.Back("Kembali", "/requests"),
			ui.PageHead("Permintaan baru", ""),
			ui.UrgentAlert(ui.Alert{ID: "alert-1", Title: "Permintaan segera dari Dompak", Text: "Kekerasan sedang terjadi", Href: "/requests/9", Words: "Menunggu 2 menit", Action: "/requests/9/take", Key: "k"}),
			ui.ErrorSummary(wrong),
			with(ui.Form(ui.FormProps{Action: "/requests", Key: "k2", Class: "stack-l", Multipart: true}), fields()...),
			ui.BothVersions(text("Sei Jang"), text("Dompak")),
			with(ui.Dialog("d1", "Tarik rujukan"), text("Mitra diberi tahu.")),
		))
}

func fields() []templ.Component {
	yesNo := []ui.Option{{Value: "self", Label: "Untuk saya atau keluarga saya"}, {Value: "other", Label: "Untuk orang lain", Hint: "Tetangga, murid, teman, atau kerabat"}}
	return []templ.Component{
		ui.TextField(ui.Field{Name: "name", Label: "Nama", Hint: "Seperti diucapkan", Error: "Isi nama, misalnya Bunga", Required: true, Autocomplete: "off", MaxLength: 200}),
		ui.TextField(ui.Field{Name: "phone", Label: "Telepon", Type: "tel", InputMode: "tel", Value: "0800-0000-0417"}),
		ui.DateField(ui.Field{Name: "born", Label: "Tanggal lahir", Hint: "Misalnya 5 8 1990", Value: "1990-13-05", Error: "Tanggal ini tidak ada"}),
		ui.Radios(ui.Field{Name: "about", Label: "Bantuan ini untuk siapa?", Value: "other"}, yesNo),
		ui.Checks(ui.Field{Name: "signs", Label: "Tanda bahaya"}, yesNo, []string{"self"}),
		ui.ChipChecks(ui.Field{Name: "lang", Label: "Bahasa"}, []ui.Option{{Value: "ms", Label: "Melayu"}, {Value: "zh", Label: "Tionghoa"}}, []string{"ms"}),
		ui.Select(ui.Field{Name: "village", Label: "Kelurahan"}, []ui.Option{{Label: "Semua kelurahan"}, {Value: "1", Label: "Dompak"}}),
		ui.SuggestField(ui.Field{Name: "village_name", Label: "Kelurahan lain"}, ui.Suggest{URL: "/suggest/villages", ValueName: "village_code"}),
		ui.FileField(ui.Field{Name: "file", Label: "Lampiran", Hint: "Foto atau PDF, paling besar 10 MB"}, "image/*,.pdf", true),
		ui.CheckField(ui.Field{Name: "shared", Label: "Komputer ini dipakai bersama"}),
		ui.SubmitButton(ui.Button{Text: "Simpan permintaan", Icon: "check"}),
	}
}

func listPage() templ.Component {
	four := 4
	return with(ui.Layout(shell("families")),
		with(ui.PageHead("Permintaan", "4 menunggu disaring, yang paling mendesak di atas."), ui.LinkButton(ui.Button{Text: "Ekspor", Href: "/x", Icon: "download", Kind: ui.Ghost})),
		div("cols cols--list",
			div("stack",
				ui.Chips("Saring daftar", []ui.Chip{{Text: "Menunggu", Href: "/w", Count: &four, Current: true}, {Text: "Milik saya", Href: "/m"}}),
				with(ui.Fold("Saring menurut kelurahan", false), with(ui.Form(ui.FormProps{Action: "/requests", Get: true, Class: "card stack"}), ui.Select(ui.Field{Name: "v", Label: "Kelurahan", Small: true}, []ui.Option{{Label: "Semua"}}))),
				requestsCard(), ui.Total("1.204 permintaan")),
			div("stack-l",
				with(ui.PlainCard(), with(ui.Quote(), text("“Saya takut kalau pulang.”")), ui.Bullets([]string{"Satu", "Dua"}), ui.Meta([]ui.MetaItem{{Text: "WhatsApp", Icon: "message-circle"}, {Text: "LK3", Href: "/c", Strong: true}})),
				ui.Thread([]ui.Message{{Text: "Rujukan terkirim.", System: true}, {Head: "Rahmah, 15.07", Text: "Selamat sore.", Ours: true}, {Head: "Dewi, 08.09", Text: "Baik, Kak."}}),
				ui.Figures([]ui.Figure{{Label: "Kasus baru", Value: "128", Note: "naik 12 dari bulan lalu"}, {Label: "Selesai", Value: "54", Note: "lebih cepat 3 hari", Good: true}}),
				ui.Table(ui.TableProps{ID: "t1", Caption: "Kasus menurut kelurahan", Columns: []ui.Column{{Text: "Kelurahan"}, {Text: "Kasus", Number: true}},
					Rows: [][]ui.Cell{{{Text: "Dompak", Href: "/d"}, {Text: "12"}}, {{Text: "Sei Jang"}, {Body: ui.Pill(threePill)}}}}),
				ui.Full(now)),
		))
}

func confirmPage() templ.Component {
	return with(ui.Layout(shell("cases")), with(ui.ConfirmPage(ui.Confirm{
		Title: "Tutup kasus ini?", Lines: []string{"Kasus tidak dapat diubah lagi.", "Catatan tetap dapat dibaca."}, Action: "/close", Key: "k",
		Button: ui.Button{Text: "Tutup kasus", Kind: ui.Hot}, Back: ui.Link{Text: "Kembali ke kasus", Href: "/cases/1"},
	}), ui.TextField(ui.Field{Name: "reason", Label: "Alasan"})))
}

func gatePage() templ.Component {
	return with(ui.Gate(ui.GateProps{Title: "Masuk", Office: "LK3 Bina Sejahtera", Place: "Kota Tanjungpinang", Home: "/", Language: "/language", Here: "/sign-in"}),
		ui.PageHead("Masuk", "Untuk petugas, fasilitator, dan mitra."),
		with(ui.Form(ui.FormProps{Action: "/sign-in", Class: "stack"}),
			ui.TextField(ui.Field{Name: "email", Label: "Email", Type: "email", Autocomplete: "username"}),
			ui.TextField(ui.Field{Name: "password", Label: "Kata sandi", Type: "password", Autocomplete: "current-password"}),
			ui.SubmitButton(ui.Button{Text: "Masuk", Big: true, Wide: true})),
		with(ui.Note(ui.Neutral, "info"), text("Belum punya akun? Mintalah kepada ketua LK3 Anda.")))
}

func troublePage() templ.Component {
	return with(ui.Plain(ui.PlainProps{Title: "Ada gangguan", Office: "LK3 Bina Sejahtera", Home: "/"}),
		ui.TroublePage(ui.Trouble{Title: "Ada gangguan", Lines: []string{"Catatan belum terkirim. Tulisan Anda aman."}, Reference: "7K2M-41", Action: ui.Button{Text: "Ke halaman depan", Href: "/"}}))
}

func letterPage() templ.Component {
	return with(ui.Layout(shell("cases")),
		ui.PageHead("Surat rujukan", "460/041/LK3-BS/IV/2026"),
		ui.Letter(ui.LetterProps{Label: "Surat 460/041/LK3-BS/IV/2026", Lang: "id", Head: []string{"PEMERINTAH KOTA TANJUNGPINANG", "LK3 “BINA SEJAHTERA”"}, Small: []string{"Telepon 0800-0000-0100"},
			Logo:  "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
			Facts: []ui.Fact{{Label: "Nomor", Value: "460/041/LK3-BS/IV/2026"}, {Label: "Hal", Value: "Rujukan pendampingan korban"}}, Place: "Tanjungpinang, 13 April 2026",
			To: []string{"Kepada Yth.", "Ketua P2TP2A Kota Tanjungpinang"}, Signer: []string{"Ketua LK3 Bina Sejahtera,", "Syarifah Nurdiana, S.Sos.", "NIP 19800101 200501 2 001"},
			Body:   []ui.LetterBlock{{Paragraph: []string{"Dengan hormat,"}}, {Items: []string{"ringkasan asesmen"}}, {Rows: []ui.Fact{{Label: "Umur", Value: "31 tahun"}}}},
			Copied: "Tembusan", Copies: []string{"Arsip"}, Foot: []string{"Kode keaslian surat:", "7K3M-9QXA-2BCD-EFGH"}}),
		ui.Letter(ui.LetterProps{Label: "Surat keterangan", Lang: "id", Head: []string{"LK3 “BINA SEJAHTERA”"}, Title: "SURAT KETERANGAN", Facts: []ui.Fact{{Label: "Nomor", Value: "460/042/LK3-BS/IV/2026"}},
			Place: "Tanjungpinang, 13 April 2026", Signer: []string{"Petugas,", "Rahmah Yuliani"}, Body: []ui.LetterBlock{{Paragraph: []string{"Yang bertanda tangan di bawah ini menerangkan bahwa:"}}}}))
}
