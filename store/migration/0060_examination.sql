-- +goose Up

-- What registers of other bodies answered about a case, or what an official saw
-- elsewhere while one was down. Rows are only added.
CREATE TABLE register_answer (
	id       TEXT PRIMARY KEY, -- sorts by time
	case_id  TEXT NOT NULL REFERENCES case_file (id),
	register TEXT NOT NULL CHECK (register IN ('entities', 'persons', 'vacancies', 'offences', 'treasury')),
	subject  TEXT NOT NULL CHECK (subject <> ''),
	status   TEXT NOT NULL CHECK (status IN ('found', 'none', 'down', 'seen')),
	at       BIGINT NOT NULL,
	body     TEXT NOT NULL -- examination.Answer as JSON
);
CREATE INDEX register_answer_case ON register_answer (case_id);

-- Whom the cases that were handed in are about, by citizenship and passport. Cases
-- of before this table are not in it.
CREATE TABLE case_worker (
	person  TEXT NOT NULL CHECK (person <> ''),
	case_id TEXT NOT NULL REFERENCES case_file (id),
	PRIMARY KEY (person, case_id)
);
