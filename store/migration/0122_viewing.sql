-- +goose Up
-- Who looked at whose personal data. Rows are only added, and forgotten when their
-- time is over.
CREATE TABLE viewing (
	id         TEXT PRIMARY KEY,
	at         BIGINT NOT NULL,
	account    TEXT NOT NULL,
	role       TEXT NOT NULL,
	name       TEXT NOT NULL, -- of who looked, as it was then
	region     TEXT NOT NULL, -- of who looked
	what       TEXT NOT NULL CHECK (what IN ('case', 'permit', 'search', 'package', 'file', 'paper', 'export')),
	subject    TEXT NOT NULL, -- number of the case or permit
	bin        TEXT NOT NULL, -- whose papers they are
	worker_ref TEXT NOT NULL  -- which worker of a permit; empty for all of a case
);
CREATE INDEX viewing_at ON viewing (at, id);
CREATE INDEX viewing_region ON viewing (region, at, id);
CREATE INDEX viewing_account ON viewing (account, at, id);
CREATE INDEX viewing_subject ON viewing (subject, at, id);
CREATE INDEX viewing_bin ON viewing (bin, at, id);
CREATE INDEX viewing_worker ON viewing (worker_ref, at, id);
