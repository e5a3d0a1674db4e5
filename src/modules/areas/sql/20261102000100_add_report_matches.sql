-- Rows of an import that found their place, whether or not they could be used: the match rate.
ALTER TABLE areas.import_report ADD COLUMN matched int NOT NULL DEFAULT 0 CHECK (matched >= 0);
ALTER TABLE areas.import_report ALTER COLUMN matched DROP DEFAULT;
