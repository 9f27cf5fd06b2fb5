-- The journal and the log of readings are only added to.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER change_kept BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reading_kept BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reading_stays BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'the log of readings is only added to'); END;
-- +goose StatementEnd
