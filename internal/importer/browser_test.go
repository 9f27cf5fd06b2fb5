package importer_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"teduh/internal/app"
	"teduh/internal/testkit/browser"
)

// A head uploads a long list, leaves while it is checked, finds it again, and watches it go in.
func TestAHeadTakesALongListIn(t *testing.T) {
	t.Parallel()
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Demo: true}, true)
			if err == nil {
				_, err = a.Demo(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = a.Close() })
			server := httptest.NewServer(a)
			t.Cleanup(server.Close)
			t.Cleanup(a.EndStreams)
			b := browser.For(t)
			b.Must(b.Size(width, 800))
			b.Must(b.SignIn(server.URL, "kepala@demo.teduh.example", app.DemoPassword))
			b.Go(server.URL + "/impor?jenis=people")
			b.Is(`(() => { const d = new DataTransfer(); d.items.add(new File(["nama;kode\n" + Array.from({length: 6000}, (_, i) => "Panjang " + i + ";P" + i).join("\n")], "panjang.csv"));
  document.querySelector("#f-file").files = d.files; return true; })()`)
			b.Click("form[enctype] button[type=submit]")
			b.Is(`location.pathname.startsWith("/impor/")`)
			b.Go(server.URL + "/impor")
			b.Says("panjang.csv")
			b.Click("main a[href^='/impor/0']")
			b.Says("6.000 baris baru akan dimasukkan")
			found, err := b.Axe()
			b.Must(err)
			if wide, err := b.TooWide(); err != nil || wide > 0 || len(found) > 0 {
				t.Errorf("the preview: %d px too wide, %v, %+v", wide, err, found)
			}
			b.Click("form[action$='/masukkan'] button[type=submit]")
			b.Is(`document.querySelector("[data-follow] progress[max='6000']") !== null || document.body.innerText.includes("6.000 baris sudah dimasukkan")`)
			b.Says("6.000 baris sudah dimasukkan")
			if troubles := b.Troubles(); len(troubles) > 0 || len(b.Hosts()) != 1 {
				t.Errorf("the console complains: %s, hosts %q", strings.Join(troubles, "; "), b.Hosts())
			}
		})
	}
}
