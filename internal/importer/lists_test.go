package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// taken reads a list and fails where it is refused.
func (k *desk) taken(t *testing.T, raw []byte, o importer.SheetOptions) importer.SheetResult {
	t.Helper()
	r, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("daftar", raw), o)
	var wrong *importer.Refused
	if errors.As(err, &wrong) {
		for _, p := range wrong.Problems {
			t.Log(importer.Line(t.Context(), p))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (k *desk) found(t *testing.T, query string) person.Person {
	t.Helper()
	list, _, err := k.People.Search(t.Context(), k.As("head"), person.Search{Query: query, Limit: 10})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s: %+v %v", query, list, err)
	}
	p, err := k.People.Get(t.Context(), k.As("head"), list[0].ID, "page")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A register as an office prints it: a title above, titles of columns in two lines, columns that are numbered, a page break
// that repeats them, and everything an office writes of a person.
func TestAListAsAnOfficePrintsItIsUnderstood(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		list := `DAFTAR KLIEN LK3 TAHUN 2025;;;;;;;;;;;;;;;;
;;;;;;;;;;;;;;;;
No.;Nama Lengkap (sesuai KTP);NIK;No. KK;Tempat, Tanggal Lahir;L/P;Alamat;;;Kelurahan/Desa;Kecamatan;No. HP / WA;Agama;Status Perkawinan;Pendidikan Terakhir;Pekerjaan;Bantuan
;;;;;;Jalan;RT;RW;;;;;;;;
1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17
1;Rahmah binti Ali;2172049901900001;2172040101900001;Kijang, 5 Mei 1990;Perempuan;Jl. Ganet 1;003;005;Kel. Kampung Bugis;Kec. Tanjung Pinang Kota;0800 0000 0001 / 0800-0000-0002;Islam;Cerai hidup;SLTA;Ibu rumah tangga;PKH
No.;Nama Lengkap (sesuai KTP);NIK;No. KK;Tempat, Tanggal Lahir;L/P;Jalan;RT;RW;Kelurahan/Desa;Kecamatan;No. HP / WA;Agama;Status Perkawinan;Pendidikan Terakhir;Pekerjaan;Bantuan
2;Tan A Hok;;;1965;Laki-laki;;;;;;;Khonghucu;;D-III;;
`
		r := k.taken(t, []byte(list), importer.SheetOptions{Kind: "people"})
		if r.Rows != 2 || r.New != 2 || !slices.Equal(r.Ignored, []string{"No."}) {
			t.Errorf("%+v", r)
		}
		p := k.found(t, "rahmah")
		if p.BirthDate != "1990-05-05" || p.BirthPlace != "Kijang" || p.Sex != "f" || p.Sealed.NIK != "2172049901900001" || p.Sealed.KK != "2172040101900001" || p.Sealed.RT != "003" ||
			p.Sealed.RW != "005" || p.Sealed.Street != "Jl. Ganet 1" || p.Village != "21.72.03.1005" || len(p.Sealed.Phones) != 2 || p.Religion != "islam" || p.Marital != "divorced" ||
			p.Education != "senior" || p.Work != "Ibu rumah tangga" || p.Aid != "PKH" {
			t.Errorf("%+v", p)
		}
		p = k.found(t, "hok")
		if p.BirthDate != "1965-01-01" || p.BirthPrecision != "year" || p.Sex != "m" || p.Religion != "confucian" || p.Education != "diploma" || p.Village != "" {
			t.Errorf("%+v", p)
		}
	})
}

// What Excel and people do to cells is told, and no number that Excel has spoilt is taken for a NIK.
func TestWhatIsDoubtfulInAListIsToldAndTaken(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	k.taken(t, []byte("kode,nama,nik,tgl lahir,hp\n7,Mei Ling,2172049901900001,1990-05-01,080000000009\n"), importer.SheetOptions{Kind: "people"})
	r := k.taken(t, []byte("kode,nama,nik,tgl lahir,hp,umur\n8,Mei L,2172049901900001,,,\n9,Mei Ling,,1/5/1990,,\n10,Budi,123,,0800-0000-0009,\n11,Ani,,,sama tetangga,40\n12,Ani B,,Mei 1991,,\n"),
		importer.SheetOptions{Kind: "people", DryRun: true})
	want := []importer.Twin{{Line: 2, Why: "nik"}, {Line: 3, Why: "name_birth"}, {Line: 4, Why: "phone"}}
	if !slices.Equal(r.Twins, want) || r.New != 5 {
		t.Errorf("%+v", r)
	}
	var notes []string
	for _, n := range r.Notes.Problems {
		notes = append(notes, fmt.Sprintf("%d %s %s", n.Line, n.Column, n.Key))
	}
	if !slices.Equal(notes, []string{"2 nik person.warning.nik_invented", "4 nik person.warning.nik_form", "5 phone person.warning.phone_form"}) {
		t.Errorf("notes %q", notes)
	}
	spoilt := excel(t, []any{"Nama", "NIK", "Tgl Lahir"}, []any{"Ali", 2172049901900000, 33102}, []any{"Ani", 2172049901900001, "1990"})
	_, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("x", spoilt), importer.SheetOptions{Kind: "people"})
	var wrong *importer.Refused
	if !errors.As(err, &wrong) || wrong.Total != 1 || wrong.Problems[0].Key != "import.nik_number" || wrong.Problems[0].Line != 2 {
		t.Errorf("a NIK that Excel rounded: %v", err)
	}
}

// Cases name their client by number, NIK or name, their worker by name, and say the rest in the office's own words.
func TestACaseRegisterInWordsIsUnderstood(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.taken(t, []byte("nama,nik,kode\nSiti Aminah,2172049901900001,\nBudi Santoso,,B1\nMei,,\nMei,,M2\n"), importer.SheetOptions{Kind: "people"})
		list := "No Register;Nama Klien;NIK Klien;Petugas;Tahapan;Keadaan;Tingkat Risiko;Jenis Masalah;Tanggal Masuk;Tanggal Selesai\n" +
			"R/1;Siti A.;2172049901900001;WORKER, S.Sos;3. Asesmen;Dalam proses;Tinggi;25. Keluarga bermasalah sosial psikologis;2 Januari 2024;\n" +
			"R/2;BUDI SANTOSO;;worker2@example.org;;;;lanjut usia telantar;05/02/2024;1 Maret 2024\n"
		if r := k.taken(t, []byte(list), importer.SheetOptions{Kind: "cases"}); r.New != 2 || len(r.Ignored) != 0 {
			t.Errorf("%+v", r)
		}
		l, err := k.cases.List(t.Context(), k.As("head"), casefile.Filter{Limit: 5, Sort: casefile.OldestFirst})
		if err != nil || len(l.Items) != 2 {
			t.Fatal(l, err)
		}
		var got []string
		for _, i := range l.Items {
			got = append(got, fmt.Sprint(i.Number, " ", i.ClientName, " ", i.Worker.Name, " ", i.Stage, " ", i.Status, " ", i.Risk, " ", i.MainCategory, " ", i.OpenedOn))
		}
		want := []string{"LK3-2024-000001 Siti Aminah worker assessment open high 25 2024-01-02", "LK3-2024-000002 Budi Santoso worker2 outreach closed none 8 2024-02-05"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestACaseRegisterThatPointsNowhereIsRefusedByRow(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	k.taken(t, []byte("nama,kode\nMei,\nMei,M2\nAni,\n"), importer.SheetOptions{Kind: "people"})
	head := "id;nama klien;nik;petugas;tahap;status;risiko;kategori;tanggal masuk\n"
	for row, want := range map[string]string{
		"1;Mei;;worker;;;;;1/2/2024": "client_name import.client_name_many", "1;Tan;;worker;;;;;1/2/2024": "client_name import.client_name_unknown",
		"1;;217;worker;;;;;1/2/2024": "client_nik import.client_nik_unknown", "1;;;worker;;;;;1/2/2024": "client_nik import.needed",
		"1;Ani;;Nobody;;;;;1/2/2024": "worker import.worker_name_unknown", "1;Ani;;who@example.org;;;;;1/2/2024": "worker import.worker_unknown",
		"1;Ani;;worker;tahap baru;;;;1/2/2024": "stage import.stage_word", "1;Ani;;worker;;entah;;;1/2/2024": "status import.status_word",
		"1;Ani;;worker;;;besar;;1/2/2024": "risk import.risk_word", "1;Ani;;worker;;;;27;1/2/2024": "category import.category", "1;Ani;;worker;;;;;31/2/2024": "opened_on import.list_day",
		"1;Ani;;worker;;;;;1/2/2030": "opened_on import.future", ";Ani;;worker;;;;;1/2/2024": "id import.needed", strings.Repeat("9", 201) + ";Ani;;worker;;;;;1/2/2024": "id import.too_long",
	} {
		r, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("daftar.csv", []byte(head+row+"\n")), importer.SheetOptions{Kind: "cases"})
		told(t, row, r, err, want)
	}
}

// told checks what a list is refused for, and that it is said in both languages.
func told(t *testing.T, story string, r importer.SheetResult, err error, want string) {
	t.Helper()
	var wrong *importer.Refused
	if !errors.As(err, &wrong) {
		t.Errorf("%s: got %+v %v", story, r, err)
		return
	}
	var got []string
	for _, p := range wrong.Problems {
		if len(got) < 20 {
			got = append(got, strings.TrimSpace(p.Column+" "+p.Key))
		}
		id, en := i18n.T(i18n.With(t.Context(), i18n.ID, nil), p.Key, p.Args...), i18n.T(i18n.With(t.Context(), i18n.EN, nil), p.Key, p.Args...)
		if id == "" || id == en || strings.Contains(id+en, "{{") || strings.Contains(id+en, "<no value>") {
			t.Errorf("%s: said as %q and %q", story, id, en)
		}
	}
	if !slices.Contains(got, want) {
		t.Errorf("%s: got %q, want %q", story, got, want)
	}
}

func TestPeopleThatCannotBeAreRefusedByRow(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	head := "kode;nama;nik;tgl lahir;jk;kelurahan;alamat;umur;ttl\n"
	for row, want := range map[string]string{
		";;;;;;x;;": "name error.required", ";" + strings.Repeat("a", 201) + ";;;;;;;": "name error.too_long", ";A;;31/02/1990;;;;;": "birth_date import.list_day",
		";A;;24/11/2026;L;;;;": "", ";A;;25/11/2026;;;;;": "birth_date person.birth.future", ";A;;1/1/1850;;;;;": "birth_date person.birth.early", ";A;;;X;;;;": "sex import.sex_word",
		";A;;;;Nowhere;;;": "village_code person.village.unknown", ";A;;;;;" + strings.Repeat("x", 501) + ";;": "street error.too_long", ";A;;;;;;tua;": "age import.age",
		";A;;;;;;;Kijang, dulu": "birth import.list_day", strings.Repeat("9", 201) + ";A;;;;;;;": "id import.too_long", ";A;;#REF!;;;;;": "birth_date import.excel_error",
	} {
		r, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("daftar.csv", []byte(head+row+"\n")), importer.SheetOptions{Kind: "people", DryRun: true})
		if want == "" {
			if err != nil || r.New != 1 {
				t.Errorf("born today: %+v %v", r, err)
			}
			continue
		}
		told(t, row, r, err, want)
	}
}

// Names of every script, and of none, come back as they were written; nothing in them is taken for an instruction.
func TestNamesOfEveryKindStandAsTheyWereWritten(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		people := []string{"I Gusti Ayu Ñusa", "محمد علي", "陳美玲", "O'Brien-Łukasz", "Zoë 👩‍👧", "e\u0301lodie", "<b>Ali</b>", "'; DROP TABLE person; --", "=HYPERLINK(\"x\")", "𝔄𝔩𝔦", "ꦱꦶꦠꦶ", "R2D2", "X"}
		list := "nama\tkode\n"
		for i, name := range people {
			list += fmt.Sprintf("\"%s\"\t%d\n", strings.ReplaceAll(name, `"`, `""`), i)
		}
		if r := k.taken(t, []byte(list), importer.SheetOptions{Kind: "people"}); r.New != len(people) {
			t.Fatalf("%+v", r)
		}
		all, _, err := k.People.Search(t.Context(), k.As("head"), person.Search{Limit: 50})
		var got []string
		for _, p := range all {
			got = append(got, p.Name)
		}
		slices.Sort(got)
		slices.Sort(people)
		if err != nil || !slices.Equal(got, people) {
			t.Errorf("got %q, want %q, %v", got, people, err)
		}
	})
}

func TestAListThatIsNoneIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	wide := strings.Repeat("nama,", 201) + "x\n"
	for name, c := range map[string]struct{ raw, want string }{
		"empty": {"", "import.empty"}, "blank lines": {"\n;;\n", "import.empty"}, "a header and no more": {"nama;nik\n;\n", "import.no_rows"}, "a picture": {"\x89PNG\r\n", "import.no_list"},
		"a page": {"<html>", "import.no_list"}, "an old workbook": {"\xd0\xcf\x11\xe0", "import.old_excel"}, "a torn workbook": {"PK\x03\x04torn", "import.excel"},
		"no name column": {"nik\n1\n", "name import.column_missing"}, "unknown columns": {"foo;bar\n1;2\n", "name import.column_missing"}, "twice a name": {"nama,name\na,b\n", "name import.column_twice"},
		"an open quote": {"nama\n\"a\n", "import.quote"}, "too wide": {wide, "import.too_wide"}, "zero bytes": {"nama\na\x00\n", "import.zero"}, "twice one row": {"nama\nAli\nALI\n", "id import.twice"},
	} {
		r, err := k.importer.Sheet(t.Context(), k.As("head"), listOf(name, []byte(c.raw)), importer.SheetOptions{Kind: "people"})
		told(t, name, r, err, c.want)
	}
	huge := listOf("huge", nil)
	huge.Size = 10 << 30
	_, err := k.importer.Sheet(t.Context(), k.As("head"), huge, importer.SheetOptions{Kind: "people"})
	told(t, "ten gigabytes", importer.SheetResult{}, err, "import.too_large")
	many := listOf("many", []byte("nama,kode\n"+strings.Repeat("Ali,1\n", 250_001)))
	_, err = k.importer.Sheet(t.Context(), k.As("head"), many, importer.SheetOptions{Kind: "people"})
	told(t, "too many rows", importer.SheetResult{}, err, "import.too_many_rows")
}

// The meaning of a column may be told where its title says something else.
func TestColumnsMayBeTold(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	r := k.taken(t, []byte("Kolom1;nama\n Siti ;tetangga\n"), importer.SheetOptions{Kind: "people", Columns: map[int]string{0: "name"}})
	if r.New != 1 || !slices.Equal(r.Columns, []importer.Matched{{Title: "Kolom1", As: "name"}, {Title: "nama"}}) {
		t.Errorf("%+v", r)
	}
	k.found(t, "siti")
}
