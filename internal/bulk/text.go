package bulk

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// openText finds out how a text file is written and what parts its cells.
func openText(name string, from io.ReaderAt, size int64, start []byte) (*Sheet, *Problem) {
	skip, enc, err := written(from, size, start)
	if err != nil {
		return nil, &Problem{File: name, Key: "import.unreadable"}
	}
	open := func() io.Reader {
		var r io.Reader = io.NewSectionReader(from, skip, size-skip)
		if enc != nil {
			r = transform.NewReader(r, enc.NewDecoder())
		}
		return r
	}
	head := make([]byte, 8*sample)
	n, err := io.ReadFull(open(), head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, &Problem{File: name, Key: "import.unreadable"}
	}
	if head = head[:n]; noList(head) {
		return nil, &Problem{File: name, Key: "import.no_list"}
	}
	comma, told := separator(string(head))
	return &Sheet{name: name, lines: func(yield func(Row, *Problem) bool) {
		text{name: name, comma: comma, told: told}.lines(open(), yield)
	}}, nil
}

// written tells where the text begins and its encoding, nil for UTF-8: by the first bytes, by the zero bytes of UTF-16, else
// UTF-8 where all of it is, else Windows-1252, which Excel in these parts writes.
func written(from io.ReaderAt, size int64, start []byte) (skip int64, enc encoding.Encoding, err error) {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return 2, little, nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return 2, big, nil
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		skip = 3
	}
	switch zeros := zerosAt(start); {
	case zeros[1] > len(start)/4 && zeros[0] == 0:
		return 0, little, nil
	case zeros[0] > len(start)/4 && zeros[1] == 0:
		return 0, big, nil
	}
	valid, err := isUTF8(io.NewSectionReader(from, 0, size))
	if err != nil || valid {
		return skip, nil, err
	}
	return skip, charmap.Windows1252, nil
}

// zerosAt counts the zero bytes at even and at odd places.
func zerosAt(b []byte) (zeros [2]int) {
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	return zeros
}

func isUTF8(r io.Reader) (bool, error) {
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		n += kept
		whole := n
		for whole > 0 && n-whole < utf8.UTFMax && !utf8.RuneStart(buf[whole-1]) {
			whole--
		}
		if whole > 0 && !utf8.FullRune(buf[whole-1:n]) {
			whole-- // the last letter is cut off here
		} else {
			whole = n
		}
		if !utf8.Valid(buf[:whole]) {
			return false, nil
		}
		kept = copy(buf, buf[whole:n])
		if errors.Is(err, io.EOF) {
			return kept == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// noList recognises what is text for machines, or no text at all.
func noList(head []byte) bool {
	if bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != 0 && r != '\v' && r != '\f'
	}) {
		return true
	}
	begin := bytes.ToLower(bytes.TrimSpace(head[:min(len(head), 100)]))
	for _, sign := range []string{"%pdf", "{\\rtf", "<html", "<!doctype", "<?xml", "<table", "\x89png", "\u2030png"} {
		if bytes.HasPrefix(begin, []byte(sign)) {
			return true
		}
	}
	return false
}

// separator is the one of semicolon, tab and comma that parts the first lines most evenly, or the one that a first line
// «sep=;» names, as Excel writes it.
func separator(head string) (comma rune, told bool) {
	lines := slices.DeleteFunc(strings.FieldsFunc(head, func(r rune) bool { return r == '\n' || r == '\r' }), func(l string) bool { return strings.TrimSpace(l) == "" })
	if len(lines) > 0 {
		if rest, ok := strings.CutPrefix(strings.ToLower(strings.TrimSuffix(lines[0], "\r")), "sep="); ok && len(rest) == 1 && strings.ContainsAny(rest, ";,\t|") {
			return rune(rest[0]), true
		}
	}
	comma, best := ',', 0
	for _, r := range []rune{';', '\t', ',', '|'} {
		if score := evenness(lines[:min(len(lines), 20)], r); score > best {
			comma, best = r, score
		}
	}
	return comma, false
}

// evenness is how many lines have the most usual number of separators; one line with a separator counts for something.
func evenness(lines []string, r rune) int {
	often := map[int]int{}
	for _, l := range lines {
		if n := strings.Count(l, string(r)); n > 0 {
			often[n]++
		}
	}
	best, width := 0, 0
	for n, lines := range often {
		if lines > best || lines == best && n > width {
			best, width = lines, n
		}
	}
	return best*MaxColumns + min(width, MaxColumns-1)*min(best, 1)
}

// text reads the lines of a CSV file.
type text struct {
	name  string
	comma rune
	told  bool // the first line says «sep=»
}

func (t text) lines(from io.Reader, yield func(Row, *Problem) bool) {
	r := csv.NewReader(from)
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = t.comma, -1, t.comma != '\t'
	for {
		cells, err := r.Read()
		var e *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.As(err, &e):
			yield(Row{}, &Problem{File: t.name, Line: e.StartLine, Key: "import.quote"})
			return
		case err != nil:
			yield(Row{}, &Problem{File: t.name, Key: "import.unreadable"})
			return
		}
		line, _ := r.FieldPos(0)
		if t.told && line == 1 {
			continue
		}
		if !yield(Row{Line: line, Cells: cells}, nil) {
			return
		}
	}
}
