// Package ops looks after an installation: it makes one encrypted backup file while the office works on, restores it into
// an empty place on either engine, and examines an installation for what will hurt later.
//
// A backup (Backup) is a line that says what it is, and then an age stream under the backup passphrase: a compressed tar
// of Head, the master key as an age file of its own under a second passphrase, all rows of all tables as they stood at one
// instant, the files, and the Manifest with a SHA-256 of each part. Rows are written value by value and not in an engine's
// own form, so a backup of SQLite restores into PostgreSQL and the other way round.
//
// A restore (Restore) writes everything in one transaction, compares each part with the manifest and then each table, as
// the new database gives it back, with the sums in the manifest. Whatever does not agree leaves the place as empty as it
// was. Doctor tells its findings one by one, each with what to do.
//
// The commands backup, restore and doctor use it. It is the one package that reads all tables, and it changes none of them
// but empty ones.
package ops

import (
	"errors"
	"fmt"
	"time"

	"teduh/internal/attachment"
	"teduh/internal/db"
)

// Place is where an installation is: its database and its folder of keys and files.
type Place struct {
	DB  *db.DB
	Dir string
}

// Options are what backing up and restoring take beside the places.
type Options struct {
	Passphrase    string // of the backup
	KeyPassphrase string // of the master key inside it
	Work          int    // cost of a guess, log2 of scrypt's N; 0 means age's own, about a second
	Version       string // of this program
	Now           func() time.Time
	Progress      func(done, total int64) // rows; may be nil
}

func (o Options) progress(done, total int64) {
	if o.Progress != nil {
		o.Progress(done, total)
	}
}

// MinPassphrase is the least length of a passphrase, in characters: whoever finds the file can try as often as they like.
const MinPassphrase = 12

func (o Options) strong() error {
	switch {
	case len([]rune(o.Passphrase)) < MinPassphrase || len([]rune(o.KeyPassphrase)) < MinPassphrase:
		return fmt.Errorf("both passphrases need at least %d characters: four or more words are easy to keep", MinPassphrase)
	case o.Passphrase == o.KeyPassphrase:
		return errors.New("the passphrase of the key must be another one than that of the backup")
	}
	return nil
}

// Head stands at the beginning of a backup.
type Head struct {
	Format  int       `json:"format"`
	Program string    `json:"program"` // version that made it
	Engine  db.Engine `json:"engine"`
	Schema  int64     `json:"schema"` // number of the newest migration
	MadeAt  time.Time `json:"made_at"`
	Tables  []Table   `json:"tables"`
}

// Table is a table of a backup.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Manifest stands at the end of a backup.
type Manifest struct {
	Parts []Part         `json:"parts"`
	Sums  map[string]Sum `json:"sums"` // by table
}

// Part is one entry of a backup with the SHA-256 of its bytes.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Report is what was backed up or restored.
type Report struct {
	MadeAt time.Time `json:"made_at"`
	Schema int64     `json:"schema"`
	Tables int       `json:"tables"`
	Rows   int64     `json:"rows"`
	Files  int       `json:"files"`
	Bytes  int64     `json:"bytes"` // of the backup file
}

// format is the number of this way of writing backups.
const format = 1

// firstLine begins every backup file, so that a person and a program can tell what it is.
const firstLine = "teduh-backup 1\n"

// Names of the parts.
const (
	headName     = "head.json"
	keyName      = "key.age"
	manifestName = "manifest.json"
	rowsPrefix   = "rows/"
	filesPrefix  = attachment.FolderName + "/"
)

// Why a backup does not open or a place does not receive.
var (
	ErrPassphrase    = errors.New("the backup does not open: the backup passphrase is wrong, or the beginning of the file is damaged")
	ErrKeyPassphrase = errors.New("the key in the backup does not open: the key passphrase is wrong")
	ErrDamaged       = errors.New("the backup is damaged or cut off: nothing was restored; take another copy of it")
	ErrNotBackup     = errors.New("this file is no backup of Teduh")
	ErrNotEmpty      = errors.New("the place to restore into is not empty")
)
