-- The log of readings is only added to, also in its new table.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER reading_kept BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reading_stays BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END;
-- +goose StatementEnd
