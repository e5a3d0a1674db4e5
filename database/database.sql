-- Rights on the database itself, which a template does not hand on; run by its owner, any number of times.
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO gongzhi_app', current_database());
END
$$;
