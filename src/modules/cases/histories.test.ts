import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { quietLog } from '../../platform/testing/database.ts';
import { fireDueTimers } from '../../platform/timers/timer-worker.ts';
import { COUNTY, GRID } from '../../testing/cast.ts';
import { type County, MORNING, testCounty } from '../../testing/county.ts';
import { act } from './act.ts';
import { checkChains } from './check-chain.ts';
import { viewContext } from './context.ts';
import { casesModule, findStored } from './index.ts';
import { type Filing, registerCases } from './intake.ts';
import { clockTimers } from './record.ts';
import { availableActions } from './rules/available.ts';
import type { CaseCommand } from './rules/commands.ts';
import { isOpen } from './rules/responsible.ts';
import type { CaseState } from './rules/state.ts';
import { commandOn, type Move, walk } from './rules/testing/walk.ts';
import type { Action } from './rules/words.ts';

/**
 * The same random walks as in `rules/histories.test.ts`, fewer and through the real tables: what the rules promise is
 * kept by what is stored. GONGZHI_SEED plays others, GONGZHI_STORED_HISTORIES says how many.
 */
const SEED = Number(process.env['GONGZHI_SEED'] ?? 20_260_401);
const HISTORIES = Number(process.env['GONGZHI_STORED_HISTORIES'] ?? 40);
const MOVES = 14;

let county: County;
let organisations: string[];
let owner: string;
let previous: string;
beforeAll(async () => {
  county = await testCounty();
  organisations = await Promise.all(['housing', 'enforcement', 'transport'].map((kind) => county.body(kind)));
  owner = await county.body('housing');
  previous = await file(0);
});
afterAll(() => county.close());

const OFFICERS = [
  ...(['dispatcher', 'townDispatcher', 'housing', 'enforcement', 'verifier', 'supervisor'] as const),
  ...(['gridWorker', 'communityWorker', 'twoHats'] as const),
] as const;

function actorOf(seed: number, caseId: string): Actor {
  const { tenant, players } = county;
  const name = OFFICERS[seed % (OFFICERS.length + 1)];
  if (name === undefined) return { kind: 'resident', tenant, caseId, phoneIndex: null };
  const { userId, posts } = players[name];
  return { kind: 'officer', tenant, userId, name, posts };
}

async function file(seed: number): Promise<string> {
  const { app } = county;
  const filing: Filing = {
    ...{ title: null, body: `第${seed}件：楼道灯坏了。`, classCode: seed % 3 === 0 ? '1003' : '1701' },
    place: { areaCode: GRID, point: null, text: null },
    ...{ channel: 'phone', urgency: seed % 5 === 0 ? 'urgent' : 'normal', confidential: false },
    requester: seed % 7 === 0 ? null : { name: '汪小示', phone: '13800138000', mail: null },
    ...{ anonymous: false, contactable: seed % 7 !== 0, publicConsent: true, occurredAt: null },
    ...{ fileIds: [], settlement: null, imported: null },
  };
  const [receipt] = await county.write((tx) =>
    registerCases(tx, { vault: app.vault, rootCode: COUNTY }, actorOf(0, ''), [filing], app.now()),
  );
  if (receipt === undefined || isRefusal(receipt)) throw new Error(`not filed: ${receipt?.code}`);
  return receipt.id;
}

const fire = () => {
  const { app, tenant } = county;
  const handlers = casesModule.timers?.(app) ?? {};
  return fireDueTimers({ database: app.database, tenant, handlers, now: app.now, log: quietLog });
};

/** Steps that go nowhere are many; they would drown those that go on. */
const IDLE: readonly Action[] = ['note', 'reply', 'attach', 'release', 'unrelease', 'void', 'withdraw', 'refer'];

/** One move: somebody takes a step that the table offers him. Half of the moves two people take it at once. */
async function take(move: Move, caseId: string): Promise<void> {
  const { app } = county;
  const actor = actorOf(move.who, caseId);
  const chosen = await county.read(async (tx) => {
    const stored = await findStored(tx, actor, caseId, false);
    if (!stored) throw new Error('the case is gone');
    const offered = availableActions(stored.state, await viewContext(tx, actor, stored.state, app.now()))
      .filter((one) => one.allowed && one.resource !== null && (!IDLE.includes(one.action) || move.detail % 9 === 0))
      .map((one) => one.action);
    const action = offered[move.action % Math.max(1, offered.length)];
    return action && { action, state: stored.state };
  });
  if (!chosen) return;
  const ground = { organisations, owner, area: GRID, master: previous, classCode: '1701', photos: [] };
  const step = commandOn(chosen.action, move.detail, { ...ground, now: app.now(), state: chosen.state });
  const command = { ...step, expectedVersion: chosen.state.version } as CaseCommand;
  const once = () =>
    app.database.transact(actor, async (tx) => {
      const stored = await findStored(tx, actor, caseId, true);
      return stored ? act(tx, actor, stored, command, app.now()) : null;
    });
  const done = await Promise.all(move.detail % 2 === 0 ? [once(), once()] : [once()]);
  // Of two at once at most one is taken; a step that was not is a value, never thrown.
  expect(done.filter((one) => one !== null && !isRefusal(one)).length).toBeLessThanOrEqual(1);
}

type TimerRow = { subject: string; name: string; due_at: Date };

/** What is wrong with what is stored of these cases; nothing, if all is well. */
async function faults(ids: readonly string[]): Promise<string[]> {
  return county.read(async (tx) => {
    const found: string[] = [];
    const cases = await sql<{
      facts: CaseState;
      responsible: string | null;
      known: boolean;
      stage_due_at: Date | null;
    }>`
      SELECT c.facts, c.responsible_organisation_id::text AS responsible, o.id IS NOT NULL AS known, c.stage_due_at
      FROM cases.case_file c LEFT JOIN organisations.organisation o
        ON o.tenant_id = c.tenant_id AND o.id = c.responsible_organisation_id
      WHERE c.id = ANY(${[...ids]}::uuid[])`.execute(tx);
    const timers = await sql<TimerRow>`
      SELECT subject::text, name, due_at FROM platform.timer
      WHERE kind = 'case.clock' AND subject = ANY(${[...ids]})`.execute(tx);
    const kept = timers.rows.map((one) => `${one.subject} ${one.name} ${one.due_at.toISOString()}`);
    const wanted = cases.rows.flatMap(({ facts }) =>
      clockTimers(county.tenant, facts).map((one) => `${one.subject} ${one.name} ${one.dueAt.toISOString()}`),
    );
    found.push(...wanted.filter((one) => !kept.includes(one)).map((one) => `lost: ${one}`));
    found.push(...kept.filter((one) => !wanted.includes(one)).map((one) => `without a clock: ${one}`));
    found.push(...timers.rows.filter((one) => one.due_at <= county.app.now()).map((one) => `not fired: ${one.name}`));
    for (const { facts, responsible, known, stage_due_at } of cases.rows) {
      if (isOpen(facts) && stage_due_at === null) found.push(`open without a clock in ${facts.state}`);
      if (isOpen(facts) && (responsible === null || !known)) found.push(`nobody answers in ${facts.state}`);
    }
    const told = await sql<{ clock: string; times: number }>`
      SELECT case_id || ' ' || (payload->'lateness')::text AS clock, count(*)::int AS times FROM cases.event
      WHERE kind = 'ran_late' AND case_id = ANY(${[...ids]}::uuid[]) GROUP BY 1 HAVING count(*) > 1`.execute(tx);
    found.push(...told.rows.map((one) => `told ${one.times} times: ${one.clock}`));
    const chains = await checkChains(tx, systemActor(county.tenant, 'check'), ids);
    for (const [id, check] of chains) if (!check.ok) found.push(`the chain of ${id} is broken`);
    return found;
  });
}

/** Every request merged into another is on that one's list, and the other way round. */
async function parted(): Promise<string[]> {
  const { rows } = await county.read((tx) =>
    sql<{ id: string }>`
      SELECT d.id || ' is merged and not known there' AS id FROM cases.case_file d JOIN cases.case_file m
        ON m.tenant_id = d.tenant_id AND m.id = d.master_case_id
      WHERE d.state = 'merged' AND NOT m.facts->'duplicateIds' ? d.id::text
      UNION ALL
      SELECT m.id || ' knows of one that is not merged into it' FROM cases.case_file m, jsonb_array_elements_text(m.facts->'duplicateIds') AS one (id)
      WHERE NOT EXISTS (SELECT FROM cases.case_file d WHERE d.tenant_id = m.tenant_id AND d.id::text = one.id
        AND d.master_case_id = m.id)`.execute(tx),
  );
  return rows.map((row) => row.id);
}

test(`${HISTORIES} stored histories: no timer is lost or doubled, every open case has a clock and one office`, {
  timeout: 300_000,
}, async () => {
  process.stdout.write(`stored histories: GONGZHI_SEED=${SEED}, ${HISTORIES} histories\n`);
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(walk, async ({ beginning, moves }) => {
      county.setNow(MORNING);
      const id = await file(beginning);
      for (const move of moves.slice(0, MOVES)) {
        county.later(move.hours);
        await fire();
        await take(move, id);
      }
      await fire();
      expect(await faults([id, previous])).toEqual([]);
      expect(await parted()).toEqual([]);
      const { rows } = await county.read((tx) =>
        sql<{ kind: string }>`SELECT DISTINCT kind FROM cases.event WHERE case_id = ${id}::uuid`.execute(tx),
      );
      for (const { kind } of rows) reached.add(kind);
      previous = id;
    }),
    { numRuns: HISTORIES, seed: SEED, endOnFailure: true },
  );
  if (HISTORIES >= 40) expect([...reached]).toEqual(expect.arrayContaining(['dispatched', 'accepted', 'ran_late']));
});
