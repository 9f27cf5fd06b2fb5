package letter

import (
	"context"
	"errors"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/letter/paper"
	"teduh/internal/person"
	"teduh/internal/vault"
)

// Service is what can be done with letters.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	cases   *casefile.Service
	people  *person.Service
	base    string
	agreed  Agreed
}

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Cases   *casefile.Service
	People  *person.Service
	BaseURL string // of the installation; without it a letter carries its code in words alone
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, cases: n.Cases, people: n.People, base: strings.TrimSuffix(n.BaseURL, "/")}
}

// Agreed is when the client of a case agreed to something that still stands; zero where nothing does.
type Agreed func(ctx context.Context, r db.Reader, in casefile.Inside, kind string) (db.Time, error)

// AskAgreed lets the package that keeps consent say when a client agreed.
func (s *Service) AskAgreed(fn Agreed) { s.agreed = fn }

// Consent is the kind of consent without which a letter may not leave.
func Consent(kind string) string {
	if kind == Statement {
		return "data"
	}
	return "referral"
}

// Write makes a letter of a case, open or closed. Without the client's consent it is refused: consent_missing.
func (s *Service) Write(ctx context.Context, a access.Actor, caseID db.ID, n New) (l Letter, err error) {
	if err := a.Require(access.LetterWrite); err != nil {
		return l, err
	}
	if err := s.mayWrite(ctx, a, caseID); err != nil {
		return l, err
	}
	if err := s.cases.Leaving(ctx, a, caseID, Consent(n.Kind)); err != nil {
		return l, err
	}
	err = s.cases.WorkEver(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if !slices.Contains(Own, n.Kind) && n.Replaces.IsZero() {
			return "", fault.Invalid(fault.Field("kind", "with_referral", "letter.with_referral"))
		}
		l, err = s.WriteIn(ctx, tx, a, in, n)
		return "", err
	})
	return l, err
}

// mayWrite refuses those who only read the case, or do not know of it.
func (s *Service) mayWrite(ctx context.Context, a access.Actor, caseID db.ID) error {
	return s.cases.Read(ctx, a, caseID, func(_ db.Reader, in casefile.Inside) error {
		if !in.Case.Writes {
			return fault.Forbidden()
		}
		return nil
	})
}

// Preview is how a letter would look, without a number and a code of its own.
func (s *Service) Preview(ctx context.Context, a access.Actor, caseID db.ID, n New) (doc paper.Document, err error) {
	if err := a.Require(access.LetterWrite); err != nil {
		return doc, err
	}
	if err := n.check(); err != nil {
		return doc, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if !in.Case.Writes {
			return fault.Forbidden()
		}
		d, err := s.draft(ctx, r, a, in, n)
		if err != nil {
			return err
		}
		on := db.DayOf(s.cases.Now(), a.Office.Zone)
		l := Letter{Kind: n.Kind, On: on, Number: Number(strings.ReplaceAll(d.settings.Pattern, "{urut}", unnumbered), d.settings.code(n.Kind), 0, on)}
		_, err = s.finish(ctx, &l, d)
		doc = l.Document
		doc.Marks = nil
		return err
	})
	return doc, err
}

// unnumbered stands in a number that was not taken yet.
const unnumbered = "…"

// WriteIn makes a letter of a case in the transaction of another act, which has made sure of the client's consent: it takes the
// next number, merges the current edition of the template, draws the paper and seals both under the case's key.
func (s *Service) WriteIn(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, n New) (l Letter, err error) {
	if err := a.Require(access.LetterWrite); err != nil {
		return l, err
	}
	if err := n.check(); err != nil {
		return l, err
	}
	if err := mayReplace(ctx, tx, in, &n); err != nil {
		return l, err
	}
	draft, err := s.draft(ctx, tx, a, in, n)
	if err != nil {
		return l, err
	}
	l, year, err := s.number(ctx, tx, a, in, draft)
	if err != nil {
		return l, err
	}
	pdf, err := s.finish(ctx, &l, draft)
	if err != nil {
		return l, err
	}
	if err := keep(ctx, tx, a, in, kept{l, year, pdf}); err != nil {
		return l, err
	}
	return l, tx.Record(ctx, journal.Change{Office: in.Case.Office, Actor: a.User, Code: "letter.written", Kind: "letter", Subject: l.ID, Case: in.Case.ID,
		Detail: journal.Detail{"kind": l.Kind, "number": l.Number}})
}

// mayReplace refuses to correct a letter of another case or kind, or one that was corrected already. The new one belongs to the
// referral of the old, and keeps the address by which that is answered.
func mayReplace(ctx context.Context, r db.Reader, in casefile.Inside, n *New) error {
	if n.Replaces.IsZero() {
		return nil
	}
	old, err := selectLetter(ctx, r, in, n.Replaces)
	if err != nil {
		return err
	}
	if old.Kind != n.Kind {
		return fault.Invalid(fault.Field("kind", "unknown", "error.choice"))
	}
	if by, err := selectReplacing(ctx, r, old.ID); err != nil || by != "" {
		return orElse(err, fault.Conflict("letter_replaced", "letter.replaced_already", "number", by))
	}
	n.Referral = old.Referral
	if n.Answer == "" {
		n.Answer = old.Made.Answer
	}
	return nil
}

func orElse(err error, other *fault.Error) error {
	if err != nil {
		return err
	}
	return other
}

// draft is a letter before it has a number.
type draft struct {
	n        New
	settings Settings
	template Template
	signer   Signer
	values   Values
	logo     []byte
	lang     context.Context // Indonesian, in the office's zone
}

// draft reads what the letter is made of.
func (s *Service) draft(ctx context.Context, r db.Reader, a access.Actor, in casefile.Inside, n New) (d draft, err error) {
	d.n, d.lang = n, i18n.With(ctx, i18n.ID, a.Office.Zone)
	if d.settings, err = settingsOf(ctx, r, a.Office); err != nil {
		return d, err
	}
	if d.template, err = templateOf(ctx, r, a.Office.ID, n.Kind); err != nil {
		return d, err
	}
	if d.logo, err = selectLogo(ctx, r, a.Office.ID, d.settings.Logo); err != nil {
		return d, err
	}
	if d.signer, err = signerOf(d, a); err != nil {
		return d, err
	}
	d.values, err = s.values(ctx, r, a, in, d)
	return d, err
}

// signerOf a letter is one of the settings, or the one who writes where the office named none.
func signerOf(d draft, a access.Actor) (Signer, error) {
	x, known := d.settings.signer(d.n.Signer, d.n.Kind)
	switch {
	case known:
		return x, nil
	case d.n.Signer != "":
		return x, fault.Invalid(fault.Field("signer", "unknown", "error.choice"))
	}
	return Signer{Name: a.Name, Title: i18n.T(d.lang, "letter.paper.worker", "office", a.Office.Name)}, nil
}

// number takes the next number of the office's year.
func (s *Service) number(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, d draft) (l Letter, year casefile.YearNumber, err error) {
	on := db.DayOf(tx.Now().Time, a.Office.Zone)
	taken, err := casefile.TakeNumbers(ctx, tx, a.Office.ID, "letter", []db.Date{on})
	if err != nil {
		return l, year, err
	}
	l = Letter{ID: db.NewID(), Case: in.Case.ID, CaseNumber: in.Case.Number, Referral: d.n.Referral, Kind: d.n.Kind, On: on, Edition: d.template.Edition,
		Setting: d.settings.Edition, Logo: d.settings.Logo, Replaces: d.n.Replaces, By: a.Name, At: tx.Now(), Version: 1}
	l.Number = Number(d.settings.Pattern, d.settings.code(l.Kind), taken[0].N, on)
	l.Code, err = newCode()
	return l, taken[0], err
}

// finish merges the text and draws the paper.
func (s *Service) finish(ctx context.Context, l *Letter, d draft) (pdf []byte, err error) {
	d.values["nomor_surat"], d.values["tanggal_surat"] = l.Number, i18n.Day(d.lang, l.On)
	filled, missing := d.template.merged(d.values)
	if len(missing) > 0 {
		return nil, valuesMissing(ctx, missing)
	}
	l.Made, l.Document = d.n, s.document(d, filled, *l)
	l.Subject, l.To = subjectOf(d, filled), strings.Join(d.n.To[:min(1, len(d.n.To))], "")
	return drawn(l.Document)
}

// drawn is the paper of a document; letters that can't be printed are told to the one who wrote.
func drawn(d paper.Document) ([]byte, error) {
	pdf, err := paper.Draw(d)
	if lacks := paper.Missing(nil); errors.As(err, &lacks) {
		return nil, fault.Invalid(lacking("values", lacks))
	}
	return pdf, err
}

var fieldWords = i18n.Family("letter.field.")

func valuesMissing(ctx context.Context, codes []string) error {
	var c fault.Checks
	for _, code := range codes {
		c.Field(true, code, "required", "letter.value_missing", "field", fieldWords.T(ctx, code))
	}
	return c.Err()
}

// sealedLetter is what stands under the case's key.
type sealedLetter struct {
	Subject  string         `json:"subject"`
	To       string         `json:"to,omitempty"`
	Code     string         `json:"code"`
	Made     New            `json:"made"`
	Document paper.Document `json:"document"`
}

const (
	letterField = "letter"
	paperField  = "letter paper"
	whyField    = "letter withdrawn"
)

type kept struct {
	Letter
	year casefile.YearNumber
	pdf  []byte
}

func keep(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, k kept) error {
	body, err := in.Key.SealJSON(letterField, sealedLetter{k.Subject, k.To, k.Code, k.Made, k.Document})
	if err != nil {
		return err
	}
	pdf, err := in.Key.Seal(paperField, string(k.pdf))
	if err != nil {
		return err
	}
	err = insertLetter(ctx, tx, a, k, body)
	if db.IsDuplicate(err) {
		return fault.Conflict("letter_number_taken", "letter.number_taken", "number", k.Number)
	}
	if err != nil {
		return err
	}
	return insertPaper(ctx, tx, k.ID, pdf)
}

// open fills in what of a letter is sealed.
func (l *Letter) open(key vault.Key, body []byte) error {
	var x sealedLetter
	if err := key.OpenJSON(letterField, body, &x); err != nil {
		return err
	}
	l.Subject, l.To, l.Code, l.Made, l.Document = x.Subject, x.To, x.Code, x.Made, x.Document
	l.Made.Referral, l.Made.Replaces = l.Referral, l.Replaces
	return nil
}

// OfCase are the letters of a case within the actor's scope, the newest first.
func (s *Service) OfCase(ctx context.Context, a access.Actor, caseID db.ID) (list []Letter, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectOfCase(ctx, r, in)
		return err
	})
	return list, err
}

// OfReferral are the letters of a referral of a case that is open to the reader, the newest first.
func OfReferral(ctx context.Context, r db.Reader, in casefile.Inside, referral db.ID) ([]Letter, error) {
	return selectOfReferral(ctx, r, in, referral)
}
