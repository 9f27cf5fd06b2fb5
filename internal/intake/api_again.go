package intake

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// The answers to acts that were kept and whose answer was lost (web.Act).

func (o operations) recordedAgain(ctx context.Context, _ *recordInput, m web.Made) (*output, error) {
	id, err := m.Of("request")
	if err != nil {
		return nil, err
	}
	q, err := o.s.Recorded(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return answer(q, http.StatusCreated), nil
}

func (o operations) patchedAgain(ctx context.Context, in *amendRequestInput, _ web.Made) (*output, error) {
	return o.get(ctx, &in.IDInput)
}

func (o operations) contactedAgain(ctx context.Context, in *contactInput, _ web.Made) (*output, error) {
	out, err := o.get(ctx, &in.IDInput)
	if err != nil {
		return nil, err
	}
	out.Status, out.Location = http.StatusCreated, "/api/v1/requests/"+out.Body.ID
	return out, nil
}

func (o operations) triagedAgain(ctx context.Context, in *triageInput, _ web.Made) (*triageAnswer, error) {
	id, _, err := named(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	out, err := o.s.Decided(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return triaged(out), nil
}

// Recorded reads a request one recorded oneself. Whoever may not read requests gets it as long as nobody has touched it: they
// know what they wrote, and not what became of it.
func (s *Service) Recorded(ctx context.Context, a access.Actor, id db.ID) (q Request, err error) {
	if err := a.Require(access.RequestRecord); err != nil {
		return q, err
	}
	if a.Can(access.RequestRead) {
		return s.Get(ctx, a, id, "api")
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		row, err := selectRecorded(ctx, r, a.Scope(), id)
		if err == nil {
			q, err = s.open(row)
		}
		return err
	})
	return q, err
}

// Decided reads a request with the case that triage opened or added it to.
func (s *Service) Decided(ctx context.Context, a access.Actor, id db.ID) (out Outcome, err error) {
	if err := a.Require(access.RequestTriage); err != nil {
		return out, err
	}
	if out.Request, err = s.Get(ctx, a, id, "api"); err != nil || out.Request.Case.IsZero() {
		return out, err
	}
	out.Case = out.Request.Case
	err = s.db.Read(ctx, func(r db.Reader) error {
		heads, err := s.cases.Heads(ctx, r, a, []db.ID{out.Case})
		out.CaseNumber = heads[out.Case].Number
		return err
	})
	return out, err
}
