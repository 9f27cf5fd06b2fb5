package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"teduh/internal/fault"
)

// Cost of a password's hash: argon2id with 64 MiB, three passes, two lanes (OWASP Password Storage Cheat Sheet asks for
// at least 19 MiB and two passes).
const (
	hashMemory = 64 * 1024 // KiB
	hashPasses = 3
	hashLanes  = 2
	hashLength = 32

	passwordLeast = 12
	passwordMost  = 200
)

//go:embed common.txt
var commonList string

var commonPasswords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if word := strings.TrimSpace(line); word != "" && word[0] != '#' {
			m[word] = true
		}
	}
	return m
})

// hashing lets two hashes run at a time: each takes 64 MiB.
var hashing = make(chan struct{}, 2)

// HashPassword hashes a password for storing; it does not judge it.
func HashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	sum, err := derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", hashMemory, hashPasses, hashLanes,
		enc.EncodeToString(salt), enc.EncodeToString(sum)), nil
}

func derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashLanes, hashLength), nil
}

// matches compares in constant time; an account without a password costs as much as one with.
func matches(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	salt, want := make([]byte, 16), make([]byte, hashLength)
	if len(parts) == 6 {
		var err error
		if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
			return false, fmt.Errorf("access: stored hash: %w", err)
		}
		if want, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
			return false, fmt.Errorf("access: stored hash: %w", err)
		}
	}
	got, err := derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && len(parts) == 6, nil
}

// CheckPassword judges a new password: 12 characters or more, not a common one, not the person's own name or e-mail.
func CheckPassword(password, name, email string) *fault.Error {
	plain := strings.ToLower(strings.TrimSpace(password))
	switch n := utf8.RuneCountInString(password); {
	case n < passwordLeast:
		return fault.Field("password", "too_short", "access.password.too_short", "min", passwordLeast)
	case n > passwordMost:
		return fault.Field("password", "too_long", "access.password.too_long", "max", passwordMost)
	}
	account, _, _ := strings.Cut(strings.ToLower(email), "@")
	squeezed := strings.ReplaceAll(plain, " ", "")
	own := squeezed == strings.ReplaceAll(strings.ToLower(name), " ", "") || squeezed == account || plain == strings.ToLower(email)
	if commonPasswords()[squeezed] || own || allSame(squeezed) {
		return fault.Field("password", "too_common", "access.password.too_common")
	}
	return nil
}

func allSame(s string) bool { return s != "" && strings.Count(s, s[:1]) == len(s) }
