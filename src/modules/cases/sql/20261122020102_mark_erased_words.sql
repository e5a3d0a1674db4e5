-- Words that were erased by an order: the row stays, empty, so that lists and numbers stay whole.
ALTER TABLE cases.case_text ADD COLUMN erased_at timestamptz;
ALTER TABLE cases.case_text ADD COLUMN erasure_order text;
ALTER TABLE cases.case_text ADD CONSTRAINT case_text_erasure CHECK ((erased_at IS NULL) = (erasure_order IS NULL));
-- What the retention job goes along, oldest end first.
CREATE INDEX case_file_ended ON cases.case_file (tenant_id, (coalesce(closed_at, updated_at)), id)
  WHERE state IN ('closed', 'rejected', 'referred', 'merged', 'withdrawn', 'voided');
