-- +goose Up

-- Which departments were asked for their consent to a case of another region, so
-- that they find it. What they answered stands in the case.
CREATE TABLE consent (
	case_id TEXT NOT NULL REFERENCES case_file (id),
	region  TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'objected', 'closed')),
	due     BIGINT NOT NULL,
	PRIMARY KEY (case_id, region)
);
CREATE INDEX consent_queue ON consent (region, state, due);
