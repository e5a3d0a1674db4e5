-- Auditors search by action, by address, and for what was refused.
CREATE INDEX audit_entry_action ON platform.audit_entry (tenant_id, action, at, id);
CREATE INDEX audit_entry_address ON platform.audit_entry (tenant_id, address, at, id) WHERE address IS NOT NULL;
CREATE INDEX audit_entry_refused ON platform.audit_entry (tenant_id, result, at, id) WHERE result <> 'done';

-- Entries may be removed after their term. Six months is the least the law asks for, so the database itself refuses to
-- remove a younger one, whatever the platform is configured to.
CREATE POLICY least_term ON platform.audit_entry AS RESTRICTIVE FOR DELETE
  USING (at < now() - interval '6 months');
GRANT DELETE ON platform.audit_entry TO gongzhi_app;
