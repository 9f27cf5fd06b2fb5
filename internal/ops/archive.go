package ops

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"filippo.io/age"
)

// archive writes the parts of a backup and remembers them for the manifest.
type archive struct {
	tar    *tar.Writer
	zip    *gzip.Writer
	sealed io.WriteCloser
	parts  []Part
	madeAt time.Time
}

func newArchive(w io.Writer, o Options) (*archive, error) {
	if _, err := io.WriteString(w, firstLine); err != nil {
		return nil, err
	}
	sealed, err := sealing(w, o.Passphrase, o.Work)
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed) // most of it is sealed and does not shrink
	if err != nil {
		return nil, err
	}
	return &archive{tar: tar.NewWriter(zip), zip: zip, sealed: sealed, madeAt: o.Now().UTC()}, nil
}

func sealing(w io.Writer, passphrase string, work int) (io.WriteCloser, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	if work > 0 {
		to.SetWorkFactor(work)
	}
	defer runtime.GC() // scrypt has just let go of 256 MB
	return age.Encrypt(w, to)
}

// add writes a part whose bytes are at hand.
func (a *archive) add(name string, content []byte) error {
	return a.stream(name, int64(len(content)), bytes.NewReader(content))
}

// stream writes a part of a known size.
func (a *archive) stream(name string, size int64, from io.Reader) error {
	if err := a.header(name, size); err != nil {
		return err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(a.tar, h), from)
	if err == nil && n != size {
		err = fmt.Errorf("%s changed its size while it was read", name)
	}
	a.parts = append(a.parts, Part{Name: name, Size: size, SHA256: hex.EncodeToString(h.Sum(nil))})
	return err
}

func (a *archive) json(name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return a.add(name, b)
}

func (a *archive) header(name string, size int64) error {
	return a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: a.madeAt})
}

// close writes what is under way; without it the file does not open.
func (a *archive) close() error {
	return errors.Join(a.tar.Close(), a.zip.Close(), a.sealed.Close())
}

// opened reads the parts of a backup and remembers them to compare them with the manifest.
type opened struct {
	tar   *tar.Reader
	zip   *gzip.Reader
	parts []Part
	hash  *hashing // the part that is being read
}

// hashing is a part whose bytes are summed as they are read.
type hashing struct {
	Part
	in  io.Reader
	end func() string
}

func openArchive(r io.Reader, o Options) (*opened, error) {
	first := make([]byte, len(firstLine))
	if _, err := io.ReadFull(r, first); err != nil || string(first) != firstLine {
		return nil, ErrNotBackup
	}
	plain, err := opening(r, o.Passphrase)
	if err != nil {
		return nil, ErrPassphrase
	}
	zip, err := gzip.NewReader(plain)
	if err != nil {
		return nil, damaged(err)
	}
	return &opened{tar: tar.NewReader(zip), zip: zip}, nil
}

func opening(r io.Reader, passphrase string) (io.Reader, error) {
	by, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	defer runtime.GC() // as above
	return age.Decrypt(r, by)
}

// damaged names what went wrong with the bytes of a backup.
func damaged(err error) error { return fmt.Errorf("%w (%w)", ErrDamaged, err) }

// next goes to the next part; io.EOF is the proper end of the whole file.
func (o *opened) next() (*hashing, error) {
	if o.hash != nil {
		o.hash.SHA256 = o.hash.end()
		o.parts = append(o.parts, o.hash.Part)
	}
	h, err := o.tar.Next()
	if errors.Is(err, io.EOF) {
		if _, err := io.Copy(io.Discard, o.zip); err != nil { // the end of the stream proves that nothing is missing
			return nil, damaged(err)
		}
		return nil, io.EOF
	}
	if err != nil {
		return nil, damaged(err)
	}
	sum := sha256.New()
	o.hash = &hashing{Part: Part{Name: h.Name, Size: h.Size}, in: io.TeeReader(o.tar, sum),
		end: func() string { return hex.EncodeToString(sum.Sum(nil)) }}
	return o.hash, nil
}

// largest is the most of a part that is read into memory; files are streamed.
const largest = 2 * longest

func (h *hashing) all() ([]byte, error) {
	if h.Size > largest {
		return nil, damaged(errors.New(h.Name + " is too large"))
	}
	b, err := io.ReadAll(h.in)
	if err != nil {
		return nil, damaged(err)
	}
	return b, nil
}

func (h *hashing) json(v any) error {
	b, err := h.all()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return damaged(err)
	}
	return nil
}

// named goes to the next part, which must have this name.
func (o *opened) named(name string) (*hashing, error) {
	h, err := o.next()
	if err == nil && h.Name != name {
		err = fmt.Errorf("%w (%s stands where %s should)", ErrDamaged, h.Name, name)
	}
	if errors.Is(err, io.EOF) {
		err = damaged(io.ErrUnexpectedEOF)
	}
	return h, err
}
