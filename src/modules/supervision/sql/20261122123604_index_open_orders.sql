-- one by one: open orders are few among all there ever were; each list of them is a walk along one of these.
CREATE INDEX CONCURRENTLY IF NOT EXISTS supervision_order_open_addressee ON supervision.supervision_order
  (tenant_id, addressee_id, issued_at DESC, id DESC) WHERE state IN ('open', 'answered');
CREATE INDEX CONCURRENTLY IF NOT EXISTS supervision_order_open_reviewer ON supervision.supervision_order
  (tenant_id, reviewer_id, issued_at DESC, id DESC) WHERE state IN ('open', 'answered');
CREATE INDEX CONCURRENTLY IF NOT EXISTS supervision_order_open_newest ON supervision.supervision_order
  (tenant_id, issued_at DESC, id DESC) INCLUDE (area_code, lane) WHERE state IN ('open', 'answered');
CREATE INDEX CONCURRENTLY IF NOT EXISTS supervision_order_newest ON supervision.supervision_order
  (tenant_id, issued_at DESC, id DESC) INCLUDE (area_code, lane, state);
