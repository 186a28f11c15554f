-- +goose Up
-- Who asks by program. The secret is not kept, only its hash.
CREATE TABLE partner_token (
	id      TEXT PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE,
	issued  BIGINT NOT NULL,
	expires BIGINT NOT NULL CHECK (expires > issued),
	revoked BIGINT NOT NULL, -- 0 while it is not
	body    TEXT NOT NULL    -- partner.Token as JSON
);
