package bulk_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"teduh/internal/bulk"
)

// The examples are OWASP's, with the wide signs and blanks that spreadsheets skip.
func TestNothingThatLeavesIsAFormula(t *testing.T) {
	t.Parallel()
	for _, dangerous := range []string{"=1+2", "+62811", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "=HYPERLINK(\"http://a\")"} {
		if got := bulk.Plain(dangerous); got != "'"+dangerous {
			t.Errorf("%q leaves as %q", dangerous, got)
		}
	}
	for _, plain := range []string{"", "Siti Aminah", "LK3-2026-000001", "a=b", "'x"} {
		if got := bulk.Plain(plain); got != plain {
			t.Errorf("%q leaves as %q", plain, got)
		}
	}
}

func TestATableLeavesAsCSVAndXLSX(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"Nama", "Nomor"}, {"=cmd|' /C calc'!A0", "LK3-2026-000001"}, {"Siti, \"Ani\"", "2"}}
	var text, book bytes.Buffer
	for out, open := range map[*bytes.Buffer]func() (bulk.Out, error){
		&text: func() (bulk.Out, error) { return bulk.NewCSV(&text) }, &book: func() (bulk.Out, error) { return bulk.NewXLSX(&book) }} {
		o, err := open()
		for _, row := range rows {
			if err == nil {
				err = o.Row(row)
			}
		}
		if err == nil {
			err = o.Close()
		}
		if err != nil || out.Len() == 0 {
			t.Fatal(err)
		}
	}
	want := "\uFEFFNama,Nomor\n'=cmd|' /C calc'!A0,LK3-2026-000001\n\"Siti, \"\"Ani\"\"\",2\n"
	if text.String() != want {
		t.Errorf("CSV %q", text.String())
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows(f.GetSheetName(0))
	if err != nil || !slices.EqualFunc(got, rows, slices.Equal) {
		t.Errorf("XLSX %q, %v", got, err)
	}
	if formula, err := f.GetCellFormula(f.GetSheetName(0), "A2"); formula != "" || err != nil || strings.HasPrefix(got[1][0], "'") {
		t.Errorf("a formula in the workbook: %q, %v", formula, err)
	}
}
