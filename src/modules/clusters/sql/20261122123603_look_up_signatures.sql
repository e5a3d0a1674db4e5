-- Row security lets no index answer `&&`, as it lets none answer `@@` (cases.cases_with_words): every request of a year
-- would be compared. This function reads the index as the owner, of the tenant of the transaction alone, and gives ids.
CREATE POLICY look_up ON clusters.signature FOR SELECT TO CURRENT_USER USING (true);

-- The newest `most` requests since an instant that share a key.
CREATE FUNCTION clusters.cases_with_keys(wanted text[], kind text, since timestamptz, most int) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan AS $$
  SELECT coalesce(array_agg(s.case_id), '{}') FROM (
    SELECT case_id FROM clusters.signature
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND source = kind AND keys && wanted
      AND opened_at >= since
    ORDER BY opened_at DESC LIMIT most
  ) AS s
$$;
REVOKE ALL ON FUNCTION clusters.cases_with_keys(text[], text, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clusters.cases_with_keys(text[], text, timestamptz, int) TO gongzhi_app;
