package importer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"teduh/internal/db"
	"teduh/internal/vault"
)

// crate keeps uploaded lists in a folder, each sealed piece by piece, so that none is ever whole in memory and none lies
// readable on the disk.
type crate struct {
	dir string
	key vault.Key
}

// crateName is the folder of lists inside an installation's data folder.
const crateName = "lists"

// A piece of a list, and how much longer it is sealed: a nonce of 24 bytes and a tag of 16.
const (
	piece  = 64 << 10
	sealed = piece + 40
)

func (c crate) path(id db.ID) string { return filepath.Join(c.dir, crateName, id.String()) }

func pieceField(id db.ID, n int64) string { return fmt.Sprintf("list %s piece %d", id, n) }

// put seals what it reads, up to most bytes, and is done when it is on the disk. More than that is errTooMuch.
func (c crate) put(id db.ID, from io.Reader, most int64) (size int64, err error) {
	if err := os.MkdirAll(filepath.Join(c.dir, crateName), 0o700); err != nil {
		return 0, err
	}
	f, err := os.OpenFile(c.path(id), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	size, err = c.seal(id, f, io.LimitReader(whole{from}, most+1))
	if err == nil && size > most {
		err = errTooMuch
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return 0, errors.Join(err, c.remove(id))
	}
	return size, nil
}

var errTooMuch = errors.New("importer: the file is larger than a list may be")

// errCutOff is met where a sending ends before its end.
var errCutOff = errors.New("importer: the file was cut off on its way")

// whole tells a sending that was cut off from one that ended.
type whole struct{ io.Reader }

func (w whole) Read(into []byte) (int, error) {
	n, err := w.Reader.Read(into)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCutOff
	}
	return n, err
}

func (c crate) seal(id db.ID, to io.Writer, from io.Reader) (size int64, err error) {
	buf := make([]byte, piece)
	for n := int64(0); ; n++ {
		read, err := io.ReadFull(from, buf)
		size += int64(read)
		if errors.Is(err, io.EOF) {
			return size, nil
		}
		last := errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return size, err
		}
		b, err := c.key.Seal(pieceField(id, n), string(buf[:read]))
		if err == nil {
			_, err = to.Write(b)
		}
		if err != nil || last {
			return size, err
		}
	}
}

// get opens a list for reading; whoever gets it closes it.
func (c crate) get(id db.ID, size int64) (*opened, error) {
	f, err := os.Open(c.path(id))
	if err != nil {
		return nil, err
	}
	return &opened{crate: c, file: f, id: id, size: size, at: -1}, nil
}

// remove takes a list away; one that is not there is gone already.
func (c crate) remove(id db.ID) error {
	if err := os.Remove(c.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// opened reads a sealed list at any place. It keeps the piece it read last.
type opened struct {
	crate crate
	file  *os.File
	id    db.ID
	size  int64

	mu   sync.Mutex
	at   int64 // the number of the piece that is kept
	kept string
}

// ReadAt implements io.ReaderAt.
func (o *opened) ReadAt(into []byte, offset int64) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for n < len(into) && offset < o.size {
		if err := o.open(offset / piece); err != nil {
			return n, err
		}
		inside := int(offset % piece)
		if inside >= len(o.kept) {
			return n, io.ErrUnexpectedEOF // the file is shorter than it was
		}
		copied := copy(into[n:], o.kept[inside:])
		n, offset = n+copied, offset+int64(copied)
	}
	if n < len(into) {
		return n, io.EOF
	}
	return n, nil
}

func (o *opened) open(n int64) error {
	if n == o.at {
		return nil
	}
	b := make([]byte, min(sealed, o.size-n*piece+sealed-piece))
	if _, err := o.file.ReadAt(b, n*sealed); err != nil {
		return err
	}
	plain, err := o.crate.key.Open(pieceField(o.id, n), b)
	if err != nil {
		return err
	}
	o.at, o.kept = n, plain
	return nil
}

// Close implements io.Closer.
func (o *opened) Close() error { return o.file.Close() }
