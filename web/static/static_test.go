package static_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"teduh/web/static"
)

func get(t *testing.T, url, accept string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, r)
	return w.Result()
}

func read(t *testing.T, r io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestAFileIsKeptForEverUnderItsHashedName(t *testing.T) {
	url := static.Path("app.js")
	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{10}\.js$`).MatchString(url) {
		t.Fatalf("url %s", url)
	}
	answer := get(t, url, "")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("got %d, %v", answer.StatusCode, answer.Header)
	}
	if got := answer.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
		t.Errorf("type %s", got)
	}
}

func TestAPageFromBeforeAnUpgradeGetsTodaysFile(t *testing.T) {
	for _, url := range []string{"/static/app.0000000000.js", "/static/app.js"} {
		answer := get(t, url, "")
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: got %d, %v", url, answer.StatusCode, answer.Header)
		}
	}
}

func TestUnknownFilesAndMethodsAreRefused(t *testing.T) {
	for _, url := range []string{"/static/", "/static/nothing.js", "/static/../static.go", "/static/static.go"} {
		if got := get(t, url, "").StatusCode; got != http.StatusNotFound {
			t.Errorf("%s: %d", url, got)
		}
	}
	w := httptest.NewRecorder()
	static.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, static.Path("app.js"), nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestCompressedAsTheBrowserCan(t *testing.T) {
	plain := read(t, get(t, static.Path("theme.css"), "").Body)
	for accept, encoding := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "identity": "", "": "",
	} {
		answer := get(t, static.Path("theme.css"), accept)
		if got := answer.Header.Get("Content-Encoding"); got != encoding {
			t.Fatalf("%q: encoded %q", accept, got)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: no Vary", accept)
		}
		var body io.Reader = answer.Body
		switch encoding {
		case "br":
			body = brotli.NewReader(body)
		case "gzip":
			unzipped, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = unzipped
		}
		if read(t, body) != plain {
			t.Errorf("%q: another text", accept)
		}
	}
	font := get(t, static.Path("fonts/plus-jakarta-sans-latin-wght-normal.woff2"), "br")
	if font.Header.Get("Content-Encoding") != "" {
		t.Error("the typeface was compressed twice")
	}
}

func TestFilesNameEachOtherByTheirHashes(t *testing.T) {
	script := read(t, get(t, static.Path("app.js"), "").Body)
	names := regexp.MustCompile(`import "([^"]+)"`).FindAllStringSubmatch(script, -1)
	if len(names) != 12 {
		t.Fatalf("%d imports in %s", len(names), script)
	}
	for _, name := range names {
		if get(t, name[1], "").Header.Get("Cache-Control") == "no-cache" {
			t.Errorf("%s is not a hashed name", name[1])
		}
	}
	css := read(t, get(t, static.Path("theme.css"), "").Body)
	if !strings.Contains(css, "url("+static.Path("fonts/plus-jakarta-sans-latin-wght-normal.woff2")+")") {
		t.Error("the stylesheet does not name the hashed typeface")
	}
}

// What a first visit costs: the public pages may take 50 KB with their HTML
// of about 5 KB, a worker's page 150 KB.
func TestAFirstVisitIsCheap(t *testing.T) {
	weigh := func(names ...string) (sum int) {
		for _, name := range names {
			sum += len(read(t, get(t, static.Path(name), "br").Body))
		}
		return sum
	}
	public := weigh("theme.css", "icons.svg", "fonts/plus-jakarta-sans-latin-wght-normal.woff2")
	scripts := weigh("htmx.js", "app.js", "search.js", "once.js", "draft.js", "menu.js", "suggest.js", "alerts.js", "focus.js",
		"more.js", "position.js", "sign.js", "asks.js", "attend.js")
	t.Logf("public %d bytes, scripts %d bytes", public, scripts)
	if public > 45_000 || public+scripts > 100_000 {
		t.Errorf("public %d, with scripts %d bytes", public, public+scripts)
	}
}

func TestOurScriptsNeedNothingTheSecurityPolicyForbids(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	forbidden := regexp.MustCompile(`\beval\(|new Function|\.style\b|setAttribute\("(style|on)|https?://`)
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".js") || file.Name() == "htmx.js" {
			continue
		}
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(text); found != nil {
			t.Errorf("%s: %s", file.Name(), found)
		}
	}
}
