package letter

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Settings are what stands on all letters of the actor's office now, with the picture of the letterhead.
func (s *Service) Settings(ctx context.Context, a access.Actor) (now Settings, logo []byte, err error) {
	if !a.Can(access.OfficeSettings) && !a.Can(access.LetterWrite) {
		return now, nil, fault.Forbidden()
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if now, err = settingsOf(ctx, r, a.Office); err != nil {
			return err
		}
		logo, err = selectLogo(ctx, r, a.Office.ID, now.Logo)
		return err
	})
	return now, logo, err
}

// Save makes a new edition of the settings over the one that was read; letters that were written stay as they are. A picture
// that comes along becomes the logo; drop takes the logo away.
func (s *Service) Save(ctx context.Context, a access.Actor, x Settings, logo []byte, drop bool) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	if err := x.check(); err != nil {
		return err
	}
	body, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		now, err := settingsOf(ctx, tx, a.Office)
		if err == nil && now.Edition != x.Edition {
			err = fault.VersionChanged(int64(now.Edition))
		}
		if err != nil {
			return err
		}
		x.Edition, x.Logo = now.Edition+1, now.Logo
		switch {
		case len(logo) > 0:
			x.Logo = db.NewID()
			err = insertLogo(ctx, tx, a, x.Logo, tx.Now(), logo)
		case drop:
			x.Logo = db.ID{}
		}
		if err == nil {
			err = insertSettings(ctx, tx, a, tx.Now(), x, string(body))
		}
		if err != nil {
			return err
		}
		return tx.Record(ctx, officeChange(a, "office.letter_settings", journal.Detail{"edition": x.Edition}))
	})
}

// Templates are those that hold now at the actor's office, in the order of kinds.
func (s *Service) Templates(ctx context.Context, a access.Actor) (list []Template, err error) {
	if !a.Can(access.OfficeSettings) && !a.Can(access.LetterWrite) {
		return nil, fault.Forbidden()
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		for _, kind := range Kinds {
			t, err := templateOf(ctx, r, a.Office.ID, kind)
			if err != nil {
				return err
			}
			list = append(list, t)
		}
		return nil
	})
	return list, err
}

// Publish makes a new edition of a template over the one that was read; those before it stay.
func (s *Service) Publish(ctx context.Context, a access.Actor, t Template) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	if _, known := shipped[t.Kind]; !known {
		return fault.NotFound()
	}
	if err := t.check(); err != nil {
		return err
	}
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		now, err := templateOf(ctx, tx, a.Office.ID, t.Kind)
		if err == nil && now.Edition != t.Edition {
			err = fault.VersionChanged(int64(now.Edition))
		}
		if err != nil {
			return err
		}
		t.Edition++
		if err := insertTemplate(ctx, tx, a, tx.Now(), t, string(body)); err != nil {
			return err
		}
		return tx.Record(ctx, officeChange(a, "office.letter_template", journal.Detail{"kind": t.Kind, "edition": t.Edition}))
	})
}

func officeChange(a access.Actor, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "unit", Subject: a.Office.ID, Detail: d}
}
