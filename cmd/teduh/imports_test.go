package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// office makes an installation with one office and runs commands on it.
type office struct {
	t    *testing.T
	data string
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{t, t.TempDir()}
	o.is(0, "init", "--office", "LK3 Bina Sejahtera", "--region", "21.72", "--admin", "admin@example.org")
	return o
}

// is runs a command, expects its exit code, and gives what it wrote.
func (o office) is(code int, args ...string) (stdout, stderr string) {
	o.t.Helper()
	var out, wrong bytes.Buffer
	if got := run(append(args, "--data", o.data), &out, &wrong); got != code {
		o.t.Fatalf("%v: exit %d, want %d\n%s%s", args, got, code, out.String(), wrong.String())
	}
	if strings.Contains(wrong.String(), "\r") {
		o.t.Errorf("%v draws a bar where there is no terminal: %q", args, wrong.String())
	}
	return out.String(), wrong.String()
}

func (o office) file(name, text string) string {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

func holds(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in %s", w, text)
		}
	}
}

func TestAnOfficesListFromTheCommandLine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	list := o.file("klien.csv", "Nama;Tgl Lahir;Sepatu\nSiti;1/5/1990;38\n;;39\nBudi;31/2/1990;40\n")
	out, wrong := o.is(1, "import", "sheet", list, "--kind", "people")
	holds(t, wrong, "klien.csv line 3, column Nama: ", "klien.csv line 4, column Tgl Lahir: ", "17/8/1990")
	holds(t, lastLine(wrong), "2 places are wrong", "nothing was written", "--skip-bad")
	holds(t, out, "3 rows: 1 would be taken in, 0 there already, 2 wrong", "passed over: Sepatu")
	out, _ = o.is(1, "import", "sheet", list, "--kind", "people", "--json")
	var told struct {
		New, Bad int
		Written  bool
		Ignored  []string `json:"ignored_columns"`
		Problems []struct {
			File, Column, Title, Code, Message string
			Line                               int
		}
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if told.Written || told.New != 1 || told.Bad != 2 || len(told.Problems) != 2 || told.Problems[1].Line != 4 || told.Problems[1].Column != "birth_date" || told.Problems[1].Title != "Tgl Lahir" || told.Problems[1].Message == "" {
		t.Errorf("%+v", told)
	}
	out, _ = o.is(0, "import", "sheet", list, "--kind", "people", "--skip-bad", "--dry-run")
	holds(t, out, "1 would be taken in")
	out, _ = o.is(0, "import", "sheet", list, "--kind", "people", "--skip-bad")
	holds(t, out, "1 taken in")
	out, _ = o.is(0, "import", "sheet", list, "--kind", "people", "--skip-bad")
	holds(t, out, "0 taken in, 1 there already")
	o.is(2, "import", "sheet", list, "--kind", "notes")
	o.is(2, "import", "sheet", list)
	o.is(2, "import", "sheet", filepath.Join(o.data, "nowhere.csv"), "--kind", "people")
	_, wrong = o.is(1, "import", "sheet", o.file("x.pdf", "%PDF-1.7"), "--kind", "people")
	holds(t, wrong, "x.pdf: this is no list")
}

func TestABulkFolderFromTheCommandLine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	dir := filepath.Dir(o.file("people.csv", "id,name,nik,birth_date,sex,village_code,phone\np1,Siti,,,,,\n"))
	cases := "id,client_id,worker,stage,status,risk,category,opened_on,closed_on\nK/2,p1,lama@example.org,intervention,closed,,25,2023-05-01,2023-06-01\nK/1,p1,lama@example.org,outreach,open,,,2023-01-01,\n"
	if err := os.WriteFile(filepath.Join(dir, "cases.csv"), []byte(cases), 0o600); err != nil {
		t.Fatal(err)
	}
	_, wrong := o.is(1, "import", "folder", dir)
	holds(t, wrong, "cases.csv line 2, column worker: ", "--create-workers")
	holds(t, lastLine(wrong), "2 places are wrong and nothing was written")
	out, _ := o.is(0, "import", "folder", dir, "--create-workers", "--json")
	holds(t, out, `"lama@example.org"`)
	out, _ = o.is(0, "import", "folder", dir)
	holds(t, out, "1 rows,        0 new", "2 rows,        0 new")
	o.is(2, "import", "folder", filepath.Join(dir, "nowhere"))
}

func TestSeedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	out, _ := o.is(0, "seed", "--people", "30", "--cases", "10", "--seed", "7")
	holds(t, out, "30 rows,       30 new", "10 rows,       10 new")
	out, _ = o.is(0, "seed", "--people", "30", "--cases", "10", "--seed", "7")
	holds(t, out, "30 rows,        0 new")
	o.is(2, "seed", "--people", "0", "--cases", "1")
	o.is(2, "seed", "--people", "1")
}
