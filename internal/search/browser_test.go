package search_test

import (
	"net/http/httptest"
	"testing"

	"teduh/internal/app"
	"teduh/internal/testkit/browser"
)

// office serves the demo office and signs a worker in at a window of a size.
func office(t *testing.T, width int64) (*browser.Test, string) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Demo: true}, true)
	must(t, err)
	t.Cleanup(func() { _ = a.Close() })
	_, err = a.Demo(t.Context())
	must(t, err)
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	t.Cleanup(a.EndStreams)
	b := browser.For(t)
	b.Must(b.Size(width, 800))
	b.Must(b.SignIn(server.URL, "pekerja@demo.teduh.example", app.DemoPassword))
	b.Is(`document.readyState === "complete"`)
	return b, server.URL
}

func quiet(t *testing.T, b *browser.Test) {
	t.Helper()
	if troubles, hosts := b.Troubles(), b.Hosts(); len(troubles) > 0 || len(hosts) != 1 {
		t.Errorf("the console complains of %q, hosts asked: %q", troubles, hosts)
	}
}

func clean(t *testing.T, b *browser.Test, where string) {
	t.Helper()
	found, err := b.Axe()
	b.Must(err)
	if len(found) > 0 {
		t.Errorf("%s: %+v", where, found)
	}
}

const (
	focused = `document.activeElement.id === "cari"`
	listed  = `document.querySelectorAll("#cari-hasil:not([hidden]) [role=option]").length`
)

// A worker finds a case and comes back to it by the keyboard alone, and no number of a person gets into an address.
func TestSearchingByTheKeyboard(t *testing.T) {
	b, base := office(t, 1280)
	b.Must(b.Press("/", "/"))
	b.Is(focused + ` && document.activeElement.value === ""`)
	b.Must(b.Type("LK3-"))
	b.Is(listed + ` === 5 && document.activeElement.getAttribute("aria-expanded") === "true"`)
	b.Is(`document.querySelector("[data-search-told]").textContent.startsWith("5 pilihan")`)
	clean(t, b, "the list below the field")
	b.Must(b.Press("ArrowDown", ""))
	b.Must(b.Press("ArrowDown", ""))
	b.Is(`document.querySelectorAll("#cari-hasil [role=option]")[1].id === document.activeElement.getAttribute("aria-activedescendant")`)
	b.Must(b.Press("ArrowUp", ""))
	b.Must(b.Press("Enter", "\r"))
	b.Is(`location.pathname.startsWith("/kasus/") && document.title.startsWith("LK3-")`)
	b.Go(base + "/keluarga")
	b.Is(`document.readyState === "complete"`)
	b.Must(b.PressWith("k", "", browser.Control))
	b.Is(focused + " && " + listed + ` > 0 && document.querySelector(".search__group").textContent === "Terakhir dibuka"`)
	b.Is(`document.querySelector("#cari-hasil [role=option]").pathname.startsWith("/kasus/")`)
	b.Must(b.Press("Escape", ""))
	b.Is(listed + ` === 0 && document.activeElement.getAttribute("aria-expanded") === "false"`)
	b.Must(b.Type("2172049905900001"))
	b.Is(`document.querySelector("#cari-hasil:not([hidden]) .search__none") !== null`)
	clean(t, b, "nothing found")
	b.Must(b.Press("Enter", "\r"))
	b.Is(`location.pathname === "/cari" && location.search === "" && document.querySelector("main h1") !== null`)
	quiet(t, b)
}

// On a phone the field has a page of its own.
func TestSearchingOnAPhone(t *testing.T) {
	b, _ := office(t, 360)
	b.Must(b.Press("/", "/"))
	b.Is(`location.pathname === "/cari" && document.readyState === "complete"`)
	clean(t, b, "the page of the search")
	b.Fill("#cari-di-sini", "siti")
	b.Is(`document.querySelectorAll("#cari-di-sini-hasil [role=option]").length > 0`)
	b.Must(b.Press("Enter", "\r"))
	b.Is(`location.search === "?q=siti" && document.querySelectorAll("main .rows__link").length > 0`)
	if wide, err := b.TooWide(); err != nil || wide > 0 {
		t.Errorf("%d pixels too wide, %v", wide, err)
	}
	clean(t, b, "what was found")
	quiet(t, b)
}
