-- +goose Up

-- The register's entries, numbered without gaps over all permits. Rows are only
-- added: what a permit is on a day follows from them.
CREATE TABLE permit_entry (
	seq    BIGINT PRIMARY KEY,
	number TEXT NOT NULL REFERENCES permit (number),
	kind   TEXT NOT NULL CHECK (kind IN ('issued', 'suspended', 'reinstated', 'revoked', 'surrendered', 'expired',
		'corrected', 'extended', 'reissued')),
	region TEXT NOT NULL,
	on_day TEXT NOT NULL CHECK (on_day <> ''), -- first day from which it is true
	at     BIGINT NOT NULL,                    -- when it was entered; 0 where nobody knows
	body   TEXT NOT NULL                       -- registry.Entry as JSON
);
CREATE INDEX permit_entry_number ON permit_entry (number, seq);
CREATE INDEX permit_entry_kind ON permit_entry (kind, region, on_day);

-- What permits are looked up by, besides their number and the employer's.
ALTER TABLE permit ADD COLUMN previous TEXT NOT NULL DEFAULT '';
ALTER TABLE permit ADD COLUMN worker_ref TEXT NOT NULL DEFAULT '';
CREATE INDEX permit_worker_ref ON permit (worker_ref);
CREATE INDEX permit_runs_out ON permit (region, valid_until);

-- Names of employers as registry.Spell writes them.
CREATE TABLE employer_name (
	name_norm TEXT NOT NULL,
	bin       TEXT NOT NULL,
	PRIMARY KEY (name_norm, bin)
);

-- Permits of before are in the register since they were issued.
INSERT INTO permit_entry (seq, number, kind, region, on_day, at, body)
SELECT seq, number, 'issued', region, issued_on, 0,
	'{"seq":' || seq || ',"number":"' || number || '","kind":"issued","on":"' || issued_on || '"}'
FROM permit;
