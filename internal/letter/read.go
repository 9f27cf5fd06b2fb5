package letter

import (
	"context"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// One reads a letter of a case within the actor's scope, with its text; the reading is logged.
func (s *Service) One(ctx context.Context, a access.Actor, caseID, id db.ID) (l Letter, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if l, err = selectLetter(ctx, r, in, id); err != nil {
			return err
		}
		if l.Document.Head.Logo, err = selectLogo(ctx, r, in.Case.Office, l.Logo); err != nil {
			return err
		}
		if l.ReplacedBy, err = selectReplacing(ctx, r, id); err != nil {
			return err
		}
		return s.cases.LogReading(ctx, a, in, "letter", id)
	})
	return l, err
}

// PDF is the paper of a letter as it was made, and the name of its file; the reading is logged. It leaves with the client's
// consent alone: consent_missing.
func (s *Service) PDF(ctx context.Context, a access.Actor, caseID, id db.ID) (pdf []byte, name string, err error) {
	l, err := s.find(ctx, a, caseID, id)
	if err != nil {
		return nil, "", err
	}
	if err := s.cases.Leaving(ctx, a, caseID, Consent(l.Kind)); err != nil {
		return nil, "", err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if pdf, err = Sent(ctx, r, in.Key, id); err != nil {
			return err
		}
		return s.cases.LogReading(ctx, a, in, "letter", id)
	})
	return pdf, l.FileName(), err
}

// find is a letter of a case within the actor's scope.
func (s *Service) find(ctx context.Context, a access.Actor, caseID, id db.ID) (l Letter, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		l, err = selectLetter(ctx, r, in, id)
		return err
	})
	return l, err
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

// Withdraw takes a letter back, with the reason. Its paper stays as it was; the check page says that it holds no longer.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, caseID, id db.ID, w Withdrawal) error {
	if err := a.Require(access.LetterWrite); err != nil {
		return err
	}
	if err := web.Line("why", w.Why, 5); err != nil {
		return err
	}
	return s.cases.WorkEver(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		l, err := selectLetter(ctx, tx, in, id)
		switch {
		case err != nil:
			return "", err
		case !l.Stands():
			return "", fault.Conflict("letter_withdrawn", "letter.withdrawn_already")
		case w.Version != 0 && w.Version != l.Version:
			return "", fault.VersionChanged(l.Version)
		}
		sealed, err := in.Key.Seal(whyField, strings.TrimSpace(w.Why))
		if err != nil {
			return "", err
		}
		if err := withdraw(ctx, tx, a, id, tx.Now(), sealed); err != nil {
			return "", err
		}
		return "", tx.Record(ctx, journal.Change{Office: in.Case.Office, Actor: a.User, Code: "letter.withdrawn", Kind: "letter", Subject: id, Case: in.Case.ID,
			Detail: journal.Detail{"number": l.Number}})
	})
}

// Withdrawal is why a letter is taken back, and the version that was read; 0 does not ask for one.
type Withdrawal struct {
	Why     string
	Version int64
}
