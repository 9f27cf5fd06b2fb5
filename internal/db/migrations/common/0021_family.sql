-- Families and bodies are found by the beginnings of the words of their names, as people are. A client of these kinds that
-- is known only through cases one may not see is not found.

-- +goose Up
CREATE TABLE family_word (
  office_id {id} NOT NULL REFERENCES unit (id),
  prefix {text} NOT NULL,
  name_key {text} NOT NULL,
  family_id {id} NOT NULL REFERENCES family (id),
  PRIMARY KEY (office_id, prefix, name_key, family_id)
) {strict};
CREATE INDEX family_word_family ON family_word (family_id);

CREATE TABLE client_word (
  office_id {id} NOT NULL REFERENCES unit (id),
  prefix {text} NOT NULL,
  name_key {text} NOT NULL,
  client_id {id} NOT NULL REFERENCES client (id),
  PRIMARY KEY (office_id, prefix, name_key, client_id)
) {strict};
CREATE INDEX client_word_client ON client_word (client_id);

ALTER TABLE client ADD COLUMN level {int} NOT NULL DEFAULT 1 CHECK (level BETWEEN 1 AND 3);

-- Who may see a client whose level is above what their role shows.
CREATE TABLE client_reader (
  client_id {id} NOT NULL REFERENCES client (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (client_id, user_id)
) {strict};
CREATE INDEX client_reader_user ON client_reader (user_id);
