package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two installations: what one decided goes to the other by command, once, and only for a head.
func TestListsGoFromOneInstallationToAnother(t *testing.T) {
	t.Parallel()
	from, to := newOffice(t), newOffice(t)
	for _, o := range []office{from, to} {
		o.is(0, "user", "add", "--email", "kepala@example.org", "--name", "Kepala", "--role", "head")
	}
	file := filepath.Join(t.TempDir(), "daftar.json")
	from.is(0, "export", "lists", file, "--user", "kepala@example.org")
	from.is(1, "export", "lists", file, "--user", "kepala@example.org") // what is there stays
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(raw), `"now": 60`, `"now": 45`, 1)
	if changed == string(raw) {
		t.Fatalf("the hour of «now» is not in the file: %.300s", raw)
	}
	file = to.file("daftar.json", changed)
	out, _ := to.is(0, "import", "lists", file, "--user", "kepala@example.org", "--dry-run")
	holds(t, out, "urgency: 1 changes", "1 parts differ, 0 taken")
	out, _ = to.is(0, "import", "lists", file, "--user", "kepala@example.org", "--json")
	holds(t, out, `"differ": [`, `"urgency"`, `"taken": 1`)
	out, _ = to.is(0, "import", "lists", file, "--user", "kepala@example.org")
	holds(t, out, "0 parts differ, 0 taken")
	to.is(1, "import", "lists", file, "--user", "admin@example.org")
	_, wrong := to.is(1, "import", "lists", to.file("lain.json", `{"format":"lain"}`), "--user", "kepala@example.org")
	holds(t, wrong, "file")
	to.is(2, "import", "lists", file)
}
