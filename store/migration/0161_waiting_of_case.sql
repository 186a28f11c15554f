-- +goose Up
-- What became of the last signature is asked for with every page of a case, whether one waits or not.
CREATE INDEX waiting_signature_of_case ON waiting_signature (case_id);
