-- The office's letters are listed from the newest on, all or those of a kind.

-- +goose Up
CREATE INDEX letter_list ON letter (office_id, id);
CREATE INDEX letter_list_kind ON letter (office_id, kind, id);
