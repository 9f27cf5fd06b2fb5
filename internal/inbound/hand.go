package inbound

import (
	"context"
	"slices"
	"unicode/utf8"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// Handed is a referral as it is typed in, by a worker from a letter or a call, or by a partner's user.
type Handed struct {
	SenderKind string
	Partner    db.ID // of the directory; empty where the sender does not stand there
	Kind       string
	Urgency    string
	ArrivedAt  db.Time // zero is now
	FeedbackOn db.Date // the day by which they want to hear; empty is by the urgency's clock
	Agreed     bool    // the sender says that the client agrees to being referred here
	Body
}

func (h *Handed) tidy(today db.Date) error {
	if h.Kind == "" {
		h.Kind = referral.KindReferral
	}
	var c fault.Checks
	c.Field(!slices.Contains(SenderKinds, h.SenderKind), "sender_kind", "required", "inbound.sender_missing")
	c.Field(!slices.Contains(referral.Kinds, h.Kind), "kind", "unknown", "error.choice")
	c.Field(!slices.Contains(referral.Urgencies, h.Urgency), "urgency", "unknown", "error.choice")
	c.Field(h.FeedbackOn != "" && h.FeedbackOn < today, "feedback_on", "past", "inbound.feedback_past")
	c.Add(web.Length("sender", h.Sender, 1, web.MaxName))
	c.Add(web.Length("contact_of", h.Contact, 0, web.MaxLine))
	c.Add(web.Length("reference", h.Reference, 0, web.MaxLine))
	c.Add(web.Length("asked", h.Asked, 1, web.MaxText))
	c.Add(web.Length("why", h.Why, 0, web.MaxText))
	c.Add(web.Length("summary", h.Summary, 0, web.MaxText))
	c.Add(web.Length("companion", h.Companion, 0, web.MaxLine))
	c.Add(web.Length("worker", h.Worker, 0, web.MaxName))
	c.Add(checkData(h.Data))
	return c.Err()
}

// checkData refuses what is no field of a referral, comes twice or is too long.
func checkData(data []referral.Datum) *fault.Error {
	given := map[string]bool{}
	for _, d := range data {
		most := web.MaxLine
		if d.Field == "name" || d.Field == "called" {
			most = web.MaxName
		}
		switch {
		case !slices.Contains(referral.Fields, d.Field), given[d.Field]:
			return fault.Field("data", "unknown", "referral.field_unknown")
		case utf8.RuneCountInString(d.Value) > most:
			return fault.Field("data", "too_long", "error.too_long", "max", most)
		}
		given[d.Field] = true
	}
	return nil
}

// Record types in a referral that came by letter, by telephone or in person.
func (s *Service) Record(ctx context.Context, a access.Actor, h Handed) (x In, err error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return x, err
	}
	x.Way = ByHand
	return s.handIn(ctx, a, x, h)
}

// HandIn is a partner's user referring someone to the office. The sender is the partner they see to.
func (s *Service) HandIn(ctx context.Context, a access.Actor, h Handed) (x In, err error) {
	if err := a.Require(access.ReferralHandIn); err != nil {
		return x, err
	}
	if a.Partner.IsZero() {
		return x, fault.Forbidden()
	}
	h.Partner, h.SenderKind, h.Sender, h.Worker = a.Partner, "", "", a.Name
	x.Way, x.HandedBy = ByAccount, a.User
	return s.handIn(ctx, a, x, h)
}

func (s *Service) handIn(ctx context.Context, a access.Actor, x In, typed Handed) (In, error) {
	blank := x
	err := s.journal.Write(ctx, func(tx *journal.Tx) error {
		h := typed
		if err := s.fromDirectory(ctx, tx, a, &h); err != nil {
			return err
		}
		if err := h.tidy(db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
			return err
		}
		x = blank
		x.SenderKind, x.Partner, x.Kind, x.Consent, x.Body = h.SenderKind, h.Partner, h.Kind, ConsentUnknown, h.Body
		if h.Agreed {
			x.Consent = ConsentGiven
		}
		if h.FeedbackOn != "" {
			x.DueAt = db.At(h.FeedbackOn.AddDays(1).In(a.Office.Zone))
		}
		if err := s.keep(ctx, tx, a, &x, arrival{h.Urgency, h.ArrivedAt}); err != nil {
			return err
		}
		return tx.Record(ctx, change(a, x, db.ID{}, "handed_in"))
	})
	return x, err
}

// fromDirectory fills in who the sender is, where it stands in the directory.
func (s *Service) fromDirectory(ctx context.Context, r db.Reader, a access.Actor, h *Handed) error {
	if h.Partner.IsZero() {
		return nil
	}
	known, err := partner.SenderIn(ctx, r, a.Office.ID, h.Partner)
	if fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field("partner", "unknown", "error.choice"))
	}
	if err != nil {
		return err
	}
	h.Sender = known.Name
	if h.SenderKind == "" || h.SenderKind == SenderKinds[0] {
		h.SenderKind = senderKind(known.Kind, known.PSKS)
	}
	return nil
}

// senderKind is the kind of sender that an entry of the directory is.
func senderKind(kind, psks string) string {
	switch {
	case psks == "lk3":
		return "lk3"
	case kind == "police":
		return "police"
	case kind == "education":
		return "school"
	case kind == "social_office":
		return "slrt"
	}
	return SenderKinds[0]
}
