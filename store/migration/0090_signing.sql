-- +goose Up

-- Signatures that came and could not be judged yet: a list of the revoked or a
-- service was not to be had. They are tried again until they are found valid, and
-- the act is done, or invalid, and it is rejected.
CREATE TABLE waiting_signature (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL REFERENCES case_file (id),
	act      TEXT NOT NULL CHECK (act IN ('submit', 'sign')),
	state    TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'rejected', 'replaced')),
	received BIGINT NOT NULL, -- by our clock: the moment the signatures are judged by
	tries    BIGINT NOT NULL CHECK (tries >= 0),
	next_try BIGINT NOT NULL,
	body     TEXT NOT NULL -- store.WaitingSignature as JSON: who, the signatures, the last reason
);
CREATE UNIQUE INDEX waiting_signature_case ON waiting_signature (case_id) WHERE state = 'waiting';
CREATE INDEX waiting_signature_due ON waiting_signature (next_try) WHERE state = 'waiting';

-- Who has opened which paper: several are signed in one run only by who has seen
-- each of them.
CREATE TABLE paper_seen (
	paper_id TEXT NOT NULL REFERENCES paper (id),
	account  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (paper_id, account)
);

-- An invitation to sign with a telephone: one use, minutes of life, bound to a
-- case and a person. Of its secret only the digest is kept.
CREATE TABLE phone_signing (
	secret  TEXT PRIMARY KEY, -- SHA-256 of the secret in the address, hexadecimal
	case_id TEXT NOT NULL REFERENCES case_file (id),
	account TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('open', 'used')),
	expires BIGINT NOT NULL,
	body    TEXT NOT NULL -- store.PhoneSigning as JSON
);
