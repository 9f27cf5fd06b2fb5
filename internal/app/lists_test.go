package app_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/person"
)

// listForm is the form of the upload page with a file in it.
func listForm(t *testing.T, kind, key, name, content string) (body, contentType string) {
	t.Helper()
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	for _, field := range [][2]string{{"form_key", key}, {"kind", kind}} {
		must(t, form.WriteField(field[0], field[1]))
	}
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		must(t, err)
		_, err = part.Write([]byte(content))
		must(t, err)
	}
	must(t, form.Close())
	return buf.String(), form.FormDataContentType()
}

func (w *world) upload(kind, key, name, content string, headers ...string) answer {
	w.t.Helper()
	body, contentType := listForm(w.t, kind, key, name, content)
	return w.ask(access.Head, "POST", "/impor", body, append([]string{"Content-Type", contentType}, headers...)...)
}

const formHeader = "application/x-www-form-urlencoded"

// A head takes a list in with a browser that runs no script, clicking everything twice.
func TestAListIsTakenInWithoutScript(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, w *world) {
		list := "Nama;Ket;NIK\nSiti Aminah;=cmd|' /C calc'!A0;2172049901900001\n;=1+1;\nBudi;;217\n"
		first, second := w.upload("people", "kunci-unggah-000000001", "daftar.csv", list), w.upload("people", "kunci-unggah-000000001", "daftar.csv", list)
		at := first.Header().Get("Location")
		if first.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/impor/") || second.Header().Get("Location") != at {
			t.Fatalf("uploaded: %d %s, again: %d %s", first.Code, at, second.Code, second.Header().Get("Location"))
		}
		w.check([]call{
			{story: "the preview", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"2 baris baru akan dimasukkan", "Bagian ini perlu diisi", "Misalnya: Siti Aminah", "NIK biasanya 16 angka"}, not: []string{"data-follow"}},
			{story: "in English", as: access.Head, method: "GET", path: at, status: 200, headers: []string{"Cookie", "teduh_lang=en"}, holds: []string{"daftar.csv"}},
			{story: "with a wrong row", as: access.Head, method: "POST", path: at + "/masukkan", body: "x=1", headers: []string{"Content-Type", formHeader}, status: 409, holds: []string{"centang untuk melewati"}},
			{story: "a column that stands for nothing", as: access.Head, method: "POST", path: at + "/kolom", body: "column_0=shoes", headers: []string{"Content-Type", formHeader}, status: 422},
			{story: "two columns exchanged", as: access.Head, method: "POST", path: at + "/kolom", body: "column_0=name&column_1=work&column_2=nik", headers: []string{"Content-Type", formHeader}, status: 303},
			{story: "checked again", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"2 baris baru"}},
			{story: "taken in", as: access.Head, method: "POST", path: at + "/masukkan", body: "skip_bad=1", headers: []string{"Content-Type", formHeader}, status: 303},
			{story: "taken in again", as: access.Head, method: "POST", path: at + "/masukkan", body: "skip_bad=1", headers: []string{"Content-Type", formHeader}, status: 303},
			{story: "done", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"2 baris sudah dimasukkan"}},
			{story: "thrown away too late", as: access.Head, method: "POST", path: at + "/buang", body: "x=1", headers: []string{"Content-Type", formHeader}, status: 409},
			{story: "the lists", as: access.Head, method: "GET", path: "/impor", status: 200, holds: []string{"daftar.csv", "Selesai"}},
		})
		csv := w.ask(access.Head, "GET", at+"/hasil", "")
		if got := csv.Body.String(); csv.Code != 200 || !strings.Contains(got, "salah,3,Nama,Bagian ini perlu diisi.") || !strings.HasPrefix(csv.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("the result: %d %s", csv.Code, got)
		}
		found := w.ask(access.Head, "GET", "/api/v1/people?q=siti&total=true", "")
		if found.JSON["total"] != float64(1) {
			t.Errorf("there are %v of her", found.JSON["total"])
		}
	})
}

// Titles of an office's list may begin a formula; the file that is handed out opens as text.
func TestTheResultOfAListHoldsNoFormulas(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir()})
	at := w.upload("people", "kunci-unggah-000000002", "x.csv", "\"=HYPERLINK(\"\"http://x\"\")\";@SUM(1)\na;b\nc;d\n").Header().Get("Location")
	w.check([]call{
		{story: "unknown columns", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"belum dapat dibaca"}},
		{story: "told", as: access.Head, method: "POST", path: at + "/kolom", body: "column_0=name&column_1=birth_date", headers: []string{"Content-Type", formHeader}, status: 303},
		{story: "checked", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"=HYPERLINK(&#34;http://x&#34;)", "bukan tanggal yang ada"}},
	})
	got := w.ask(access.Head, "GET", at+"/hasil", "").Body.String()
	if !strings.Contains(got, ",'@SUM(1),") || strings.Contains(got, ",@") || strings.Contains(got, ",=") {
		t.Errorf("the result: %s", got)
	}
}

func TestUploadsThatAreNoListsAreToldAtTheField(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir()})
	for story, c := range map[string]struct {
		got    answer
		status int
		says   string
	}{
		"no file":    {w.upload("people", "kunci-000000000000001", "", ""), 422, "Pilih berkas daftarnya"},
		"empty":      {w.upload("people", "kunci-000000000000002", "x.csv", ""), 422, "Berkas ini kosong"},
		"no kind":    {w.upload("", "kunci-000000000000003", "x.csv", "nama\nx\n"), 422, "Pilih isi daftar"},
		"no form":    {w.ask(access.Head, "POST", "/impor", "x", "Content-Type", "text/plain"), 400, ""},
		"cut off":    {w.ask(access.Head, "POST", "/impor", "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\npeople\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nnama", "Content-Type", "multipart/form-data; boundary=x"), 400, ""},
		"a worker's": {w.ask(access.Worker, "POST", "/impor", "x"), 403, ""},
	} {
		if c.got.Code != c.status || !strings.Contains(c.got.Body.String(), c.says) {
			t.Errorf("%s: %d %.2000s", story, c.got.Code, c.got.Body)
		}
	}
	at := w.upload("people", "kunci-000000000000004", "foto.png", "\x89PNG\r\n\x1a\n").Header().Get("Location")
	w.check([]call{{story: "a picture", as: access.Head, method: "GET", path: at, status: 200, holds: []string{"ini bukan daftar"}, not: []string{"Masukkan ke catatan"}}})
}

// counting counts what is read of a body.
type counting struct{ read int64 }

func (c *counting) Read(into []byte) (int, error) {
	c.read += int64(len(into))
	for i := range into {
		into[i] = 'x'
	}
	return len(into), nil
}

// Ten gigabytes are refused before they are read where the browser tells their size, and soon where it does not.
func TestTenGigabytesAreRefusedEarly(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir()})
	for _, told := range []int64{10 << 30, -1} {
		body := &counting{}
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/impor", nil)
		r.Body, r.ContentLength = http.NoBody, told
		begin := "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\npeople\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
		r.Body = readCloser{strings.NewReader(begin), body}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.Header.Set("Authorization", "Bearer "+w.token[access.Head])
		got := httptest.NewRecorder()
		w.app.ServeHTTP(got, r)
		if got.Code != http.StatusRequestEntityTooLarge || !strings.Contains(got.Body.String(), "64 MiB") {
			t.Errorf("told %d: %d", told, got.Code)
		}
		if most := int64(66 << 20); body.read > most || told > 0 && body.read != 0 {
			t.Errorf("told %d: %d bytes were read", told, body.read)
		}
	}
	list, _, err := w.app.People.Search(t.Context(), access.SystemActor(access.Office{}), person.Search{Limit: 1})
	if err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

// readCloser is a head and then a body without end.
type readCloser struct {
	head *strings.Reader
	rest *counting
}

func (r readCloser) Read(into []byte) (int, error) {
	if r.head.Len() > 0 {
		return r.head.Read(into)
	}
	return r.rest.Read(into)
}

func (readCloser) Close() error { return nil }
