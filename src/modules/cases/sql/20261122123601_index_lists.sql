-- one by one: every list of cases is a walk along one of these, also where a million cases are in use meanwhile.
-- Work queues: what is open, most urgent first. Partial, so that a closed case leaves them: they stay as small as the work.
-- The time stands beside its expression, without which no walk would stay inside the index.
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_due ON cases.case_file
  (tenant_id, (coalesce(stage_due_at, 'infinity'::timestamptz)), id) INCLUDE (stage_due_at, state, area_code, lane, sensitivity)
  WHERE state IN ('registered', 'reopened', 'dispatched', 'accepted', 'objected', 'adjudicating', 'in_progress',
    'extension_requested', 'shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'referred');
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_due_state ON cases.case_file
  (tenant_id, state, (coalesce(stage_due_at, 'infinity'::timestamptz)), id)
  INCLUDE (stage_due_at, area_code, lane, sensitivity)
  WHERE state IN ('registered', 'reopened', 'dispatched', 'accepted', 'objected', 'adjudicating', 'in_progress',
    'extension_requested', 'shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'referred');
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_due_area ON cases.case_file
  (tenant_id, area_code, (coalesce(stage_due_at, 'infinity'::timestamptz)), id)
  INCLUDE (stage_due_at, state, lane, sensitivity)
  WHERE state IN ('registered', 'reopened', 'dispatched', 'accepted', 'objected', 'adjudicating', 'in_progress',
    'extension_requested', 'shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'referred');
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_due_lead ON cases.case_file
  (tenant_id, lead_organisation_id, state, (coalesce(stage_due_at, 'infinity'::timestamptz)), id)
  WHERE lead_organisation_id IS NOT NULL AND state IN ('registered', 'reopened', 'dispatched', 'accepted', 'objected',
    'adjudicating', 'in_progress', 'extension_requested', 'shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'referred');
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_waiting ON cases.case_file
  (tenant_id, responsible_organisation_id, state, stage_started_at, id)
  WHERE state IN ('registered', 'reopened', 'dispatched', 'accepted', 'objected', 'adjudicating', 'in_progress',
    'extension_requested', 'shelved', 'reported_done', 'verifying', 'call_back', 'returned', 'referred');
-- Lists of everything, newest first. An area's own is case_file_area.
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_newest ON cases.case_file
  (tenant_id, opened_at DESC, id DESC) INCLUDE (area_code, lane, sensitivity, state);
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_newest_class ON cases.case_file
  (tenant_id, class_code, opened_at DESC, id DESC) INCLUDE (area_code);
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_newest_lead ON cases.case_file
  (tenant_id, lead_organisation_id, opened_at DESC, id DESC)
  WHERE lead_organisation_id IS NOT NULL;
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_newest_state ON cases.case_file
  (tenant_id, state, opened_at DESC, id DESC) INCLUDE (area_code, lane, sensitivity)
  WHERE state <> 'closed';
-- What these replace.
DROP INDEX CONCURRENTLY IF EXISTS cases.case_file_state_due;
DROP INDEX CONCURRENTLY IF EXISTS cases.case_file_lead;
DROP INDEX CONCURRENTLY IF EXISTS cases.case_file_responsible;
DROP INDEX CONCURRENTLY IF EXISTS cases.case_file_opened;
