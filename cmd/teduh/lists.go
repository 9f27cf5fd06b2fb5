package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/carry"
	"teduh/internal/db"
)

type exportCommand struct {
	Lists exportLists `cmd:"" help:"An office's lists, forms and texts, without people, to be carried to another installation."`
	HSDS  exportHSDS  `cmd:"" name:"hsds" help:"What is public of an office's directory of partners, HSDS 3.0."`
}

// asHead is what a command takes that does for somebody what they may do on a page.
type asHead struct {
	atOffice
	User string `required:"" help:"E-mail of the head in whose name it is done." placeholder:"EMAIL"`
}

func (h asHead) withHead(ctx context.Context, fn func(a *app.App, head access.Actor) error) error {
	return h.with(ctx, func(a *app.App, _ access.Actor) error {
		u, err := a.Access.FindUnit(ctx, h.Unit)
		if err != nil {
			return err
		}
		user, err := a.Access.FindUser(ctx, h.User)
		if err != nil {
			return err
		}
		var head access.Actor
		err = a.DB.Read(ctx, func(r db.Reader) (err error) {
			head, err = access.ActorOf(ctx, r, user.ID, u.ID)
			return err
		})
		if err != nil {
			return err
		}
		return fn(a, head)
	})
}

type exportLists struct {
	asHead
	File string `arg:"" help:"Where to write it." type:"path"`
}

// Run writes the file; one that is there already stays.
func (c *exportLists) Run(ctx context.Context, o *output) error {
	return c.withHead(ctx, func(a *app.App, head access.Actor) error {
		f, err := a.Carry.Export(ctx, head)
		if err != nil {
			return err
		}
		body, err := json.MarshalIndent(f, "", " ")
		if err != nil {
			return err
		}
		out, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = out.Write(append(body, '\n'))
		if err = errors.Join(err, out.Close()); err != nil {
			return err
		}
		return o.show(c.JSON, map[string]any{"file": c.File, "areas": len(f.Areas), "instruments": len(f.Instruments), "consent_texts": len(f.Texts)}, c.File)
	})
}

type importLists struct {
	asHead
	File   string   `arg:"" help:"What export lists wrote." type:"existingfile"`
	Take   []string `help:"Parts to take, as --dry-run names them; without it, all that differ." placeholder:"PART,…"`
	DryRun bool     `help:"Tell what would change, write nothing."`
}

// Run tells what differs, and takes it.
func (c *importLists) Run(ctx context.Context, o *output) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return c.withHead(ctx, func(a *app.App, head access.Actor) error {
		_, parts, err := a.Carry.Compare(ctx, head, raw)
		if err != nil {
			return err
		}
		told := tellParts(parts)
		chosen := c.Take
		if len(chosen) == 0 {
			chosen = told.Differ
		}
		if !c.DryRun && len(told.Differ) > 0 {
			if told.Taken, err = a.Carry.Take(ctx, head, raw, chosen); err != nil {
				return err
			}
		}
		return o.show(c.JSON, told, append(told.lines, fmt.Sprintf("%d parts differ, %d taken", len(told.Differ), told.Taken))...)
	})
}

// listsResult is what became of a file of lists.
type listsResult struct {
	Differ []string `json:"differ"`
	Taken  int      `json:"taken"`
	lines  []string
}

func tellParts(parts []carry.Part) listsResult {
	r := listsResult{Differ: []string{}}
	for _, p := range parts {
		if p.Same {
			continue
		}
		r.Differ = append(r.Differ, p.Code)
		r.lines = append(r.lines, fmt.Sprintf("%s: %d changes", p.Code, max(1, len(p.Lines))))
	}
	return r
}
