package attachment_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"mime/multipart"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/testkit/pg"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// engines runs a story on the whole app over each engine.
func engines(t *testing.T, story func(t *testing.T, w *world)) {
	t.Helper()
	for name, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": pg.DSN} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story(t, newWorld(t, app.Config{Dir: t.TempDir(), Postgres: address(t)}))
		})
	}
}

// world is an office with one case of «worker».
type world struct {
	t      *testing.T
	app    *app.App
	tokens map[string]string
	actors map[string]access.Actor
	Case   casefile.Case
}

func newWorld(t *testing.T, c app.Config) *world {
	t.Helper()
	a, err := app.Open(context.WithoutCancel(t.Context()), c, true)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	w := &world{t: t, app: a, tokens: map[string]string{}, actors: map[string]access.Actor{}}
	here, there := w.unit("LK3 Bina Sejahtera", "LK3"), w.unit("LK3 Sebelah", "SBL")
	w.hire("worker", access.Worker, here)
	w.hire("worker2", access.Worker, here)
	w.hire("supervisor", access.Supervisor, here)
	w.hire("head", access.Head, here)
	w.hire("head2", access.Head, here)
	w.hire("admin", access.Admin, here)
	w.hire("other", access.Head, there)
	must(t, a.Access.Supervise(t.Context(), w.actors["admin"], w.actors["worker"].User, w.actors["supervisor"].User))
	added, err := a.People.Add(t.Context(), w.actors["worker"], person.Person{Name: "Siti Aminah"}, true)
	must(t, err)
	w.Case, err = a.Cases.Open(t.Context(), w.actors["worker"], casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	must(t, err)
	return w
}

func (w *world) unit(name, prefix string) db.ID {
	w.t.Helper()
	id, err := w.app.Access.AddUnit(w.t.Context(), access.SystemActor(access.Office{}),
		access.Unit{Kind: "office", Name: name, Region: "21.72", Zone: "Asia/Jakarta", Prefix: prefix})
	must(w.t, err)
	return id
}

func (w *world) hire(word string, role access.Role, unit db.ID) {
	w.t.Helper()
	ctx, system := w.t.Context(), access.SystemActor(access.Office{})
	id, err := w.app.Access.AddUser(ctx, system, access.NewAccount{Email: word + "@example.org", Name: word})
	must(w.t, err)
	g := access.Grant{Role: role, Unit: unit}
	if role == access.Partner {
		g.Partner, err = w.app.Partners.AddPartner(ctx, access.SystemActor(access.Office{ID: unit}), partner.Partner{Name: "Yayasan Bahari"})
		must(w.t, err)
	}
	must(w.t, w.app.Access.Grant(ctx, system, id, g))
	w.tokens[word], err = w.app.Access.NewToken(ctx, system, id, "test", time.Hour)
	must(w.t, err)
	must(w.t, w.app.DB.Read(ctx, func(r db.Reader) error {
		w.actors[word], err = access.ActorOf(ctx, r, id, unit)
		return err
	}))
}

// ask sends a request as someone; form holds a posted body and its type.
func (w *world) ask(as, method, path string, form ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, nil)
	if len(form) > 0 {
		r = httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(form[0]))
		r.Header.Set("Content-Type", form[1])
	}
	r.Header.Set("Authorization", "Bearer "+w.tokens[as])
	got := httptest.NewRecorder()
	w.app.ServeHTTP(got, r)
	if got.Code >= 500 {
		w.t.Errorf("%s %s: %d %s", method, path, got.Code, got.Body)
	}
	return got
}

func (w *world) path(rest string) string { return "/kasus/" + w.Case.ID.String() + "/berkas" + rest }

// file is a name and what it holds.
type file struct {
	name    string
	content []byte
}

// send uploads files as a browser does, under the form's one-time key.
func (w *world) send(as, key string, files ...file) *httptest.ResponseRecorder {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := m.CreateFormFile("files", f.name)
		must(w.t, err)
		_, err = part.Write(f.content)
		must(w.t, err)
	}
	must(w.t, m.WriteField("form_key", key))
	must(w.t, m.Close())
	return w.ask(as, "POST", w.path(""), body.String(), m.FormDataContentType())
}

var link = regexp.MustCompile(`href="(/kasus/[^"/]+/berkas/[^"/]+)"`)

// links are the addresses of the files on the page, newest first.
func (w *world) links(as string) (found []string) {
	w.t.Helper()
	for _, m := range link.FindAllStringSubmatch(w.ask(as, "GET", w.path("")).Body.String(), -1) {
		found = append(found, m[1])
	}
	return found
}

// picture is a JPEG of 48 by 32 whose corners are: the first pixel's red, the end of its first row's green, the rest white.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			switch {
			case x < 16 && y < 16:
				img.Set(x, y, color.RGBA{255, 0, 0, 255})
			case x >= 32 && y < 16:
				img.Set(x, y, color.RGBA{0, 255, 0, 255})
			default:
				img.Set(x, y, color.White)
			}
		}
	}
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, img, &jpeg.Options{Quality: 95}))
	return out.Bytes()
}

// withExif puts an Exif part (CIPA DC-008) with a maker, a way of holding and a place into a JPEG.
func withExif(picture []byte, orientation uint16) []byte {
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, n, value uint32) {
		tiff = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(tiff, tag), kind), n), value)
	}
	tiff = le.AppendUint16(tiff, 3)
	entry(0x010f, 2, 15, 74)                 // maker
	entry(0x0112, 3, 1, uint32(orientation)) // how it was held
	entry(0x8825, 4, 1, 50)                  // where the place stands
	tiff = le.AppendUint32(tiff, 0)
	tiff = le.AppendUint16(tiff, 1) // at 50
	entry(0x0012, 2, 12, 90)        // map datum
	tiff = append(le.AppendUint32(tiff, 0), make([]byte, 74-68)...)
	tiff = append(tiff, "PENANDA-KAMERA\x00\x00PENANDA-GPS\x00"...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(part)+2))
	return append(append(head, part...), picture[2:]...)
}

// onDisk is every byte of the installation's files with their names.
func (w *world) onDisk() (all []byte) {
	w.t.Helper()
	must(w.t, filepath.WalkDir(filepath.Join(w.app.Config.Dir, "files"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all = append(append(all, path...), b...)
		return err
	}))
	return all
}
