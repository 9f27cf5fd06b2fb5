-- What a user keeps about a list for themselves: views under a name of their own, and the columns they want to see.

-- +goose Up
CREATE TABLE saved_view (
  id {id} PRIMARY KEY,
  user_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  query {text} NOT NULL,
  is_default {flag} NOT NULL,
  created_at {time} NOT NULL,
  UNIQUE (user_id, office_id, name)
) {strict};
CREATE INDEX saved_view_office ON saved_view (office_id);

CREATE TABLE list_choice (
  user_id {id} PRIMARY KEY REFERENCES app_user (id),
  columns {text} NOT NULL
) {strict};
