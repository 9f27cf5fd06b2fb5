package attachment

import (
	"context"
	"errors"
	"io"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Upload is one sending of several files into a case. Add each, then Keep or Discard.
type Upload struct {
	service *Service
	actor   access.Actor
	caseID  db.ID
	key     vault.Key
	brought string // who brought the files, where it is no account
	rows    []row
}

// Receive begins a sending into an open case that the actor works on.
func (s *Service) Receive(ctx context.Context, a access.Actor, caseID db.ID) (*Upload, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return nil, err
	}
	u := &Upload{service: s, actor: a, caseID: caseID}
	return u, s.cases.Read(ctx, a, caseID, func(_ db.Reader, in casefile.Inside) error {
		switch {
		case !in.Case.Writes:
			return fault.Forbidden()
		case in.Case.Status != "open":
			return fault.Conflict("case_closed", "case.closed")
		}
		u.key = in.Key
		return nil
	})
}

// ReceiveFor begins a sending into a case for an act whose right comes from elsewhere, such as a referral: whoever calls has
// checked that right. Where no account brings the files, brought names who does, and by is the account that let them.
func (s *Service) ReceiveFor(in casefile.Inside, by db.ID, brought string) *Upload {
	return &Upload{service: s, actor: access.Actor{User: by}, caseID: in.Case.ID, key: in.Key, brought: brought}
}

// Count is how many files were added.
func (u *Upload) Count() int { return len(u.rows) }

// Add takes one file, sealed and on disk when it returns. A file that can't be taken is a fault of the field «files», and
// the others of the sending are not touched by it.
func (u *Upload) Add(ctx context.Context, name string, from io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(from, MaxSize+1))
	if err != nil {
		return err
	}
	if len(data) > MaxSize {
		_, err := io.Copy(io.Discard, from)
		return errors.Join(fault.Field("files", "too_large", "attachment.too_large", "max", MaxSize>>20), err)
	}
	if len(data) == 0 {
		return fault.Field("files", "empty", "attachment.empty_file")
	}
	kindOf, err := typeOf(data)
	if err != nil {
		return err
	}
	if _, isPicture := decoders[kindOf]; isPicture {
		if data, kindOf, err = u.service.redraw(ctx, data, kindOf); err != nil {
			return err
		}
	}
	return u.seal(tidyName(name, kindOf), kindOf, data)
}

// redraw waits for its turn.
func (s *Service) redraw(ctx context.Context, data []byte, kindOf string) ([]byte, string, error) {
	select {
	case s.pictures <- struct{}{}:
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	defer func() { <-s.pictures }()
	return redraw(data, kindOf)
}

func (u *Upload) seal(name, kindOf string, data []byte) error {
	x := row{id: db.NewID(), kind: kindOf, size: int64(len(data))}
	sealed, err := u.key.Seal(contentField(x.id), string(data))
	if err != nil {
		return err
	}
	if x.name, err = u.key.Seal(nameField(x.id), name); err != nil {
		return err
	}
	if x.brought, err = u.key.Seal(broughtField(x.id), u.brought); err != nil {
		return err
	}
	if x.hash, err = u.service.folder.put(sealed); err != nil {
		return err
	}
	u.rows = append(u.rows, x)
	return nil
}

// IDs are those the files have once they are kept.
func (u *Upload) IDs() (ids []db.ID) {
	for _, x := range u.rows {
		ids = append(ids, x.id)
	}
	return ids
}

// KeepIn writes the rows in the transaction of another act on the same case, which tells of them by its own change.
func (u *Upload) KeepIn(ctx context.Context, tx *journal.Tx, in casefile.Inside) error {
	if in.Case.ID != u.caseID {
		return fault.NotFound()
	}
	for _, x := range u.rows {
		if err := insertFile(ctx, tx, in, u.actor.User, tx.Now(), x); err != nil {
			return err
		}
	}
	return nil
}

// Keep writes the rows, all at once. Where that is refused the files are taken away again; after an accident they stay, for
// the rows may be written all the same.
func (u *Upload) Keep(ctx context.Context) error {
	err := u.service.cases.Work(ctx, u.actor, u.caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		return "attachment.added", u.KeepIn(ctx, tx, in)
	})
	if _, refused := fault.As(err); refused || errors.Is(err, journal.ErrClaimed) {
		return errors.Join(err, u.Discard())
	}
	return err
}

// Discard takes away the files of a sending that is not kept.
func (u *Upload) Discard() (err error) {
	for _, x := range u.rows {
		err = errors.Join(err, u.service.folder.remove(x.hash))
	}
	u.rows = nil
	return err
}
