package partnerdesk

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// PartnerLinkJSON is the link of a referral; the PIN is told once, in the answer that made it.
type PartnerLinkJSON struct {
	URL         string  `json:"url" doc:"of the page that asks for the PIN"`
	PIN         *string `json:"pin" doc:"six digits, to be told by phone; null ever after"`
	HasPIN      bool    `json:"has_pin" doc:"false for one that only stands on paper"`
	EndsAt      db.Time `json:"ends_at" format:"date-time" doc:"14 days after it was made"`
	OpenedAt    db.Time `json:"opened_at" format:"date-time" nullable:"true"`
	ElsewhereAt db.Time `json:"elsewhere_at" format:"date-time" nullable:"true" doc:"when it was last opened on another device"`
	LockedAt    db.Time `json:"locked_at" format:"date-time" nullable:"true" doc:"after five wrong PINs"`
	Mail        string  `json:"mail" doc:"whom notices go to; may be empty"`
	Phone       string  `json:"phone"`
}

type makeInput struct {
	referral.NamedInput
	Body struct {
		KeepURL bool   `json:"keep_url,omitempty" doc:"a new PIN for the link there is; mail and phone are not read then"`
		Mail    string `json:"mail,omitempty" maxLength:"200"`
		Phone   string `json:"phone,omitempty" maxLength:"40"`
	}
}

type linkOutput struct {
	Status int
	Body   PartnerLinkJSON
}

// PartnerLinkRevokedJSON says that a link leads nowhere any more.
type PartnerLinkRevokedJSON struct {
	ReferralID string `json:"referral_id"`
	Revoked    bool   `json:"revoked"`
}

type revokedOutput struct{ Body PartnerLinkRevokedJSON }

type operations struct{ s *Service }

// Operations registers those of a referral's link.
func Operations(api *web.API, s *Service) {
	o, refer, tag := operations{s}, string(access.ReferralRefer), []string{"referrals"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/referrals/{id}/link", Tags: tag, Summary: "The link of a partner without an account"}, refer, o.get)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/referrals/{id}/link", Tags: tag, Summary: "Make a link with a PIN; the one before is dead",
		DefaultStatus: http.StatusCreated, RequestBody: web.Sent(`{"mail":"","phone":"0800-0000-0129"}`)}, refer, o.make, o.made)
	web.Act(api, huma.Operation{Method: http.MethodDelete, Path: "/referrals/{id}/link", Tags: tag, Summary: "Revoke the link"}, refer,
		o.revoke, func(_ context.Context, in *referral.NamedInput, _ web.Made) (*revokedOutput, error) {
			return revoked(in.ID), nil
		})
}

func (s *Service) told(l Link, pin string) PartnerLinkJSON {
	j := PartnerLinkJSON{URL: s.BaseURL + l.Path(), HasPIN: l.HasPIN(), EndsAt: l.EndsAt, OpenedAt: l.OpenedAt, ElsewhereAt: l.ElsewhereAt,
		LockedAt: l.LockedAt, Mail: l.Mail, Phone: l.Phone}
	if pin != "" {
		j.PIN = &pin
	}
	return j
}

func (o operations) get(ctx context.Context, in *referral.NamedInput) (*linkOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	l, err := o.s.Of(ctx, access.From(ctx), id)
	if err == nil && l == nil {
		err = fault.NotFound()
	}
	if err != nil {
		return nil, err
	}
	return &linkOutput{http.StatusOK, o.s.told(*l, "")}, nil
}

func (o operations) make(ctx context.Context, in *makeInput) (*linkOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	var m Made
	if in.Body.KeepURL {
		m, err = o.s.NewPIN(ctx, access.From(ctx), id)
	} else {
		m, err = o.s.MakeLink(ctx, access.From(ctx), id, Contact{in.Body.Mail, in.Body.Phone})
	}
	if err != nil {
		return nil, err
	}
	return &linkOutput{http.StatusCreated, o.s.told(m.Link, m.PIN)}, nil
}

// made answers a request that was lost on the way: the PIN can't be told again, a new one can be asked for.
func (o operations) made(ctx context.Context, in *makeInput, _ web.Made) (*linkOutput, error) {
	out, err := o.get(ctx, &in.NamedInput)
	if err == nil {
		out.Status = http.StatusCreated
	}
	return out, err
}

func (o operations) revoke(ctx context.Context, in *referral.NamedInput) (*revokedOutput, error) {
	id, err := web.AddressID(in.ID)
	if err == nil {
		err = o.s.Revoke(ctx, access.From(ctx), id)
	}
	if err != nil {
		return nil, err
	}
	return revoked(in.ID), nil
}

func revoked(id string) *revokedOutput {
	return &revokedOutput{Body: PartnerLinkRevokedJSON{ReferralID: id, Revoked: true}}
}
