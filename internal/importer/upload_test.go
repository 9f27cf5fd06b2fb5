package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/importer"
	"teduh/internal/testkit"
)

// uploads are the lists of an office whose head has a folder.
func uploads(t *testing.T, k *desk) (*importer.Lists, string) {
	t.Helper()
	dir := t.TempDir()
	l := importer.NewLists(k.importer, k.Vault, dir)
	t.Cleanup(l.Close)
	return l, dir
}

// settled waits until nobody works at a list, and reads it.
func settled(t *testing.T, l *importer.Lists, a access.Actor, id db.ID) importer.List {
	t.Helper()
	l.Await(t.Context(), id, time.Minute)
	list, err := l.Get(t.Context(), a, id)
	if err != nil || list.Running() {
		t.Fatalf("%+v %v", list, err)
	}
	return list
}

func received(t *testing.T, l *importer.Lists, a access.Actor, kind string, raw []byte) importer.List {
	t.Helper()
	list, err := l.Receive(t.Context(), a, kind, `C:\Daftar\klien 2025.csv`, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return settled(t, l, a, list.ID)
}

// holds tells whether a word stands in any file below a folder.
func holds(t *testing.T, dir, word string) (where []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(word)) {
			where = append(where, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return where
}

// A head uploads a list with a wrong row, corrects what a column stands for, and takes the right rows in; nothing of the
// file lies readable anywhere, and afterwards it is gone.
func TestAListIsUploadedCorrectedAndTakenInOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		l, dir := uploads(t, k)
		head, ctx := k.As("head"), t.Context()
		raw := []byte("Kode;Nama;Ket;NIK\n1;Penanda Satu;Penanda Jalan;2172049901900001\n2;;x;\n3;Penanda Dua;y;\n")
		list := received(t, l, head, "people", raw)
		if list.State != importer.StateReady || list.Name != "klien 2025.csv" || list.Report.Rows != 3 || list.Report.New != 2 || list.Report.Bad != 1 || !slices.Equal(list.Report.Ignored, []string{"Ket"}) {
			t.Fatalf("%+v", list)
		}
		if len(list.Report.First) != 3 || list.Report.First[0][1] != "Penanda Satu" || list.Report.Problems.Problems[0].Line != 3 {
			t.Errorf("%+v", list.Report)
		}
		if where := holds(t, dir, "Penanda"); len(where) != 0 {
			t.Errorf("readable in %v", where)
		}
		if err := l.Take(ctx, head, list.ID, false); !fault.Is(err, "list_not_ready") {
			t.Errorf("with a wrong row: %v", err)
		}
		if err := l.Understand(ctx, head, list.ID, map[int]string{0: "id", 1: "name", 2: "street", 3: "nik"}); err != nil {
			t.Fatal(err)
		}
		if list = settled(t, l, head, list.ID); len(list.Report.Ignored) != 0 || list.State != importer.StateReady {
			t.Errorf("%+v", list)
		}
		for range 2 { // a double click
			if err := l.Take(ctx, head, list.ID, true); err != nil {
				t.Fatal(err)
			}
		}
		list = settled(t, l, head, list.ID)
		if list.State != importer.StateDone || list.Report.New != 2 || list.Written != 2 || list.Report.First != nil {
			t.Errorf("%+v", list)
		}
		if p := k.found(t, "satu"); p.Sealed.Street != "Penanda Jalan" || p.ExternalID != "1" {
			t.Errorf("%+v", p)
		}
		if err := l.Take(ctx, head, list.ID, true); err != nil {
			t.Errorf("a late second click: %v", err)
		}
		if files, err := os.ReadDir(filepath.Join(dir, "lists")); err != nil || len(files) != 0 {
			t.Errorf("left in the folder: %v %v", files, err)
		}
		if again := received(t, l, head, "people", raw); again.Report.New != 0 || again.Report.Known != 2 {
			t.Errorf("the same list again: %+v", again.Report)
		}
	})
}

// A list is the office's own; nobody else sees, takes or deletes it.
func TestAListBelongsToTheOfficesHead(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	l, _ := uploads(t, k)
	list, ctx := received(t, l, k.As("head"), "people", []byte("nama\nSiti\n")), t.Context()
	for who, want := range map[string]string{"other": "not_found", "worker": "forbidden", "supervisor": "forbidden", "admin": "forbidden"} {
		a := k.As(who)
		_, got := l.Get(ctx, a, list.ID)
		_, received := l.Receive(ctx, a, "people", "x", strings.NewReader("nama\nAni\n"))
		for act, err := range map[string]error{"get": got, "take": l.Take(ctx, a, list.ID, true), "discard": l.Discard(ctx, a, list.ID), "understand": l.Understand(ctx, a, list.ID, nil)} {
			if !fault.Is(err, want) {
				t.Errorf("%s: %s: %v", who, act, err)
			}
		}
		if (received == nil) != (who == "other") {
			t.Errorf("%s uploads: %v", who, received)
		}
	}
	if err := l.Discard(ctx, k.As("head2"), list.ID); err != nil {
		t.Errorf("the other head of the office: %v", err)
	}
	if list = settled(t, l, k.As("head"), list.ID); list.State != importer.StateGone || list.Report.Rows != 0 {
		t.Errorf("%+v", list)
	}
}

func TestAnUploadThatCanNotBeAListIsRefused(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	l, dir := uploads(t, k)
	ctx, head := t.Context(), k.As("head")
	endless := io.MultiReader(strings.NewReader("nama\n"), io.LimitReader(zeros{}, 10<<30))
	for story, c := range map[string]struct {
		kind string
		from io.Reader
		code string
	}{"ten gigabytes": {"people", endless, "too_large"}, "nothing": {"people", strings.NewReader(""), "empty"}, "neither people nor cases": {"notes", strings.NewReader("nama\nx\n"), "unknown"}} {
		_, err := l.Receive(ctx, head, c.kind, "x.csv", c.from)
		if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Code != c.code {
			t.Errorf("%s: %v", story, err)
		}
	}
	if _, err := l.Receive(ctx, head, "people", "x.csv", io.MultiReader(strings.NewReader("nama\n"), torn{})); !errors.Is(err, errTorn) {
		t.Errorf("a connection that breaks: %v", err)
	}
	if files, err := os.ReadDir(filepath.Join(dir, "lists")); err != nil || len(files) != 0 {
		t.Errorf("left in the folder: %v %v", files, err)
	}
	for _, raw := range []string{"%PDF-1.7", "PK\x03\x04x", "alamat\nx\n", "nama\n"} {
		if list := received(t, l, head, "people", []byte(raw)); list.State != importer.StateRefused || list.Report.Problems.Total != 1 {
			t.Errorf("%q: %+v", raw, list)
		}
	}
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = 'x'
	}
	return len(into), nil
}

var errTorn = errors.New("torn")

type torn struct{}

func (torn) Read([]byte) (int, error) { return 0, errTorn }

// A machine that stops in the middle leaves the list to whoever looks at it next; nothing is taken in twice.
func TestAListGoesOnWhereAMachineStopped(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		first, dir := uploads(t, k)
		head, ctx := k.As("head"), t.Context()
		raw := "nama;kode\n"
		for i := range 7000 {
			raw += fmt.Sprintf("Orang %d;%d\n", i, i)
		}
		list := received(t, first, head, "people", []byte(raw))
		if err := first.Take(ctx, head, list.ID, false); err != nil {
			t.Fatal(err)
		}
		first.Close()
		second := importer.NewLists(k.importer, k.Vault, dir)
		t.Cleanup(second.Close)
		if list, err := second.Get(ctx, head, list.ID); err != nil || list.State == importer.StateFailed {
			t.Errorf("at once: %+v %v", list, err)
		}
		k.Clock.Add(2 * time.Minute)
		if _, err := second.Get(ctx, head, list.ID); err != nil {
			t.Fatal(err)
		}
		if list = settled(t, second, head, list.ID); list.State != importer.StateDone || list.Report.New != 7000 || list.Report.Known != 0 {
			t.Errorf("%+v", list.Report.SheetResult)
		}
		r := k.taken(t, []byte(raw), importer.SheetOptions{Kind: "people", DryRun: true})
		if r.Known != 7000 || r.New != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// A file is kept for a day at most, what became of it for a month.
func TestListsThatNobodyTakesInAreDeleted(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	l, dir := uploads(t, k)
	head, ctx := k.As("head"), t.Context()
	done, waiting := received(t, l, head, "people", []byte("nama\nSiti\n")), received(t, l, head, "people", []byte("nama\nBudi\n"))
	if err := l.Take(ctx, head, done.ID, false); err != nil {
		t.Fatal(err)
	}
	settled(t, l, head, done.ID)
	k.Clock.Add(25 * time.Hour)
	if err := l.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if list := settled(t, l, head, waiting.ID); list.State != importer.StateGone || list.Report.Rows != 0 {
		t.Errorf("after a day: %+v", list)
	}
	if list := settled(t, l, head, done.ID); list.State != importer.StateDone || list.Report.New != 1 {
		t.Errorf("what was taken in: %+v", list)
	}
	if files, err := os.ReadDir(filepath.Join(dir, "lists")); err != nil || len(files) != 0 {
		t.Errorf("left in the folder: %v %v", files, err)
	}
	k.Clock.Add(30 * 24 * time.Hour)
	if err := l.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if lists, err := l.Newest(ctx, head); err != nil || len(lists) != 0 {
		t.Errorf("after a month: %v %v", lists, err)
	}
}
