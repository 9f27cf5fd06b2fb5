package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"teduh/internal/app"
)

type serveCommand struct {
	installation
	Listen        string `help:"Address to listen at." default:"127.0.0.1:8080"`
	BaseURL       string `name:"base-url" help:"Address people use, such as https://teduh.example; https makes cookies secure." placeholder:"URL"`
	Role          string `enum:"all,web,jobs" default:"all" help:"What this process does: all, web (serves people) or jobs (what is due by itself)."`
	MetricsListen string `help:"Address at which Prometheus asks for /metrics; keep it inside." placeholder:"ADDR"`
	NoMigrate     bool   `help:"Do not bring the schema up first."`
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
	return errors.Join(s.serve(ctx, o, a), a.Close())
}

// serve does what the role says; whatever fails ends the others.
func (s *serveCommand) serve(ctx context.Context, o *output, a *app.App) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	tasks, err := s.tasks(ctx, o, a)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	failed := make([]error, len(tasks))
	for i, task := range tasks {
		all.Go(func() {
			defer stop()
			failed[i] = task(ctx)
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// tasks are what this process does, each until ctx ends. Addresses are taken first, so that one in use stops the start.
func (s *serveCommand) tasks(ctx context.Context, o *output, a *app.App) (tasks []func(context.Context) error, err error) {
	var l net.Listener
	if s.MetricsListen != "" {
		if l, err = listen(ctx, s.MetricsListen); err != nil {
			return nil, err
		}
		_, _ = fmt.Fprintln(o.stdout, "Metrics at", addressOf(l)+"/metrics")
		tasks = append(tasks, func(ctx context.Context) error { return serveAt(ctx, a.Metrics(), nil, l) })
	}
	if s.Role != "web" {
		tasks = append(tasks, func(ctx context.Context) error { a.Work(ctx); return nil })
	}
	if s.Role == "jobs" {
		_, err = fmt.Fprintln(o.stdout, "Teduh does its jobs")
		return tasks, err
	}
	office, err := listen(ctx, s.Listen)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintln(o.stdout, "Teduh is ready at", addressOf(office))
	return append(tasks, func(ctx context.Context) error { return serveAt(ctx, a, a.EndStreams, office) }), err
}

// garbage is how much may grow, in percent of what is in use, before it is cleared away: an office fits into little memory,
// and clearing seldom answers sooner.
const garbage = 400

func listen(ctx context.Context, at string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", at)
	if err != nil {
		return nil, fmt.Errorf("can't listen at %s: choose another --listen: %w", at, err)
	}
	return l, nil
}

func addressOf(l net.Listener) string { return "http://" + l.Addr().String() }

// serveAt answers and, when ctx ends, finishes what is under way within ten seconds; ending lets go of those who only listen.
func serveAt(ctx context.Context, h http.Handler, ending func(), l net.Listener) error {
	debug.SetGCPercent(garbage)
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10}
	if ending != nil {
		server.RegisterOnShutdown(ending)
	}
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
