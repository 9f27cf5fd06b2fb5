package practice

import (
	"context"
	"slices"
	"strconv"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Consent is the record of what a client agreed to, with the fields of ISO/IEC TS 27560:2023. It is never changed once given;
// a withdrawal is written beside it.
type Consent struct {
	ID          db.ID
	Kind        string
	TextVersion string // of the text that was read; empty means the one that holds now
	Language    string // in which it was read; empty means Indonesian
	Signed
	Guardian     string // who agreed for a child
	Relation     string // how the guardian stands to the child
	Recipient    string // to whom, of a referral
	Data         string // which data, of a referral; what for, of a recording
	GivenAt      db.Time
	By           string
	WithdrawnAt  db.Time
	WithdrawnBy  string
	WithdrawnWhy string
}

// recordText is what of a record is sealed.
type recordText struct {
	Signed
	Guardian  string `json:"guardian,omitempty"`
	Relation  string `json:"relation,omitempty"`
	Recipient string `json:"recipient,omitempty"`
	Data      string `json:"data,omitempty"`
}

// Stands tells whether it still allows what it was given for.
func (c Consent) Stands() bool { return c.WithdrawnAt.IsZero() }

func (c *Consent) check() error {
	if c.Language == "" {
		c.Language = "id"
	}
	var k fault.Checks
	k.Field(!slices.Contains(ConsentKinds, c.Kind), "kind", "unknown", "error.choice")
	k.Field(!slices.Contains(Languages, c.Language), "language", "unknown", "error.choice")
	c.Signed.check(&k)
	k.Add(web.Length("guardian", c.Guardian, least(c.Kind == "child"), web.MaxName))
	k.Add(web.Length("relation", c.Relation, least(c.Kind == "child"), web.MaxName))
	k.Add(web.Length("recipient", c.Recipient, least(c.Kind == "referral"), web.MaxLine))
	k.Add(web.Length("data", c.Data, least(c.Kind == "referral" || c.Kind == "recording"), web.MaxLine))
	return k.Err()
}

func least(needed bool) int {
	if needed {
		return 1
	}
	return 0
}

// GiveConsent records what the client agreed to. A photograph that comes along is kept with it.
func (s *Service) GiveConsent(ctx context.Context, a access.Actor, caseID db.ID, c Consent, photo Photo) (db.ID, error) {
	c.File = fileOf(photo)
	if err := c.check(); err != nil {
		return db.ID{}, err
	}
	c.ID = db.NewID()
	return c.ID, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		version, err := strconv.Atoi("0" + c.TextVersion)
		if err != nil {
			return "", fault.Invalid(fault.Field("text_version", "unknown", "error.choice"))
		}
		text, err := textAt(ctx, tx, in.Case.Office, c.Kind, c.Language, version)
		if err != nil {
			return "", err
		}
		c.TextVersion, c.GivenAt = strconv.Itoa(text.Version), tx.Now()
		record, err := in.Key.SealJSON("consent record", recordText{c.Signed, c.Guardian, c.Relation, c.Recipient, c.Data})
		if err != nil {
			return "", err
		}
		if err := keepPhoto(ctx, tx, in, photo); err != nil {
			return "", err
		}
		return "practice.consent", insertConsent(ctx, tx, caseID, a.User, c, record)
	})
}

// consentWithdrawn is the code of the task a withdrawal leaves behind; withdrawalTime is how long the law gives for it (Law 27
// of 2022 on the protection of personal data: three times 24 hours).
const (
	consentWithdrawn = "consent_withdrawn"
	withdrawalTime   = 3 * 24 * time.Hour
)

// WithdrawConsent ends what a consent allowed from this moment, also of a closed case, and makes a task for the worker in
// charge: what was given away must be called back in time.
func (s *Service) WithdrawConsent(ctx context.Context, a access.Actor, caseID, id db.ID, why string) error {
	if err := web.Line("why", why, 0); err != nil {
		return err
	}
	return s.cases.WorkEver(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		c, err := selectConsent(ctx, tx, in, id)
		if err == nil && !c.Stands() {
			err = fault.NotFound()
		}
		if err != nil {
			return "", err
		}
		sealed, err := in.Key.Seal("withdrawal", why)
		if err != nil {
			return "", err
		}
		task, err := s.cases.TaskIn(ctx, tx, a, in, consentWithdrawn, db.DayOf(tx.Now().Add(withdrawalTime), a.Office.Zone))
		if err != nil {
			return "", err
		}
		return "practice.consent_withdrawn", withdrawConsent(ctx, tx, withdrawal{id, a.User, tx.Now(), sealed, task})
	})
}

// Waiver is an emergency in which data left without consent.
type Waiver struct {
	Kind   string
	Reason string
	By     string
	At     db.Time
	Until  db.Time
	by     db.ID
	caseID db.ID
}

// waiverLasts is how long an emergency opens the door, for the one who gave the reason.
const waiverLasts = time.Hour

// WithoutConsent lets data of a kind leave for an hour because of an emergency; the reason stays in the case for ever.
func (s *Service) WithoutConsent(ctx context.Context, a access.Actor, caseID db.ID, kind, reason string) error {
	if err := oneOf("kind", ConsentKinds, kind); err != nil {
		return err
	}
	if err := web.Line("reason", reason, 20); err != nil {
		return err
	}
	return s.cases.WorkEver(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		sealed, err := in.Key.Seal("without consent", reason)
		if err != nil {
			return "", err
		}
		return "practice.without_consent", insertWaiver(ctx, tx, Waiver{Kind: kind, At: tx.Now(), Until: db.At(tx.Now().Add(waiverLasts)), by: a.User, caseID: caseID}, sealed)
	})
}

// Record reads one consent of a case with the text it was given to.
func (s *Service) Record(ctx context.Context, a access.Actor, caseID, id db.ID) (c Consent, t Text, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if c, err = selectConsent(ctx, r, in, id); err != nil {
			return err
		}
		version, err := strconv.Atoi(c.TextVersion)
		if err != nil {
			return err
		}
		t, err = textAt(ctx, r, in.Case.Office, c.Kind, c.Language, version)
		return err
	})
	return c, t, err
}

// ToRead is the text that is to be read to the client of a case now.
func (s *Service) ToRead(ctx context.Context, a access.Actor, caseID db.ID, kind, language string) (t Text, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		t, err = textAt(ctx, r, in.Case.Office, kind, language, 0)
		return err
	})
	return t, err
}

// LetOut tells casefile of which cases a client's data may leave the office: by consent that stands, or because the actor gave
// the reason of an emergency within the hour.
func LetOut(ctx context.Context, r db.Reader, a access.Actor, kind string, now db.Time, ids []db.ID) (map[db.ID]bool, error) {
	let, err := selectConsented(ctx, r, kind, ids)
	if err != nil {
		return nil, err
	}
	waived, err := selectOpenWaivers(ctx, r, a.User, kind, now, ids)
	for _, id := range waived {
		let[id] = true
	}
	return let, err
}

// AgreedAt is when the client of a case agreed to something that still stands, the last time; zero where nothing does.
func AgreedAt(ctx context.Context, r db.Reader, in casefile.Inside, kind string) (at db.Time, err error) {
	list, err := selectConsents(ctx, r, in)
	if i := slices.IndexFunc(list, func(c Consent) bool { return c.Kind == kind && c.Stands() }); i >= 0 {
		at = list[i].GivenAt
	}
	return at, err
}
