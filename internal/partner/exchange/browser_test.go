package exchange_test

import (
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"teduh/internal/app"
	"teduh/internal/testkit/browser"
)

// A worker sends a directory in, looks at what it would change, and takes it in; on a desk and on a phone.
func TestAWorkerTakesADirectoryIn(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Demo: true}, true)
			if err == nil {
				_, err = a.Demo(t.Context())
			}
			must(t, err)
			t.Cleanup(func() { _ = a.Close() })
			server := httptest.NewServer(a)
			t.Cleanup(server.Close)
			t.Cleanup(a.EndStreams)
			b := browser.For(t)
			b.Must(b.Size(width, 800))
			b.Must(b.SignIn(server.URL, "pekerja@demo.teduh.example", app.DemoPassword))
			file := strings.Replace(string(foreign(t)), `"status": "active"`, `"status": "buka"`, 1)
			b.Go(server.URL + "/direktori")
			fits(t, b, "the page")
			b.Is(`(() => { const d = new DataTransfer(); d.items.add(new File([` + strconv.Quote(file) + `], "riverbend.json"));
  document.querySelector("#f-file").files = d.files; return true; })()`)
			b.Click("form[enctype] button[type=submit]")
			b.Is(`location.pathname.startsWith("/direktori/")`)
			b.Says("riverbend.json")
			b.Says("Kata ini tidak ada dalam pilihan HSDS 3.0. Tertulis: «buka».")
			fits(t, b, "the preview")
			b.Click("form[action$='/masukkan'] button[type=submit]")
			b.Is(`location.pathname === "/mitra"`)
			b.Says("Berkas sudah dimasukkan")
			b.Go(server.URL + "/mitra?q=crisis")
			b.Says("Crisis Line")
			if troubles := b.Troubles(); len(troubles) > 0 || len(b.Hosts()) != 1 {
				t.Errorf("the console complains: %s, hosts %q", strings.Join(troubles, "; "), b.Hosts())
			}
		})
	}
}

func fits(t *testing.T, b *browser.Test, what string) {
	t.Helper()
	found, err := b.Axe()
	b.Must(err)
	if wide, err := b.TooWide(); err != nil || wide > 0 || len(found) > 0 {
		t.Errorf("%s: %d px too wide, %v, %+v", what, wide, err, found)
	}
}
