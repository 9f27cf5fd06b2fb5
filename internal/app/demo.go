package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/demo"
	"teduh/internal/region"
	"teduh/internal/vault"
)

// DemoPassword is the one password of all demo accounts. It is printed, which is why the demo serves this machine alone.
const DemoPassword = "rumah teduh untuk semua"

// DemoAccounts is what the demo tells when it opens.
type DemoAccounts struct {
	Password string
	Accounts []DemoAccount // one of each role at least; all others have the same password
	Others   int           // how many more there are
	Stale    bool          // its days lie too far back to look alive
}

// DemoAccount is one account of the demo.
type DemoAccount struct {
	Email string
	Name  string
	Role  access.Role
}

// DemoTold are the accounts the demo prints; they are the same each time, so that they can be told before it is filled.
func DemoTold() DemoAccounts {
	told := DemoAccounts{Password: DemoPassword}
	places := map[string]string{}
	for _, d := range region.Villages(demo.Region) {
		for _, v := range d.Villages {
			places[v.Code] = v.Name
		}
	}
	for _, acc := range demo.Accounts(places) {
		if !acc.Told {
			told.Others++
			continue
		}
		told.Accounts = append(told.Accounts, DemoAccount{acc.Email, acc.Name, acc.Role})
	}
	return told
}

// DemoFresh tells whether a folder still waits for its demo. One that was left half filled counts as fresh.
func DemoFresh(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, db.FileName))
	return errors.Is(err, fs.ErrNotExist)
}

// fillingName is the folder inside the demo's own in which it is made. What lies there is not finished.
const fillingName = "filling"

// OpenDemo opens the demo of a folder. A fresh one is made aside and moved into its place when it is whole, so that one
// that was broken off is never seen: the next start makes it anew.
func OpenDemo(ctx context.Context, c Config) (*App, DemoAccounts, error) {
	told := DemoTold()
	if DemoFresh(c.Dir) {
		if err := makeDemo(ctx, c); err != nil {
			return nil, told, err
		}
	}
	a, err := Open(ctx, c, true)
	if err != nil {
		return nil, told, err
	}
	begun, err := a.madeUp(ctx, c.Dir)
	if err != nil {
		return nil, told, errors.Join(err, a.Close())
	}
	told.Stale = a.Config.Now().Sub(begun) > 14*24*time.Hour
	return a, told, nil
}

// madeUp is when the demo was made: the time in the key of its office. A folder of real work is no demo.
func (a *App) madeUp(ctx context.Context, dir string) (time.Time, error) {
	if err := a.onlyMadeUp(ctx, dir); err != nil {
		return time.Time{}, err
	}
	u, err := a.Access.FindUnit(ctx, "")
	if err != nil {
		return time.Time{}, fmt.Errorf("%s holds no whole demo: begin anew with teduh demo --reset", dir)
	}
	return u.ID.Time(), nil
}

func (a *App) onlyMadeUp(ctx context.Context, dir string) error {
	units, err := a.Access.Units(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(units, func(u access.Unit) bool { return !u.MadeUp }) {
		return fmt.Errorf("%s holds an office at work and no demo: name another folder with --data", dir)
	}
	return nil
}

// aside is the folder in which a demo is made. A key that no demo was making belongs to other work.
func aside(dir string) (string, error) {
	inside := filepath.Join(dir, fillingName)
	_, begun := os.Stat(inside)
	if _, err := os.Stat(filepath.Join(dir, vault.FileName)); err == nil && begun != nil {
		return "", fmt.Errorf("%s holds the key of another installation and no demo: name another folder with --data", dir)
	}
	return inside, nil
}

func makeDemo(ctx context.Context, c Config) error {
	inside := c
	inside.Scratch = true
	var err error
	if inside.Dir, err = aside(c.Dir); err != nil {
		return err
	}
	if err := os.RemoveAll(inside.Dir); err != nil {
		return err
	}
	a, err := Open(ctx, inside, true)
	if err != nil {
		return err
	}
	_, err = a.Demo(ctx)
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	if err := db.Sync(inside.Dir); err != nil {
		return err
	}
	return moveIn(inside.Dir, c.Dir)
}

// moveIn moves what was made into its place, the database last: its being there says that all is there.
func moveIn(from, to string) error {
	for _, name := range []string{vault.FileName, attachment.FolderName, db.FileName} {
		err := os.Rename(filepath.Join(from, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.RemoveAll(from)
}

// ResetDemo takes the demo of a folder away. It touches nothing but what a demo is made of, and no office at work.
func ResetDemo(ctx context.Context, dir string) error {
	if DemoFresh(dir) {
		return nil // what is half made is made anew in any case
	}
	a, err := Open(ctx, Config{Dir: dir}, false)
	if err != nil {
		return fmt.Errorf("can't tell whether %s is a demo; remove it by hand: %w", dir, err)
	}
	if err := errors.Join(a.onlyMadeUp(ctx, dir), a.Close()); err != nil {
		return err
	}
	// The database goes last: without it the folder would hold a key of unknown use.
	for _, name := range []string{attachment.FolderName, fillingName, vault.FileName, db.FileName + "-wal", db.FileName + "-shm", db.FileName} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// Demo fills an empty installation with the made-up office and tells its accounts. Its past goes by a clock of its own.
func (a *App) Demo(ctx context.Context) (DemoAccounts, error) {
	told := DemoTold()
	hash, err := access.HashPassword(ctx, DemoPassword)
	if err != nil {
		return told, err
	}
	clock := &demo.Clock{}
	past := &App{Config: a.Config, DB: a.DB}
	past.Config.Now = clock.Now
	if err := past.services(); err != nil {
		return told, err
	}
	defer past.Journal.Close()
	return told, demo.Fill(ctx, demo.Office{DB: past.DB, Journal: past.Journal, Access: past.Access, Units: past.Units, People: past.People,
		Cases: past.Cases, Practice: past.Practice, Assess: past.Assessments, Drawings: past.Drawings, Groups: past.Groups, Instruments: past.Instruments, Requests: past.Requests, Inbound: past.Inbound, Calendar: past.Calendar,
		Guidance: past.Guidance, Network: past.Partners, Letters: past.Letters, Clock: clock}, a.Config.Now(), hash)
}
