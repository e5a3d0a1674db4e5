-- Roles of the platform; run by the owner before the migrations, any number of times.
-- gongzhi_app is the only role the running platform uses: it owns nothing, creates nothing, and is bound by row security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'gongzhi_app') THEN
    CREATE ROLE gongzhi_app LOGIN NOINHERIT;
  END IF;
  IF EXISTS (
    SELECT FROM pg_catalog.pg_roles
    WHERE rolname = 'gongzhi_app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
  ) THEN
    RAISE EXCEPTION 'the role gongzhi_app has rights it must not have (superuser, bypassrls, createrole, createdb or replication)';
  END IF;
END
$$;

-- Those who read counts across tenants (a province, the country): gongzhi_region_<division code>, each a member of this
-- one, made by `gongzhi statistics region`. They see sums of counties and cities, and no case.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'gongzhi_region') THEN
    CREATE ROLE gongzhi_region NOLOGIN;
  END IF;
END
$$;
