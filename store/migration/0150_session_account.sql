-- +goose Up
-- Whose a session is, so that one look finds both.
ALTER TABLE session ADD COLUMN account TEXT NOT NULL DEFAULT '';
