-- +goose Up
-- What became of the last signature is asked for with every page of a case, whether one waits or not.
CREATE INDEX waiting_signature_of_case ON waiting_signature (case_id);
-- The pace of a quota is told from the entries of the last weeks.
CREATE INDEX quota_entry_day ON quota_entry (at_day);
