package ops

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/vault"
)

// Restore brings a backup into an empty place. All of it is written, compared with the manifest and read back before the
// one commit, so an error leaves the place as empty as it was.
func Restore(ctx context.Context, file string, into Place, o Options) (Report, error) {
	if err := isEmpty(ctx, into); err != nil {
		return Report{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = f.Close() }() // only read
	rs := &restore{into: into, o: o, stage: newStage(into.Dir)}
	rs.stage.clear() // what an earlier try left behind
	defer rs.stage.clear()
	if err := rs.begin(ctx, f); err != nil {
		return Report{}, err
	}
	if err := into.DB.Load(ctx, func(tx db.Tx) error { return rs.fill(ctx, tx) }); err != nil {
		return Report{}, errors.Join(err, rs.stage.takeBack())
	}
	if _, err := into.DB.Migrate(ctx); err != nil { // an older backup comes up to this program's schema
		return Report{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return Report{}, err
	}
	return Report{MadeAt: rs.head.MadeAt, Schema: rs.head.Schema, Tables: len(rs.head.Tables), Rows: rs.done, Files: rs.stage.files, Bytes: info.Size()}, nil
}

// isEmpty refuses a place that holds a key, a file or a row.
func isEmpty(ctx context.Context, p Place) error {
	if _, err := os.Lstat(filepath.Join(p.Dir, vault.FileName)); err == nil {
		return fmt.Errorf("%w: there is a master key in %s; restore into a folder of its own", ErrNotEmpty, p.Dir)
	}
	if kept, err := os.ReadDir(filepath.Join(p.Dir, attachment.FolderName)); err == nil && len(kept) > 0 {
		return fmt.Errorf("%w: there are files in %s; restore into a folder of its own", ErrNotEmpty, p.Dir)
	}
	return p.DB.Read(ctx, func(r db.Reader) error {
		tables, err := p.DB.Tables(ctx, r)
		if err != nil {
			return err
		}
		name, err := holdsRows(ctx, r, tables)
		if err == nil && name != "" {
			err = fmt.Errorf("%w: its database has rows in %s; restore into an empty database", ErrNotEmpty, name)
		}
		return err
	})
}

// restore is one under way.
type restore struct {
	*opened
	into   Place
	o      Options
	stage  *stage
	head   Head
	tables map[string]db.Table
	total  int64
	done   int64
}

// begin opens the backup and the key in it and brings the schema up to where the backup stands.
func (rs *restore) begin(ctx context.Context, f io.Reader) (err error) {
	if rs.opened, err = openArchive(f, rs.o); err != nil {
		return err
	}
	head, err := rs.named(headName)
	if err != nil {
		return err
	}
	if err := head.json(&rs.head); err != nil {
		return err
	}
	if rs.head.Format != format {
		return fmt.Errorf("the backup is written in format %d, this program reads %d: use the program that made it (%s)", rs.head.Format, format, rs.head.Program)
	}
	if err := rs.readKey(); err != nil {
		return err
	}
	known, err := rs.into.DB.MigrateTo(ctx, rs.head.Schema)
	if err != nil {
		return err
	}
	if !known {
		return fmt.Errorf("the backup comes from Teduh %s with schema %d, which this program does not know: use that one or a newer one", rs.head.Program, rs.head.Schema)
	}
	return nil
}

func (rs *restore) readKey() error {
	h, err := rs.named(keyName)
	if err != nil {
		return err
	}
	sealed, err := h.all()
	if err != nil {
		return err
	}
	plain, err := opening(bytes.NewReader(sealed), rs.o.KeyPassphrase)
	if err != nil {
		return ErrKeyPassphrase
	}
	if rs.stage.key, err = io.ReadAll(plain); err != nil {
		return damaged(err)
	}
	_, err = vault.New(rs.stage.key)
	return err
}

// fill writes all rows and files, compares them, and puts files and key in their places; the commit follows.
func (rs *restore) fill(ctx context.Context, tx db.Tx) error {
	if err := rs.sameTables(ctx, tx); err != nil {
		return err
	}
	for {
		h, err := rs.next()
		if errors.Is(err, io.EOF) {
			return damaged(io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		switch {
		case h.Name == manifestName:
			return rs.finish(ctx, tx, h)
		case strings.HasPrefix(h.Name, rowsPrefix):
			err = rs.rows(ctx, tx, h)
		case isFile(h.Name):
			err = rs.stage.keep(h)
		default:
			err = damaged(errors.New("unknown part " + h.Name))
		}
		if err != nil {
			return err
		}
	}
}

// sameTables refuses a backup whose tables are not those of the schema it names.
func (rs *restore) sameTables(ctx context.Context, r db.Reader) error {
	tables, err := rs.into.DB.Tables(ctx, r)
	if err != nil {
		return err
	}
	rs.tables = map[string]db.Table{}
	for _, t := range tables {
		rs.tables[t.Name] = t
	}
	same := len(tables) == len(rs.head.Tables)
	for _, t := range rs.head.Tables {
		same = same && slices.Equal(rs.tables[t.Name].Columns, t.Columns)
		rs.total += t.Rows
	}
	if !same {
		return fmt.Errorf("the tables in the backup are not those of schema %d: it comes from another program than it says", rs.head.Schema)
	}
	return nil
}

func (rs *restore) rows(ctx context.Context, tx db.Tx, h *hashing) error {
	name, _, _ := strings.Cut(strings.TrimPrefix(h.Name, rowsPrefix), "/")
	t, ok := rs.tables[name]
	if !ok {
		return damaged(errors.New("unknown table " + name))
	}
	part, err := h.all()
	if err != nil {
		return err
	}
	in, out := newRowReader(part, len(t.Columns)), &loader{tx: tx, table: t}
	for {
		row, err := in.next()
		if errors.Is(err, io.EOF) {
			rs.o.progress(rs.done, rs.total)
			return out.flush(ctx)
		}
		if err != nil {
			return damaged(err)
		}
		if err := out.add(ctx, row); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
		rs.done++
	}
}

// finish compares what was read with the manifest and what the new database holds with its sums.
func (rs *restore) finish(ctx context.Context, tx db.Tx, h *hashing) error {
	read := slices.Clone(rs.parts)
	var m Manifest
	if err := h.json(&m); err != nil {
		return err
	}
	if !slices.Equal(read, m.Parts) {
		return damaged(errors.New("its parts are not those of its manifest"))
	}
	if _, err := rs.next(); !errors.Is(err, io.EOF) {
		return errors.Join(ErrDamaged, err)
	}
	for _, t := range rs.head.Tables {
		got, err := sumOf(ctx, tx, rs.tables[t.Name])
		if err != nil {
			return err
		}
		if got != m.Sums[t.Name] || got.Rows != t.Rows {
			return fmt.Errorf("table %s came out unlike the backup (%d rows, %d in the backup): nothing was restored", t.Name, got.Rows, t.Rows)
		}
	}
	if err := keyFits(ctx, tx, rs.stage.key); err != nil {
		return err
	}
	return rs.stage.place()
}
