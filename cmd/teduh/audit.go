package main

import (
	"context"
	"fmt"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/journal"
)

type auditCommand struct {
	Verify auditVerify `cmd:"" help:"Recompute the audit log's tree and compare its signed heads."`
}

type auditVerify struct {
	installation
	Head string `help:"A head that was noted down before, as this command prints it." placeholder:"SIZE:ROOT"`
}

// Run lets join what waits, recomputes the tree and tells whether anything in it was changed.
func (c *auditVerify) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, _ access.Actor) error {
		if _, err := a.Tree.Append(ctx, true); err != nil {
			return err
		}
		p, err := a.Tree.Verify(ctx, c.Head)
		if err != nil {
			return misused(err)
		}
		if err := o.show(c.JSON, p, tellProof(p)...); err != nil || len(p.Findings) == 0 {
			return err
		}
		return fmt.Errorf("the audit log is not what was signed: %s", p.Findings[0])
	})
}

func tellProof(p journal.Proof) []string {
	if len(p.Findings) > 0 {
		return p.Findings
	}
	lines := []string{fmt.Sprintf("Sound: %d changes, %d signed heads agree.", p.Size, p.Heads)}
	if p.Size > 0 {
		lines = append(lines, fmt.Sprintf("Head %d:%s", p.Size, p.Root), "Note the head down outside of this machine: with it, --head proves later that nothing before it was changed.")
	}
	return lines
}
