package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a page. It is made whole before the first byte leaves, so that an error can still be told as one.
func Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := c.Render(r.Context(), buf); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(buf.Bytes()) // an error means the reader has gone; there is no one left to tell
	return nil
}

// Cursor packs the place after the last row of a page; the reader of a list sees one opaque word.
func Cursor(parts ...string) string {
	b, err := json.Marshal(parts)
	if err != nil {
		return "" // strings always marshal
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ReadCursor unpacks a cursor of n parts; anything else is the beginning of the list.
func ReadCursor(cursor string, n int) ([]string, bool) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || cursor == "" {
		return make([]string, n), false
	}
	var parts []string
	if json.Unmarshal(b, &parts) != nil || len(parts) != n || slices.ContainsFunc(parts, unkept) {
		return make([]string, n), false
	}
	return parts, true
}

// unkept tells of NUL, which no list holds and PostgreSQL does not take.
func unkept(s string) bool { return strings.ContainsRune(s, 0) }

// Limit is how many rows a list gives: 1 to 200, 50 unless told.
func Limit(n int) int {
	switch {
	case n <= 0:
		return 50
	case n > 200:
		return 200
	}
	return n
}
