package casefile

import (
	"context"
	"fmt"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// Number writes a case's number: prefix, year, six digits or more.
func Number(prefix string, year, n int) string { return fmt.Sprintf("%s-%d-%06d", prefix, year, n) }

// nextNumber takes the office's next number of a year. It stands in the transaction that opens the case, so a case that
// fails to open gives its number back and there are no gaps.
func nextNumber(ctx context.Context, tx db.Tx, o access.Office, openedOn db.Date) (string, error) {
	year, err := strconv.Atoi(string(openedOn[:4]))
	if err != nil {
		return "", err
	}
	n, err := journal.NextNumber(ctx, tx, o.ID, "case", year)
	return Number(o.Prefix, year, n), err
}
