package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

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
	l, err := listen(ctx, c.Listen) // before anything is taken away: another demo may be running
	if err != nil {
		return err
	}
	if c.Reset {
		if err := app.ResetDemo(ctx, dir); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	// Who comes while the office is being made waits at the door: the address listens already.
	o.welcome(addressOf(l), app.DemoTold(), app.DemoFresh(dir))
	a, told, err := app.OpenDemo(ctx, app.Config{Dir: dir, Demo: true, BaseURL: addressOf(l)})
	if err != nil {
		if ctx.Err() != nil {
			err = errors.New("stopped while the demo was being made; the next start makes it anew")
		}
		return errors.Join(err, l.Close())
	}
	o.ready(told)
	var work sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	work.Go(func() { a.Work(ctx) })
	err = serveAt(ctx, a, a.EndStreams, l)
	stop()
	work.Wait()
	return errors.Join(err, a.Close())
}

// loopback refuses an address that others could reach: the demo's password is printed.
func loopback(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return misused(fmt.Errorf("write --listen like 127.0.0.1:8080: %w", err))
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return misused(errors.New("the demo prints its password, so it listens on this machine alone: use 127.0.0.1"))
	}
	return nil
}

func (o *output) welcome(address string, d app.DemoAccounts, fresh bool) {
	_, _ = fmt.Fprintf(o.stdout, "Teduh, the demo office: %s\nEveryone in it is made up. Password of all accounts: %s\n\n", address, d.Password)
	for _, acc := range d.Accounts {
		_, _ = fmt.Fprintf(o.stdout, "  %-32s %s\n", acc.Email, acc.Role)
	}
	_, _ = fmt.Fprintf(o.stdout, "  and %d more workers and facilitators, listed under «Pengguna» for admin\n\n", d.Others)
	if fresh {
		_, _ = fmt.Fprintln(o.stdout, "A year of work is being made up; the first page comes when it is there, in a moment.")
	}
}

func (o *output) ready(d app.DemoAccounts) {
	if d.Stale {
		_, _ = fmt.Fprintln(o.stdout, "The demo's days have grown old. Begin anew with: teduh demo --reset")
	}
	_, _ = fmt.Fprintln(o.stdout, "Ready.")
}
