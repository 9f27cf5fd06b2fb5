package letter

import (
	"context"
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// Ask is which of the office's letters are asked for: of a kind, written before another one.
type Ask struct {
	Kind   string
	Before db.ID
	Limit  int
}

// Listed is a letter in the office's list: nothing that is sealed.
type Listed struct {
	ID         db.ID
	Case       db.ID
	CaseNumber string
	Kind       string
	Number     string
	On         db.Date
	By         string
	Stands     bool
}

// List are the office's letters from cases within the actor's scope, the newest numbers first.
func (s *Service) List(ctx context.Context, a access.Actor, ask Ask) (list []Listed, more bool, err error) {
	if err := a.Require(access.LetterWrite); err != nil {
		return nil, false, err
	}
	ask.Limit = web.Limit(ask.Limit)
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectListed(ctx, r, s.cases.ReachArgs(a), ask)
		return err
	})
	if more = len(list) > ask.Limit; more {
		list = list[:ask.Limit]
	}
	return list, more, err
}

func readAsk(r *http.Request) Ask {
	q := web.Query(r)
	ask := Ask{Kind: q.Line("jenis")}
	if !slices.Contains(Kinds, ask.Kind) {
		ask.Kind = ""
	}
	if parts, ok := web.ReadCursor(q.Line("cursor"), 1); ok {
		ask.Before, _ = db.ParseID(parts[0])
	}
	return ask
}

// pageAddress is the list from behind a letter on.
func pageAddress(kind string, after db.ID) string {
	address := "/surat?"
	if kind != "" {
		address += "jenis=" + kind + "&"
	}
	return address + "cursor=" + web.Cursor(after.String())
}

// madeOf are the template of a kind and the settings that a new letter would be made with.
func (s *Service) madeOf(ctx context.Context, a access.Actor, kind string) (t Template, x Settings, err error) {
	if err := a.Require(access.LetterWrite); err != nil {
		return t, x, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if t, err = templateOf(ctx, r, a.Office.ID, kind); err != nil {
			return err
		}
		x, err = settingsOf(ctx, r, a.Office)
		return err
	})
	return t, x, err
}
