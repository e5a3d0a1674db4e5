-- Spreads the tables of tenants over the workers of a Citus cluster, one jurisdiction in one shard. Run after all
-- migrations, as the owner (`gongzhi cluster`); a server without Citus is left as it is, and what is spread already stays.
DO $$
DECLARE
  spread regclass;
  anchor regclass;
  done integer := 0;
BEGIN
  IF to_regproc('create_distributed_table') IS NULL THEN
    RAISE NOTICE 'no Citus on this server: nothing to spread';
    RETURN;
  END IF;
  SET LOCAL citus.enable_local_reference_table_foreign_keys = off;
  -- What a transaction sets for its tenant must reach the workers; see `platform.enter`.
  IF current_setting('citus.propagate_set_commands', true) IS NOT NULL THEN
    EXECUTE format('ALTER DATABASE %I SET citus.propagate_set_commands = %L', current_database(), 'local');
  END IF;

  -- Parents first: a table is as deep as the longest way of foreign keys that leaves it.
  FOR spread IN
    WITH RECURSIVE tenants AS (
      SELECT c.oid
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
    ), ways AS (
      SELECT oid, 0 AS depth FROM tenants
      UNION ALL
      SELECT k.conrelid, w.depth + 1
      FROM ways w JOIN pg_constraint k ON k.confrelid = w.oid AND k.contype = 'f' AND k.conrelid <> k.confrelid
      WHERE k.conparentid = 0 AND w.depth < 50
    )
    SELECT w.oid::regclass FROM ways w JOIN tenants t ON t.oid = w.oid
    GROUP BY w.oid ORDER BY max(w.depth), w.oid::regclass::text
  LOOP
    IF NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = spread) THEN
      PERFORM create_distributed_table(spread, 'tenant_id', colocate_with => coalesce(anchor::text, 'none'));
      done := done + 1;
    END IF;
    anchor := coalesce(anchor, spread);
  END LOOP;
  RAISE NOTICE '% tables spread', done;
END $$;
