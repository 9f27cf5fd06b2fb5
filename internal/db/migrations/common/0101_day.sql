-- The day page: a worker's cases by their last change, and the secret cases of an office.

-- +goose Up
CREATE INDEX case_by_worker_change ON case_file (office_id, worker_id, status, updated_at, id, confidentiality);
CREATE INDEX case_secret ON case_file (office_id, number) WHERE confidentiality = 3;
