package letter

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"teduh/internal/db"
)

// codeAlphabet has no letters that are taken for digits (Crockford's base 32).
var codeAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newCode is 80 random bits in four groups, «7K3M-9QXA-2BCD-EFGH».
func newCode() (string, error) {
	var bits [10]byte
	if _, err := rand.Read(bits[:]); err != nil {
		return "", err
	}
	all := codeAlphabet.EncodeToString(bits[:])
	return all[:4] + "-" + all[4:8] + "-" + all[8:12] + "-" + all[12:], nil
}

// hashOf a code as people type it: small letters, spaces and hyphens do not matter. So many random bits need no salt.
func hashOf(code string) []byte {
	typed := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
	sum := sha256.Sum256([]byte("letter " + typed))
	return sum[:]
}

// Checked is all that the holder of a letter is told of it.
type Checked struct {
	Number string
	On     db.Date
	Office string
	Stands bool
}

// Check finds a letter by its code, for anybody. It reads nothing that is sealed, and no act of any account.
func (s *Service) Check(ctx context.Context, code string) (found Checked, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		found, err = selectChecked(ctx, r, hashOf(code))
		return err
	})
	return found, err
}
