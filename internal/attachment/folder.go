package attachment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FolderName is the folder of files inside an installation's data folder.
const FolderName = "files"

// Path is where a file lies by the SHA-256 of its sealed bytes: ab/cdef… in the folder, so that no folder grows too large.
func Path(dir string, hash []byte) string {
	digits := hex.EncodeToString(hash)
	if len(digits) < 2 {
		digits = "00" // no hash at all: a place where nothing lies
	}
	return filepath.Join(dir, FolderName, digits[:2], digits[2:])
}

// folder keeps sealed bytes, each under its own hash.
type folder struct{ dir string }

// put writes bytes and is done when they are on disk.
func (f folder) put(sealed []byte) ([]byte, error) {
	sum := sha256.Sum256(sealed)
	path := Path(f.dir, sum[:])
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	part, err := os.CreateTemp(filepath.Dir(path), "part.*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(part.Name()) }() // renamed by then, or of no use
	_, err = part.Write(sealed)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return nil, err
	}
	return sum[:], errors.Join(sync(filepath.Dir(path)), sync(filepath.Join(f.dir, FolderName)))
}

// get reads bytes and refuses those that are no longer what they were.
func (f folder) get(hash []byte) ([]byte, error) {
	sealed, err := os.ReadFile(Path(f.dir, hash))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(sealed); string(sum[:]) != string(hash) {
		return nil, fmt.Errorf("attachment: the file %x is damaged", hash)
	}
	return sealed, nil
}

// remove takes away what no row names.
func (f folder) remove(hash []byte) error {
	err := os.Remove(Path(f.dir, hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// sync makes the names in a folder durable.
func sync(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
