package vault

import (
	"context"
	"crypto/rand"
	"time"

	"teduh/internal/db"
)

// Made is a data key that was made ahead of the transaction that keeps it, so that many can be made at once.
type Made struct {
	Key
	wrapped []byte
}

// Make makes the data key of a new subject; Keep writes it.
func (v *Vault) Make(subject db.ID) (Made, error) {
	plain := make([]byte, keySize)
	if _, err := rand.Read(plain); err != nil {
		return Made{}, err
	}
	wrapped, err := v.master.Encrypt(plain, subject[:])
	if err != nil {
		return Made{}, err
	}
	key, err := newKey(subject, plain)
	return Made{key, wrapped}, err
}

// Keep writes the keys of new subjects of one kind, in the transaction that makes the subjects.
func Keep(ctx context.Context, tx db.Tx, kind string, keys []Made) error {
	rows, now := db.NewBulk("data_key", "", "subject_id", "kind", "wrapped", "created_at"), db.At(time.Now())
	for _, k := range keys {
		if err := rows.Add(ctx, tx, k.subject, kind, k.wrapped, now); err != nil {
			return err
		}
	}
	return rows.Flush(ctx, tx)
}

// Keys finds the data keys of many subjects; one without a key is left out.
func (v *Vault) Keys(ctx context.Context, r db.Reader, subjects []db.ID) (map[db.ID]Key, error) {
	keys := make(map[db.ID]Key, len(subjects))
	err := db.In(subjects, func(marks string, args []any) error {
		rows, err := db.All(ctx, r, scanKey, `SELECT subject_id, wrapped FROM data_key WHERE subject_id IN (`+marks+`)`, args...)
		for _, k := range rows {
			if keys[k.subject], err = v.Unwrap(k.subject, k.wrapped); err != nil {
				return err
			}
		}
		return err
	})
	return keys, err
}

func scanKey(row db.Row) (k keyRow, err error) {
	err = row.Scan(&k.subject, &k.wrapped)
	return k, err
}
