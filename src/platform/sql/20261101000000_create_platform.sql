-- The schema itself is made by the migrator, which keeps its table of applied files in it.
GRANT USAGE ON SCHEMA platform TO gongzhi_app;

-- Enters a transaction for one tenant and actor. A plpgsql EXECUTE of SET LOCAL, since set_config() is not handed on to
-- the workers of a cluster. SET LOCAL ends with the transaction, so a pooled connection never keeps it.
CREATE FUNCTION platform.enter(tenant integer, actor text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  EXECUTE format('SET LOCAL app.tenant = %L', tenant);
  EXECUTE format('SET LOCAL app.actor = %L', actor);
END
$$;
REVOKE EXECUTE ON FUNCTION platform.enter(integer, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.enter(integer, text) TO gongzhi_app;
