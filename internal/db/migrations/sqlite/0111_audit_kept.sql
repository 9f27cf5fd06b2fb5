-- The audit tree and its heads are only added to.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER audit_leaf_kept BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'the audit tree is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_leaf_stays BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'the audit tree is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_kept BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit tree is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit tree is only added to'); END;
-- +goose StatementEnd
