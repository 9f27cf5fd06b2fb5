package app_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/testkit"
	"teduh/internal/web"
)

const passphrase = "hujan turun di atap seng"

// browser is someone's browser: it keeps its cookies.
type browser struct {
	w       *world
	address string // of the network
	cookies map[string]*http.Cookie
}

func (w *world) browser() *browser {
	return &browser{w: w, address: "192.0.2.1:1234", cookies: map[string]*http.Cookie{}}
}

func (b *browser) do(method, path, form string, headers ...string) *httptest.ResponseRecorder {
	b.w.t.Helper()
	r := httptest.NewRequestWithContext(b.w.t.Context(), method, path, strings.NewReader(form))
	r.RemoteAddr = b.address
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	got := httptest.NewRecorder()
	b.w.app.ServeHTTP(got, r)
	for _, c := range got.Result().Cookies() {
		b.cookies[c.Name] = c
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return got
}

// signIn tries a password and tells whether it opened the door.
func (b *browser) signIn(email, password string) bool {
	got := b.do("POST", "/masuk", url.Values{"email": {email}, "password": {password}}.Encode())
	return got.Code == http.StatusSeeOther
}

// signedIn tells whether one's own page opens.
func (b *browser) signedIn() bool { return b.do("GET", "/profil", "").Code == http.StatusOK }

// invited is a browser that came in by the one-time link of someone.
func (w *world) invited(role access.Role) *browser {
	w.t.Helper()
	b := w.browser()
	got := b.do("POST", "/masuk/tautan/"+w.link(role), url.Values{"password": {passphrase}}.Encode())
	if got.Code != http.StatusSeeOther || !b.signedIn() {
		w.t.Fatalf("the link of %s does not open: %d %s", role, got.Code, got.Body)
	}
	return b
}

func (w *world) link(role access.Role) string {
	w.t.Helper()
	link, err := w.app.Access.Link(w.t.Context(), access.SystemActor(access.Office{}), w.user(role))
	must(w.t, err)
	return link
}

func (w *world) user(role access.Role) db.ID {
	w.t.Helper()
	acc, err := w.app.Access.FindUser(w.t.Context(), string(role)+"@example.org")
	must(w.t, err)
	return acc.ID
}

// POLICY 7: an account that is ended is out within a second: its browser, its program, and the stream it listens to,
// whether something happens there or not.
func TestAnEndedAccountIsOutWithinASecond(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		server := httptest.NewServer(w.app)
		t.Cleanup(server.Close)
		for _, role := range []access.Role{access.Intake, access.Supervisor} {
			b := w.invited(role)
			stream := b.listen(server.URL)
			w.ask("admin", "POST", "/pengguna/"+w.user(role).String()+"/nonaktif", "")
			ended := time.Now()
			if role == access.Supervisor {
				w.ask("worker", "POST", "/api/v1/requests", `{"narrative":"Ada api","danger_signs":["violence_now"]}`)
			}
			w.isOut(role, b)
			told, err := io.ReadAll(stream)
			must(t, err)
			if wait := time.Since(ended); wait > time.Second || bytes.Contains(told, []byte("Ada api")) {
				t.Errorf("the stream of %s went on for %v and told %q", role, wait, told)
			}
			w.ask("admin", "POST", "/pengguna/"+w.user(role).String()+"/aktif", "")
			w.isOut(role, b)
		}
	})
}

func (w *world) isOut(role access.Role, b *browser) {
	w.t.Helper()
	if b.signedIn() {
		w.t.Errorf("the browser of %s is in", role)
	}
	if got := w.ask(role, "GET", "/api/v1/me", ""); got.Code != http.StatusUnauthorized {
		w.t.Errorf("the token of %s serves: %d", role, got.Code)
	}
}

// listen opens the stream of alerts.
func (b *browser) listen(server string) io.Reader {
	b.w.t.Helper()
	r, err := http.NewRequestWithContext(b.w.t.Context(), http.MethodGet, server+"/peringatan", nil)
	must(b.w.t, err)
	r.AddCookie(b.cookies["teduh"])
	got, err := http.DefaultClient.Do(r)
	must(b.w.t, err)
	b.w.t.Cleanup(func() { _ = got.Body.Close() })
	return got.Body
}

func TestANewPasswordEndsTheOtherSignIns(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		home, office := w.invited("worker"), w.browser()
		if !office.signIn("worker@example.org", passphrase) || !office.signedIn() {
			t.Fatal("not signed in at the office")
		}
		refusedAt(t, home.do("POST", "/profil/sandi", "old=salah&password=angin+lewat+pintu+dapur"), "kata sandi")
		if !office.signedIn() {
			t.Error("a refused change ended a sign-in")
		}
		if got := home.do("POST", "/profil/sandi", url.Values{"old": {passphrase}, "password": {"angin lewat pintu dapur"}}.Encode()); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		if office.signedIn() || !home.signedIn() {
			t.Errorf("office in: %v, home in: %v", office.signedIn(), home.signedIn())
		}
		if office.signIn("worker@example.org", passphrase) {
			t.Error("the old password still opens")
		}
	})
}

func TestOnesOwnSignInsAreListedAndEnded(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		home, office, phone := w.invited("worker"), w.browser(), w.browser()
		if !office.signIn("worker@example.org", passphrase) || !phone.signIn("worker@example.org", passphrase) {
			t.Fatal("not signed in")
		}
		page := home.do("GET", "/profil", "").Body.String()
		ends := regexp.MustCompile(`/profil/masuk/[0-9a-f-]+/akhiri`).FindAllString(page, -1)
		if len(ends) < 2 {
			t.Fatalf("%d sign-ins are listed", len(ends))
		}
		if got := home.do("POST", ends[0], ""); got.Code != http.StatusSeeOther {
			t.Errorf("%d", got.Code)
		}
		if office.signedIn() && phone.signedIn() || !office.signedIn() && !phone.signedIn() {
			t.Error("one of the two others was to end")
		}
		home.do("POST", "/profil/masuk/akhiri-lain", "")
		if office.signedIn() || phone.signedIn() || !home.signedIn() {
			t.Error("all others were to end, and no other")
		}
		home.do("POST", "/keluar", "")
		if home.signedIn() {
			t.Error("still in after leaving")
		}
	})
}

func TestALinkOpensOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		link := "/masuk/tautan/" + w.link("worker")
		for _, weak := range []string{"", "pendek", "password1234", "indonesia1945", "aaaaaaaaaaaaaaa", "worker@example.org"} {
			refusedAt(t, w.browser().do("POST", link, url.Values{"password": {weak}}.Encode()), "kata sandi")
		}
		var opened sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				b := w.browser()
				if b.do("POST", link, url.Values{"password": {fmt.Sprintf("kata sandi nomor %d", i)}}.Encode()).Code == http.StatusSeeOther {
					opened.Store(i, b)
				}
			})
		}
		all.Wait()
		n := 0
		opened.Range(func(i, b any) bool {
			n++
			if !w.browser().signIn("worker@example.org", fmt.Sprintf("kata sandi nomor %d", i)) || !b.(*browser).signedIn() {
				t.Error("the password of the one who came in is not the one that stands")
			}
			return true
		})
		if n != 1 {
			t.Errorf("the link opened %d times", n)
		}
		if got := w.browser().do("GET", link, ""); got.Code != http.StatusNotFound {
			t.Errorf("a spent link: %d", got.Code)
		}
	})
}

func refusedAt(t *testing.T, got *httptest.ResponseRecorder, word string) {
	t.Helper()
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(strings.ToLower(got.Body.String()), word) {
		t.Errorf("%d, want a refusal that names the %s", got.Code, word)
	}
}

// POLICY 8: guessing is slowed by account and by address, and nobody is locked out for good.
func TestGuessingIsSlowed(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock()
	w := open(t, app.Config{Dir: t.TempDir(), Demo: true, Now: clock.Now})
	w.invited("worker")
	b := w.browser()
	for range 5 {
		refusedAt(t, b.do("POST", "/masuk", "email=worker@example.org&password=salah"), "kata sandi")
	}
	slow := b.do("POST", "/masuk", url.Values{"email": {"worker@example.org"}, "password": {passphrase}}.Encode())
	if slow.Code != http.StatusTooManyRequests {
		t.Errorf("the sixth: %d", slow.Code)
	}
	elsewhere := w.browser()
	elsewhere.address = "198.51.100.7:1"
	if elsewhere.signIn("worker@example.org", passphrase) {
		t.Error("another address gets round the account's slowness")
	}
	clock.Add(16 * time.Minute)
	if !b.signIn("worker@example.org", passphrase) {
		t.Error("locked out for good")
	}
	for i := range 30 {
		b.do("POST", "/masuk", fmt.Sprintf("email=nobody%d@example.org&password=salah", i))
	}
	if b.signIn("worker@example.org", passphrase) {
		t.Error("one address tries any number of accounts")
	}
	if !elsewhere.signIn("worker@example.org", passphrase) {
		t.Error("whoever comes from elsewhere is kept out by another's guesses")
	}
}

// Guesses sent all at once pass the first look before any has failed; the right one among them is answered only as long as
// few of the others were.
func TestManyGuessesAtOnceAreNoWayIn(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir(), Demo: true})
	w.invited("worker")
	var all sync.WaitGroup
	var mu sync.Mutex
	failed := 0
	for i := range 24 {
		guess := passphrase
		if i%2 == 0 {
			guess = fmt.Sprintf("salah %d", i)
		}
		all.Go(func() {
			in := w.browser().signIn("worker@example.org", guess)
			mu.Lock()
			defer mu.Unlock()
			if in && failed > 8 {
				t.Errorf("a guess was answered after %d had failed", failed)
			}
			if guess != passphrase {
				failed++
			}
		})
	}
	all.Wait()
}

// A form of another site is refused whoever is signed in, and a sign-in that ended gives nothing away and writes nothing.
func TestForeignFormsAndEndedSignInsWriteNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		b := w.invited("worker")
		before := w.ask("worker", "GET", "/api/v1/people?total=true", "").JSON["total"]
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://example.net"}, {"Origin", "null"}} {
			if got := b.do("POST", "/orang/baru", "name=Ani&accept=1", headers...); got.Code != http.StatusForbidden {
				t.Errorf("%v: %d", headers, got.Code)
			}
		}
		if got := b.do("POST", "/orang/baru", "name=Ani&accept=1", "Sec-Fetch-Site", "same-origin"); got.Code != http.StatusSeeOther {
			t.Errorf("its own form: %d %s", got.Code, got.Body)
		}
		ended := w.browser()
		ended.cookies["teduh"] = b.cookies["teduh"]
		b.do("POST", "/keluar", "")
		if got := ended.do("POST", "/orang/baru", "name=Budi&accept=1"); got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), "/masuk") {
			t.Errorf("after leaving: %d to %q", got.Code, got.Header().Get("Location"))
		}
		if got := ended.do("GET", "/kasus?q=x", ""); got.Header().Get("Location") != "/masuk?kembali=%2Fkasus%3Fq%3Dx" {
			t.Errorf("sent to %q", got.Header().Get("Location"))
		}
		if after := w.ask("worker", "GET", "/api/v1/people?total=true", "").JSON["total"]; after != before.(float64)+1 {
			t.Errorf("%v people, then %v", before, after)
		}
	})
}

// The cookie is out of reach of scripts and other sites, bound to this host, and what it holds is kept as a hash alone.
func TestTheCookieAndWhatIsKeptOfIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		b := w.invited("worker")
		c := b.cookies["teduh"]
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 12*3600 || len(c.Value) < 43 {
			t.Errorf("%+v", c)
		}
		link, token := w.link("head"), w.token["worker"]
		p := planter{world: w}
		var find []needle
		for _, secret := range []string{c.Value, link, strings.TrimPrefix(token, "teduh_"), passphrase} {
			find = append(find, needle{secret, "plain", []byte(secret)})
			if raw, err := base64.RawURLEncoding.DecodeString(secret); err == nil {
				find = append(find, needle{secret, "bytes", raw})
			}
		}
		made := w.ask("worker", "POST", "/api/v1/people", `{"name":"Nama Terbaca"}`)
		if made.Code != http.StatusCreated {
			t.Fatal(made.Code)
		}
		p.searchRows(find)
		p.search(find, "the log", log.Bytes())
	})
	secure := open(t, app.Config{Dir: t.TempDir(), Demo: true, BaseURL: "https://teduh.example"})
	b := secure.browser()
	got := b.do("POST", "/masuk/tautan/"+secure.link("worker"), url.Values{"password": {passphrase}}.Encode())
	if c := b.cookies["__Host-teduh"]; c == nil || !c.Secure || got.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("over https: %v", got.Header())
	}
}

var inline = regexp.MustCompile(`<script(?:[^>]*)>[^<]|<style|\sstyle="|\son[a-z]+="|javascript:|https?://[^"]*"[^>]*(?:\.js|\.css)`)

// Every page and refusal carries the headers that keep scripts, frames and other sites out, and holds nothing inline.
func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	w := newCity(t, app.Config{Dir: t.TempDir()})
	for _, r := range policy(t).rules {
		if r.method != "GET" {
			continue
		}
		for _, who := range w.people {
			if who.role != access.Admin && who.name != "in-charge" && who.name != "head" && who.name != "visitor" {
				continue
			}
			got := w.ask(r, who, w.subjects[0])
			h := got.Header()
			framed := h.Get("Content-Security-Policy") == web.Policy || strings.Contains(h.Get("Content-Security-Policy"), "sandbox")
			referrer := "same-origin"
			if strings.HasPrefix(r.path, "/r/") {
				referrer = "no-referrer" // the address itself is a secret
			}
			kept := "no-store"
			if strings.HasPrefix(r.path, "/hsds") && got.Code == http.StatusOK {
				kept = "public, max-age=60" // of the directory that is open to everyone
			}
			if !framed || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != referrer || h.Get("Cache-Control") != kept {
				t.Errorf("%s as %s: %v", r, who.name, h)
			}
			if strings.Contains(h.Get("Content-Type"), "html") {
				if found := inline.FindString(got.Body.String()); found != "" {
					t.Errorf("%s as %s holds %q", r, who.name, found)
				}
			}
		}
	}
	for _, forbidden := range []string{"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} {
		if strings.Contains(web.Policy, forbidden) {
			t.Errorf("the policy of pages allows %s", forbidden)
		}
	}
}
