-- The time of the last change stood in an index, so that no note, reply or photo could change a case in place: each made
-- new entries in every index. When a case ended otherwise than by closing now has a column of its own.
ALTER TABLE cases.case_file ADD COLUMN ended_at timestamptz;
ALTER TABLE cases.case_file NO FORCE ROW LEVEL SECURITY;
UPDATE cases.case_file SET ended_at = updated_at
WHERE closed_at IS NULL AND state IN ('rejected', 'referred', 'merged', 'withdrawn', 'voided');
ALTER TABLE cases.case_file FORCE ROW LEVEL SECURITY;
