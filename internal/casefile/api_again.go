package casefile

import (
	"context"
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// The answers to acts that were kept and whose answer was lost (web.Act).

func (i IDInput) named() string { return i.ID }

// wholeAgain answers a change of a case with the case as it stands.
func wholeAgain[I interface{ named() string }](o operations) func(context.Context, *I, web.Made) (*caseOutput, error) {
	return func(ctx context.Context, in *I, _ web.Made) (*caseOutput, error) {
		return o.get(ctx, &IDInput{ID: (*in).named()})
	}
}

func (o operations) openedAgain(ctx context.Context, _ *openInput, m web.Made) (*caseOutput, error) {
	id, err := m.Of("case")
	if err != nil {
		return nil, err
	}
	return o.opened(ctx, id)
}

// opened answers with a case that was opened.
func (o operations) opened(ctx context.Context, id db.ID) (*caseOutput, error) {
	out, err := o.s.whole(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out.Status, out.Location = http.StatusCreated, "/api/v1/cases/"+id.String()
	return out, nil
}

func (o operations) writtenAgain(ctx context.Context, in *writeInput, m web.Made) (*noteOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := m.Of("note")
	if err != nil {
		return nil, err
	}
	n, err := o.s.OwnNote(ctx, access.From(ctx), caseID, id)
	if err != nil {
		return nil, err
	}
	return written(n), nil
}

func (o operations) taskAgain(ctx context.Context, in *taskInput, m web.Made) (*taskOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := m.Of("task")
	if err != nil {
		return nil, err
	}
	list, err := o.s.TasksOf(ctx, access.From(ctx), caseID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return nil, fault.NotFound()
	}
	return &taskOutput{taskJSON(list[i])}, nil
}
