-- +goose Up

-- Whoever can sign in. The login is the IIN, or the BIN of an employer.
CREATE TABLE account (
	id       TEXT PRIMARY KEY,
	login    TEXT NOT NULL UNIQUE,
	role     TEXT NOT NULL CHECK (role IN ('applicant', 'clerk', 'executor', 'head', 'ministry', 'admin')),
	region   TEXT NOT NULL,
	password TEXT NOT NULL, -- argon2id, in the PHC form
	body     TEXT NOT NULL, -- party.Account as JSON
	active   BIGINT NOT NULL CHECK (active IN (0, 1))
);

-- Sessions of those who are signed in. The token is kept hashed.
CREATE TABLE session (
	token   TEXT PRIMARY KEY,
	data    TEXT NOT NULL,
	expires BIGINT NOT NULL
);
CREATE INDEX session_expires ON session (expires);

-- A case with its application; what is asked for in lists has columns.
CREATE TABLE case_file (
	id          TEXT PRIMARY KEY,
	region      TEXT NOT NULL,
	number      TEXT NOT NULL, -- empty until registered
	code        TEXT NOT NULL,
	channel     TEXT NOT NULL CHECK (channel IN ('paper', 'portal')),
	state       TEXT NOT NULL,
	verdict     TEXT NOT NULL CHECK (verdict IN ('', 'grant', 'refusal')),
	law_on      TEXT NOT NULL,
	submitted   BIGINT NOT NULL,
	bin         TEXT NOT NULL,
	executor    TEXT NOT NULL,
	paid        BIGINT NOT NULL CHECK (paid IN (0, 1)),
	due         BIGINT NOT NULL, -- end of the running term that ends first; 0 when none runs
	lapses      BIGINT NOT NULL, -- when the applicant's time is over; 0 when it does not run
	application TEXT NOT NULL,
	running     TEXT NOT NULL,
	version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX case_number ON case_file (number) WHERE number <> '';
CREATE INDEX case_queue ON case_file (region, state, due);
CREATE INDEX case_bin ON case_file (bin);
CREATE INDEX case_lapses ON case_file (lapses) WHERE lapses > 0;

-- What was done to a case, one row an act, without gaps.
CREATE TABLE case_event (
	case_id TEXT NOT NULL REFERENCES case_file (id),
	version BIGINT NOT NULL CHECK (version > 0),
	act     TEXT NOT NULL,
	role    TEXT NOT NULL,
	account TEXT NOT NULL,
	at      BIGINT NOT NULL,
	body    TEXT NOT NULL, -- procedure.Event as JSON
	PRIMARY KEY (case_id, version)
);

-- Files the applicant attached; the bytes are in the files, by their hash.
CREATE TABLE attachment (
	id      TEXT PRIMARY KEY,
	case_id TEXT NOT NULL REFERENCES case_file (id),
	kind    TEXT NOT NULL, -- key of the document, or payment
	name    TEXT NOT NULL,
	media   TEXT NOT NULL,
	size    BIGINT NOT NULL CHECK (size > 0),
	sha256  TEXT NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX attachment_case ON attachment (case_id);

-- Papers the authority makes, and the application as it was signed.
CREATE TABLE paper (
	id        TEXT PRIMARY KEY,
	case_id   TEXT NOT NULL, -- or the request a letter answers
	form      TEXT NOT NULL,
	name      TEXT NOT NULL, -- number of the permit, or empty
	sha256    TEXT NOT NULL,
	at        BIGINT NOT NULL,
	current   BIGINT NOT NULL CHECK (current IN (0, 1)), -- 0 when a later draft took its place
	signature TEXT NOT NULL, -- detached CMS in base64; empty until signed
	report    TEXT NOT NULL, -- what the check of it found, as JSON
	handed_on BIGINT NOT NULL -- when the applicant could first see it; 0 before
);
CREATE INDEX paper_case ON paper (case_id);

-- The ledger of the quota. Rows are only added.
CREATE TABLE quota_entry (
	seq     BIGINT PRIMARY KEY,
	line    TEXT NOT NULL CHECK (line NOT LIKE '%ict%'),
	to_line TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('allot', 'move', 'hold', 'use', 'release')),
	permits BIGINT NOT NULL CHECK (permits > 0),
	case_id TEXT NOT NULL CHECK ((case_id <> '') = (kind IN ('hold', 'use', 'release'))),
	at_day  TEXT NOT NULL,
	cite    TEXT NOT NULL CHECK (cite <> '')
);
CREATE INDEX quota_line ON quota_entry (line);
CREATE INDEX quota_to_line ON quota_entry (to_line) WHERE to_line <> '';
CREATE INDEX quota_case ON quota_entry (case_id) WHERE case_id <> '';

-- Cases that found too little left, in the order of registration.
CREATE TABLE quota_wait (
	line    TEXT NOT NULL,
	seq     BIGINT NOT NULL,
	case_id TEXT NOT NULL,
	permits BIGINT NOT NULL CHECK (permits > 0),
	PRIMARY KEY (line, seq)
);
CREATE INDEX quota_wait_case ON quota_wait (case_id);

-- The register of permits, numbered without gaps.
CREATE TABLE permit (
	seq         BIGINT PRIMARY KEY,
	number      TEXT NOT NULL UNIQUE,
	case_id     TEXT NOT NULL,
	bin         TEXT NOT NULL,
	region      TEXT NOT NULL,
	category    TEXT NOT NULL,
	citizenship TEXT NOT NULL,
	issued_on   TEXT NOT NULL,
	valid_from  TEXT NOT NULL,
	valid_until TEXT NOT NULL CHECK (valid_until >= valid_from),
	ended_on    TEXT NOT NULL,
	body        TEXT NOT NULL -- registry.Permit as JSON
);
CREATE INDEX permit_bin ON permit (bin, valid_until);
CREATE INDEX permit_case ON permit (case_id);
CREATE INDEX permit_region ON permit (region, category, valid_until);

-- Requests for information and the replies to them.
CREATE TABLE request (
	id       TEXT PRIMARY KEY,
	region   TEXT NOT NULL,
	number   TEXT NOT NULL UNIQUE,
	state    TEXT NOT NULL CHECK (state IN ('registered', 'assigned', 'drafted', 'signed')),
	executor TEXT NOT NULL,
	due      TEXT NOT NULL, -- last day to answer
	at       BIGINT NOT NULL,
	body     TEXT NOT NULL, -- correspondence.Request as JSON
	version  BIGINT NOT NULL
);
CREATE INDEX request_region ON request (region, state);

-- The next number of each series.
CREATE TABLE sequence (
	name TEXT PRIMARY KEY,
	last BIGINT NOT NULL
);
