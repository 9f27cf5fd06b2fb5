package importer

import (
	"slices"
	"strings"

	"teduh/internal/bulk"
)

// Kinds of sheets.
const (
	PeopleSheet = "people"
	CasesSheet  = "cases"
)

// Kinds lists the sheets that can be taken in.
var Kinds = []string{PeopleSheet, CasesSheet}

// column is what a sheet may hold, by the titles offices give it, folded by fold.
type column struct {
	name   string
	titles []string
	value  func(s *sheet, c cell) string // brings what was typed into the form of the bulk folder; nil keeps it
}

// cell is what was typed, and whether a workbook kept it as a number.
type cell struct {
	text   string
	number bool
}

// The columns of a list of people and of a list of cases; docs/import.md tells them.
var sheetColumns = map[string][]column{
	PeopleSheet: {
		{"id", []string{"id", "kode", "kode klien", "nomor klien", "no klien", "id klien", "client id", "number", "nomor induk", "no register", "nomor register"}, nil},
		{"name", []string{"name", "nama", "nama lengkap", "full name", "nama klien", "nama penerima", "nama anggota keluarga", "nama pm", "nama penerima manfaat"}, nil},
		{"call_name", []string{"call name", "nickname", "nama panggilan", "panggilan"}, nil},
		{"aliases", []string{"alias", "aliases", "nama lain", "other names"}, nil},
		{"nik", []string{"nik", "no ktp", "nomor ktp", "no nik", "nomor nik", "nik ktp", "nomor induk kependudukan", "identity number", "national id"}, nil},
		{"kk", []string{"kk", "no kk", "nomor kk", "nomor kartu keluarga", "no kartu keluarga", "kartu keluarga", "nkk", "family card", "family card number"}, nil},
		{"birth", []string{"ttl", "tempat tanggal lahir", "tempat tgl lahir", "tmp tgl lahir", "place and date of birth"}, nil},
		{"birth_date", []string{"birth date", "birthdate", "date of birth", "dob", "tanggal lahir", "tgl lahir", "lahir", "tahun lahir", "year of birth"}, (*sheet).birth},
		{"birth_place", []string{"birth place", "place of birth", "tempat lahir", "tmp lahir"}, nil},
		{"age", []string{"age", "umur", "usia"}, nil},
		{"sex", []string{"sex", "gender", "jenis kelamin", "jns kelamin", "jk", "j k", "l p", "lk pr", "kelamin"}, (*sheet).sex},
		{"phone", []string{"phone", "phones", "telephone", "mobile", "telepon", "telpon", "telp", "tlp", "no telp", "no tlp", "no telepon", "nomor telepon", "no hp", "nomor hp", "hp", "no hp wa",
			"hp wa", "wa", "no wa", "nomor wa", "whatsapp", "kontak", "no kontak", "nomor kontak", "handphone", "no handphone"}, nil},
		{"village_code", []string{"village code", "village", "kelurahan", "kel", "desa", "kelurahan desa", "desa kelurahan", "kel desa", "kode kelurahan", "kode desa", "kode wilayah"}, nil},
		{"district", []string{"district", "subdistrict", "kecamatan", "kec"}, nil},
		{"street", []string{"street", "address", "alamat", "alamat lengkap", "alamat rumah", "jalan", "alamat domisili", "alamat ktp"}, nil},
		{"rt", []string{"rt", "no rt"}, (*sheet).small},
		{"rw", []string{"rw", "no rw"}, (*sheet).small},
		{"rt_rw", []string{"rt rw", "rtrw"}, nil},
		{"landmark", []string{"landmark", "patokan", "petunjuk alamat"}, nil},
		{"religion", []string{"religion", "agama"}, (*sheet).religion},
		{"marital", []string{"marital status", "marital", "status perkawinan", "status kawin", "status nikah", "status pernikahan", "perkawinan"}, (*sheet).marital},
		{"education", []string{"education", "pendidikan", "pendidikan terakhir"}, (*sheet).education},
		{"work", []string{"work", "occupation", "job", "pekerjaan", "mata pencaharian"}, nil},
		{"disability", []string{"disability", "disabilitas", "jenis disabilitas", "kedisabilitasan"}, nil},
		{"languages", []string{"languages", "language", "bahasa"}, nil},
		{"welfare_status", []string{"welfare status", "dtks", "dtsen", "status dtks", "status dtsen", "desil"}, nil},
		{"aid", []string{"aid", "bantuan", "bantuan sosial", "bansos", "bantuan yang diterima"}, nil},
		{"emergency", []string{"emergency contact", "kontak darurat"}, nil},
		{"died_on", []string{"died on", "date of death", "tanggal meninggal", "tgl meninggal", "tanggal wafat"}, (*sheet).day},
	},
	CasesSheet: {
		{"id", []string{"id", "kode", "kode kasus", "nomor kasus", "no kasus", "nomor register", "no register", "no reg", "register", "case number", "case id", "old number", "nomor lama", "no lama"}, nil},
		{"client_id", []string{"client id", "client", "id klien", "kode klien", "nomor klien", "no klien"}, nil},
		{"client_nik", []string{"client nik", "nik", "nik klien", "no ktp", "nomor ktp"}, nil},
		{"client_name", []string{"client name", "name", "nama", "nama klien", "klien", "nama lengkap", "nama penerima", "nama penerima manfaat"}, nil},
		{"worker", []string{"worker", "petugas", "surel petugas", "email petugas", "nama petugas", "worker email", "pendamping", "pekerja sosial", "peksos", "konselor", "penanggung jawab"}, nil},
		{"stage", []string{"stage", "tahap", "tahapan"}, (*sheet).stage},
		{"status", []string{"status", "status kasus", "keadaan", "case status"}, (*sheet).status},
		{"risk", []string{"risk", "risiko", "resiko", "tingkat risiko"}, (*sheet).risk},
		{"category", []string{"category", "kategori", "jenis pmks", "jenis ppks", "pmks", "ppks", "kategori utama", "kategori pmks", "kategori ppks", "kategori kasus", "jenis kasus", "masalah",
			"jenis masalah", "permasalahan", "kind of case"}, (*sheet).categoryCode},
		{"channel", []string{"channel", "door", "source", "pintu masuk", "pintu", "sumber", "sumber kasus", "asal kasus", "sumber pengaduan", "sumber laporan", "cara masuk", "masuk lewat"}, (*sheet).channel},
		{"confidentiality", []string{"confidentiality", "kerahasiaan", "tingkat kerahasiaan", "sifat kasus"}, (*sheet).confidentiality},
		{"opened_on", []string{"opened on", "opened", "date opened", "dibuka", "tanggal dibuka", "tgl dibuka", "tanggal buka", "tanggal masuk", "tgl masuk", "tanggal", "tgl", "tanggal kasus",
			"tanggal pengaduan", "tanggal lapor", "tanggal register", "tanggal registrasi", "mulai", "tanggal mulai"}, (*sheet).day},
		{"closed_on", []string{"closed on", "closed", "date closed", "ditutup", "tanggal ditutup", "tgl ditutup", "tanggal tutup", "tanggal selesai", "tgl selesai", "selesai"}, (*sheet).day},
	},
}

// Columns are the codes of what a sheet of a kind may hold, in the order of its form; catalog key "import.column." + code.
func Columns(kind string) []string {
	var codes []string
	for _, c := range sheetColumns[kind] {
		codes = append(codes, c.name)
	}
	return codes
}

// needed are the columns without which nothing can be taken in; of several in one line, one is enough.
var needed = map[string][][]string{PeopleSheet: {{"name"}}, CasesSheet: {{"id"}, {"client_id", "client_nik", "client_name"}, {"worker"}, {"opened_on"}}}

// fold is the form in which titles and words are compared: small letters and digits, words apart by one space.
func fold(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x80
	}), " ")
}

// meaning is the code of a title, or empty where nobody knows it. What stands in brackets explains and does not count.
func meaning(kind, title string) string {
	before, _, _ := strings.Cut(title, "(")
	for _, t := range []string{fold(title), fold(before)} {
		at := slices.IndexFunc(sheetColumns[kind], func(c column) bool { return slices.Contains(c.titles, t) || t != "" && t == fold(c.name) })
		if at >= 0 {
			return sheetColumns[kind][at].name
		}
	}
	return ""
}

// Matched is a column of a sheet and what it was understood as; As is empty where it is passed over.
type Matched struct {
	Title string `json:"title"`
	As    string `json:"as"`
}

// match finds which column of the sheet stands for which of ours: as told, else by its title.
func (s *sheet) match(header []string) *bulk.Problem {
	s.place, s.result.Columns, s.result.Ignored = map[string]int{}, nil, []string{}
	for i, title := range header {
		as := meaning(s.Kind, title)
		if s.Columns != nil {
			as = s.Columns[i]
		}
		s.result.Columns = append(s.result.Columns, Matched{Title: title, As: as})
		if as == "" && title != "" {
			s.result.Ignored = append(s.result.Ignored, title)
		}
	}
	for i, m := range s.result.Columns {
		if m.As == "" {
			continue
		}
		if _, twice := s.place[m.As]; twice {
			return &bulk.Problem{File: s.file, Line: s.headLine, Column: m.Title, Key: "import.column_twice"}
		}
		s.place[m.As] = i
	}
	for _, oneOf := range needed[s.Kind] {
		if !slices.ContainsFunc(oneOf, func(name string) bool { _, ok := s.place[name]; return ok }) {
			return &bulk.Problem{File: s.file, Line: s.headLine, Column: oneOf[len(oneOf)-1], Key: "import.column_missing"}
		}
	}
	return nil
}
