-- +goose Up
-- Whose a session is, so that one look finds both.
ALTER TABLE session ADD COLUMN account TEXT NOT NULL DEFAULT '';
-- Who can be given a case, and who heads a department, is asked for with every act.
CREATE INDEX account_role_region ON account (role, region);
