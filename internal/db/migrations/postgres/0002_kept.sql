-- The journal and the log of readings are only added to.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only added to', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd
CREATE TRIGGER change_kept BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER reading_kept BEFORE UPDATE OR DELETE ON reading FOR EACH ROW EXECUTE FUNCTION only_added_to();
