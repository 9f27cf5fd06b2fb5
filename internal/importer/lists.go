package importer

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Lists are the lists that heads upload. Each is received sealed, checked beside the request, shown, and taken in; the work
// goes on when nobody looks, and is taken up by another machine where one stops.
type Lists struct {
	service *Service
	key     vault.Key
	crate   crate
	ctx     context.Context // ends when the program stops
	stop    context.CancelFunc
	working sync.WaitGroup

	mu   sync.Mutex
	runs map[db.ID]*run
}

// NewLists keeps lists in the data folder dir.
func NewLists(s *Service, v *vault.Vault, dir string) *Lists {
	ctx, stop := context.WithCancel(context.Background())
	l := &Lists{service: s, key: v.Brief(), crate: crate{dir, v.Brief()}, ctx: ctx, stop: stop, runs: map[db.ID]*run{}}
	l.working.Go(l.tidyUp)
	return l
}

// Close lets the lists at work stop where they are; they go on when they are looked at again.
func (l *Lists) Close() {
	l.stop()
	l.working.Wait()
}

// Receive keeps a file and begins to check it.
func (l *Lists) Receive(ctx context.Context, a access.Actor, kind, name string, from io.Reader) (List, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return List{}, err
	}
	if !slices.Contains(Kinds, kind) {
		return List{}, fault.Invalid(fault.Field("kind", "unknown", "list.kind_needed"))
	}
	list := List{ID: db.NewID(), Office: a.Office.ID, By: a.User, Kind: kind, Name: tidyName(name), State: StateChecking, At: db.At(l.service.Now())}
	size, err := l.crate.put(list.ID, from, MaxList)
	if errors.Is(err, errTooMuch) {
		return List{}, tooLarge()
	}
	if err != nil {
		return List{}, err
	}
	list.Size = size
	if size == 0 {
		return List{}, errors.Join(fault.Invalid(fault.Field("file", "empty", "list.file_empty")), l.crate.remove(list.ID))
	}
	if err := l.keep(ctx, a, list); err != nil {
		return List{}, errors.Join(err, l.crate.remove(list.ID))
	}
	l.begin(a, list)
	return list, nil
}

func (l *Lists) keep(ctx context.Context, a access.Actor, list List) error {
	name, err := l.key.Seal(nameField(list.ID), list.Name)
	if err != nil {
		return err
	}
	return l.service.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := insertList(ctx, tx, list, name); err != nil {
			return err
		}
		return tx.Record(ctx, l.change(a, list.ID, "office.list_received", journal.Detail{"kind": list.Kind}))
	})
}

func (l *Lists) change(a access.Actor, id db.ID, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "list", Subject: id, Detail: d}
}

// tidyName is the file's own name without a path, as one line.
func tidyName(name string) string {
	line := []rune(strings.ToValidUTF8(strings.Join(strings.Fields(filepath.Base(strings.ReplaceAll(name, `\`, "/"))), " "), ""))
	if line = line[:min(len(line), longestName)]; len(line) > 0 && string(line) != "." {
		return string(line)
	}
	return "–"
}

const longestName = 120

// shownLists are the newest on the page.
const shownLists = 20

// Newest are the office's lists, newest first.
func (l *Lists) Newest(ctx context.Context, a access.Actor) (list []List, err error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return nil, err
	}
	err = l.service.DB.Read(ctx, func(r db.Reader) error {
		list, err = selectLists(ctx, r, a.Scope(), l.key, shownLists)
		return err
	})
	return list, err
}

// Get reads a list. One that was left standing by a machine that stopped goes on here.
func (l *Lists) Get(ctx context.Context, a access.Actor, id db.ID) (list List, err error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return List{}, err
	}
	err = l.service.DB.Read(ctx, func(r db.Reader) error {
		list, err = selectList(ctx, r, a.Scope(), l.key, id)
		return err
	})
	if err == nil && list.Running() && l.of(id) == nil && l.service.Now().Sub(list.BeatAt.Time) > staleAfter {
		err = l.goOn(ctx, a, list)
	}
	return list, err
}

func (l *Lists) goOn(ctx context.Context, a access.Actor, list List) error {
	taken := false
	err := l.service.DB.Write(ctx, func(tx db.Tx) (err error) {
		taken, err = takeOver(ctx, tx, list, db.At(l.service.Now()))
		return err
	})
	if taken {
		l.begin(a, list)
	}
	return err
}

// Understand says what the columns stand for, by their place, and checks the list anew.
func (l *Lists) Understand(ctx context.Context, a access.Actor, id db.ID, chosen map[int]string) error {
	list, err := l.Get(ctx, a, id)
	if err != nil {
		return err
	}
	meanings, err := meaningsOf(list.Kind, chosen)
	if err != nil {
		return err
	}
	list.Meanings = chosen
	return l.move(ctx, a, list, [2]string{StateReady, StateRefused}, StateChecking, func(tx *journal.Tx) error { return updateMeanings(ctx, tx, id, meanings) })
}

// Take begins to take a list in, once however often it is asked.
func (l *Lists) Take(ctx context.Context, a access.Actor, id db.ID, skipBad bool) error {
	list, err := l.Get(ctx, a, id)
	if err != nil || list.State == StateWriting || list.State == StateDone {
		return err
	}
	if !list.Takeable(skipBad) {
		return fault.Conflict("list_not_ready", "list.not_ready")
	}
	list.SkipBad = skipBad
	return l.move(ctx, a, list, [2]string{StateReady, StateFailed}, StateWriting, func(tx *journal.Tx) error { return updateSkipBad(ctx, tx, id, skipBad) })
}

// move brings a list into a state of work and begins it; where someone else was quicker it does nothing.
func (l *Lists) move(ctx context.Context, a access.Actor, list List, from [2]string, to string, also func(tx *journal.Tx) error) error {
	moved := false
	err := l.service.Journal.Write(ctx, func(tx *journal.Tx) (err error) {
		if moved, err = moveList(ctx, tx, list.ID, from, to, tx.Now()); err != nil || !moved {
			return err
		}
		if err := also(tx); err != nil {
			return err
		}
		return tx.Record(ctx, l.change(a, list.ID, "office.list_"+to, nil))
	})
	if err == nil && moved {
		list.State = to
		l.begin(a, list)
	}
	return err
}

// Discard deletes a list that is not to be taken in.
func (l *Lists) Discard(ctx context.Context, a access.Actor, id db.ID) error {
	list, err := l.Get(ctx, a, id)
	if err != nil {
		return err
	}
	if list.State == StateWriting || list.State == StateDone {
		return fault.Conflict("list_taken", "list.taken_already")
	}
	err = l.service.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := forgetList(ctx, tx, id); err != nil {
			return err
		}
		return tx.Record(ctx, l.change(a, id, "office.list_gone", nil))
	})
	if err != nil {
		return err
	}
	return l.crate.remove(id)
}

// seal makes the report ready for its row.
func (l *Lists) seal(id db.ID, r Report) ([]byte, error) {
	plain, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return l.key.Seal(reportField(id), string(plain))
}

// Sweep deletes files that were kept for a day and reports that were kept for a month.
func (l *Lists) Sweep(ctx context.Context) error {
	now := l.service.Now()
	var old []db.ID
	err := l.service.DB.Write(ctx, func(tx db.Tx) (err error) {
		if old, err = selectOld(ctx, tx, db.At(now.Add(-fileLasts))); err != nil {
			return err
		}
		for _, id := range old {
			if err := forgetList(ctx, tx, id); err != nil {
				return err
			}
		}
		return deleteLists(ctx, tx, db.At(now.Add(-reportLasts)))
	})
	for _, id := range old {
		err = errors.Join(err, l.crate.remove(id))
	}
	return errors.Join(err, l.removeLost())
}

// removeLost deletes files that an upload left which never got a row.
func (l *Lists) removeLost() error {
	dir := filepath.Join(l.crate.dir, crateName)
	files, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		info, infoErr := f.Info()
		if infoErr == nil && l.service.Now().Sub(info.ModTime()) > fileLasts {
			err = errors.Join(err, os.Remove(filepath.Join(dir, f.Name())))
		}
	}
	return err
}
