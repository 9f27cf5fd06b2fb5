package casefile

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Columns a list of cases may show beside the client and the number, in their order; the first ones unless the reader chose.
var (
	Columns       = []string{"stage", "risk", "category", "worker", "village", "opened", "changed", "status", "confidentiality"}
	usualColumns  = []string{"stage", "risk", "category", "worker", "changed"}
	savedFilters  = []string{"milik", "status", "tahap", "risiko", "kategori", "kelurahan", "petugas", "rahasia", "perlu", "q", "urut"}
	maxSavedViews = 30
)

// SavedView is a list as someone wants to come back to it: its filters and order, under a name of their own.
type SavedView struct {
	ID      db.ID
	Name    string
	Query   string // of the address, without the place in the list
	Default bool   // what the list begins with
}

// Shelf is what a user keeps about the list of cases.
type Shelf struct {
	Views   []SavedView
	Columns []string
}

// Shelf reads what the actor keeps about the list.
func (s *Service) Shelf(ctx context.Context, a access.Actor) (shelf Shelf, err error) {
	if err := a.Require(access.CaseList); err != nil {
		return shelf, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if shelf.Views, err = selectViews(ctx, r, a.User, a.Office.ID); err != nil {
			return err
		}
		shelf.Columns, err = selectColumns(ctx, r, a.User)
		return err
	})
	if len(shelf.Columns) == 0 {
		shelf.Columns = usualColumns
	}
	return shelf, err
}

// SaveView keeps a view under a name; one of the same name is written over. At most one is the default.
func (s *Service) SaveView(ctx context.Context, a access.Actor, v SavedView) error {
	if err := a.Require(access.CaseList); err != nil {
		return err
	}
	if bad := text("name", v.Name, 1, 60); bad != nil {
		return fault.Invalid(bad)
	}
	values, err := url.ParseQuery(v.Query)
	if err != nil {
		return fault.Malformed()
	}
	v.Query = onlyFilters(values).Encode()
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		n, err := countViews(ctx, tx, a.User, a.Office.ID, v.Name)
		if err != nil {
			return err
		}
		if n >= maxSavedViews {
			return fault.Invalid(fault.Field("name", "too_many", "case.view.too_many", "max", maxSavedViews))
		}
		v.ID = db.NewID()
		if v.Default {
			if err := clearDefault(ctx, tx, a.User, a.Office.ID); err != nil {
				return err
			}
		}
		if err := upsertView(ctx, tx, a.User, a.Office.ID, v, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, s.own(a, "list.view_saved"))
	})
}

// DropView forgets one of the actor's own views.
func (s *Service) DropView(ctx context.Context, a access.Actor, id db.ID) error {
	if err := a.Require(access.CaseList); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		ok, err := db.Changed(deleteView(ctx, tx, a.User, id))
		if err == nil && !ok {
			err = fault.NotFound()
		}
		if err != nil {
			return err
		}
		return tx.Record(ctx, s.own(a, "list.view_dropped"))
	})
}

// ChooseColumns keeps which columns the actor sees; none means the usual ones.
func (s *Service) ChooseColumns(ctx context.Context, a access.Actor, columns []string) error {
	if err := a.Require(access.CaseList); err != nil {
		return err
	}
	var chosen []string
	for _, c := range Columns {
		if slices.Contains(columns, c) {
			chosen = append(chosen, c)
		}
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		if err := upsertColumns(ctx, tx, a.User, strings.Join(chosen, ",")); err != nil {
			return err
		}
		return tx.Record(ctx, s.own(a, "list.columns"))
	})
}

// own is a change of what someone keeps for themselves; it stands on no case.
func (s *Service) own(a access.Actor, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "user", Subject: a.User}
}

// onlyFilters are the questions of an address that make a view.
func onlyFilters(values url.Values) url.Values {
	kept := url.Values{}
	for _, name := range savedFilters {
		if values.Has(name) {
			kept.Set(name, values.Get(name))
		}
	}
	return kept
}
