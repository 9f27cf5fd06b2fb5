package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/fault"
	"teduh/internal/i18n"
)

// installation is what every command that touches one takes.
type installation struct {
	Data     string `help:"Folder of files and keys and, without --database, of the SQLite database. Default: teduh in the user's data directory." placeholder:"DIR"`
	Database string `help:"Address of PostgreSQL." placeholder:"postgres://…"`
	JSON     bool   `name:"json" help:"Results as JSON."`
}

func (i installation) config() (app.Config, error) {
	dir := i.Data
	if dir == "" {
		var err error
		if dir, err = app.DefaultDir("teduh"); err != nil {
			return app.Config{}, err
		}
	}
	return app.Config{Dir: dir, Postgres: i.Database}, nil
}

// open opens the installation for one command.
func (i installation) open(ctx context.Context) (*app.App, error) {
	c, err := i.config()
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, c, true)
}

// loading opens the installation for a command that writes much, and lets memory grow for its short life.
func (i installation) loading(ctx context.Context, fn func(a *app.App, system access.Actor) error) error {
	c, err := i.config()
	if err != nil {
		return err
	}
	debug.SetGCPercent(300)
	c.Loading = true
	a, err := app.Open(ctx, c, true)
	if err != nil {
		return err
	}
	return errors.Join(fn(a, access.SystemActor(access.Office{})), a.Close())
}

// with opens the installation, runs fn as the system, and closes it.
func (i installation) with(ctx context.Context, fn func(a *app.App, system access.Actor) error) error {
	a, err := i.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(a, access.SystemActor(access.Office{})), a.Close())
}

// output is where a command writes.
type output struct{ stdout, stderr io.Writer }

// show prints a result as JSON or as the lines given.
func (o *output) show(asJSON bool, value any, lines ...string) error {
	if asJSON {
		e := json.NewEncoder(o.stdout)
		e.SetIndent("", "  ")
		return e.Encode(value)
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(o.stdout, l); err != nil {
			return err
		}
	}
	return nil
}

// usageError is a command used wrongly: exit code 2.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// misused says of an error that the command was used wrongly.
func misused(err error) error { return &usageError{err} }

// codeOf is a stable word for machines.
func codeOf(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	if _, wrongly := errors.AsType[*usageError](err); wrongly {
		return "usage"
	}
	return "failed"
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// explain tells an error in one line.
func explain(err error) string {
	e, ok := fault.As(err)
	if !ok {
		return oneLine(err)
	}
	ctx := i18n.With(context.Background(), i18n.EN, nil)
	words := i18n.T(ctx, e.Key, e.Args...)
	for _, f := range e.Fields {
		words += " " + f.Field + ": " + i18n.T(ctx, f.Key, f.Args...)
	}
	return words
}
