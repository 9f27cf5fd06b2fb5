package ops

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/vault"
)

// Finding is what one examination found, in one line; where it is not sound, with what to do.
type Finding struct {
	Check string `json:"check"`
	Sound bool   `json:"sound"`
	Words string `json:"words"`
}

// examination looks at one matter: what it saw when all is well, and what is wrong.
type examination struct {
	name string
	look func(ctx context.Context, p patient) (seen string, wrong []string, err error)
}

// patient is the installation under examination.
type patient struct {
	Place
	now func() time.Time
}

// The examinations, in the order in which a fault of one explains the faults of the next.
var (
	basics = []examination{{"disk", disk}, {"database", database}, {"schema", schema}}
	rest   = []examination{{"key", key}, {"clock", clock}, {"settings", settings}, {"numbers", numbers}, {"journal", journalRows}, {"files", files}}
)

// Doctor examines an installation and changes nothing in it. Where the database or its schema is not in order, the
// examinations that read it are left for later. The office may be at work meanwhile.
func Doctor(ctx context.Context, p Place, now func() time.Time) (found []Finding, sound bool) {
	pt := patient{Place: p, now: now}
	found, sound = examine(ctx, pt, basics)
	if !sound {
		return found, false
	}
	more, sound := examine(ctx, pt, rest)
	return append(found, more...), sound
}

func examine(ctx context.Context, p patient, all []examination) (found []Finding, sound bool) {
	sound = true
	for _, e := range all {
		seen, wrong, err := e.look(ctx, p)
		if err != nil {
			wrong = append(wrong, "can't be examined: "+strings.ReplaceAll(err.Error(), "\n", "; "))
		}
		if len(wrong) == 0 {
			found = append(found, Finding{Check: e.name, Sound: true, Words: seen})
		}
		for _, w := range wrong {
			found, sound = append(found, Finding{Check: e.name, Words: w}), false
		}
	}
	return found, sound
}

// little is the room below which a disk is called full: a day's work and a backup need some.
const little = 1 << 30

func disk(_ context.Context, p patient) (string, []string, error) {
	room, known := Room(p.Dir)
	switch {
	case !known:
		return "free room is not known on this system", nil, nil
	case room < little:
		return "", []string{fmt.Sprintf("only %d MiB are free at %s: make room, at least 1 GiB", room>>20, p.Dir)}, nil
	}
	return fmt.Sprintf("%d GiB free", room>>30), nil, nil
}

func database(ctx context.Context, p patient) (string, []string, error) {
	wrong, err := p.DB.Check(ctx)
	for i, w := range wrong {
		wrong[i] = w + ": stop the server, keep a copy of the database as it is, and restore the newest backup"
	}
	if p.DB.Engine() == db.SQLite && err == nil {
		wrong = append(wrong, secret(filepath.Join(p.Dir, db.FileName))...)
	}
	return string(p.DB.Engine()) + " answers, and its pages and foreign keys are sound", wrong, err
}

func schema(ctx context.Context, p patient) (string, []string, error) {
	waiting, err := p.DB.Pending(ctx)
	if err != nil {
		return "", nil, err
	}
	if len(waiting) > 0 {
		return "", []string{fmt.Sprintf("%d migrations wait: make a backup, then run teduh migrate", len(waiting))}, nil
	}
	v, err := p.DB.Version(ctx)
	return fmt.Sprintf("up to date (%d)", v), nil, err
}

// secret tells of a file that others than its owner may read.
func secret(path string) []string {
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return []string{fmt.Sprintf("%s has mode %04o: run chmod 600 %s", path, info.Mode().Perm(), path)}
	}
	return nil
}

func key(ctx context.Context, p patient) (string, []string, error) {
	path := filepath.Join(p.Dir, vault.FileName)
	secretKey, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return "", []string{path + " is missing: put it back from a backup; without it nothing sealed can be read"}, nil
	}
	if err != nil {
		return "", nil, err
	}
	wrong := secret(path)
	err = p.DB.Read(ctx, func(r db.Reader) error { return keyFits(ctx, r, secretKey) })
	if err != nil && ctx.Err() == nil {
		wrong = append(wrong, err.Error()+": put the right master.key back from a backup")
	}
	return "opens the data keys, and is its owner's alone", wrong, ctx.Err()
}

func clock(ctx context.Context, p patient) (string, []string, error) {
	newest, err := newestChange(ctx, p.DB)
	if err != nil {
		return "", nil, err
	}
	if ahead := newest.Sub(p.now()); !newest.IsZero() && ahead > 0 {
		return "", []string{fmt.Sprintf("the clock is at least %s behind the newest change: set the time of this machine", ahead.Round(time.Second))}, nil
	}
	return "not before the newest change", nil, nil
}

func files(ctx context.Context, p patient) (string, []string, error) {
	hashes, err := fileHashes(ctx, p.DB)
	if err != nil {
		return "", nil, err
	}
	missing := 0
	for _, h := range hashes {
		if _, err := os.Stat(attachment.Path(p.Dir, h)); err != nil {
			missing++
		}
	}
	if missing > 0 {
		return "", []string{fmt.Sprintf("%d of %d attached files are missing in %s: put them back from a backup", missing, len(hashes), filepath.Join(p.Dir, attachment.FolderName))}, nil
	}
	return fmt.Sprintf("%d attached files are there", len(hashes)), nil, nil
}
