-- A file of another directory that was sent in, sealed, until it is taken in, thrown away or a day old.

-- +goose Up
CREATE TABLE partner_file (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  name {text} NOT NULL,
  at {time} NOT NULL,
  body {bytes} NOT NULL
) {strict};
CREATE INDEX partner_file_office ON partner_file (office_id, at);
CREATE INDEX partner_file_by ON partner_file (by_id);
CREATE INDEX partner_file_at ON partner_file (at);
