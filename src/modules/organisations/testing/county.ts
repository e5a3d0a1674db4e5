import { isRefusal } from '../../../kit/result.ts';
import type { Post, Role } from '../../../platform/auth/actor.ts';
import { systemActor } from '../../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../../platform/database/database.ts';
import { type Caller, caller } from '../../../platform/testing/caller.ts';
import { type TestApp, testApp } from '../../../platform/testing/test-app.ts';
import { areasModule, loadDivisions } from '../../areas/index.ts';
import { findOrganisationByKind, loadOrganisations, organisationsModule, savePerson } from '../index.ts';

export const COUNTY = '421181';
/** 龙池桥街道 with 园林社区, and 中馆驿镇: the towns in which the tests play. */
export const TOWN = '421181001';
export const VILLAGE = '421181001001';
export const GRID = '421181001001001';
export const OTHER_GRID = '421181001002001';
export const OTHER_TOWN = '421181100';

export type County = TestApp & {
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** Id of the open organisation of a kind at or above an area. */
  body(kind: string, areaCode?: string): Promise<string>;
  /** Signs in someone with one post and answers a caller with his cookie. */
  as(username: string, role: Role, scope: readonly string[], organisationId?: string): Promise<Caller>;
};

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** The default county with its organisations, and accounts as a test needs them. */
export async function county(): Promise<County> {
  const test = await testApp({ modules: [areasModule, organisationsModule] });
  const { database, config } = test.app;
  const actor = systemActor(config.tenant, 'test');
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => database.transact(actor, work);
  const read = <T>(work: (tx: ReadTx) => Promise<T>) => database.read(actor, work);
  await write(async (tx) => {
    const loaded = await loadDivisions(tx, COUNTY);
    if (isRefusal(loaded)) throw new Error(loaded.code);
    await loadOrganisations(tx, { at: new Date() });
  });
  const body = async (kind: string, areaCode = COUNTY) => {
    const found = await read((tx) => findOrganisationByKind(tx, kind, { areaCode }));
    if (!found) throw new Error(`no ${kind} at ${areaCode}`);
    return found.id;
  };
  return {
    ...test,
    read,
    write,
    body,
    async as(username, role, scope, organisationId = NOBODY) {
      const post: Omit<Post, 'id'> = { organisationId, role, scope, lanes: null };
      const { userId, cookie } = await test.signIn(username, [post]);
      await write((tx) => savePerson(tx, { userId, name: username, nameEn: username, phone: '0713-2900000' }));
      return caller(test, userId, cookie);
    },
  };
}
