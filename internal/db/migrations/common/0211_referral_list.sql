-- What is late is listed by how long.

-- +goose Up
CREATE INDEX referral_due ON referral (office_id, due_at, id) WHERE due_at IS NOT NULL;
