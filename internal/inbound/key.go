package inbound

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// A card is the public key of an office as text that is handed over once, on paper or by mail: 32 bytes that check its signatures
// (Ed25519) and 32 that seal for it (X25519). Its code is read aloud to see that it is the same at both ends.
const (
	cardBegin = "teduh-kunci-1-"
	half      = 32
)

// card is the public key of an office.
type card struct {
	sign ed25519.PublicKey
	seal hpke.PublicKey
}

// kem, kdf and aead are the parts of RFC 9180 that a parcel is sealed with.
func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// readCard reads a card as it was pasted.
func readCard(text string) (c card, err error) {
	wrong := fault.Invalid(fault.Field("card", "impossible", "inbound.key.impossible"))
	packed, ok := strings.CutPrefix(strings.Join(strings.Fields(text), ""), cardBegin)
	raw, err := base64.RawURLEncoding.DecodeString(packed)
	if !ok || err != nil || len(raw) != 2*half {
		return c, wrong
	}
	c.sign = ed25519.PublicKey(raw[:half])
	if c.seal, err = kem().NewPublicKey(raw[half:]); err != nil {
		return c, wrong
	}
	return c, nil
}

// Text is the card as it is handed over.
func (c card) Text() string {
	return cardBegin + base64.RawURLEncoding.EncodeToString(slices.Concat(c.sign, c.seal.Bytes()))
}

// Code is sixteen signs in groups of four by which a card is compared.
func (c card) Code() string {
	sum := sha256.Sum256(slices.Concat(c.sign, c.seal.Bytes()))
	text := hex.EncodeToString(sum[:8])
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// ownKey is the key of one of our offices. It comes from the installation's master key, so that a restored backup has the same.
type ownKey struct {
	card
	signer ed25519.PrivateKey
	opener hpke.PrivateKey
}

// ownKey of an office.
func (s *Service) ownKey(office db.ID) (k ownKey, err error) {
	k.signer = ed25519.NewKeyFromSeed(s.vault.Seed("office signs " + office.String()))
	if k.opener, err = kem().DeriveKeyPair(s.vault.Seed("office opens " + office.String())); err != nil {
		return k, err
	}
	k.sign, k.seal = ed25519.PublicKey(k.signer[half:]), k.opener.PublicKey()
	return k, nil
}
