-- A cell holds all that is counted of a place, a day and a value, one column each, instead of one row for every measure: a
-- quarter of the rows, and a case that goes from one state to the next changes one row where it changed two.
ALTER TABLE statistics.cell NO FORCE ROW LEVEL SECURITY;
ALTER TABLE statistics.cell RENAME TO cell_by_measure;
ALTER INDEX statistics.cell_pkey RENAME TO cell_by_measure_pkey;

CREATE TABLE statistics.cell (
  tenant_id int NOT NULL,
  dimension text COLLATE "C" NOT NULL CHECK (dimension IN ('all', 'class', 'organisation', 'channel', 'lane')),
  area_code text COLLATE "C" NOT NULL,
  span text COLLATE "C" NOT NULL CHECK (span IN ('day', 'month')),
  -- The day, or the first of the month.
  day date NOT NULL,
  -- The class, organisation, channel or lane; '' where the dimension is none.
  value text COLLATE "C" NOT NULL,
  restricted boolean NOT NULL,
  -- Null is none: most cells have few of them, and what is null takes no room.
  state_registered int, state_rejected int, state_referred int, state_merged int, state_dispatched int,
  state_accepted int, state_objected int, state_adjudicating int, state_in_progress int,
  state_extension_requested int, state_shelved int, state_reported_done int, state_verifying int,
  state_call_back int, state_closed int, state_returned int, state_withdrawn int, state_voided int,
  state_reopened int, contact_in_time int, contact_late int, closing_all int, closing_in_time int, closing_late int,
  call_back_solved int, call_back_partly int, call_back_unsolved int, call_back_satisfied int,
  call_back_basically int, call_back_unsatisfied int, call_back_declined int, call_back_unreachable int,
  call_back_lapsed int,
  PRIMARY KEY (tenant_id, dimension, area_code, span, day, value, restricted)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

INSERT INTO statistics.cell (tenant_id, dimension, area_code, span, day, value, restricted,
  state_registered, state_rejected, state_referred, state_merged, state_dispatched, state_accepted, state_objected,
  state_adjudicating, state_in_progress, state_extension_requested, state_shelved, state_reported_done,
  state_verifying, state_call_back, state_closed, state_returned, state_withdrawn, state_voided, state_reopened,
  contact_in_time, contact_late, closing_all, closing_in_time, closing_late, call_back_solved, call_back_partly,
  call_back_unsolved, call_back_satisfied, call_back_basically, call_back_unsatisfied, call_back_declined,
  call_back_unreachable, call_back_lapsed)
SELECT tenant_id, dimension, area_code, span, day, value, restricted,
  nullif(sum(n) FILTER (WHERE measure = 'state.registered'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.rejected'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.referred'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.merged'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.dispatched'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.accepted'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.objected'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.adjudicating'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.in_progress'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.extension_requested'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.shelved'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.reported_done'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.verifying'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.call_back'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.closed'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.returned'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.withdrawn'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.voided'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'state.reopened'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'contact.in_time'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'contact.late'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'closing.all'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'closing.in_time'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'closing.late'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.solved'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.partly'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.unsolved'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.satisfied'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.basically'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.unsatisfied'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.declined'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.unreachable'), 0),
  nullif(sum(n) FILTER (WHERE measure = 'call_back.lapsed'), 0)
FROM statistics.cell_by_measure WHERE n <> 0
GROUP BY tenant_id, dimension, area_code, span, day, value, restricted;
DROP TABLE statistics.cell_by_measure;

ALTER TABLE statistics.cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.cell FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statistics.cell
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON statistics.cell TO gongzhi_app;

-- Regions, as before; only what they read is asked for the name of the role, row by row.
GRANT SELECT ON statistics.cell TO gongzhi_region;
CREATE POLICY region ON statistics.cell FOR SELECT TO gongzhi_region
  USING (starts_with(current_user::text, 'gongzhi_region_'));
CREATE POLICY region_alone ON statistics.cell AS RESTRICTIVE FOR SELECT TO gongzhi_region
  USING (NOT starts_with(current_user::text, 'gongzhi_region')
    OR (starts_with(current_user::text, 'gongzhi_region_') AND dimension = 'all' AND span = 'month' AND NOT restricted
      AND length(area_code) IN (4, 6) AND starts_with(area_code, substr(current_user::text, 16))));
