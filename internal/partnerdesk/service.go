package partnerdesk

import (
	"context"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/referral"
	"teduh/internal/vault"
)

// Service is what the partners' door does.
type Service struct {
	Needs
}

// Needs are what a Service is built from.
type Needs struct {
	DB        *db.DB
	Journal   *journal.Journal
	Vault     *vault.Vault
	Access    *access.Service
	Cases     *casefile.Service
	Files     *attachment.Service
	Referrals *referral.Service
	BaseURL   string // before the addresses of links; empty while the installation serves one machine
	Now       func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	n.BaseURL = strings.TrimSuffix(n.BaseURL, "/")
	return &Service{n}
}

// Renew lets a referral's link live as long as a new one, where it has one and is under way; a notice that leads to it calls this.
func (s *Service) Renew(ctx context.Context, tx *journal.Tx, x referral.Referral) error {
	if !x.Underway() {
		return nil
	}
	return renewLink(ctx, tx, x.ID, db.At(tx.Now().Add(LinkLasts)))
}
