-- +goose Up
-- What is in force, as daily differences and as a snapshot every 16 days, and what
-- was issued by month. Kept with the entries of the register they follow from, and
-- recounted by `ruqsat check`; see stock.go.
CREATE TABLE stock_change (
	day         TEXT NOT NULL,
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	permits     BIGINT NOT NULL, -- how many more are in force than the day before
	issued      BIGINT NOT NULL, -- how many were issued on this day
	PRIMARY KEY (day, region, category, citizenship)
);

-- The days of which there is a snapshot.
CREATE TABLE stock_drawn (day TEXT PRIMARY KEY);

CREATE TABLE stock (
	day         TEXT NOT NULL,
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	permits     BIGINT NOT NULL, -- in force on this day
	PRIMARY KEY (day, region, category, citizenship)
);

CREATE TABLE issued_month (
	month       TEXT NOT NULL, -- 2025-09
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	permits     BIGINT NOT NULL,
	PRIMARY KEY (month, region, category, citizenship)
);

-- Permits of before, which the program counts when it starts: those after the
-- first place in the register, up to the second.
CREATE TABLE stock_backlog (
	id        BIGINT PRIMARY KEY CHECK (id = 1),
	after_seq BIGINT NOT NULL,
	until_seq BIGINT NOT NULL
);
INSERT INTO stock_backlog (id, after_seq, until_seq) SELECT 1, 0, coalesce(max(seq), 0) FROM permit;

-- Permits the clock lets run out: a whole imported register need not be read for
-- them.
CREATE INDEX permit_own_runs_out ON permit (region, valid_until) WHERE case_id <> '';

-- Employers with permits in force on a day, from the index alone.
CREATE INDEX permit_in_force ON permit (valid_until, valid_from, bin, number, ended_on);
