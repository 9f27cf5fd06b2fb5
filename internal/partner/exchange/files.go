package exchange

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// MaxUpload is how large a file may be that is sent in by a page; the command line takes larger ones.
const MaxUpload = 8 << 20

// fileLasts is how long a file is kept that nobody took in.
const fileLasts = 24 * time.Hour

// Sent is a file that was sent in and looked at.
type Sent struct {
	ID     db.ID
	Name   string
	At     db.Time
	Report Report
}

func bodyField(id db.ID) string { return "partner file " + id.String() }

// Receive keeps a file until it is taken in; old ones go.
func (s *Service) Receive(ctx context.Context, a access.Actor, name string, body []byte) (db.ID, error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return db.ID{}, err
	}
	f := file{ID: db.NewID(), Office: a.Office.ID, By: a.User, Name: tidyName(name), At: db.At(s.Now())}
	var err error
	if f.Body, err = s.Vault.Brief().Seal(bodyField(f.ID), string(body)); err != nil {
		return f.ID, err
	}
	return f.ID, s.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := deleteOldFiles(ctx, tx, db.At(s.Now().Add(-fileLasts))); err != nil {
			return err
		}
		if err := insertFile(ctx, tx, f); err != nil {
			return err
		}
		return tx.Record(ctx, s.change(a, f.ID, "partner.file_received"))
	})
}

func (s *Service) change(a access.Actor, id db.ID, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "partner_file", Subject: id}
}

// tidyName is a file's own name without a path, as one line.
func tidyName(name string) string {
	line := []rune(strings.ToValidUTF8(strings.Join(strings.Fields(filepath.Base(strings.ReplaceAll(name, `\`, "/"))), " "), ""))
	if line = line[:min(len(line), longestName)]; len(line) > 0 && string(line) != "." {
		return strings.ReplaceAll(string(line), "\x00", "")
	}
	return "–"
}

const longestName = 120

// Look reads a file that was sent in and tells what it would change now.
func (s *Service) Look(ctx context.Context, a access.Actor, id db.ID) (x Sent, err error) {
	f, body, err := s.open(ctx, a, id)
	if err != nil {
		return x, err
	}
	x = Sent{ID: id, Name: f.Name, At: f.At}
	x.Report, err = s.Import(ctx, a, strings.NewReader(body), int64(len(body)), Options{})
	return x, err
}

func (s *Service) open(ctx context.Context, a access.Actor, id db.ID) (f file, body string, err error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return f, "", err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		f, err = selectFile(ctx, r, a.Office.ID, id, db.At(s.Now().Add(-fileLasts)))
		return err
	})
	if err != nil {
		return f, "", err
	}
	body, err = s.Vault.Brief().Open(bodyField(id), f.Body)
	return f, body, err
}

// Take takes a file in that was looked at, and lets it go.
func (s *Service) Take(ctx context.Context, a access.Actor, id db.ID) (Report, error) {
	_, body, err := s.open(ctx, a, id)
	if err != nil {
		return Report{}, err
	}
	r, err := s.Import(ctx, a, strings.NewReader(body), int64(len(body)), Options{Write: true})
	if fault.Is(err, "invalid") { // the directory changed while it was taken in
		return r, fault.Conflict("changed_meanwhile", "exchange.error.meanwhile")
	}
	if err != nil {
		return r, err
	}
	return r, s.forget(ctx, a, id, "partner.file_taken")
}

// Discard lets a file go that is not to be taken in.
func (s *Service) Discard(ctx context.Context, a access.Actor, id db.ID) error {
	if _, _, err := s.open(ctx, a, id); err != nil {
		return err
	}
	return s.forget(ctx, a, id, "partner.file_gone")
}

func (s *Service) forget(ctx context.Context, a access.Actor, id db.ID, code string) error {
	return s.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := deleteFile(ctx, tx, a.Office.ID, id); err != nil {
			return err
		}
		return tx.Record(ctx, s.change(a, id, code))
	})
}
