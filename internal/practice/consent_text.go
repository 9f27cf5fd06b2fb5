package practice

import (
	"context"
	"embed"
	"encoding/json"
	"slices"

	"github.com/BurntSushi/toml"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Text is what is read to a client before they agree: of one kind, in one language, at one version. Version 1 is shipped;
// those above it are the office's own. A published text is never changed.
type Text struct {
	Kind     string `json:"-"`
	Language string `json:"-"`
	Version  int    `json:"-"`
	Terms
}

// Terms are the words of a text, and what of them a receipt names.
type Terms struct {
	Title      string `json:"title" toml:"title"`
	Read       string `json:"read" toml:"read"`
	Purposes   string `json:"purposes" toml:"purposes"`
	Data       string `json:"data" toml:"data"`
	Recipients string `json:"recipients" toml:"recipients"`
	Storage    string `json:"storage" toml:"storage"`
	Withdrawal string `json:"withdrawal" toml:"withdrawal"`
}

// Languages a text may be read in.
var Languages = []string{"id", "en"}

//go:embed texts/1.id.toml texts/1.en.toml
var textFiles embed.FS

// shipped are the texts of version 1, by language and kind.
var shipped = map[string]map[string]Terms{"id": mustRead("texts/1.id.toml"), "en": mustRead("texts/1.en.toml")}

func mustRead(name string) (terms map[string]Terms) {
	if _, err := toml.DecodeFS(textFiles, name, &terms); err != nil {
		panic("practice: " + name + ": " + err.Error()) // a slip in our own text, met at the first start
	}
	return terms
}

func (t Terms) check() error {
	var c fault.Checks
	c.Add(web.Length("title", t.Title, 1, web.MaxName))
	c.Add(web.Length("read", t.Read, 1, web.MaxText))
	for field, line := range map[string]string{"purposes": t.Purposes, "data": t.Data, "recipients": t.Recipients, "storage": t.Storage, "withdrawal": t.Withdrawal} {
		c.Add(web.Length(field, line, 1, web.MaxLine))
	}
	return c.Err()
}

// Texts are the texts of an office, and the way to publish new versions.
type Texts struct {
	db      *db.DB
	journal *journal.Journal
}

// NewTexts of an installation.
func NewTexts(d *db.DB, j *journal.Journal) *Texts { return &Texts{d, j} }

// All are the texts that hold now at the actor's office, in the order of kinds and languages.
func (s *Texts) All(ctx context.Context, a access.Actor) (list []Text, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		for _, kind := range ConsentKinds {
			for _, language := range Languages {
				t, err := textAt(ctx, r, a.Office.ID, kind, language, 0)
				if err != nil {
					return err
				}
				list = append(list, t)
			}
		}
		return nil
	})
	return list, err
}

// Publish makes a new version of a text, over the one that was read; those before it stay.
func (s *Texts) Publish(ctx context.Context, a access.Actor, t Text) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	if !slices.Contains(ConsentKinds, t.Kind) || !slices.Contains(Languages, t.Language) {
		return fault.NotFound()
	}
	if err := t.check(); err != nil {
		return err
	}
	body, err := json.Marshal(t.Terms)
	if err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		now, err := textAt(ctx, tx, a.Office.ID, t.Kind, t.Language, 0)
		if err == nil && now.Version != t.Version {
			err = fault.VersionChanged(int64(now.Version))
		}
		if err != nil {
			return err
		}
		t.Version++
		if err := insertText(ctx, tx, a.Office.ID, a.User, tx.Now(), t, string(body)); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "office.consent_text", Kind: "unit", Subject: a.Office.ID,
			Detail: journal.Detail{"kind": t.Kind, "language": t.Language}})
	})
}

// textAt is a text at a version; version 0 is the one that holds now.
func textAt(ctx context.Context, r db.Reader, office db.ID, kind, language string, version int) (Text, error) {
	t := Text{Kind: kind, Language: language, Version: 1}
	terms, known := shipped[language][kind]
	if !known {
		return t, fault.NotFound()
	}
	t.Terms = terms
	if version == 1 {
		return t, nil
	}
	own, err := selectText(ctx, r, office, t, version)
	if fault.Is(err, "not_found") && version == 0 {
		return t, nil
	}
	return own, err
}
