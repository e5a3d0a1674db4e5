import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../platform/auth/actor.ts';
import type { Contract } from '../../platform/http/contract.ts';
import * as contract from './contract.ts';
import { type Caller, caller } from '../../platform/testing/caller.ts';
import { type County, COUNTY, county, OTHER_TOWN, TOWN } from './testing/county.ts';

const SCOPES = { own: TOWN, other: OTHER_TOWN, whole: COUNTY } as const;
type Where = keyof typeof SCOPES;
/** Every role in its own town; where scope decides, in another town and over the whole county, too. */
const CAST: readonly (readonly [Role, Where])[] = [
  ...ROLES.map((role) => [role, 'own'] as const),
  ['administrator', 'other'],
  ['administrator', 'whole'],
  ['dispatcher', 'other'],
];

let here: County;
let station: string;
let callers: Map<string, Caller>;

beforeAll(async () => {
  here = await county();
  station = await here.body('justice_office', TOWN);
  callers = new Map();
  for (const [role, where] of CAST) {
    callers.set(`${role} ${where}`, await here.as(`${role}_${where}`, role, [SCOPES[where]]));
  }
});
afterAll(() => here.close());

const everyone = () => true;
const staff: readonly Role[] = [
  'dispatcher',
  'supervisor',
  'evaluator',
  'administrator',
  'security_administrator',
  'auditor',
];

/** Who gets past authorisation; what comes after (a missing body: 400) does not matter here. */
const rows: readonly [Contract, (role: Role, where: Where) => boolean][] = [
  [contract.listOrganisations, everyone],
  [contract.listKinds, everyone],
  [contract.readOrganisation, everyone],
  [contract.listMyPosts, everyone],
  [contract.listPosts, (role) => staff.includes(role)],
  [contract.listGridTeams, (role) => staff.includes(role)],
  [contract.listPeople, (role) => role === 'administrator'],
  [contract.addKind, (role, where) => role === 'administrator' && where === 'whole'],
  [contract.changePerson, (role, where) => role === 'administrator' && where === 'whole'],
  [contract.createOrganisation, (role) => role === 'administrator'],
  [contract.changeOrganisation, (role, where) => role === 'administrator' && where !== 'other'],
  [contract.closeOrganisation, (role, where) => role === 'administrator' && where !== 'other'],
  [contract.createPost, (role, where) => role === 'administrator' && where !== 'other'],
];

const bodyFor = (one: Contract) => (one.method === 'GET' ? {} : { body: {} });

describe('who may do what', () => {
  test.each(rows.map(([one, allowed]) => [one.id, one, allowed] as const))('%s', async (_, one, allowed) => {
    for (const [role, where] of CAST) {
      const by = callers.get(`${role} ${where}`);
      const answer = await by?.call(one, { params: { id: station, userId: 'x' }, ...bodyFor(one) });
      expect([role, where, answer?.code === 'auth.forbidden']).toEqual([role, where, !allowed(role, where)]);
    }
  });

  test('nobody without signing in, but for what is public', async () => {
    for (const [one] of rows) {
      const answer = await caller(here).call(one, {
        params: { id: station, userId: 'x' },
        ...(one.method === 'GET' ? {} : { body: {} }),
      });
      expect([one.id, answer.status]).toEqual([one.id, 401]);
    }
  });

  test('an administrator may not enter a body outside his area', async () => {
    const body = {
      kind: 'justice_office',
      name: '外面的所',
      nameEn: 'Outside',
      shortName: '外所',
      areaCode: OTHER_TOWN,
      lineSuperiorId: null,
      directingBodyId: null,
      phone: null,
      complaintPhone: null,
      external: false,
    };
    const answer = await callers.get('administrator own')?.call(contract.createOrganisation, { body });

    expect([answer?.status, answer?.code]).toEqual([403, 'auth.forbidden']);
  });

  test('people are shown to who may read posts there and to members', async () => {
    const shows = async (by: Caller | undefined) =>
      (await by?.call(contract.readOrganisation, { params: { id: station } }))?.body.posts !== null;
    const member = await here.as('member', 'handler', [TOWN], station);

    expect(await shows(callers.get('dispatcher own'))).toBe(true);
    expect(await shows(callers.get('dispatcher other'))).toBe(false);
    expect(await shows(callers.get('handler own'))).toBe(false);
    expect(await shows(member)).toBe(true);
  });
});
