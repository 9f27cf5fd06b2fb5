-- The log of readings is only added to, also in its new table.

-- +goose Up
CREATE TRIGGER reading_kept BEFORE UPDATE OR DELETE ON reading FOR EACH ROW EXECUTE FUNCTION only_added_to();
