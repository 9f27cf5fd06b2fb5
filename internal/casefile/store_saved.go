package casefile

import (
	"context"
	"database/sql"
	"strings"

	"teduh/internal/db"
)

func selectViews(ctx context.Context, r db.Reader, user, office db.ID) ([]SavedView, error) {
	return db.All(ctx, r, func(row db.Row) (v SavedView, err error) {
		err = row.Scan(&v.ID, &v.Name, &v.Query, (*db.Flag)(&v.Default))
		return v, err
	}, `SELECT id, name, query, is_default FROM saved_view WHERE user_id = $1 AND office_id = $2 ORDER BY name, id`, user, office)
}

// countViews counts a user's views of other names.
func countViews(ctx context.Context, r db.Reader, user, office db.ID, name string) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM saved_view WHERE user_id = $1 AND office_id = $2 AND name <> $3`, user, office, name)
}

func clearDefault(ctx context.Context, tx db.Tx, user, office db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE saved_view SET is_default = 0 WHERE user_id = $1 AND office_id = $2`, user, office)
	return err
}

func upsertView(ctx context.Context, tx db.Tx, user, office db.ID, v SavedView, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO saved_view (id, user_id, office_id, name, query, is_default, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (user_id, office_id, name) DO UPDATE SET query = excluded.query, is_default = excluded.is_default`,
		v.ID, user, office, v.Name, v.Query, db.Flag(v.Default), at)
	return err
}

func deleteView(ctx context.Context, tx db.Tx, user, id db.ID) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM saved_view WHERE id = $1 AND user_id = $2`, id, user)
}

func selectColumns(ctx context.Context, r db.Reader, user db.ID) ([]string, error) {
	list, err := db.All(ctx, r, db.Value[string], `SELECT columns FROM list_choice WHERE user_id = $1`, user)
	if err != nil || len(list) == 0 || list[0] == "" {
		return nil, err
	}
	return strings.Split(list[0], ","), nil
}

func upsertColumns(ctx context.Context, tx db.Tx, user db.ID, columns string) error {
	_, err := tx.Exec(ctx, `INSERT INTO list_choice (user_id, columns) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET columns = excluded.columns`, user, columns)
	return err
}
