package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A directory goes into an installation by command: told first, then taken, then the same; what is public of it comes out again.
func TestADirectoryGoesInAndOutByCommand(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	raw, err := os.ReadFile("../../internal/partner/hsds/testdata/foreign.json")
	if err != nil {
		t.Fatal(err)
	}
	file := o.file("riverbend.json", string(raw))
	out, wrong := o.is(0, "import", "hsds", file, "--dry-run")
	holds(t, out, "organizations: 2 new, 0 changed, 0 the same, 0 refused", "services: 4 new, 0 changed, 0 the same, 0 refused", "nothing was written")
	holds(t, wrong, "entry 1, attributes: This term is not known here", "Family counseling")
	out, _ = o.is(0, "import", "hsds", file)
	holds(t, out, "services: 4 new", "taken in; what is new is internal")
	out, _ = o.is(0, "import", "hsds", file, "--json")
	holds(t, out, `"same": 4`, `"written": true`, `"code": "hsds.problem.unknown_term"`, `"row": 1`)
	taken := filepath.Join(t.TempDir(), "direktori.zip")
	out, _ = o.is(0, "export", "hsds", taken)
	holds(t, out, "0 organizations and 0 services")
	o.is(1, "export", "hsds", taken) // what is there stays
	_, wrong = o.is(1, "export", "hsds", filepath.Join(t.TempDir(), "direktori.xml"))
	holds(t, wrong, ".zip, .json, .ndjson")
	out, wrong = o.is(1, "import", "hsds", o.file("lain.json", `"bukan"`))
	holds(t, wrong, "The whole file: This is no HSDS file")
	holds(t, out, "services: 0 new")
}
