import { isRefusal } from '../../../kit/result.ts';
import { type Role, systemActor } from '../../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../../platform/database/database.ts';
import { type Caller, caller } from '../../../platform/testing/caller.ts';
import { type TestApp, testApp } from '../../../platform/testing/test-app.ts';
import { loadDivisions } from '../../areas/index.ts';
import { findOrganisationByKind, loadOrganisations, organisationsModule } from '../../organisations/index.ts';
import { catalogueModule, loadCatalogue } from '../index.ts';

export const COUNTY = '421181';
/** 龙池桥街道 and 园林社区 with its grid. */
export const TOWN = '421181001';
export const VILLAGE = '421181001001';
export const GRID = '421181001001001';
export const OTHER_TOWN = '421181100';

export type County = TestApp & {
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** Id of the open organisation of a kind at or above an area. */
  body(kind: string, areaCode?: string): Promise<string>;
  as(username: string, role: Role, scope: readonly string[]): Promise<Caller>;
};

/** The default county with organisations and the sample catalogue. */
export async function county(): Promise<County> {
  const test = await testApp({ modules: [organisationsModule, catalogueModule] });
  const { database, config } = test.app;
  const actor = systemActor(config.tenant, 'test');
  await database.transact(actor, async (tx: WriteTx) => {
    const loaded = await loadDivisions(tx, COUNTY);
    if (isRefusal(loaded)) throw new Error(loaded.code);
    await loadOrganisations(tx, { at: new Date() });
    await loadCatalogue(tx, { at: new Date() });
  });
  const read = <T>(work: (tx: ReadTx) => Promise<T>) => database.read(actor, work);
  return {
    ...test,
    read,
    async body(kind, areaCode = COUNTY) {
      const found = await read((tx) => findOrganisationByKind(tx, kind, { areaCode }));
      if (!found) throw new Error(`no ${kind} at ${areaCode}`);
      return found.id;
    },
    async as(username, role, scope) {
      const organisationId = '00000000-0000-7000-8000-000000000000';
      const { userId, cookie } = await test.signIn(username, [{ organisationId, role, scope, lanes: null }]);
      return caller(test, userId, cookie);
    },
  };
}
