-- The cases of a year stand together by category and village, so that they are counted as they are walked.

-- +goose Up
DROP INDEX case_report;
CREATE INDEX case_report ON case_file (office_id, substr(opened_on, 1, 4), main_category, village_code);
