-- The tenant's log: an append-only list of where each chain stood, a Merkle tree over it, and signed checkpoints of its
-- root. The key that signs lies outside the database.
CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA ledger TO gongzhi_app;

-- One row a tenant: taken FOR UPDATE by whoever appends.
CREATE TABLE ledger.log (
  tenant_id int NOT NULL,
  size bigint NOT NULL,
  -- How far the walk over all cases has come that finds what no event told of (a restore, an older version).
  swept_to uuid NOT NULL,
  swept_once boolean NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- Cases whose chain grew since their last entry.
CREATE TABLE ledger.moved (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, case_id)
);

CREATE TABLE ledger.leaf (
  tenant_id int NOT NULL,
  leaf_index bigint NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('case', 'audit')),
  subject_id uuid NOT NULL,
  version int NOT NULL,
  head bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, leaf_index),
  UNIQUE (tenant_id, subject_id, version)
);

-- Perfect subtrees above the leaves (level 1 on); written once they are whole, never changed.
CREATE TABLE ledger.node (
  tenant_id int NOT NULL,
  level smallint NOT NULL,
  node_index bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, level, node_index)
);

CREATE TABLE ledger.checkpoint (
  tenant_id int NOT NULL,
  size bigint NOT NULL,
  at timestamptz NOT NULL,
  root bytea NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (tenant_id, size)
);

-- Entries of the record of who did what, as they were taken into the log together; hashes are 32 bytes each, in order.
-- When the entries are removed after their term, this row stays and says by which removal.
CREATE TABLE ledger.audit_batch (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  entry_ids uuid[] NOT NULL,
  entry_hashes bytea NOT NULL,
  removed_at timestamptz,
  removed_by uuid,
  PRIMARY KEY (tenant_id, id),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE INDEX audit_batch_last_at ON ledger.audit_batch (tenant_id, last_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log', 'moved', 'leaf', 'node', 'checkpoint', 'audit_batch'] LOOP
    EXECUTE format('ALTER TABLE ledger.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE ledger.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON ledger.%I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON ledger.log TO gongzhi_app;
GRANT SELECT, INSERT, DELETE ON ledger.moved TO gongzhi_app;
GRANT SELECT, INSERT ON ledger.leaf, ledger.node, ledger.checkpoint TO gongzhi_app;
GRANT SELECT, INSERT ON ledger.audit_batch TO gongzhi_app;
GRANT UPDATE (removed_at, removed_by) ON ledger.audit_batch TO gongzhi_app;
