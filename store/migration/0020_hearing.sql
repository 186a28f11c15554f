-- +goose Up

-- What a case keeps of its correction and hearing, and the terms that stand still:
-- procedure.Course as JSON.
ALTER TABLE case_file ADD COLUMN course TEXT NOT NULL DEFAULT '{}';

-- Days off moved by an act, and times in which the system did not work, as the
-- administrator entered them. Rows are only added.
CREATE TABLE time_change (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL CHECK (kind IN ('calendar', 'outage')),
	at      BIGINT NOT NULL,
	settled BIGINT NOT NULL CHECK (settled IN (0, 1)), -- 1 when the clock has gone through the running terms
	body    TEXT NOT NULL -- law.DayChange or procedure.Outage as JSON
);
CREATE INDEX time_change_at ON time_change (kind, at);
