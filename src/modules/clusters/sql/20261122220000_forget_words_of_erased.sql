-- What requests whose words were erased were about went on standing beside them.
ALTER TABLE clusters.signature NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases.case_text NO FORCE ROW LEVEL SECURITY;
DELETE FROM clusters.signature s USING cases.case_text t
WHERE t.tenant_id = s.tenant_id AND t.case_id = s.case_id AND t.erased_at IS NOT NULL;
ALTER TABLE cases.case_text FORCE ROW LEVEL SECURITY;
ALTER TABLE clusters.signature FORCE ROW LEVEL SECURITY;
