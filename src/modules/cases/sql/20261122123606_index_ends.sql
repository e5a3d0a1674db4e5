-- one by one: what the retention job goes along, oldest end first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS case_file_over ON cases.case_file
  (tenant_id, (coalesce(closed_at, ended_at)), id)
  WHERE state IN ('closed', 'rejected', 'referred', 'merged', 'withdrawn', 'voided');
DROP INDEX CONCURRENTLY IF EXISTS cases.case_file_ended;
