-- +goose Up

-- Letters of the department wait too: what waits may belong to a request.
ALTER TABLE waiting_signature RENAME TO waiting_before;
CREATE TABLE waiting_signature (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL, -- or the request a letter answers
	act      TEXT NOT NULL CHECK (act IN ('submit', 'correct', 'sign', 'letter', 'ruling')),
	state    TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'rejected', 'replaced')),
	received BIGINT NOT NULL, -- by our clock: the moment the signatures are judged by
	tries    BIGINT NOT NULL CHECK (tries >= 0),
	next_try BIGINT NOT NULL,
	body     TEXT NOT NULL -- store.WaitingSignature as JSON: who, the signatures, the last reason
);
INSERT INTO waiting_signature (id, case_id, act, state, received, tries, next_try, body)
	SELECT id, case_id, act, state, received, tries, next_try, body FROM waiting_before;
DROP TABLE waiting_before;
CREATE UNIQUE INDEX waiting_signature_case ON waiting_signature (case_id) WHERE state = 'waiting';
CREATE INDEX waiting_signature_due ON waiting_signature (next_try) WHERE state = 'waiting';

-- The time stamp that the server had put beside a signature which came without
-- one. The signature itself stays as it was received.
CREATE TABLE paper_stamp (
	paper_id TEXT PRIMARY KEY REFERENCES paper (id),
	at       BIGINT NOT NULL, -- the time of the stamp
	token    TEXT NOT NULL CHECK (token <> ''), -- DER in base64
	report   TEXT NOT NULL -- what the examination of the signature with it found, as JSON
);

-- Signatures whose stamp was not to be had when they came.
CREATE TABLE stamp_wanted (
	paper_id TEXT PRIMARY KEY REFERENCES paper (id),
	state    TEXT NOT NULL CHECK (state IN ('wanted', 'stamped', 'given-up')),
	since    BIGINT NOT NULL,
	tries    BIGINT NOT NULL CHECK (tries >= 0),
	next_try BIGINT NOT NULL,
	why      TEXT NOT NULL -- what the last try found, in English, for the operator
);
CREATE INDEX stamp_wanted_due ON stamp_wanted (next_try) WHERE state = 'wanted';
