import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { isRefusal } from '../../../kit/result.ts';
import { type Officer, type Role, systemActor } from '../../../platform/auth/actor.ts';
import type { WriteTx } from '../../../platform/database/database.ts';
import { filesModule, receiveFile } from '../../../platform/files/index.ts';
import { type TestApp, testApp } from '../../../platform/testing/test-app.ts';
import { areasModule, loadDivisions } from '../../areas/index.ts';
import { act, type CaseCommand, type CaseState, casesModule, findCaseId, findStored } from '../../cases/index.ts';
import { catalogueModule, loadCatalogue } from '../../catalogue/index.ts';
import {
  findOrganisationByKind,
  loadOrganisations,
  organisationsModule,
  postsOfUser,
} from '../../organisations/index.ts';
import { findResident, requestersModule } from '../../requesters/index.ts';
import { openModule } from '../index.ts';

export const COUNTY = '421181';
/** 龙池桥街道 and its 园林社区. */
export const TOWN = '421181001';
export const VILLAGE = '421181001001';
/** A Thursday in a year the calendar knows. */
export const THURSDAY = new Date('2026-11-19T10:00:00+08:00');

type Unversioned<T> = T extends { readonly expectedVersion: number } ? Omit<T, 'expectedVersion'> : never;
export type OfficerStep = Unversioned<CaseCommand>;

export type Asked = {
  readonly token?: string;
  readonly cookie?: string;
  readonly key?: string;
  readonly locale?: string;
  readonly address?: string;
  readonly body?: unknown;
  readonly raw?: string;
};
export type Answered = {
  readonly status: number;
  readonly code: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape the contract's own tests hold.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
};

export type Portal = TestApp & {
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, asked?: Asked): Promise<Answered>;
  /** Files a request about a street lamp and answers its receipt. */
  file(over?: Readonly<Record<string, unknown>>): Promise<{ number: string; queryCode: string; officeName: string }>;
  /** The proof of a request. */
  proof(receipt: { number: string; queryCode: string }): Promise<string>;
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** An officer takes a step; throws when he is refused. */
  does(number: string, officer: Officer, step: OfficerStep): Promise<CaseState>;
  /** The id of a photo that the officer has uploaded. */
  photoBy(officer: Officer): Promise<string>;
  readonly cast: Cast;
};

/** Who acts: the county's dispatcher, the housing bureau that leads, a verifier from elsewhere. */
export type Cast = { readonly dispatcher: Officer; readonly lead: Officer; readonly verifier: Officer };

export const LAMP = {
  text: '菜市场后门的路灯坏了三盏，晚上老人走路看不清。',
  classCode: '1101',
  place: { kind: 'area', areaCode: VILLAGE, detail: '菜市场后门' },
  name: '王大爷',
  phone: '13800138000',
  anonymous: false,
  publishConsent: true,
  fileIds: [],
};

/** The portal's server on the default county with its organisations and the sample catalogue. */
export async function openPortal(): Promise<Portal> {
  const modules = [filesModule, areasModule, organisationsModule, catalogueModule, requestersModule, casesModule];
  const test = await testApp({ modules: [...modules, openModule], posts: postsOfUser, resident: findResident });
  test.setNow(THURSDAY);
  const system = systemActor(test.app.config.tenant, 'test');
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => test.app.database.transact(system, work);
  await write(async (tx) => {
    const loaded = await loadDivisions(tx, COUNTY);
    if (isRefusal(loaded)) throw new Error(loaded.code);
    await loadOrganisations(tx, { at: THURSDAY });
    await loadCatalogue(tx, { at: THURSDAY });
  });
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, asked: Asked = {}) => inject(test, method, path, asked);
  return {
    ...test,
    ask,
    write,
    async file(over = {}) {
      const { status, body } = await ask('POST', '/api/public/cases', { body: { ...LAMP, ...over } });
      if (status !== 201) throw new Error(`not filed: ${JSON.stringify(body)}`);
      return body;
    },
    async proof({ number, queryCode }) {
      return (await ask('POST', '/api/public/tracking', { body: { number, queryCode } })).body.token;
    },
    does: (number, officer, step) => takeStep(test, number, officer, step),
    async photoBy(officer) {
      const file = await receiveFile(test.app, officer, {
        bytes: await lampPhoto(),
        name: 'lamp.jpg',
        type: 'image/jpeg',
      });
      if (isRefusal(file)) throw new Error(file.code);
      return file.id;
    },
    cast: await castOf(write, test.app.config.tenant),
  };
}

async function inject(test: TestApp, method: 'GET' | 'POST' | 'DELETE', path: string, asked: Asked): Promise<Answered> {
  const headers: Record<string, string> = { 'accept-language': asked.locale ?? 'zh-CN' };
  if (asked.token) headers.authorization = `Bearer ${asked.token}`;
  if (asked.cookie) headers.cookie = asked.cookie;
  if (asked.key) headers['idempotency-key'] = asked.key;
  const payload = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  if (payload !== undefined) headers['content-type'] = 'application/json';
  const answer = await test.server.inject({
    method,
    url: path,
    headers,
    remoteAddress: asked.address ?? '198.51.100.7',
    ...(payload === undefined ? {} : { payload }),
  });
  const body = answer.body === '' ? null : answer.json();
  return { status: answer.statusCode, code: body?.code ?? null, body, headers: answer.headers };
}

async function castOf(write: <T>(work: (tx: WriteTx) => Promise<T>) => Promise<T>, tenant: number): Promise<Cast> {
  const officer = (name: string, role: Role, organisationId: string): Officer => ({
    kind: 'officer',
    tenant,
    userId: randomUUID(),
    name,
    posts: [{ id: randomUUID(), organisationId, role, scope: [COUNTY], lanes: null }],
  });
  return write(async (tx) => {
    const body = async (kind: string, areaCode = COUNTY) => {
      const found = await findOrganisationByKind(tx, kind, { areaCode });
      if (!found) throw new Error(`no ${kind}`);
      return found.id;
    };
    return {
      dispatcher: officer('dong', 'dispatcher', await body('command_centre')),
      lead: officer('lai', 'handler', await body('housing')),
      verifier: officer('wei', 'verifier', await body('civil_affairs')),
    };
  });
}

async function takeStep(test: TestApp, number: string, officer: Officer, step: OfficerStep): Promise<CaseState> {
  return test.app.database.transact(officer, async (tx) => {
    const id = await findCaseId(tx, officer, number);
    const stored = id === null ? null : await findStored(tx, officer, id, true);
    if (!stored) throw new Error(`no case ${number}`);
    // Leaving one field out of a union of commands and putting it back is beyond the compiler.
    const command = { ...step, expectedVersion: stored.state.version } as CaseCommand;
    const done = await act(tx, officer, stored, command, test.app.now());
    if (isRefusal(done)) throw new Error(`${step.action} of ${number}: ${done.code} ${JSON.stringify(done.details)}`);
    const after = await findStored(tx, officer, stored.state.id, false);
    if (!after) throw new Error(`${number} vanished`);
    return after.state;
  });
}

/** A small JPEG that a camera might have made. */
export function lampPhoto(): Promise<Buffer> {
  const background = { r: 40, g: 60, b: 58 };
  return sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
