import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type County, testCounty } from '../../testing/county.ts';
import type { Filed } from '../../testing/desk.ts';
import { bring, caseAt, recordVerification, reportDone, workAgain } from '../../testing/ways.ts';

let county: County;
beforeAll(async () => {
  county = await testCounty();
});
afterAll(() => county.close());

const stateOf = async (id: string) => (await county.caseOf('dispatcher', id)).body.state;
const kindsOf = async (id: string): Promise<string[]> =>
  (await county.caseOf('dispatcher', id)).body.timeline.map((event: { kind: string }) => event.kind);
const rate = (of: Filed, solved: string, satisfaction: string) =>
  county.asRequester(of, 'rating', { solved, satisfaction, reason: null });

describe('one request on its whole way', () => {
  let lamp: Filed;

  test('comes in by the portal and waits at the command centre of its town', async () => {
    lamp = await county.fileAsResident();
    const { body } = await county.caseOf('townDispatcher', lamp.id);

    expect(body).toMatchObject({ state: 'registered', stage: 'dispatch', channel: 'portal', version: 1 });
    expect(body.responsible.id).toBe(await county.body('command_centre', '421181001'));
    expect(body.requester).toMatchObject({ name: '汪**', phone: '138****8000' });
  });

  test('is dispatched as the list suggests, with the reason shown; otherwise only with a reason given', async () => {
    const { body } = await county.call('dispatcher', 'GET', `/api/cases/${lamp.id}/dispatch-suggestions`);
    const housing = await county.body('housing');
    expect(body.suggestions[0]).toMatchObject({ organisation: { id: housing }, entryNumber: '21' });
    expect(body.suggestions[0].reasonZh).toContain('派单目录第 21 条');

    const other = await county.act('dispatcher', 'dispatch', lamp.id, { leadId: await county.body('transport') });
    expect([other.status, other.code]).toEqual([422, 'cases.override_reason_missing']);
    expect(await county.step('dispatcher', 'dispatch', lamp.id, { leadId: housing })).toMatchObject({
      state: 'dispatched',
    });
  });

  test('is objected to once; who is designated may not return it', async () => {
    const objection = { legalBasis: '《城市道路照明设施管理规定》第四条', reason: '该路段未移交。' };
    await county.step('housing', 'objection', lamp.id, objection);
    await county.step('dispatcher', 'adjudication', lamp.id);
    const ruling = { kind: 'designate', leadId: await county.body('housing'), reason: '首接负责。' };
    await county.step('dispatcher', 'ruling', lamp.id, ruling);

    const again = await county.act('housing', 'objection', lamp.id, objection);
    expect([again.status, again.code]).toEqual([409, 'cases.designated_no_objection']);
    expect((await county.caseOf('housing', lamp.id)).body).toMatchObject({ designated: true, state: 'dispatched' });
  });

  test('is worked on and reported done with a photo, which this class asks for', async () => {
    await county.step('housing', 'acceptance', lamp.id);
    await county.step('housing', 'handling', lamp.id);
    const bare = await county.act('housing', 'completion', lamp.id, { result: '已修好，请核实。' });
    expect([bare.status, bare.code]).toEqual([422, 'cases.photos_missing']);

    await reportDone(county, lamp.id);
    expect(await stateOf(lamp.id)).toBe('reported_done');
  });

  test('is not verified by who belongs to the handling office, and fails the first look', async () => {
    const insider = await county.act('twoHats', 'verification', lamp.id);
    expect([insider.status, insider.code]).toEqual([403, 'cases.not_your_part']);

    await county.step('verifier', 'verification', lamp.id);
    await recordVerification(county, lamp.id, false);
    expect(await stateOf(lamp.id)).toBe('returned');
  });

  test('goes back twice: by the verifier, and by the word of the one it was for', async () => {
    await workAgain(county, lamp.id);
    await county.step('dispatcher', 'call-back', lamp.id, { answer: null, sendBack: false, remark: '无人接听' });
    expect((await rate(lamp, 'unsolved', 'unsatisfied')).status).toBe(200);

    expect(await stateOf(lamp.id)).toBe('returned');
    await workAgain(county, lamp.id);
  });

  test('closes by his word, opens again by his word, and closes for good', async () => {
    expect((await rate(lamp, 'solved', 'basically')).body.phase).toBe('closed');
    expect((await county.caseOf('dispatcher', lamp.id)).body).toMatchObject({ closure: 'requester', solved: 'solved' });

    const again = await county.asRequester(lamp, 'reopening', { reason: '第二天又不亮了。' });
    expect(again.body.phase).toBe('received');
    await bring(county, lamp, 'call_back');
    const answer = { solved: 'solved', satisfaction: 'satisfied' };
    await county.step('dispatcher', 'call-back', lamp.id, { answer, sendBack: false, remark: null });
    expect(await stateOf(lamp.id)).toBe('closed');
  });

  test('has kept every step in a chain that verifies', async () => {
    const { body } = await county.caseOf('dispatcher', lamp.id);
    const check = await county.call('dispatcher', 'GET', `/api/cases/${lamp.id}/chain-check`);

    expect(check.body).toMatchObject({ ok: true, length: body.version, head: body.chain.head });
    expect(body.timeline).toHaveLength(body.version);
    const told = await kindsOf(lamp.id);
    for (const kind of ['objected', 'ruled', 'verified', 'returned', 'rated', 'closed', 'reopened']) {
      expect(told).toContain(kind);
    }
  });
});

describe('call-back', () => {
  test('who cannot be reached on two days closes as unreachable, which is neither solved nor satisfied', async () => {
    const filed = await caseAt(county, 'call_back');
    const tooSoon = await county.act('dispatcher', 'closure', filed.id, { explanation: null });
    expect([tooSoon.status, tooSoon.code]).toEqual([409, 'cases.call_back_outstanding']);

    for (const hours of [0, 8, 24]) {
      county.later(hours);
      await county.step('dispatcher', 'call-back', filed.id, { answer: null, sendBack: false, remark: '无人接听' });
    }
    await county.step('dispatcher', 'closure', filed.id, { explanation: '三次未接通。' });
    const { body } = await county.caseOf('dispatcher', filed.id);
    expect(body).toMatchObject({ state: 'closed', closure: 'unreachable', solved: null, satisfaction: null });
  });
});
