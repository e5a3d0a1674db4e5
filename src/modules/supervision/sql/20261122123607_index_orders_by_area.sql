-- one by one: past orders of a town, for those who see one town and one lane.
CREATE INDEX CONCURRENTLY IF NOT EXISTS supervision_order_area ON supervision.supervision_order
  (tenant_id, area_code, issued_at DESC, id DESC) INCLUDE (lane, state);
