-- The audit tree and its heads are only added to.

-- +goose Up
CREATE TRIGGER audit_leaf_kept BEFORE UPDATE OR DELETE ON audit_leaf FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER audit_head_kept BEFORE UPDATE OR DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION only_added_to();
