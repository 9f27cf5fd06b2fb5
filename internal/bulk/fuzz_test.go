package bulk_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"teduh/internal/bulk"
)

// Whatever a file holds, reading ends, and what is handed on is text with as many cells as there are columns.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "b,a\n\"1\n2\",\"\"\"\"\n", "a,b\n1\n", "\xef\xbb\xbfa,b\r\n1,2", "\xff\xfea\x00", "a,b\n\"", "a,b\n\xe9,\x00\n", "", "a,a\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for row, p := range bulk.Rows(strings.NewReader(text), bulk.Table{File: "f", Columns: []string{"a", "b"}}) {
			if p != nil {
				continue
			}
			if len(row.Cells) != 2 || row.Line <= last || !utf8.ValidString(row.Cells[0]+row.Cells[1]) || strings.ContainsRune(row.Cells[0]+row.Cells[1], 0) {
				t.Errorf("%q gave %+v after line %d", text, row, last)
			}
			last = row.Line
		}
	})
}

// Whatever bytes come as a list, they are read or refused, every cell is text, and a second reading says the same.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"nama;nik\na;1\n", "PK\x03\x04", "\xff\xfen\x00", "n\x00a\x00", "n\xe9\n", "a\tb\n\n1\t2\n", "sep=;\na;b\n1;2\n", "a,b\n\"1", "%PDF-1.7", ""} {
		f.Add([]byte(seed))
	}
	f.Add(workbook(f, "<row><c t=\"inlineStr\"><is><t>nama</t></is></c></row>"))
	f.Fuzz(func(t *testing.T, raw []byte) { readTwice(t, raw) })
}

// Whatever the XML of a sheet holds, it is read or refused, and so is whatever the workbook's own parts hold.
func FuzzExcel(f *testing.F) {
	for _, seed := range []string{"", "<row r=\"7\"><c r=\"B7\" t=\"s\"><v>0</v></c><c><f>A1</f></c><c t=\"e\"><v>#REF!</v></c></row>", "<row><c><v>2.172E15</v></c></row>",
		"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>",
		"<row><c r=\"XFD1\" t=\"str\"><v>far</v></c></row>", "<row r=\"-1\"/><v>1</v><c><is><t>a<rPh><t>b</t></rPh></t></is></c>"} {
		f.Add(seed, "<si><t>satu</t></si>")
	}
	f.Fuzz(func(t *testing.T, sheet, shared string) { readTwice(t, workbookWith(t, sheet, shared)) })
}

func readTwice(t *testing.T, raw []byte) {
	t.Helper()
	s, p := bulk.OpenSheet("f", bytes.NewReader(raw), int64(len(raw)))
	if p != nil {
		return
	}
	var times [2]string
	for i := range times {
		for row, p := range s.Rows() {
			if p == nil && (!utf8.ValidString(strings.Join(row.Cells, "")) || strings.Join(row.Cells, "") == "" || len(row.Cells) > bulk.MaxColumns && row.Cells[bulk.MaxColumns] != "") {
				t.Errorf("row %+v of %q", row, raw)
			}
			times[i] += fmt.Sprintln(row, p)
		}
	}
	if times[0] != times[1] {
		t.Errorf("%q was read as %s and then as %s", raw, times[0], times[1])
	}
}

// A day that was understood stands in a calendar, and is understood as itself the second time.
func FuzzIsoDay(f *testing.F) {
	for _, seed := range []string{"17/8/1945", "17 Agustus 1945", "1990-02-30", "33102", "5 Mei 1991", "", "99999999"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, excel bool) {
		day := bulk.IsoDay(text, excel)
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			if day == "" && strings.TrimSpace(text) != "" {
				t.Errorf("%q was lost", text)
			}
			return
		}
		if again := bulk.IsoDay(day, excel); again != day {
			t.Errorf("%q is %q, and then %q", text, day, again)
		}
	})
}
