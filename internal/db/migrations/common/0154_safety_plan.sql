-- A safety plan in parts; what was written as one text stays as it is.

-- +goose Up
ALTER TABLE safety_plan ADD COLUMN format {text} NOT NULL DEFAULT 'text' CHECK (format IN ('text', 'parts'));
