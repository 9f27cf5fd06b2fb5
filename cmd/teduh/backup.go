package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/ops"
)

// Where passphrases are read from: never from a flag, which everyone on the machine could see.
const (
	backupEnv = "TEDUH_BACKUP_PASSPHRASE"
	keyEnv    = "TEDUH_KEY_PASSPHRASE"
)

type backupCommand struct {
	installation
	File string `arg:"" type:"path" help:"The file to write. Passphrases are read from TEDUH_BACKUP_PASSPHRASE and TEDUH_KEY_PASSPHRASE, or asked for."`
}

// Run makes the backup; the office works on meanwhile.
func (c *backupCommand) Run(ctx context.Context, o *output) error {
	return c.at(ctx, func(p ops.Place) error {
		opts, err := o.passphrases(true)
		if err != nil {
			return err
		}
		report, err := ops.Backup(ctx, p, c.File, opts)
		o.endBar()
		if err != nil {
			return err
		}
		return o.show(c.JSON, report, fmt.Sprintf("Backed up %d rows of %d tables and %d files into %s (%d KiB).", report.Rows, report.Tables, report.Files, c.File, report.Bytes>>10),
			"Keep both passphrases apart from the file: without them nobody opens it.")
	})
}

type restoreCommand struct {
	installation
	File string `arg:"" type:"existingfile" help:"The backup. Passphrases are read from TEDUH_BACKUP_PASSPHRASE and TEDUH_KEY_PASSPHRASE, or asked for."`
}

// Run restores into an empty place.
func (c *restoreCommand) Run(ctx context.Context, o *output) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return err
	}
	opts, err := o.passphrases(false)
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Config{Dir: cfg.Dir, Postgres: cfg.Postgres})
	if err != nil {
		return err
	}
	report, err := ops.Restore(ctx, c.File, ops.Place{DB: d, Dir: cfg.Dir}, opts)
	o.endBar()
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	return o.show(c.JSON, report, fmt.Sprintf("Restored the backup of %s: %d rows and %d files.", report.MadeAt.Local().Format(time.DateTime), report.Rows, report.Files),
		fmt.Sprintf("Compared after writing: all %d tables equal the backup.", report.Tables))
}

type doctorCommand struct{ installation }

// Run examines the installation; it is sound when every line begins with ok.
func (c *doctorCommand) Run(ctx context.Context, o *output) error {
	return c.at(ctx, func(p ops.Place) error {
		found, sound := ops.Doctor(ctx, p, time.Now)
		lines, wrong := make([]string, len(found)), 0
		for i, f := range found {
			mark := "ok    "
			if !f.Sound {
				mark = "WRONG "
				wrong++
			}
			lines[i] = mark + f.Check + ": " + f.Words
		}
		if err := o.show(c.JSON, found, lines...); err != nil || sound {
			return err
		}
		return fmt.Errorf("%d findings need to be looked after", wrong)
	})
}

// at opens the database of an installation that is there already, as it is.
func (i installation) at(ctx context.Context, fn func(ops.Place) error) error {
	cfg, err := i.config()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(cfg.Dir, db.FileName)); cfg.Postgres == "" && err != nil {
		return fmt.Errorf("there is no installation in %s: name its folder with --data", cfg.Dir)
	}
	d, err := db.Open(ctx, db.Config{Dir: cfg.Dir, Postgres: cfg.Postgres})
	if err != nil {
		return err
	}
	return errors.Join(fn(ops.Place{DB: d, Dir: cfg.Dir}), d.Close())
}

// passphrases reads both from the environment or asks for them; new ones are asked for twice.
func (o *output) passphrases(fresh bool) (opts ops.Options, err error) {
	opts = ops.Options{Version: app.Version, Now: time.Now}
	if opts.Passphrase, err = o.passphrase(backupEnv, "Passphrase of the backup", fresh); err != nil {
		return opts, err
	}
	if opts.KeyPassphrase, err = o.passphrase(keyEnv, "Passphrase of the key, another one", fresh); err != nil {
		return opts, err
	}
	if isTerminal(o.stderr) {
		opts.Progress = o.bar
	}
	return opts, nil
}

func (o *output) passphrase(env, words string, fresh bool) (string, error) {
	if given := os.Getenv(env); given != "" {
		return given, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", fmt.Errorf("set %s and %s, or run this on a terminal, which asks for them", backupEnv, keyEnv)
	}
	first, err := o.ask(words)
	if err != nil || !fresh {
		return first, err
	}
	again, err := o.ask("Once more")
	if err == nil && again != first {
		err = errors.New("the two are not the same: begin again")
	}
	return first, err
}

// ask reads a line without showing it.
func (o *output) ask(words string) (string, error) {
	_, _ = fmt.Fprint(o.stderr, words+": ")
	typed, err := term.ReadPassword(int(os.Stdin.Fd()))
	_, _ = fmt.Fprintln(o.stderr)
	return string(typed), err
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// bar shows how far the rows are, on a terminal alone.
func (o *output) bar(done, total int64) {
	_, _ = fmt.Fprintf(o.stderr, "\r%3d %%  %d of %d rows", 100*done/max(total, 1), done, total)
}

// endBar clears the line of the bar.
func (o *output) endBar() {
	if isTerminal(o.stderr) {
		_, _ = fmt.Fprint(o.stderr, "\r\x1b[K")
	}
}
