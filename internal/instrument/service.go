package instrument

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Needs are what the service stands on.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Vault   *vault.Vault
	Cases   *casefile.Service
	Access  *access.Service
	Office  *unit.Service
	Now     func() time.Time
}

// Service is what can be done with instruments.
type Service struct {
	Needs
	known sync.Map // db.ID of a row → Edition
}

// NewService of an installation.
func NewService(n Needs) *Service { return &Service{Needs: n} }

// Editions are all of an office, the shipped ones too, by name and newest version first.
func (s *Service) Editions(ctx context.Context, a access.Actor) (list []Edition, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		list, err = s.editions(ctx, r, a.Office.ID)
		return err
	})
	return list, err
}

// editions puts the office's rows over the shipped ones: a row without documents decides about a shipped edition.
func (s *Service) editions(ctx context.Context, r db.Reader, office db.ID) ([]Edition, error) {
	rows, err := selectEditions(ctx, r, office)
	if err != nil {
		return nil, err
	}
	list := slices.Clone(shipped())
	for _, row := range rows {
		at := slices.IndexFunc(list, func(e Edition) bool { return e.Name == row.name && e.Version == row.edition })
		if at < 0 {
			e, err := s.parsed(ctx, r, row)
			if err != nil {
				return nil, err
			}
			list, at = append(list, e), len(list)
		}
		list[at].State, list[at].At, list[at].By = row.state, row.at, row.by
	}
	slices.SortStableFunc(list, func(x, y Edition) int { return cmp.Or(orderOf(x)-orderOf(y), cmp.Compare(x.Name, y.Name), newer(x, y)) })
	return list, nil
}

// newer orders versions by length and letters, «10» before «9».
func newer(x, y Edition) int {
	return cmp.Or(cmp.Compare(len(y.Version), len(x.Version)), cmp.Compare(y.Version, x.Version))
}

// parsed reads the documents of an edition once: they never change.
func (s *Service) parsed(ctx context.Context, r db.Reader, row editionRow) (Edition, error) {
	if e, ok := s.known.Load(row.id); ok {
		return e.(Edition), nil
	}
	f, err := selectFiles(ctx, r, row.id)
	if err != nil {
		return Edition{}, err
	}
	e, bad := read(f)
	if len(bad) > 0 {
		return Edition{}, &unreadable{row.name, row.edition}
	}
	s.known.Store(row.id, e)
	return e, nil
}

// unreadable says that what was once taken can no longer be read.
type unreadable struct{ name, edition string }

func (e *unreadable) Error() string {
	return "instrument: " + e.name + " " + e.edition + " can no longer be read"
}

// Edition finds one by name and version, whatever its state: old answers stay readable.
func (s *Service) Edition(ctx context.Context, a access.Actor, name, version string) (e Edition, err error) {
	list, err := s.Editions(ctx, a)
	if err != nil {
		return e, err
	}
	return pick(list, name, version)
}

func pick(list []Edition, name, version string) (Edition, error) {
	for _, e := range list {
		if e.Name == name && e.Version == version {
			return e, nil
		}
	}
	return Edition{}, fault.NotFound()
}

// structure finds a shipped instrument whose words are not free.
func structure(list []Edition, name string) (Edition, error) {
	for _, e := range list {
		if e.Name == name && e.Shipped && !e.Form.Worded() {
			return e, nil
		}
	}
	return Edition{}, fault.NotFound()
}

// Offered are the newest usable editions, one of each name.
func Offered(list []Edition) (offered []Edition) {
	for _, e := range list {
		if e.Usable() && !slices.ContainsFunc(offered, func(o Edition) bool { return o.Name == e.Name }) {
			offered = append(offered, e)
		}
	}
	return offered
}

// Bring takes in an edition as a draft. Without a scoring document the rules of the shipped instrument of the same name are
// taken: an office that loads licensed words for it need not write them.
func (s *Service) Bring(ctx context.Context, a access.Actor, questionnaire, rules []byte) (Edition, error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return Edition{}, err
	}
	if len(rules) == 0 {
		rules = rulesFor(questionnaire)
	}
	e, bad := read(files{string(questionnaire), string(rules)})
	if len(bad) > 0 {
		return e, refused(bad)
	}
	e.State = Draft
	err := s.Journal.Write(ctx, func(tx *journal.Tx) error {
		list, err := s.editions(ctx, tx, a.Office.ID)
		if err != nil {
			return err
		}
		if _, err := pick(list, e.Name, e.Version); err == nil {
			return fault.Invalid(fault.Field("questionnaire", "twice", "instrument.twice", "name", e.Name, "version", e.Version))
		}
		id := db.NewID()
		if err := insertEdition(ctx, tx, a.Office.ID, editionRow{id: id, name: e.Name, edition: e.Version, state: Draft,
			by: casefile.User{ID: a.User}, at: tx.Now()}, e.files); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "instrument.brought", Kind: "instrument", Subject: id})
	})
	return e, err
}

// refused tells what is wrong, each at its file.
func refused(list []wrong) error {
	var c fault.Checks
	for _, w := range list {
		key := string(formProblems) + w.code
		if w.file == "scoring" {
			key = string(ruleProblems) + w.code
		}
		c.Add(fault.Field(w.file, w.code, key, "item", w.item, "word", w.word, "at", w.at))
	}
	return c.Err()
}

// SetState publishes an edition or takes it out of use. What was published is never a draft again.
func (s *Service) SetState(ctx context.Context, a access.Actor, name, version, state string) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	return s.Journal.Write(ctx, func(tx *journal.Tx) error {
		list, err := s.editions(ctx, tx, a.Office.ID)
		if err != nil {
			return err
		}
		e, err := pick(list, name, version)
		if err != nil {
			return err
		}
		if state != Published && state != Retired || e.State == state {
			return fault.Conflict("instrument_state", "instrument.state_refused")
		}
		id, err := upsertState(ctx, tx, a.Office.ID, editionRow{id: db.NewID(), name: name, edition: version, state: state, by: casefile.User{ID: a.User}, at: tx.Now()})
		if err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "instrument." + state, Kind: "instrument", Subject: id})
	})
}
