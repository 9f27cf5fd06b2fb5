package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"teduh/internal/app"
)

type serveCommand struct {
	installation
	Listen    string `help:"Address to listen at." default:"127.0.0.1:8080"`
	BaseURL   string `name:"base-url" help:"Address people use, such as https://teduh.example; https makes cookies secure." placeholder:"URL"`
	NoMigrate bool   `help:"Do not bring the schema up first."`
}

// Run serves until the program is told to stop.
func (s *serveCommand) Run(ctx context.Context, o *output) error {
	c, err := s.config()
	if err != nil {
		return err
	}
	c.BaseURL = s.BaseURL
	a, err := app.Open(ctx, c, !s.NoMigrate)
	if err != nil {
		return err
	}
	return errors.Join(serve(ctx, a, s.Listen, func(address string) {
		_, _ = fmt.Fprintln(o.stdout, "Teduh is ready at", address)
	}), a.Close())
}

// garbage is how much may grow, in percent of what is in use, before it is cleared away: an office fits into little memory,
// and clearing half as often answers sooner.
const garbage = 200

// serve listens and, when ctx ends, finishes what is under way within ten seconds.
func serve(ctx context.Context, a *app.App, at string, ready func(address string)) error {
	l, err := listen(ctx, at)
	if err != nil {
		return err
	}
	ready(addressOf(l))
	return serveAt(ctx, a, l)
}

func listen(ctx context.Context, at string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", at)
	if err != nil {
		return nil, fmt.Errorf("can't listen at %s: choose another --listen: %w", at, err)
	}
	return l, nil
}

func addressOf(l net.Listener) string { return "http://" + l.Addr().String() }

func serveAt(ctx context.Context, a *app.App, l net.Listener) error {
	debug.SetGCPercent(garbage)
	server := &http.Server{Handler: a, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10}
	server.RegisterOnShutdown(a.EndStreams)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(finish); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}
