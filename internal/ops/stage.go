package ops

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"teduh/internal/attachment"
	"teduh/internal/vault"
)

// stage is a folder beside the data where files and key wait until everything is known to be right.
type stage struct {
	dir    string // of the installation
	key    []byte
	files  int
	placed []string // what was put into the installation, in order
}

func newStage(dir string) *stage { return &stage{dir: dir} }

func (s *stage) path() string { return filepath.Join(s.dir, "restore.part") }

// clear takes the folder away; by then it is empty or of no use.
func (s *stage) clear() { _ = os.RemoveAll(s.path()) }

// keep writes a file of the backup, which must be what its name says.
func (s *stage) keep(h *hashing) error {
	path := filepath.Join(s.path(), filepath.FromSlash(h.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, h.in)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return damaged(err)
	}
	if h.end() != hashOf(h.Name) {
		return damaged(fmt.Errorf("%s is not what its name says", h.Name))
	}
	s.files++
	return nil
}

// place puts files and key where they belong, the key last.
func (s *stage) place() error {
	if s.files > 0 {
		to := filepath.Join(s.dir, attachment.FolderName)
		if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.Rename(filepath.Join(s.path(), attachment.FolderName), to); err != nil {
			return err
		}
		s.placed = append(s.placed, to)
	}
	if err := s.placeKey(); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// placeKey links the key into its place, so that one that came there meanwhile is not overwritten.
func (s *stage) placeKey() error {
	if err := os.MkdirAll(s.path(), 0o700); err != nil {
		return err
	}
	waiting, to := filepath.Join(s.path(), vault.FileName), filepath.Join(s.dir, vault.FileName)
	f, err := os.OpenFile(waiting, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(s.key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(waiting, to); err != nil {
		return err
	}
	s.placed = append(s.placed, to)
	return nil
}

// takeBack removes what was placed before an error.
func (s *stage) takeBack() (err error) {
	for _, path := range s.placed {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}
