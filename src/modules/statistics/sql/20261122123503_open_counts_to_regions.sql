-- A province or the country reads the counts of its counties and cities, across tenants, by roles of its own. The role's
-- name says how far it sees: gongzhi_region_42 sees codes that begin with 42, and cannot choose otherwise. It gets months
-- of whole counties and cities alone: no class, office or place below, and no case that is sealed or confidential.
GRANT USAGE ON SCHEMA statistics TO gongzhi_region;
GRANT SELECT ON statistics.cell TO gongzhi_region;
CREATE POLICY region ON statistics.cell FOR SELECT TO gongzhi_region
  USING (starts_with(current_user::text, 'gongzhi_region_'));
-- Whatever tenant such a role may say it is.
CREATE POLICY region_alone ON statistics.cell AS RESTRICTIVE FOR SELECT
  USING (NOT starts_with(current_user::text, 'gongzhi_region')
    OR (starts_with(current_user::text, 'gongzhi_region_') AND dimension = 'all' AND span = 'month' AND NOT restricted
      AND length(area_code) IN (4, 6) AND starts_with(area_code, substr(current_user::text, 16))));
