// Command teduh is the working system of a family consultation office (LK3): it serves the office's pages and JSON API
// from one process over one database, and looks after that database from the command line.
//
// Each group of commands stands in a file of its own. Settings are flags, and every flag is also an environment variable
// TEDUH_…, shown by --help. Exit codes: 0 done, 1 failed, 2 used wrongly, 3 there is something to do.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Demo    demoCommand    `cmd:"" help:"Serve a made-up office on this machine, to look around in."`
	Init    initCommand    `cmd:"" help:"Make an empty installation with one office and one administrator."`
	Serve   serveCommand   `cmd:"" help:"Serve an installation."`
	Migrate migrateCommand `cmd:"" help:"Bring the schema of the database up."`
	User    userCommand    `cmd:"" help:"Accounts and their roles."`
	Unit    unitCommand    `cmd:"" help:"Offices and the units above them."`
	Token   tokenCommand   `cmd:"" help:"Tokens for programs that use the JSON API."`
	Import  importCommand  `cmd:"" help:"Take in what was kept elsewhere."`
	Export  exportCommand  `cmd:"" help:"Write out what another installation can use."`
	Seed    seedCommand    `cmd:"" help:"Fill an office with made-up data of any size."`
	Backup  backupCommand  `cmd:"" help:"Write an installation into one encrypted file, while it serves."`
	Restore restoreCommand `cmd:"" help:"Restore a backup into an empty place."`
	Audit   auditCommand   `cmd:"" help:"The audit log and its proofs."`
	Doctor  doctorCommand  `cmd:"" help:"Examine an installation and say what to do."`
	Version versionCommand `cmd:"" help:"Tell the version."`
}

// errTodo ends a command that found something to do with exit code 3.
var errTodo = errors.New("")

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with its surroundings handed in.
func run(args []string, stdout, stderr io.Writer) int {
	var cli commands
	code := -1
	parser, err := kong.New(&cli, kong.Name("teduh"), kong.Description("The working system of a family consultation office."),
		kong.DefaultEnvars("TEDUH"), kong.Writers(stdout, stderr), kong.Exit(func(c int) { code = c }), kong.UsageOnError())
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "teduh:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if code >= 0 {
		return code // --help was answered
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "teduh:", oneLine(err))
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	o := &output{stdout: stdout, stderr: stderr}
	return o.end(parsed.Run(o), asksJSON(parsed))
}

// end tells an error and gives the exit code.
func (o *output) end(err error, asJSON bool) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errTodo):
		return 3
	case asJSON:
		_ = json.NewEncoder(o.stderr).Encode(map[string]string{"error": explain(err), "code": codeOf(err)}) // there is no one left to tell
	default:
		_, _ = fmt.Fprintln(o.stderr, "teduh:", explain(err))
	}
	if _, wrongly := errors.AsType[*usageError](err); wrongly {
		return 2
	}
	return 1
}

// asksJSON tells whether the command was asked for JSON.
func asksJSON(parsed *kong.Context) bool {
	for _, f := range parsed.Flags() {
		if f.Name == "json" {
			return f.Target.Bool()
		}
	}
	return false
}
