-- +goose Up

-- The transparency log: one row a leaf, numbered from 0 without gaps, added in the
-- transaction that keeps what it speaks of. Rows are only added; see
-- transparency/DESIGN.md.
CREATE TABLE log_leaf (
	n       BIGINT PRIMARY KEY,
	source  TEXT NOT NULL, -- which rows of a table; see logbook.go
	row_key TEXT NOT NULL, -- which of them
	salt    TEXT NOT NULL, -- hexadecimal; thrown away, the leaf says nothing any more
	leaf    TEXT NOT NULL, -- transparency.Leaf, the bytes that are hashed
	hash    TEXT NOT NULL  -- of them, in base64
);
CREATE INDEX log_leaf_row ON log_leaf (source, row_key, n);

-- Hashes of complete subtrees that stand at the foot of a tile of a higher level.
CREATE TABLE log_node (
	level BIGINT NOT NULL,
	n     BIGINT NOT NULL,
	hash  TEXT NOT NULL,
	PRIMARY KEY (level, n)
);

-- How far the log is, and the right edge of its tree.
CREATE TABLE log_head (
	id    BIGINT PRIMARY KEY CHECK (id = 1),
	size  BIGINT NOT NULL,
	edge  TEXT NOT NULL, -- transparency.Edge
	began BIGINT NOT NULL CHECK (began IN (0, 1)) -- 1 when what was kept before there was a log is in it
);
INSERT INTO log_head (id, size, edge, began) VALUES (1, 0, '', 0);

-- Signed checkpoints that were published.
CREATE TABLE log_checkpoint (
	size BIGINT PRIMARY KEY,
	note TEXT NOT NULL, -- the signed note
	at   BIGINT NOT NULL
);
