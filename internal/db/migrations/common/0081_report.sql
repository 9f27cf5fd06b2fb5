-- Reports count the cases of a year in this index alone.

-- +goose Up
CREATE INDEX case_report ON case_file (office_id, opened_on, main_category, village_code);
