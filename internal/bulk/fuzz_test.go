package bulk_test

import (
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

// Whatever bytes come as a list, they are read or refused, and every row is as long as the header at least.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"nama;nik\na;1\n", "PK\x03\x04", "\xff\xfen\x00", "n\xe9\n", "a\tb\n\n1\t2\n", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, p := bulk.ReadSheet("f", raw)
		if p != nil {
			return
		}
		for _, row := range s.Rows {
			if len(row.Cells) < len(s.Header) || !utf8.ValidString(strings.Join(row.Cells, "")) {
				t.Errorf("row %+v of %q", row, s.Header)
			}
		}
	})
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

func TestDaysAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"17/8/1945": "1945-08-17", "17 Agustus 1945": "1945-08-17", "17-08-1945": "1945-08-17", "5 Mei 1991": "1991-05-05",
		"1 Desember 2024": "2024-12-01", "1945-08-17": "1945-08-17", "2 Peb 2020": "2020-02-02", "31/2/1990": "31/2/1990", "kemarin": "kemarin"} {
		if got := bulk.IsoDay(text, false); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := bulk.IsoDay("33102", true); got != "1990-08-17" {
		t.Errorf("Excel's 33102 is %s", got)
	}
}
