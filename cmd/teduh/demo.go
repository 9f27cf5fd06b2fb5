package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"teduh/internal/app"
)

type demoCommand struct {
	Data   string `help:"Folder of the demo. Default: teduh-demo in the user's data directory." placeholder:"DIR"`
	Listen string `help:"Address on this machine to listen at." default:"127.0.0.1:8080"`
	Reset  bool   `help:"Begin the demo anew."`
}

// Run serves the demo.
func (c *demoCommand) Run(ctx context.Context, o *output) error {
	if err := loopback(c.Listen); err != nil {
		return err
	}
	dir := c.Data
	if dir == "" {
		var err error
		if dir, err = app.DefaultDir("teduh-demo"); err != nil {
			return err
		}
	}
	if c.Reset {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	a, err := app.Open(ctx, app.Config{Dir: dir, Demo: true}, true)
	if err != nil {
		return err
	}
	accounts, err := a.Demo(ctx)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(serve(ctx, a, c.Listen, func(address string) { o.welcome(address, accounts) }), a.Close())
}

// loopback refuses an address that others could reach: the demo's password is printed.
func loopback(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("write --listen like 127.0.0.1:8080: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("the demo prints its password, so it listens on this machine alone: use 127.0.0.1")
	}
	return nil
}

func (o *output) welcome(address string, d app.DemoAccounts) {
	_, _ = fmt.Fprintf(o.stdout, "Teduh, the demo office: %s\nEveryone in it is made up. Password of all accounts: %s\n\n", address, d.Password)
	for _, acc := range d.Accounts {
		_, _ = fmt.Fprintf(o.stdout, "  %-32s %s\n", acc.Email, acc.Role)
	}
	if d.Stale {
		_, _ = fmt.Fprintln(o.stdout, "\nThe demo's days have grown old. Begin anew with: teduh demo --reset")
	}
}
