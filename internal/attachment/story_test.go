package attachment_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"teduh/internal/app"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// A worker photographs a letter; the picture is shown upright to who may read the case, and says nothing of where it was taken.
func TestAPhotographIsKeptWithoutItsPlace(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		photo := withExif(picture(t), 6)
		if !bytes.Contains(photo, []byte("PENANDA-GPS")) {
			t.Fatal("the photograph of the test holds no place")
		}
		if got := w.send("worker", "k1", file{"Penanda Surat.jpg", photo}); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		page := w.ask("worker", "GET", w.path("")).Body.String()
		for _, words := range []string{"Penanda Surat.jpg", "Gambar, 1 KB", "worker, "} {
			if !strings.Contains(page, words) {
				t.Errorf("the page lacks %q", words)
			}
		}
		got := w.ask("supervisor", "GET", w.links("supervisor")[0])
		h := got.Header()
		if h.Get("Content-Type") != "image/jpeg" || h.Get("Content-Disposition") != `inline; filename="Penanda Surat.jpg"` || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Cache-Control") != "no-store" {
			t.Errorf("headers %v", h)
		}
		img, err := jpeg.Decode(bytes.NewReader(got.Body.Bytes()))
		must(t, err)
		if b := img.Bounds(); b.Dx() != 32 || b.Dy() != 48 {
			t.Errorf("it lies: %v", b)
		}
		for where, raw := range map[string][]byte{"the download": got.Body.Bytes(), "the folder": w.onDisk()} {
			for _, marker := range []string{"PENANDA", "Penanda", "Exif"} {
				if bytes.Contains(raw, []byte(marker)) {
					t.Errorf("%s holds %q", where, marker)
				}
			}
		}
		if bytes.Contains(w.onDisk(), got.Body.Bytes()[:64]) {
			t.Error("the folder holds the picture unsealed")
		}
	})
}

// Where the corner of the first pixel and the end of the first row come to stand, by the table of CIPA DC-008 (4.6.5.1.F).
func TestPicturesAreTurnedTheRightWayUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, app.Config{Dir: t.TempDir()})
	corners := map[string][2]int{"top left": {0, 0}, "top right": {1, 0}, "bottom left": {0, 1}, "bottom right": {1, 1}}
	for o, want := range map[uint16][2]string{1: {"top left", "top right"}, 2: {"top right", "top left"}, 3: {"bottom right", "bottom left"},
		4: {"bottom left", "bottom right"}, 5: {"top left", "bottom left"}, 6: {"top right", "bottom right"}, 7: {"bottom right", "top right"},
		8: {"bottom left", "top left"}, 0: {"top left", "top right"}, 9: {"top left", "top right"}} {
		w.send("worker", "", file{"a.jpg", withExif(picture(t), o)})
		img, err := jpeg.Decode(w.ask("worker", "GET", w.links("worker")[0]).Body)
		must(t, err)
		b := img.Bounds()
		colour := func(corner string) (r, g uint32) {
			at := corners[corner]
			r, g, _, _ = img.At(b.Min.X+5+at[0]*(b.Dx()-11), b.Min.Y+5+at[1]*(b.Dy()-11)).RGBA()
			return r >> 8, g >> 8
		}
		if r, g := colour(want[0]); r < 200 || g > 60 {
			t.Errorf("%d: %s is %d %d, not red", o, want[0], r, g)
		}
		if r, g := colour(want[1]); r > 60 || g < 200 {
			t.Errorf("%d: %s is %d %d, not green", o, want[1], r, g)
		}
	}
}

// one opaque pixel, lossless (RFC 9649)
const webp = "UklGRiIAAABXRUJQVlA4TBYAAAAvAAAAAAfQ//73v/+BiOh/AAA="

// bomb is a PNG that says it is 30,000 by 30,000.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))))
	b := out.Bytes()
	binary.BigEndian.PutUint32(b[16:], 30000)
	binary.BigEndian.PutUint32(b[20:], 30000)
	binary.BigEndian.PutUint32(b[29:], crc(b[12:29]))
	return b
}

// crc is the sum of a PNG chunk (ISO 3309).
func crc(b []byte) uint32 {
	sum := ^uint32(0)
	for _, c := range b {
		sum ^= uint32(c)
		for range 8 {
			sum = sum>>1 ^ 0xedb88320&-(sum&1)
		}
	}
	return ^sum
}

func TestOfSeveralFilesTheGoodOnesAreKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		pixel, err := base64.StdEncoding.DecodeString(webp)
		must(t, err)
		var drawing bytes.Buffer
		must(t, png.Encode(&drawing, image.NewNRGBA(image.Rect(0, 0, 3, 3))))
		got := w.send("worker", "k1",
			file{"halaman.jpg", []byte("<!doctype html><script>alert(1)</script>")},
			file{"gambar.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)},
			file{"program.pdf", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00")},
			file{"rusak.jpg", picture(t)[:300]}, file{"besar.png", bomb(t)}, file{"kosong.txt", nil},
			file{"panjang.txt", bytes.Repeat([]byte("a"), 20<<20+1)},
			file{`C:\Users\x\surat.jpeg`, picture(t)}, file{"coretan.gif", drawing.Bytes()}, file{"stiker.webp", pixel},
			file{"laporan.pdf", []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")}, file{"catatan.txt", []byte("Ibu datang hari Selasa.")})
		body := got.Body.String()
		if got.Code != http.StatusUnprocessableEntity {
			t.Fatalf("%d %s", got.Code, body)
		}
		for _, words := range []string{"halaman.jpg: jenis ini", "gambar.svg: jenis ini", "program.pdf: jenis ini", "foto JPEG, PNG", "rusak.jpg: gambar ini tidak dapat dibaca",
			"besar.png: gambar terlalu besar", "kosong.txt: berkas ini kosong", "panjang.txt: terlalu besar, paling besar 20 MB", "7 berkas belum tersimpan"} {
			if !strings.Contains(body, words) {
				t.Errorf("%q is not said", words)
			}
		}
		var kept []string
		for _, href := range w.links("worker") {
			got := w.ask("worker", "GET", href)
			kept = append(kept, got.Header().Get("Content-Type")+" "+got.Header().Get("Content-Disposition"))
		}
		want := []string{`text/plain attachment; filename=catatan.txt`, `application/pdf inline; filename=laporan.pdf`, `image/jpeg inline; filename=stiker.jpg`,
			`image/png inline; filename=coretan.png`, `image/jpeg inline; filename=surat.jpeg`}
		if !slices.Equal(kept, want) {
			t.Errorf("kept %q", kept)
		}
	})
}

func TestWhoCanNotReachTheCaseDoesNotReachItsFiles(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		secret, named := casefile.Secret, []string{w.actors["head2"].User.String()}
		_, err := w.app.Cases.Change(t.Context(), w.actors["worker"], w.Case.ID, casefile.Edit{Confidentiality: &secret, Named: &named})
		must(t, err)
		w.send("worker", "k1", file{"surat.jpg", picture(t)})
		href := w.links("worker")[0]
		for _, who := range []string{"worker2", "head", "other"} {
			for _, path := range []string{w.path(""), href, href + "/coret"} {
				if got := w.ask(who, "GET", path); got.Code != http.StatusNotFound {
					t.Errorf("%s %s: %d", who, path, got.Code)
				}
			}
			if got := w.send(who, "", file{"surat.jpg", picture(t)}); got.Code != http.StatusNotFound {
				t.Errorf("%s sends: %d", who, got.Code)
			}
			if got := w.ask(who, "POST", href+"/coret", "", "application/x-www-form-urlencoded"); got.Code != http.StatusNotFound {
				t.Errorf("%s strikes: %d", who, got.Code)
			}
		}
		readings := w.readings()
		w.ask("head2", "GET", href)
		if now := w.readings(); len(now) != len(readings)+1 || now[0].Kind != "attachment" || now[0].Actor != w.actors["head2"].User || !strings.HasSuffix(href, now[0].Subject.String()) {
			t.Errorf("the reading is not logged before the answer: %+v", now)
		}
	})
}

func (w *world) readings() (found []journal.Reading) {
	w.t.Helper()
	must(w.t, w.app.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		found, err = journal.ReadingsOfCase(w.t.Context(), r, w.Case.ID, journal.Page{Limit: 50})
		return err
	}))
	return found
}

func TestAFileIsStruckByWhoBroughtItOrTheHead(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		team := []string{w.actors["worker2"].User.String()}
		_, err := w.app.Cases.Change(t.Context(), w.actors["worker"], w.Case.ID, casefile.Edit{Team: &team})
		must(t, err)
		const form = "application/x-www-form-urlencoded"
		w.send("worker", "k1", file{"satu.txt", []byte("satu")})
		w.send("worker", "k2", file{"dua.txt", []byte("dua")})
		two, one := w.links("worker")[0], w.links("worker")[1]
		if got := w.ask("worker2", "POST", one+"/coret", "", form); got.Code != http.StatusForbidden {
			t.Errorf("a colleague strikes: %d", got.Code)
		}
		if got := w.ask("supervisor", "POST", one+"/coret", "", form); got.Code != http.StatusForbidden {
			t.Errorf("the supervisor strikes: %d", got.Code)
		}
		if got := w.ask("worker", "GET", one+"/coret"); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "satu.txt") {
			t.Errorf("the question: %d", got.Code)
		}
		for who, href := range map[string]string{"worker": one, "head": two} {
			if got := w.ask(who, "POST", href+"/coret", "", form); got.Code != http.StatusSeeOther {
				t.Errorf("%s: %d %s", who, got.Code, got.Body)
			}
			for _, path := range []string{href, href + "/coret"} {
				if got := w.ask(who, "GET", path); got.Code != http.StatusNotFound {
					t.Errorf("struck, %s: %d", path, got.Code)
				}
			}
			if got := w.ask(who, "POST", href+"/coret", "", form); got.Code != http.StatusNotFound {
				t.Errorf("struck twice: %d", got.Code)
			}
		}
		page := w.ask("worker", "GET", w.path("")).Body.String()
		if !strings.Contains(page, "<s>satu.txt</s>") || len(w.links("worker")) > 0 {
			t.Error("the struck row is not shown as such")
		}
		line, err := w.app.Cases.Timeline(t.Context(), w.actors["worker"], w.Case.ID, journal.Page{Limit: 2})
		must(t, err)
		if line[0].Code != "attachment.struck" {
			t.Errorf("the timeline ends with %s", line[0].Code)
		}
	})
}

func TestADoubleClickKeepsAFileOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for range 2 {
			if got := w.send("worker", "the same key", file{"satu.txt", []byte("satu")}); got.Code != http.StatusSeeOther {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		}
		files, err := filepath.Glob(filepath.Join(w.app.Config.Dir, "files", "*", "*"))
		must(t, err)
		if n := len(w.links("worker")); n != 1 || len(files) != 1 {
			t.Errorf("%d rows, %d files", n, len(files))
		}
	})
}

func TestNothingChosenAClosedCaseAndADamagedFile(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		if got := w.send("worker", "k0"); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "Pilih paling sedikit satu berkas") {
			t.Errorf("nothing chosen: %d", got.Code)
		}
		if got := w.ask("worker", "POST", w.path(""), "files=x", "application/x-www-form-urlencoded"); got.Code != http.StatusBadRequest {
			t.Errorf("no files at all: %d", got.Code)
		}
		w.send("worker", "k1", file{"satu.txt", []byte("satu")})
		files, err := filepath.Glob(filepath.Join(w.app.Config.Dir, "files", "*", "*"))
		must(t, err)
		sealed, err := os.ReadFile(files[0])
		must(t, err)
		sealed[len(sealed)-1] ^= 1
		must(t, os.WriteFile(files[0], sealed, 0o600))
		_, id, _ := strings.Cut(w.links("worker")[0], "/berkas/")
		kept, err := db.ParseID(id)
		must(t, err)
		if _, content, err := w.app.Files.Open(t.Context(), w.actors["worker"], w.Case.ID, kept); err == nil {
			t.Errorf("a damaged file opens: %q", content)
		}
		must(t, w.app.DB.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(context.WithoutCancel(t.Context()), `UPDATE case_file SET status = 'closed' WHERE id = $1`, w.Case.ID)
			return err
		}))
		if got := w.send("worker", "k2", file{"dua.txt", []byte("dua")}); got.Code != http.StatusConflict || strings.Contains(got.Body.String(), `type="file"`) {
			t.Errorf("a closed case: %d", got.Code)
		}
	})
}
