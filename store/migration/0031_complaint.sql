-- +goose Up

-- Complaints, with all that was done about them. What is asked for in lists has
-- columns.
CREATE TABLE complaint (
	id      TEXT PRIMARY KEY,
	region  TEXT NOT NULL,
	number  TEXT NOT NULL UNIQUE,
	state   TEXT NOT NULL CHECK (state IN ('received', 'granted', 'forwarded', 'decided', 'withdrawn')),
	bin     TEXT NOT NULL,
	case_id TEXT NOT NULL, -- empty where it is about a permit
	permit  TEXT NOT NULL CHECK ((permit = '') <> (case_id = '')),
	due     BIGINT NOT NULL, -- end of the running term that ends first; 0 when none runs
	at      BIGINT NOT NULL,
	body    TEXT NOT NULL, -- complaint.Complaint as JSON
	version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX complaint_region ON complaint (region, state, due);
CREATE INDEX complaint_bin ON complaint (bin);
CREATE INDEX complaint_case ON complaint (case_id) WHERE case_id <> '';
CREATE INDEX complaint_permit ON complaint (permit) WHERE permit <> '';
