package letter

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// One reads a letter within the actor's scope, with its text; the reading is logged.
func (s *Service) One(ctx context.Context, a access.Actor, id db.ID) (l Letter, err error) {
	err = s.opened(ctx, a, id, func(r db.Reader, in casefile.Inside, x row) error {
		l = x.Letter
		l.Why, err = in.Key.Open(whyField, x.why)
		if err == nil {
			l.Document.Head.Logo, err = selectLogo(ctx, r, a.Office.ID, l.Logo)
		}
		return err
	})
	return l, err
}

// PDF is the paper of a letter as it was made, and the name of its file; the reading is logged. It leaves with the client's
// consent alone.
func (s *Service) PDF(ctx context.Context, a access.Actor, id db.ID) (pdf []byte, name string, err error) {
	l, err := s.find(ctx, a, id)
	if err != nil {
		return nil, "", err
	}
	if err := s.cases.Leaving(ctx, a, l.Case, Consent(l.Kind)); err != nil {
		return nil, "", err
	}
	err = s.opened(ctx, a, id, func(r db.Reader, in casefile.Inside, x row) error {
		name = x.FileName()
		pdf, err = Sent(ctx, r, in.Key, id)
		return err
	})
	return pdf, name, err
}

// Sent is the paper of a letter for a package that has made sure itself that the reader may have it, such as the partner it
// was sent to.
func Sent(ctx context.Context, r db.Reader, key vault.Key, id db.ID) ([]byte, error) {
	sealed, err := selectPaper(ctx, r, id)
	if err != nil {
		return nil, err
	}
	plain, err := key.Open(paperField, sealed)
	return []byte(plain), err
}

// find tells of which case a letter of the actor's office is.
func (s *Service) find(ctx context.Context, a access.Actor, id db.ID) (l Letter, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return l, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		x, err := selectLetter(ctx, r, a.Office.ID, id)
		l = x.Letter
		return err
	})
	return l, err
}

// opened asks something of a letter whose case the actor reaches, and logs the reading.
func (s *Service) opened(ctx context.Context, a access.Actor, id db.ID, ask func(db.Reader, casefile.Inside, row) error) error {
	l, err := s.find(ctx, a, id)
	if err != nil {
		return err
	}
	return s.cases.Read(ctx, a, l.Case, func(r db.Reader, in casefile.Inside) error {
		x, err := selectLetter(ctx, r, a.Office.ID, id)
		if err != nil {
			return err
		}
		if err := x.open(in.Key, x.body); err != nil {
			return err
		}
		if err := ask(r, in, x); err != nil {
			return err
		}
		return s.cases.LogReading(ctx, a, in, "letter", id)
	})
}

// Withdraw takes a letter back, with the reason. Its paper stays as it was; the check page says that it holds no longer.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, id db.ID, why string, version int64) error {
	if err := a.Require(access.LetterWrite); err != nil {
		return err
	}
	if err := line("why", why, 5); err != nil {
		return err
	}
	l, err := s.find(ctx, a, id)
	if err != nil {
		return err
	}
	return s.cases.WorkEver(ctx, a, l.Case, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		x, err := selectLetter(ctx, tx, a.Office.ID, id)
		switch {
		case err != nil:
			return "", err
		case version != 0 && version != x.Version:
			return "", fault.VersionChanged(x.Version)
		case !x.Stands():
			return "", fault.Conflict("letter_withdrawn", "letter.withdrawn_already")
		}
		sealed, err := in.Key.Seal(whyField, why)
		if err != nil {
			return "", err
		}
		if err := withdraw(ctx, tx, a, id, tx.Now(), sealed); err != nil {
			return "", err
		}
		return "", tx.Record(ctx, journal.Change{Office: in.Case.Office, Actor: a.User, Code: "letter.withdrawn", Kind: "letter", Subject: id, Case: in.Case.ID,
			Detail: journal.Detail{"number": x.Number}})
	})
}
