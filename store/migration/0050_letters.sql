-- +goose Up

-- Nothing has written requests so far; from here on they have a journal, a way to
-- the public, and events.
DROP TABLE request;

-- Requests for information and the replies to them.
CREATE TABLE request (
	id        TEXT PRIMARY KEY,
	region    TEXT NOT NULL,
	number    TEXT NOT NULL, -- of the state's system of requests
	incoming  TEXT NOT NULL CHECK (incoming <> ''), -- of the department's journal
	outgoing  TEXT NOT NULL CHECK ((outgoing <> '') = (state = 'dispatched')),
	state     TEXT NOT NULL CHECK (state IN ('registered', 'assigned', 'drafted', 'signed', 'dispatched')),
	executor  TEXT NOT NULL,
	bin       TEXT NOT NULL, -- the employer asked about
	due       TEXT NOT NULL, -- last day to answer
	at        BIGINT NOT NULL, -- of registration
	published BIGINT NOT NULL, -- 0 while it is not
	body      TEXT NOT NULL, -- correspondence.File as JSON
	version   BIGINT NOT NULL CHECK (version > 0)
);
CREATE UNIQUE INDEX request_number ON request (region, number);
CREATE UNIQUE INDEX request_incoming ON request (incoming);
CREATE UNIQUE INDEX request_outgoing ON request (outgoing) WHERE outgoing <> '';
CREATE INDEX request_queue ON request (region, state, due);
CREATE INDEX request_published ON request (published) WHERE published > 0;

-- What was done to a request, one row an act, without gaps.
CREATE TABLE request_event (
	request_id TEXT NOT NULL REFERENCES request (id),
	version    BIGINT NOT NULL CHECK (version > 0),
	act        TEXT NOT NULL,
	role       TEXT NOT NULL,
	account    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	body       TEXT NOT NULL, -- correspondence.Event as JSON
	PRIMARY KEY (request_id, version)
);

-- The paper each department writes its letters on.
CREATE TABLE letterhead (
	region TEXT PRIMARY KEY,
	body   TEXT NOT NULL -- correspondence.Office as JSON
);
