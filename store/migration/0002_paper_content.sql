-- +goose Up

-- The bytes of papers are kept with them, in the same transaction: no act is kept
-- without what it handed out. Attachments, which are large and come before an act,
-- stay in the files.
CREATE TABLE paper_content (
	paper_id TEXT PRIMARY KEY REFERENCES paper (id),
	content  BYTEA NOT NULL
);

-- What a draft was made of, to tell whether it is still what would be made.
ALTER TABLE paper ADD COLUMN made_of TEXT NOT NULL DEFAULT '';
