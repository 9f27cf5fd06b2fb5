-- Lists that an office's head uploads: from the upload over the preview to what became of it. The bytes lie sealed in the
-- folder of lists until they are taken in, a day at most.

-- +goose Up
CREATE TABLE office_list (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  kind {text} NOT NULL CHECK (kind IN ('people', 'cases')),
  name {bytes} NOT NULL,
  size {int} NOT NULL,
  state {text} NOT NULL CHECK (state IN ('checking', 'ready', 'refused', 'writing', 'done', 'failed', 'gone')),
  meanings {text},
  skip_bad {flag} NOT NULL,
  written {int} NOT NULL,
  report {bytes},
  at {time} NOT NULL,
  beat_at {time} NOT NULL
) {strict};
CREATE INDEX office_list_office ON office_list (office_id, id);
CREATE INDEX office_list_by ON office_list (by_id);
CREATE INDEX office_list_at ON office_list (at);
