package referral

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var stateWords = i18n.Family("referral.state.")

// Show puts a case's referrals on its page; a case without any shows nothing.
func Show(s *Service, cases *casefile.Pages) {
	cases.AddPanel(func(ctx context.Context, a access.Actor, c casefile.Case) (templ.Component, error) {
		list, err := s.List(ctx, a, c.ID)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		return panel(list), nil
	})
}

// tone tells at a glance what waits, what went well and what did not.
func (x Referral) tone() ui.Tone {
	switch x.Status {
	case "completed", "in_service", "accepted":
		return ui.Green
	case "declined", "not_attended":
		return ui.Coral
	case "sent", "received", "waitlisted":
		return ui.Amber
	}
	return ui.Neutral
}

// days tells when it was sent and answered.
func (x Referral) days(ctx context.Context) []ui.MetaItem {
	items := []ui.MetaItem{{Text: x.Number}}
	if !x.SentAt.IsZero() {
		items = append(items, ui.MetaItem{Text: i18n.T(ctx, "referral.sent_on", "day", i18n.Date(ctx, x.SentAt.Time))})
	}
	if !x.AnsweredAt.IsZero() {
		items = append(items, ui.MetaItem{Text: i18n.T(ctx, "referral.answered_on", "day", i18n.Date(ctx, x.AnsweredAt.Time))})
	}
	return items
}
