-- How exactly a death is known: often only its year, or only that it was.

-- +goose Up
ALTER TABLE person ADD COLUMN died_precision {text} NOT NULL DEFAULT '' CHECK (died_precision IN ('', 'day', 'month', 'year', 'unknown'));
UPDATE person SET died_precision = 'day' WHERE died_on IS NOT NULL;
