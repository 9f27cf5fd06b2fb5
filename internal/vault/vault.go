// Package vault seals what hurts when it leaks and opens it again.
//
// Each subject (a person, a request, a case …) has a data key of its own, kept wrapped by the installation's master key,
// a file with mode 0600 made at first start. Domains seal before they write, naming the field, and open after they read;
// a sealed value moved to another subject or field does not open. Deleting the data key forgets the subject for good:
// what was sealed under it stays as bytes nobody can read.
//
// Values that must be found without being readable (NIK, phone, words of a protected name) stand beside as a blind
// index: a keyed hash that only this installation can make.
//
// Sealing is XChaCha20-Poly1305 with a random 24-byte nonce; the blind index is HMAC-SHA-256 cut to 16 bytes.
package vault

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"

	"teduh/internal/db"
)

// FileName is the master key's file inside an installation's data folder.
const FileName = "master.key"

const keySize = 32

// ErrForgotten is met where a subject's key was deleted.
var ErrForgotten = errors.New("vault: the subject's key is gone")

// Vault wraps data keys and makes blind indexes.
type Vault struct {
	master *subtle.XChaCha20Poly1305
	brief  *subtle.XChaCha20Poly1305
	blind  []byte
}

// Open reads the master key of a data folder, making it where there is none.
func Open(dir string) (*Vault, error) {
	path := filepath.Join(dir, FileName)
	secret, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		secret, err = create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: master key: %w", err)
	}
	return New(secret)
}

// New makes a vault of a master secret of 32 bytes.
func New(secret []byte) (*Vault, error) {
	if len(secret) != keySize {
		return nil, fmt.Errorf("vault: the master key has %d bytes, not %d: restore it from its backup", len(secret), keySize)
	}
	master, err := subtle.NewXChaCha20Poly1305(derive(secret, "wrap"))
	if err != nil {
		return nil, err
	}
	brief, err := subtle.NewXChaCha20Poly1305(derive(secret, "brief"))
	if err != nil {
		return nil, err
	}
	return &Vault{master: master, brief: brief, blind: derive(secret, "blind")}, nil
}

// create writes the key beside its place and links it there, so that two first starts agree on one key.
func create(path string) ([]byte, error) {
	secret := make([]byte, keySize)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), FileName+".*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // linked by then, or of no use
	_, err = f.Write(secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

func derive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("teduh " + purpose))
	return m.Sum(nil)
}

// Blind is the blind index of a value for one purpose; the value must be in its normal form.
func (v *Vault) Blind(purpose, value string) []byte {
	m := hmac.New(sha256.New, v.blind)
	m.Write([]byte(purpose))
	m.Write([]byte{0})
	m.Write([]byte(value))
	return m.Sum(nil)[:16]
}

// Seed is 32 bytes of the installation's own for a purpose, such as a key that signs. It is the same at every start.
func (v *Vault) Seed(purpose string) []byte {
	m := hmac.New(sha256.New, v.blind)
	m.Write([]byte("seed "))
	m.Write([]byte(purpose))
	return m.Sum(nil)
}

// Brief is a key for what is kept for hours only and belongs to no subject, such as the answer to a repeated request.
func (v *Vault) Brief() Key { return Key{aead: v.brief} }

// Key seals and opens the fields of one subject.
type Key struct {
	subject db.ID
	aead    *subtle.XChaCha20Poly1305
}

// NewKey makes the data key of a new subject, in the transaction that makes the subject.
func (v *Vault) NewKey(ctx context.Context, tx db.Tx, kind string, subject db.ID) (Key, error) {
	plain := make([]byte, keySize)
	if _, err := rand.Read(plain); err != nil {
		return Key{}, err
	}
	wrapped, err := v.master.Encrypt(plain, subject[:])
	if err != nil {
		return Key{}, err
	}
	if err := insertKey(ctx, tx, keyRow{subject, kind, wrapped, db.At(time.Now())}); err != nil {
		return Key{}, err
	}
	return newKey(subject, plain)
}

// Key finds the data key of a subject; ErrForgotten when it was deleted.
func (v *Vault) Key(ctx context.Context, r db.Reader, subject db.ID) (Key, error) {
	wrapped, err := findKey(ctx, r, subject)
	if err != nil {
		return Key{}, err
	}
	return v.Unwrap(subject, wrapped)
}

// Unwrap makes a Key of a wrapped one that a domain's own query brought along; none is ErrForgotten.
func (v *Vault) Unwrap(subject db.ID, wrapped []byte) (Key, error) {
	if len(wrapped) == 0 {
		return Key{}, ErrForgotten
	}
	plain, err := v.master.Decrypt(wrapped, subject[:])
	if err != nil {
		return Key{}, errors.New("vault: a data key does not open: is this the master key of this database?")
	}
	return newKey(subject, plain)
}

// Forget deletes the data key of a subject.
func (v *Vault) Forget(ctx context.Context, tx db.Tx, subject db.ID) error {
	return deleteKey(ctx, tx, subject)
}

func newKey(subject db.ID, plain []byte) (Key, error) {
	aead, err := subtle.NewXChaCha20Poly1305(plain)
	return Key{subject: subject, aead: aead}, err
}

// Seal seals a text as one field of the subject; an empty text is nil.
func (k Key) Seal(field, plain string) ([]byte, error) {
	if plain == "" {
		return nil, nil
	}
	return k.aead.Encrypt([]byte(plain), k.context(field))
}

// Open opens what Seal made; nil is the empty text.
func (k Key) Open(field string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := k.aead.Decrypt(sealed, k.context(field))
	if err != nil {
		return "", fmt.Errorf("vault: field %s does not open", field)
	}
	return string(plain), nil
}

// SealJSON seals what JSON makes of a value as one field of the subject.
func (k Key) SealJSON(field string, from any) ([]byte, error) {
	plain, err := json.Marshal(from)
	if err != nil {
		return nil, err
	}
	return k.Seal(field, string(plain))
}

// OpenJSON opens what SealJSON made; nil leaves the value as it is.
func (k Key) OpenJSON(field string, sealed []byte, into any) error {
	plain, err := k.Open(field, sealed)
	if err != nil || plain == "" {
		return err
	}
	return json.Unmarshal([]byte(plain), into)
}

func (k Key) context(field string) []byte {
	return append(k.subject[:len(k.subject):len(k.subject)], field...)
}
