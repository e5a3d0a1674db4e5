-- One step of a case as plain SQL: an office accepts what was dispatched to it. The rows that the platform reads and writes
-- for it, in one transaction. What `npm run bench -- --only step` sets its figure against; it changes only when those rows do.
-- Colons inside the texts are followed by a space, since pgbench takes `:word` for a variable.
-- pgbench -M prepared -D tenant=… -D actor=… -D organisation=… -D series=… -D cases=… -D run=…
\set key random(1, 9000000000000000)
\set place random(0, :cases - 1)
BEGIN;
SELECT platform.enter(:tenant::int, :actor::text);
INSERT INTO platform.idempotency (tenant_id, actor_key, key, route, request_hash, created_at)
  VALUES (:tenant::int, :actor::text, :run::text || '-' || :key::text, 'cases.accept', sha256(:key::text::bytea), now())
  ON CONFLICT (tenant_id, actor_key, key) DO NOTHING;
SELECT c.id::text AS id, c.number, c.facts::text AS facts, c.chain_length + 1 AS seq, encode(c.chain_head, 'hex') AS head,
    c.area_code AS area, c.class_code AS class,
    left(to_json(now() AT TIME ZONE 'UTC') #>> '{}', 23) || 'Z' AS at, uuidv7()::text AS event
  FROM cases.case_file c JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
  WHERE c.tenant_id = :tenant::int
    AND c.id = ('00000000-' || :series::text || '-7000-8000-' || lpad(to_hex(:place::bigint), 12, '0'))::uuid
  FOR UPDATE OF c \gset
INSERT INTO cases.event (tenant_id, case_id, seq, kind, at, actor_id, actor_kind, party, organisation_id, payload,
    content_commitment, file_ids, file_hashes, previous_hash, hash)
  VALUES (:tenant::int, :id::uuid, :seq::int, 'accepted', now(), :actor::text, 'officer', 'lead', :organisation::uuid,
    ('{"clocks": {"stage": {"name": "handling","startedAt": "' || :at::text || '","dueAt": "' || :at::text || '","uncertain": false}}}')::jsonb,
    NULL, '{}', '{}', decode(:head::text, 'hex'), sha256(:event::text::bytea));
INSERT INTO platform.outbox (tenant_id, id, kind, subject, at, payload)
  VALUES (:tenant::int, :event::uuid, 'plain.accepted', :id::text, now(),
    ('{"seq": 3,"number": "' || :number::text || '","state": "accepted","areaCode": "' || :area::text || '","lane": "safety","classCode": "' ||
      :class::text || '","sensitivity": "normal","requesterId": "' || :id::text || '","commandCentreId": "' || :organisation::text ||
      '","leadId": "' || :organisation::text || '","assistIds": [],"stage": "handling","stageDueAt": "' || :at::text || '","actorId": "' ||
      :actor::text || '"}')::jsonb);
UPDATE cases.case_file SET version = version + 1, state = 'accepted', lane = lane, class_code = class_code,
    class_version = class_version, urgency = urgency, sensitivity = sensitivity, area_code = area_code, lon = lon, lat = lat,
    public_state = public_state, first_receiver_id = first_receiver_id, responsible_organisation_id = :organisation::uuid,
    lead_organisation_id = :organisation::uuid, facts = :facts::jsonb, stage = 'handling', stage_started_at = now(),
    stage_due_at = now() + interval '3 days', total_due_at = total_due_at, settled_on_spot = settled_on_spot,
    chain_length = :seq::int, chain_head = sha256(:event::text::bytea), updated_at = now()
  WHERE tenant_id = :tenant::int AND id = :id::uuid;
DELETE FROM platform.timer WHERE tenant_id = :tenant::int AND subject = :id::text AND kind = 'case.clock';
INSERT INTO platform.timer (tenant_id, subject, kind, name, due_at, run_at, payload)
  VALUES (:tenant::int, :id::text, 'case.clock', 'stage', now() + interval '3 days', now() + interval '3 days',
      ('{"clock": "stage","dueAt": "' || :at::text || '"}')::jsonb),
    (:tenant::int, :id::text, 'case.clock', 'contact', now() + interval '1 day', now() + interval '1 day',
      ('{"clock": "contact","dueAt": "' || :at::text || '"}')::jsonb),
    (:tenant::int, :id::text, 'case.clock', 'total', now() + interval '5 days', now() + interval '5 days',
      ('{"clock": "total","dueAt": "' || :at::text || '"}')::jsonb)
  ON CONFLICT (tenant_id, subject, kind, name) DO UPDATE
    SET due_at = excluded.due_at, run_at = excluded.run_at, payload = excluded.payload, attempts = 0, last_error = NULL;
UPDATE platform.idempotency SET status = 200, answer = sha256(:id::text::bytea) || sha256(:number::text::bytea)
  WHERE tenant_id = :tenant::int AND actor_key = :actor::text AND key = :run::text || '-' || :key::text;
COMMIT;
