package web

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mostDepth is how deep a body may nest; ours need four.
const mostDepth = 32

var errNoText = errors.New("web: this is no text that can be kept")

// readJSON decodes a body. What encoding/json would quietly mend is refused, because it would be kept otherwise than it was
// sent: bytes that are no UTF-8, half of a surrogate pair, NUL (which PostgreSQL can't keep), nesting without end.
func readJSON(data []byte, v any) error {
	if !utf8.Valid(data) || !plainJSON(data) {
		return errNoText
	}
	return json.Unmarshal(data, v)
}

// plainJSON looks at brackets and at escapes; whether the rest is JSON at all is for the decoder to say.
func plainJSON(data []byte) bool {
	depth, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			inText = !inText
		case c == '\\' && inText:
			used, ok := escape(data[i:])
			if !ok {
				return false
			}
			i += used - 1
		case inText:
		case c == '{' || c == '[':
			if depth++; depth > mostDepth {
				return false
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return true
}

// escape is how many bytes an escape takes, and whether it stands for a character that can be kept.
func escape(data []byte) (used int, ok bool) {
	if len(data) < 2 || data[1] != 'u' {
		return 2, true
	}
	first := hex4(data)
	switch {
	case first == 0:
		return 6, false
	case !utf16.IsSurrogate(first):
		return 6, true
	}
	return 12, len(data) >= 12 && utf16.DecodeRune(first, hex4(data[6:])) != utf8.RuneError
}

// hex4 is the code unit of \uXXXX; what is none is -1, and the decoder refuses it.
func hex4(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}

// PlainQuery tells whether the questions in an address can be read and hold text alone.
func PlainQuery(raw string) bool {
	values, err := url.ParseQuery(raw)
	for name, all := range values {
		for _, v := range append(all, name) {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return false
			}
		}
	}
	return err == nil
}
