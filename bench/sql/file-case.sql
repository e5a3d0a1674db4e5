-- One request filed, as plain SQL: the rows that the platform writes for it, one transaction each, nothing shared with
-- others. What `npm run bench -- --only file` sets its figure against; it changes only when those rows change.
-- Colons inside the texts are followed by a space, since pgbench takes `:word` for a variable.
-- pgbench -M prepared -D tenant=… -D actor=… -D area=… -D organisation=… -D class=… -D run=…
\set key random(1, 9000000000000000)
BEGIN;
SELECT platform.enter(:tenant::int, :actor::text);
INSERT INTO platform.idempotency (tenant_id, actor_key, key, route, request_hash, created_at)
  VALUES (:tenant::int, :actor::text, :run::text || '-' || :key::text, 'cases.register_case', sha256(:key::text::bytea), now())
  ON CONFLICT (tenant_id, actor_key, key) DO NOTHING;
INSERT INTO cases.number_serial AS n (tenant_id, day, last) VALUES (:tenant::int, current_date, 1)
  ON CONFLICT (tenant_id, day) DO UPDATE SET last = n.last + 1
  RETURNING uuidv7()::text AS id, uuidv7()::text AS requester, uuidv7()::text AS event,
    to_char(n.day, 'YYYYMMDD') || '-' || lpad(n.last::text, 6, '0') || '-s' AS number,
    left(to_json(now() AT TIME ZONE 'UTC') #>> '{}', 23) || 'Z' AS at \gset
INSERT INTO requesters.requester (tenant_id, id, name, phone, phone_index, phone_ending_index, salt, key_version, locale, created_at)
  VALUES (:tenant::int, :requester::uuid, sha256(:requester::text::bytea) || '\x0100000001bb', sha256(:id::text::bytea) || '\x0100000001bb',
    encode(sha256(:requester::text::bytea), 'hex'), encode(sha256(:id::text::bytea), 'hex'), decode(md5(:id::text), 'hex'), 1, 'zh-CN', now());
INSERT INTO cases.case_file (tenant_id, id, number, version, state, lane, class_code, class_version, urgency, sensitivity,
    area_code, public_state, first_receiver_id, responsible_organisation_id, facts, stage, stage_started_at, stage_due_at,
    total_due_at, settled_on_spot, chain_length, chain_head, updated_at, channel, requester_id, anonymous, contactable,
    public_consent, opened_at, registered_at, imported)
  VALUES (:tenant::int, :id::uuid, :number::text, 1, 'registered', 'safety', :class::text, 1, 'normal', 'normal', :area::text,
    'private', :organisation::uuid, :organisation::uuid,
    ('{"id": "' || :id::text || '","number": "' || :number::text || '","version": 1,"areaCode": "' || :area::text || '","point": null,'
      '"caseClass": {"code": "' || :class::text || '","version": 1,"lane": "safety","sensitivity": "normal","petition": false,'
      '"settleOnSpot": false,"photosRequired": false,"callBackBefore": true},"sensitivity": "normal","urgency": "normal",'
      '"channel": "phone","openedAt": "' || :at::text || '","registeredAt": "' || :at::text || '","askedSecrecy": false,'
      '"commandCentreId": "' || :organisation::text || '","firstReceiverId": "' || :organisation::text || '","clocks": {"stage": '
      '{"name": "dispatch","startedAt": "' || :at::text || '","dueAt": "' || :at::text || '","uncertain": false},"contact": null,'
      '"total": {"startedAt": "' || :at::text || '","dueAt": "' || :at::text || '","base": {"amount": 3,"clock": "working_days",'
      '"source": "parent","basis": ""},"uncertain": false,"pauses": [],"extensions": []}},"requesterId": "' || :requester::text ||
      '","contactable": true,"publicConsent": false,"publicState": "private","dispatch": null,"objections": [],"rulings": [],'
      '"extensionRequest": null,"shelving": null,"referral": null,"rejection": null,"masterCaseId": null,"duplicateIds": [],'
      '"handlerIds": [],"handlingOrganisationIds": [],"claim": null,"round": 0,"verifications": [],"callBacks": [],"ratings": [],'
      '"contactedAt": null,"settledOnSpot": false,"imported": false,"inRework": false,"reworkCount": 0,"reopenCount": 0,'
      '"reopenedFor": null,"closure": null,"late": [],"state": "registered"}')::jsonb,
    'dispatch', now(), now() + interval '2 days', now() + interval '5 days', false, 1, sha256(:id::text::bytea), now(), 'phone',
    :requester::uuid, false, true, false, now(), now(), false);
INSERT INTO cases.event (tenant_id, case_id, seq, kind, at, actor_id, actor_kind, party, organisation_id, payload,
    content_commitment, file_ids, file_hashes, previous_hash, hash)
  VALUES (:tenant::int, :id::uuid, 1, 'registered', now(), :actor::text, 'officer', 'dispatcher', :organisation::uuid,
    ('{"caseId": "' || :id::text || '","number": "' || :number::text || '","areaCode": "' || :area::text || '","point": null,'
      '"urgency": "normal","commandCentreId": "' || :organisation::text || '","caseClass": {"code": "' || :class::text || '","version": 1,'
      '"lane": "safety","sensitivity": "normal","petition": false,"settleOnSpot": false,"photosRequired": false,'
      '"callBackBefore": true},"clocks": {"stage": {"name": "dispatch","startedAt": "' || :at::text || '","dueAt": "' || :at::text ||
      '","uncertain": false},"contact": null,"total": {"startedAt": "' || :at::text || '","dueAt": "' || :at::text ||
      '","base": {"amount": 3,"clock": "working_days","source": "parent","basis": ""},"uncertain": false,"pauses": [],'
      '"extensions": []}},"askedSecrecy": false,"sensitivity": "normal","channel": "phone","openedAt": "' || :at::text ||
      '","requesterId": "' || :requester::text || '","requesterCommitment": "' || encode(sha256(:requester::text::bytea), 'hex') ||
      '","contactable": true,"publicConsent": false}')::jsonb,
    sha256(:requester::text::bytea), '{}', '{}', decode(repeat('00', 32), 'hex'), sha256(:id::text::bytea));
INSERT INTO cases.event_content (tenant_id, case_id, seq, salt, content)
  VALUES (:tenant::int, :id::uuid, 1, decode(md5(:number::text), 'hex'), jsonb_build_object('title', '建设路路灯不亮了', 'place', '建设路108号',
    'description', '建设路108号的路灯不亮了。已经持续好几天了，多次向物业反映都没有结果。老人和小孩出行很不方便，晚上尤其危险。'));
INSERT INTO platform.outbox (tenant_id, id, kind, subject, at, payload)
  VALUES (:tenant::int, :event::uuid, 'plain.registered', :id::text, now(),
    ('{"seq": 1,"number": "' || :number::text || '","state": "registered","areaCode": "' || :area::text || '","lane": "safety",'
      '"classCode": "' || :class::text || '","sensitivity": "normal","requesterId": "' || :requester::text || '","commandCentreId": "' ||
      :organisation::text || '","leadId": null,"assistIds": [],"stage": "dispatch","stageDueAt": "' || :at::text || '","actorId": "' ||
      :actor::text || '"}')::jsonb);
INSERT INTO cases.case_text (tenant_id, case_id, title, body, place_text, search)
  VALUES (:tenant::int, :id::uuid, '建设路路灯不亮了',
    '建设路108号的路灯不亮了。已经持续好几天了，多次向物业反映都没有结果。老人和小孩出行很不方便，晚上尤其危险。', '建设路108号',
    array_to_tsvector('{建设,建设路,路灯,路,灯不亮,了,108,号,的,灯,不亮,已经,持续,好几天,好,几天,多次,向,物业,反映,都,没有,结果,老人,和,小孩,出行,很,不,方便,不方便,晚上,尤其,危险}'::text[]));
INSERT INTO platform.timer (tenant_id, subject, kind, name, due_at, run_at, payload)
  VALUES (:tenant::int, :id::text, 'case.clock', 'stage', now() + interval '2 days', now() + interval '2 days',
      ('{"clock": "stage","dueAt": "' || :at::text || '"}')::jsonb),
    (:tenant::int, :id::text, 'case.clock', 'total', now() + interval '5 days', now() + interval '5 days',
      ('{"clock": "total","dueAt": "' || :at::text || '"}')::jsonb)
  ON CONFLICT (tenant_id, subject, kind, name) DO UPDATE
    SET due_at = excluded.due_at, run_at = excluded.run_at, payload = excluded.payload, attempts = 0, last_error = NULL;
UPDATE platform.idempotency SET status = 201, answer = sha256(:id::text::bytea) || sha256(:number::text::bytea) || sha256(:at::text::bytea) || sha256(:event::text::bytea)
  WHERE tenant_id = :tenant::int AND actor_key = :actor::text AND key = :run::text || '-' || :key::text;
COMMIT;
