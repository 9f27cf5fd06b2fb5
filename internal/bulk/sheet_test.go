package bulk_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"teduh/internal/bulk"
)

const (
	head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

// workbook makes an XLSX file of the XML of its rows, as programs other than Excel write it.
func workbook(t testing.TB, rows string) []byte { return workbookWith(t, rows, "") }

func workbookWith(t testing.TB, rows, shared string) []byte {
	t.Helper()
	return zipped(t, map[string]string{
		"xl/workbook.xml":            head + `<workbook ` + main + `><sheets><sheet name="x" sheetId="1" state="hidden" r:id="r1"/><sheet name="y" sheetId="2" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships><Relationship Id="r1" Target="worksheets/none.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet2.xml":   head + `<worksheet ` + main + `><sheetData>` + rows,
		"xl/sharedStrings.xml":       head + `<sst ` + main + `>` + shared + `</sst>`,
	})
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read tells the lines of a list as «2: a|b», and what could not be read.
func read(raw []byte) (lines []string) {
	s, p := bulk.OpenSheet("daftar", bytes.NewReader(raw), int64(len(raw)))
	if p != nil {
		return []string{p.Key}
	}
	for row, p := range s.Rows() {
		if p != nil {
			lines = append(lines, fmt.Sprintf("%d: %s", p.Line, p.Key))
			continue
		}
		lines = append(lines, fmt.Sprintf("%d: %s", row.Line, strings.Join(row.Cells, "|")))
	}
	return lines
}

func utf16of(text string, first, second int) (out []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u>>first), byte(u>>second))
	}
	return out
}

// The same list is read the same however the program that made it writes text and parts cells.
func TestListsOfEveryKindAreRead(t *testing.T) {
	t.Parallel()
	const list = "Nama;Alamat\r\n\r\nAndré Ç;\"Jl. Ganet, RT 1, RW 2\r\nbelakang\"\r\n 林美 ; Jl. Pos, No. 5\r\n"
	want := []string{"1: Nama|Alamat", "3: André Ç|Jl. Ganet, RT 1, RW 2\nbelakang", "5: 林美|Jl. Pos, No. 5"}
	latin := strings.NewReplacer("林美", "Mei").Replace(list)
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(list), "UTF-8 with its mark": []byte("\xef\xbb\xbf" + list), "UTF-16": utf16of("\ufeff"+list, 0, 8), "UTF-16, big end first": utf16of("\ufeff"+list, 8, 0),
		"UTF-16 without its mark": utf16of(strings.ReplaceAll(list, "林美", "Mei"), 0, 8), "tabs": []byte(strings.ReplaceAll(list, ";", "\t")), "bars": []byte(strings.ReplaceAll(list, ";", "|")),
		"commas": []byte(strings.ReplaceAll(strings.ReplaceAll(list, "Jl. Pos, No. 5", "\"Jl. Pos, No. 5\""), ";", ",")), "a line for Excel": []byte("sep=;\r\n" + list),
		"Windows-1252": []byte(strings.NewReplacer("é", "\xe9", "Ç", "\xc7").Replace(latin)),
	} {
		lines := want
		if strings.Contains(name, "1252") || strings.Contains(name, "without") {
			lines = []string{want[0], want[1], strings.ReplaceAll(want[2], "林美", "Mei")}
		}
		if name == "a line for Excel" {
			lines = []string{"2: Nama|Alamat", strings.Replace(want[1], "3", "4", 1), strings.Replace(want[2], "5:", "6:", 1)}
		}
		if got := read(raw); !slices.Equal(got, lines) {
			t.Errorf("%s: got %q, want %q", name, got, lines)
		}
	}
}

// A letter of several bytes may lie on the border of what is read at once.
func TestUTF8IsRecognisedAcrossTheBordersOfReading(t *testing.T) {
	t.Parallel()
	for before := range 5 {
		text := "nama\n" + strings.Repeat("x", before) + strings.Repeat("é林", 60_000)
		if got := read([]byte(text)); len(got) != 2 || !strings.HasSuffix(got[1], "é林") {
			t.Errorf("%d before: %d lines", before, len(got))
		}
		if got := read([]byte(text + "\xe9")); len(got) != 2 || !strings.HasSuffix(got[1], "é") {
			t.Errorf("%d before, and a letter of Windows at the end: %d lines", before, len(got))
		}
	}
}

func TestWhatIsNoListIsRefusedByItsBytes(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("<row><c><v>1</v></c></row>", 30)
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing": {nil, "import.empty"}, "blanks": {[]byte(" \r\n \n"), "import.empty"}, "a picture": {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "import.no_list"},
		"a PDF": {[]byte("%PDF-1.7\nx"), "import.no_list"}, "a page of the web called .xls": {[]byte("<html><table><tr><td>Nama"), "import.no_list"},
		"an old or locked workbook": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "import.old_excel"}, "a torn workbook": {[]byte("PK\x03\x04torn"), "import.excel"},
		"another zip": {zipped(t, map[string]string{"word/document.xml": "<a/>"}), "import.excel"}, "XML that breaks off": {workbook(t, "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row><row><c"), "0: import.excel"},
		"a column too far": {workbook(t, "<row r=\"3\"><c r=\"XFD3\"><v>1</v></c></row>"), "3: import.too_wide"}, "a quote that never ends": {[]byte("nama\n\"a\n"), "2: import.quote"},
		"a zero": {[]byte("nama\na\x00b\nc\n"), "2: import.zero"},
	} {
		if got := read(c.raw); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := read(workbook(t, many)); len(got) != 30 {
		t.Errorf("a sheet without references: %q", got)
	}
}

// A few hundred kilobytes that unpack to gigabytes are refused before they are unpacked, or soon after.
func TestAZipBombIsRefused(t *testing.T) {
	t.Parallel()
	bomb := func(part string, lie bool) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, text := range map[string]string{"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`, "xl/worksheets/sheet1.xml": "<row/>"} {
			if name == part {
				continue
			}
			w, err := z.Create(name)
			if err == nil {
				_, err = io.WriteString(w, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		w, err := z.Create(part)
		for range 600 {
			if err == nil {
				_, err = w.Write(make([]byte, 1<<20))
			}
		}
		if err == nil {
			err = z.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		raw := out.Bytes()
		if lie { // the directory says that it is small
			raw = bytes.ReplaceAll(raw, []byte{0, 0, 0x80, 0x25}, []byte{1, 0, 0, 0})
		}
		return raw
	}
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"} {
		raw := bomb(part, false)
		if got := read(raw); len(raw) > 1<<20 || !slices.Equal(got, []string{"import.unpacked"}) {
			t.Errorf("%s, %d bytes: %q", part, len(raw), got)
		}
		if got := read(bomb(part, true)); len(got) != 1 || !strings.HasPrefix(got[0], "import.") {
			t.Errorf("%s that lies about its size: %q", part, got)
		}
	}
}

func TestWhatExcelDoesToCellsIsUnderstood(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "Nama", "B1": "KK", "C1": "NIK", "D1": "Umur", "A2": "Ali", "B2": "217201", "C2": 2172049901900001, "A3": "Ani", "A4": "Budi", "C4": "007", "D4": true} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{f.SetCellFormula("Sheet1", "D2", "1+1"), f.MergeCell("Sheet1", "B2", "B3"), f.MergeCell("Sheet1", "A6", "C6"), f.SetCellRichText("Sheet1", "A5", []excelize.RichTextRun{{Text: "Ci"}, {Text: "tra"}})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	want := []string{"1: Nama|KK|NIK|Umur", "2: Ali|217201|2172049901900001|", "3: Ani|217201", "4: Budi||007|1", "5: Citra"}
	if got := read(out.Bytes()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s, _ := bulk.OpenSheet("x", bytes.NewReader(out.Bytes()), int64(out.Len()))
	for row, p := range s.Rows() {
		if p != nil || row.Line == 2 && (!row.Is(2, bulk.Number) || row.Is(1, bulk.Number) || !row.Is(3, bulk.Formula) || !row.Is(3, bulk.Unknown)) || row.Line == 3 && !row.Is(1, bulk.Spread) {
			t.Errorf("marks %+v", row)
		}
	}
	other := workbookWith(t, `<row r="5"><c r="B5" t="s"><v>0</v></c><c><f>B5</f><v>3.5E1</v></c><c t="e"><f>X</f><v>#REF!</v></c><c t="inlineStr"><is><t>in</t><rPh><t>baca</t></rPh></is></c><c t="s"><v>9</v></c></row>`,
		`<si><r><t>Si</t></r><r><t>ti</t></r><rPh><t>baca</t></rPh></si>`)
	if got := read(other); !slices.Equal(got, []string{"5: |Siti|35|#REF!|in"}) {
		t.Errorf("got %q", got)
	}
}

func TestDaysAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"17/8/1945": "1945-08-17 day", "17 Agustus 1945": "1945-08-17 day", "17-08-1945": "1945-08-17 day", "5 Mei 1991": "1991-05-05 day",
		"1 Desember 2024": "2024-12-01 day", "1945-08-17": "1945-08-17 day", "2 Peb 2020": "2020-02-02 day", "Jumat, 17 Agustus 1945": "1945-08-17 day", "17.8.1945": "1945-08-17 day",
		"1945-08-17 00:00:00": "1945-08-17 day", "33102": "1990-08-17 day", "Mei 1990": "1990-05-01 month", "05/1990": "1990-05-01 month", "1990": "1990-01-01 year",
		"31/2/1990": "31/2/1990 ", "kemarin": "kemarin ", "5/13/1990": "5/13/1990 ", "17/8/45": "17/8/45 ", "0": "0 ", "": " "} {
		if day, precision := bulk.PartDay(text, false); day+" "+precision != want {
			t.Errorf("%q is %q %q, want %q", text, day, precision, want)
		}
	}
	if got := bulk.IsoDay("366", true); got != "1900-12-31" {
		t.Errorf("Excel's 366 is %s", got)
	}
	if got := bulk.IsoDay("1990", true); got != "1990" {
		t.Errorf("a year is no day: %s", got)
	}
}
