package inbound

import (
	"crypto/ed25519"
	"crypto/hpke"
	"encoding/base64"
	"encoding/json"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/referral"
)

// The kinds of parcel.
const (
	ReferralParcel = "teduh-rujukan-1"
	AnswerParcel   = "teduh-jawaban-1"
)

// parcelLasts is how long a referral may be taken in after its file was made.
const parcelLasts = 14 * 24 * time.Hour

// Parcel is what travels between two installations as a file or by the API. What is told is sealed for the receiving office by
// HPKE (RFC 9180) with the kind and both codes bound in; the signature (Ed25519) stands over those and the sealed bytes, so that
// what was altered is refused before anything is opened. See docs/referrals-in.md for its shape.
type Parcel struct {
	Format    string `json:"format" enum:"teduh-rujukan-1,teduh-jawaban-1"`
	From      string `json:"from" maxLength:"19" doc:"code of the sending office's key"`
	To        string `json:"to" maxLength:"19" doc:"code of the receiving office's key"`
	Sealed    string `json:"sealed" maxLength:"900000" doc:"HPKE (X25519, HKDF-SHA256, ChaCha20-Poly1305), base64"`
	Signature string `json:"signature" maxLength:"100" doc:"Ed25519 over format, from, to, each with a line end, and the sealed bytes; base64"`
}

// head is what both seal and signature hold fast.
func (p Parcel) head() []byte { return []byte(p.Format + "\n" + p.From + "\n" + p.To + "\n") }

// pack seals a payload for an office and signs it.
func pack(format string, from ownKey, to card, payload any) (p Parcel, err error) {
	plain, err := json.Marshal(payload)
	if err != nil {
		return p, err
	}
	p = Parcel{Format: format, From: from.Code(), To: to.Code()}
	sealed, err := hpke.Seal(to.seal, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), p.head(), plain)
	if err != nil {
		return p, err
	}
	p.Sealed = base64.StdEncoding.EncodeToString(sealed)
	p.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(from.signer, append(p.head(), sealed...)))
	return p, nil
}

// open checks the signature and opens what is sealed for us. What does not fit was altered on its way.
func (p Parcel) open(from card, to ownKey, into any) error {
	altered := fault.Conflict("parcel_altered", "inbound.parcel.altered")
	sealed, err := base64.StdEncoding.DecodeString(p.Sealed)
	if err != nil {
		return altered
	}
	signature, err := base64.StdEncoding.DecodeString(p.Signature)
	if err != nil || !ed25519.Verify(from.sign, append(p.head(), sealed...), signature) {
		return altered
	}
	plain, err := hpke.Open(to.opener, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), p.head(), sealed)
	if err != nil || json.Unmarshal(plain, into) != nil {
		return altered
	}
	return nil
}

// ReadParcel reads a file.
func ReadParcel(raw []byte) (p Parcel, err error) {
	if json.Unmarshal(raw, &p) != nil || p.Format != ReferralParcel && p.Format != AnswerParcel {
		return p, fault.Invalid(fault.Field("file", "impossible", "inbound.parcel.unreadable"))
	}
	return p, nil
}

// sentAlong is what the parcel of a referral holds: the copy that was made when the referral was sent, and what its clock says.
type sentAlong struct {
	ID        db.ID           `json:"id"`
	Try       int             `json:"try"`
	Number    string          `json:"number"`
	MadeAt    db.Time         `json:"made_at"`
	ExpiresAt db.Time         `json:"expires_at"`
	Kind      string          `json:"kind"`
	Urgency   string          `json:"urgency"`
	Consent   string          `json:"consent"`
	AnswerBy  db.Time         `json:"answer_by"`
	Shared    referral.Shared `json:"shared"`
}

// saidBack is what the parcel of an answer holds: the state, and of the steps to it what the receiving office let go back.
type saidBack struct {
	ID      db.ID   `json:"id"` // of the referral at the sender
	Try     int     `json:"try"`
	MadeAt  db.Time `json:"made_at"`
	State   string  `json:"state"`
	Reason  string  `json:"reason,omitempty"`
	Outcome string  `json:"outcome,omitempty"`
	Words   string  `json:"words,omitempty"`
}
