package static

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

const (
	keepForEver = "public, max-age=31536000, immutable"
	askAgain    = "no-cache"
)

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// asset is one file, with its compressed forms made when first asked for.
type asset struct {
	url         string
	contentType string
	body        []byte
	brotli      func() []byte
	gzip        func() []byte
}

func newAsset(url, ext string, body []byte) *asset {
	return &asset{
		url:         url,
		contentType: contentTypes[ext],
		body:        body,
		brotli:      sync.OnceValue(func() []byte { return brotlied(body) }),
		gzip:        sync.OnceValue(func() []byte { return gzipped(body) }),
	}
}

// Handler serves the files under Prefix, for GET and HEAD.
func Handler() http.Handler {
	return http.HandlerFunc(serve)
}

func serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	a, caching := library.find(r.URL.Path)
	if a == nil {
		http.NotFound(w, r)
		return
	}
	body, encoding := a.encoded(r.Header.Get("Accept-Encoding"))
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Set("Cache-Control", caching)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if a.compressible() {
		header.Set("Vary", "Accept-Encoding")
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	if r.Method == http.MethodGet {
		// The reader may have gone away; there is nobody left to tell.
		_, _ = w.Write(body)
	}
}

// find looks a URL up. One with another hash than today's, or with none, gets
// today's file, which the browser must not keep under that name.
func (s *shelf) find(url string) (*asset, string) {
	if a, ok := s.byURL[url]; ok {
		return a, keepForEver
	}
	name := strings.TrimPrefix(url, Prefix)
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if a, ok := s.byName[strings.TrimSuffix(stem, path.Ext(stem))+ext]; ok {
		return a, askAgain
	}
	return s.byName[name], askAgain
}

// compressible is false for the typeface, which is compressed already.
func (a *asset) compressible() bool { return a.contentType != contentTypes[".woff2"] }

func (a *asset) encoded(accept string) (body []byte, encoding string) {
	switch {
	case !a.compressible():
		return a.body, ""
	case accepts(accept, "br"):
		return a.brotli(), "br"
	case accepts(accept, "gzip"):
		return a.gzip(), "gzip"
	default:
		return a.body, ""
	}
}

func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q := strings.TrimSpace(quality)
			return q != "q=0" && !strings.HasPrefix(q, "q=0.0")
		}
	}
	return false
}

// Writing to a bytes.Buffer cannot fail, so neither can these.
func brotlied(body []byte) []byte {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

func gzipped(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}
