-- When a goal was last changed or given up: what was approved before that was another plan.

-- +goose Up
ALTER TABLE goal ADD COLUMN changed_at {time};
UPDATE goal SET changed_at = COALESCE(dropped_at, at);
