-- When the case was opened, beside who assists: an office reads what it assists newest first along one index.
ALTER TABLE cases.assist ADD COLUMN opened_at timestamptz;
ALTER TABLE cases.assist NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.case_file NO FORCE ROW LEVEL SECURITY;
UPDATE cases.assist a SET opened_at = c.opened_at FROM cases.case_file c
WHERE c.tenant_id = a.tenant_id AND c.id = a.case_id;
ALTER TABLE cases.assist FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.case_file FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.assist ALTER COLUMN opened_at SET NOT NULL;
DROP INDEX cases.assist_organisation;
CREATE INDEX assist_organisation ON cases.assist (tenant_id, organisation_id, opened_at DESC, case_id DESC);
