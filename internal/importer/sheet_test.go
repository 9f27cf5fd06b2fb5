package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

func listOf(name string, raw []byte) importer.File {
	return importer.File{Name: name, From: bytes.NewReader(raw), Size: int64(len(raw))}
}

func utf16le(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// excel makes a workbook; a cell that begins with = is a formula.
func excel(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAnOfficesOwnListIsRead(t *testing.T) {
	t.Parallel()
	rows := "Nama Lengkap;NIK;Tanggal Lahir;L/P;Kelurahan;No. HP;Catatan\nAndré Siregar;2172049901900001;17/8/1990;L;Kampung Bugis;08000000001;x\n;;;;;;\nMei;;5 Mei 1991;Perempuan;21.72.04.1002;;\n"
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(rows), "UTF-8 with its mark": []byte("\xef\xbb\xbf" + rows), "UTF-16": utf16le(rows),
		"Windows-1252": []byte(strings.ReplaceAll(rows, "é", "\xe9")),
		"Excel": excel(t, []any{"Nama Lengkap", "NIK", "Tanggal Lahir", "L/P", "Kelurahan", "No. HP", "Catatan"},
			[]any{"André Siregar", "2172049901900001", 33102, "L", "Kampung Bugis", "08000000001"}, nil, []any{"Mei", "", "5 Mei 1991", "P", "21.72.04.1002"}),
	} {
		k := newDesk(t, testkit.SQLite(t))
		ctx, head := t.Context(), k.As("head")
		for _, o := range []struct {
			importer.SheetOptions
			rows, added, known int
		}{{importer.SheetOptions{Kind: "people", DryRun: true}, 2, 2, 0}, {importer.SheetOptions{Kind: "people"}, 2, 2, 0}, {importer.SheetOptions{Kind: "people"}, 2, 0, 2}} {
			r, err := k.importer.Sheet(ctx, head, listOf("daftar", raw), o.SheetOptions)
			if err != nil || r.Rows != o.rows || r.New != o.added || r.Known != o.known || !slices.Equal(r.Ignored, []string{"Catatan"}) {
				var wrong *importer.Refused
				if errors.As(err, &wrong) {
					t.Log(importer.Line(ctx, wrong.Problems[0]))
				}
				t.Fatalf("%s: %+v %v", name, r, err)
			}
		}
		found, _, err := k.People.Search(ctx, head, person.Search{Query: "andre", Limit: 10})
		if err != nil || len(found) != 1 || found[0].Name != "André Siregar" || found[0].BirthDate != "1990-08-17" || found[0].Sex != "m" || found[0].Village == "" {
			t.Errorf("%s: %+v %v", name, found, err)
		}
	}
}

func TestWrongRowsOfAListAreTold(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx, head := t.Context(), k.As("head")
		raw := []byte("nama,nik,tgl lahir,jk\nSiti,,1990-01-01,P\n,,,P\nBudi,2.17E+15,,L\nMei,,31/02/1990,P\nTan,,,X\nSiti,,1990-01-01,P\n")
		_, err := k.importer.Sheet(ctx, head, listOf("daftar.csv", raw), importer.SheetOptions{Kind: "people"})
		var wrong *importer.Refused
		if !errors.As(err, &wrong) {
			t.Fatalf("got %v", err)
		}
		var got []string
		for _, p := range wrong.Problems {
			got = append(got, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Key))
		}
		want := []string{"3 name error.required", "4 nik import.nik_number", "5 birth_date import.list_day", "6 sex import.sex_word", "7 id import.twice"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		r, err := k.importer.Sheet(ctx, head, listOf("daftar.csv", raw), importer.SheetOptions{Kind: "people", SkipBad: true})
		if err != nil || r.New != 1 || r.Bad != 5 {
			t.Errorf("with the bad ones skipped: %+v %v", r, err)
		}
		if _, err := k.importer.Sheet(ctx, k.As("worker"), listOf("daftar.csv", raw), importer.SheetOptions{Kind: "people"}); !fault.Is(err, "forbidden") {
			t.Errorf("a worker: %v", err)
		}
	})
}

func TestCasesOfAListAreOpened(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx, head := t.Context(), k.As("head")
		if _, err := k.importer.Sheet(ctx, head, listOf("orang.csv", []byte("kode,nama\n7,Siti\n")), importer.SheetOptions{Kind: "people"}); err != nil {
			t.Fatal(err)
		}
		raw := []byte("Nomor Register,Kode Klien,Petugas,Tahap,Status,Risiko,PMKS,Tanggal Dibuka,Tanggal Ditutup\nR/1,7,worker@example.org,Asesmen,Terbuka,Risiko tinggi,25,2 Januari 2024,\n")
		for _, added := range []int{1, 0} {
			r, err := k.importer.Sheet(ctx, head, listOf("kasus.csv", raw), importer.SheetOptions{Kind: "cases"})
			if err != nil || r.New != added {
				t.Errorf("%+v %v", r, err)
			}
		}
		l, err := k.cases.List(ctx, k.As("worker"), casefile.Filter{Query: "R/1", Limit: 5})
		if err != nil || len(l.Items) != 1 || l.Items[0].Number != "LK3-2024-000001" || l.Items[0].Stage != "assessment" || l.Items[0].Risk != "high" {
			t.Errorf("%+v %v", l, err)
		}
	})
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	for name, raw := range map[string]string{"empty": "", "a picture": "\x89PNG\r\n", "a torn workbook": "PK\x03\x04torn", "no name column": "nik\n1\n", "twice a name": "nama,name\na,b\n",
		"an open quote": "nama\n\"a\n"} {
		var wrong *importer.Refused
		if _, err := k.importer.Sheet(t.Context(), k.As("head"), listOf(name, []byte(raw)), importer.SheetOptions{Kind: "people"}); !errors.As(err, &wrong) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
