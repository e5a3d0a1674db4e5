import { isRefusal } from '../../kit/result.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { Module } from '../../platform/app.ts';
import { authModule } from '../../platform/auth/module.ts';
import { type TestApp, testApp } from '../../platform/testing/test-app.ts';
import { areasModule, loadDivisions } from './index.ts';

/** The cast of the tests of areas: Macheng's administrator, a town's, and a grid worker. */
export type AreasApp = TestApp & {
  readonly administrator: string;
  readonly townAdministrator: string;
  readonly gridWorker: string;
  /** Calls the API and answers status and body. */
  api(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, cookie?: string): Promise<Answer>;
};
/** `body` is what JSON.parse gives: tests compare it field by field. */
export type Answer = {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
  readonly headers: Record<string, unknown>;
};

export const STREET = '421181001';
export const COMMUNITY = '421181001011';
export const GRID = '421181001011001';

/** The module on a database of its own with the divisions of `jurisdiction`. */
export async function areasApp(jurisdiction = '421181', modules: readonly Module[] = []): Promise<AreasApp> {
  const app = await testApp({
    modules: [authModule, areasModule, ...modules],
    environment: { GONGZHI_JURISDICTION: jurisdiction },
  });
  const { tenant } = app.app.config;
  const loaded = await app.data.database.transact(systemActor(tenant, 'first_start'), (tx) =>
    loadDivisions(tx, jurisdiction),
  );
  if (isRefusal(loaded)) throw new Error(loaded.code);
  const prefix = jurisdiction.replace(/(?:00)+$/, '');
  const post = (role: 'administrator' | 'grid_worker', scope: string) =>
    ({ organisationId: crypto.randomUUID(), role, scope: [scope], lanes: null }) as const;
  const administrator = (await app.signIn('gly', [post('administrator', prefix)])).cookie;
  const townAdministrator = (await app.signIn('zhengly', [post('administrator', STREET)])).cookie;
  const gridWorker = (await app.signIn('wgy', [post('grid_worker', GRID)])).cookie;
  return {
    ...app,
    administrator,
    townAdministrator,
    gridWorker,
    async api(method, path, body, cookie = administrator) {
      const response = await app.server.inject({
        method,
        url: path,
        headers: cookie === '' ? {} : { cookie },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const text = response.body;
      return { status: response.statusCode, body: text === '' ? null : JSON.parse(text), headers: response.headers };
    },
  };
}
