package ops

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/vault"
)

// Backup writes an installation into one encrypted file. The office works on meanwhile; the file holds everything as it
// stood when the reading began. An older backup of the same name is replaced when the new one is complete and on disk.
func Backup(ctx context.Context, from Place, file string, o Options) (Report, error) {
	if err := o.strong(); err != nil {
		return Report{}, err
	}
	if err := mayReplace(file); err != nil {
		return Report{}, err
	}
	key, err := readKey(from.Dir)
	if err != nil {
		return Report{}, err
	}
	part := file + ".part"
	out, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = os.Remove(part) }() // renamed by then, or of no use
	report, err := write(ctx, out, from, key, o)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return Report{}, err
	}
	if err := os.Rename(part, file); err != nil {
		return Report{}, err
	}
	return report, syncDir(filepath.Dir(file))
}

// mayReplace refuses a name under which something else than a backup is kept.
func mayReplace(file string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	first := make([]byte, len(firstLine))
	if n, _ := io.ReadFull(f, first); string(first[:n]) != firstLine {
		return fmt.Errorf("%s is something else than a backup: choose another name", file)
	}
	return nil
}

func readKey(dir string) ([]byte, error) {
	key, err := os.ReadFile(filepath.Join(dir, vault.FileName))
	if err != nil {
		return nil, fmt.Errorf("the master key can't be read: %w", err)
	}
	return key, nil
}

// backup is one being made.
type backup struct {
	*archive
	from  Place
	o     Options
	total int64
	done  int64
	sums  map[string]Sum
	files int
}

func write(ctx context.Context, out io.Writer, from Place, key []byte, o Options) (Report, error) {
	schema, err := from.DB.Version(ctx)
	if err != nil {
		return Report{}, err
	}
	counted := &counter{to: out}
	a, err := newArchive(counted, o)
	if err != nil {
		return Report{}, err
	}
	b := &backup{archive: a, from: from, o: o, sums: map[string]Sum{}}
	head := Head{Format: format, Program: o.Version, Engine: from.DB.Engine(), Schema: schema, MadeAt: a.madeAt}
	err = from.DB.Read(ctx, func(r db.Reader) error { return b.snapshot(ctx, r, &head, key) })
	if err != nil {
		return Report{}, err
	}
	if err := b.addFiles(ctx); err != nil {
		return Report{}, err
	}
	if err := a.json(manifestName, Manifest{Parts: a.parts, Sums: b.sums}); err != nil {
		return Report{}, err
	}
	if err := a.close(); err != nil {
		return Report{}, err
	}
	return Report{MadeAt: head.MadeAt, Schema: schema, Tables: len(head.Tables), Rows: b.done, Files: b.files, Bytes: counted.n}, nil
}

// snapshot writes head, key and rows as they stand at one instant. A key that does not open the data is told now and not
// on the day it is needed.
func (b *backup) snapshot(ctx context.Context, r db.Reader, head *Head, key []byte) error {
	if err := keyFits(ctx, r, key); err != nil {
		return err
	}
	tables, err := b.from.DB.Tables(ctx, r)
	if err != nil {
		return err
	}
	for _, t := range tables {
		n, err := db.One(ctx, r, db.Value[int64], `SELECT count(*) FROM "`+t.Name+`"`)
		if err != nil {
			return err
		}
		head.Tables = append(head.Tables, Table{Name: t.Name, Columns: t.Columns, Rows: n})
		b.total += n
	}
	if err := b.json(headName, head); err != nil {
		return err
	}
	if err := b.addKey(key); err != nil {
		return err
	}
	for _, t := range tables {
		if err := b.addTable(ctx, r, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// addKey seals the master key once more, under the passphrase of the key.
func (b *backup) addKey(key []byte) error {
	var sealed bytes.Buffer
	w, err := sealing(&sealed, b.o.KeyPassphrase, b.o.Work)
	if err != nil {
		return err
	}
	if _, err := w.Write(key); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return b.add(keyName, sealed.Bytes())
}

// chunk is about how many bytes of rows make a part.
const chunk = 1 << 20

func (b *backup) addTable(ctx context.Context, r db.Reader, t db.Table) error {
	var sum Sum
	var part []byte
	n := 0
	flush := func() error {
		if len(part) == 0 {
			return nil
		}
		n++
		err := b.add(fmt.Sprintf("%s%s/%06d", rowsPrefix, t.Name, n), part)
		part = part[:0]
		b.o.progress(b.done, b.total)
		return err
	}
	err := eachRow(ctx, r, t, func(row []any) error {
		start := len(part)
		grown, err := appendRow(part, row)
		if err != nil {
			return err
		}
		part = grown
		sum.add(part[start:])
		b.done++
		if len(part) < chunk {
			return nil
		}
		return flush()
	})
	b.sums[t.Name] = sum
	return errors.Join(err, flush())
}

// addFiles writes the attachments. Their rows came first: a file is on disk before its row, and stays.
func (b *backup) addFiles(ctx context.Context) error {
	root := filepath.Join(b.from.Dir, attachment.FolderName)
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path == root:
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case !e.Type().IsRegular():
			return nil
		}
		rel, err := filepath.Rel(root, path)
		name := filesPrefix + filepath.ToSlash(rel)
		if err != nil || !isFile(name) {
			return err // an upload under way has another name
		}
		b.files++
		return b.addFile(name, path)
	})
}

func (b *backup) addFile(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return b.stream(name, info.Size(), f)
}

// isFile tells whether a name is that of a kept file: files/ab/cdef…, the SHA-256 of its bytes.
func isFile(name string) bool {
	digits, ok := strings.CutPrefix(name, filesPrefix)
	if !ok || len(digits) != 65 || digits[2] != '/' {
		return false
	}
	return strings.Trim(digits[:2]+digits[3:], "0123456789abcdef") == ""
}

// hashOf is the SHA-256 that a kept file's name tells.
func hashOf(name string) string {
	return strings.ReplaceAll(strings.TrimPrefix(name, filesPrefix), "/", "")
}

// counter counts what goes through.
type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

// syncDir makes a rename inside a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
