-- +goose Up

-- Where each line stands: what the ledger comes to, kept with each entry, so that
-- a hold costs the same at the first entry and at the hundred thousandth. The
-- ledger is the truth; `ruqsat check` counts it again.
CREATE TABLE quota_total (
	line     TEXT PRIMARY KEY,
	allotted BIGINT NOT NULL, -- given to the line, less what was moved away
	held     BIGINT NOT NULL CHECK (held >= 0),
	used     BIGINT NOT NULL CHECK (used >= 0),
	CHECK (allotted >= held + used) -- nothing is oversold, whatever the program does
);
INSERT INTO quota_total (line, allotted, held, used)
SELECT l.line,
	coalesce((SELECT sum(CASE e.kind WHEN 'allot' THEN e.permits WHEN 'move' THEN -e.permits ELSE 0 END)
		FROM quota_entry e WHERE e.line = l.line), 0)
		+ coalesce((SELECT sum(e.permits) FROM quota_entry e WHERE e.to_line = l.line), 0),
	coalesce((SELECT sum(CASE e.kind WHEN 'hold' THEN e.permits WHEN 'use' THEN -e.permits WHEN 'release' THEN -e.permits ELSE 0 END)
		FROM quota_entry e WHERE e.line = l.line), 0),
	coalesce((SELECT sum(e.permits) FROM quota_entry e WHERE e.line = l.line AND e.kind = 'use'), 0)
FROM (SELECT line FROM quota_entry UNION SELECT to_line FROM quota_entry WHERE to_line <> '') l;

-- Orders of the ministry about the quota, kept with the entries they bring about.
-- Two may have one number, as the two No. 279; none have number and date in common.
CREATE TABLE quota_order (
	seq      BIGINT PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	number   TEXT NOT NULL CHECK (number <> ''),
	dated    TEXT NOT NULL,
	year     BIGINT NOT NULL,
	takes_on TEXT NOT NULL, -- the day its entries bear
	at       BIGINT NOT NULL, -- when it was entered
	body     TEXT NOT NULL, -- quota.Record as JSON
	UNIQUE (number, dated)
);
CREATE INDEX quota_order_year ON quota_order (year, seq);

-- What employers ask for next year, and what regions send on to the ministry.
CREATE TABLE quota_demand (
	year   BIGINT NOT NULL,
	region TEXT NOT NULL,
	bin    TEXT NOT NULL, -- empty for the region's own request
	at     BIGINT NOT NULL,
	body   TEXT NOT NULL, -- quota.Demand as JSON
	PRIMARY KEY (year, region, bin)
);
CREATE INDEX quota_demand_bin ON quota_demand (bin) WHERE bin <> '';
