-- +goose Up
-- What an employer has in force: differences by day, and what is in force on 1
-- January, so that no question adds up more than a year. Kept with the entries of
-- the register they follow from, and recounted by `ruqsat check`; see
-- employer_stock.go. Differences are only added, so one index is enough.
CREATE TABLE employer_change (
	bin         TEXT NOT NULL,
	day         TEXT NOT NULL,
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	permits     BIGINT NOT NULL -- how many more are in force than the day before
);
CREATE INDEX employer_change_day ON employer_change (bin, day, region, category, citizenship, permits);

CREATE TABLE employer_stock (
	bin         TEXT NOT NULL,
	year        BIGINT NOT NULL,
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	permits     BIGINT NOT NULL, -- in force on 1 January
	PRIMARY KEY (bin, year, region, category, citizenship)
);

-- How many more employers have a permit in force than the day before.
CREATE TABLE employer_day (
	day       TEXT PRIMARY KEY,
	employers BIGINT NOT NULL
);

-- A snapshot is one row a region and says besides what was issued in its year, up to
-- its day; see snapshot.go.
CREATE TABLE stock_snapshot (
	day    TEXT NOT NULL,
	region TEXT NOT NULL,
	cells  TEXT NOT NULL,
	PRIMARY KEY (day, region)
);
DROP TABLE stock;

-- Words names of employers go on from, as registry.Keys writes them: small Latin
-- letters and digits, which every collation puts in the same order.
CREATE TABLE employer_key (
	name_key TEXT NOT NULL,
	bin      TEXT NOT NULL,
	PRIMARY KEY (name_key, bin)
);

-- What an employer was issued in a year, and the latest permits of one.
CREATE INDEX permit_bin_issued ON permit (bin, issued_on);
CREATE INDEX permit_bin_region ON permit (bin, region, seq);
DROP INDEX permit_in_force;

-- What became of permits, without the entry of its issue that every one has.
CREATE INDEX permit_entry_changed ON permit_entry (number, seq) WHERE kind <> 'issued';

-- The program counts all permits again when it starts.
DELETE FROM stock_change;
DELETE FROM stock_drawn;
DELETE FROM issued_month;
UPDATE stock_backlog SET after_seq = 0, until_seq = (SELECT coalesce(max(seq), 0) FROM permit);
