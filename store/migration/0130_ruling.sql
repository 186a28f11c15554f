-- +goose Up

-- What a head decides outside the procedure of a case: acts on permits and
-- decisions on complaints, from the draft to the signature. The paper of each
-- stands among the papers, under the id of the ruling.
CREATE TABLE ruling (
	id      TEXT PRIMARY KEY,
	region  TEXT NOT NULL,
	number  TEXT NOT NULL UNIQUE,
	about   TEXT NOT NULL CHECK (about IN ('permit', 'complaint')),
	subject TEXT NOT NULL CHECK (subject <> ''), -- number of the permit, or id of the complaint
	state   TEXT NOT NULL CHECK (state IN ('drafted', 'signed', 'dropped')),
	at      BIGINT NOT NULL,
	body    TEXT NOT NULL, -- store.Ruling as JSON
	version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX ruling_subject ON ruling (about, subject);
CREATE INDEX ruling_queue ON ruling (region, at) WHERE state = 'drafted';
