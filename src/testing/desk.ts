import sharp from 'sharp';
import type { TestApp } from '../platform/testing/test-app.ts';
import { type CastName, GRID, type Player } from './cast.ts';

/** An HTTP answer as a client sees it. */
export type Reply<T = Json> = {
  readonly status: number;
  /** The problem's code; null for a success. */
  readonly code: string | null;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
};
/** What JSON.parse gives: tests compare it field by field. */
export type Json = ReturnType<typeof JSON.parse>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Headers = Readonly<Record<string, string>>;

export type Filed = { readonly id: string; readonly number: string; readonly queryCode: string };
export type Step = { readonly id: string; readonly version: number; readonly state: string };

/** Everybody the tests can act as: the cast, and nobody at all. */
export type Who = CastName | null;

/** What people do at their desks, by real requests. */
export type Desk = {
  /** One request by somebody; `null` is a visitor without a session. */
  call(who: Who, method: Method, path: string, body?: unknown, headers?: Headers): Promise<Reply>;
  /** Registers a request on behalf of a caller; throws when refused. */
  file(who: CastName, over?: object): Promise<Filed>;
  /** A resident's own request through the portal; throws when refused. */
  fileAsResident(over?: object): Promise<Filed>;
  /** A grid worker's report; throws when refused. */
  report(who: CastName, over?: object): Promise<Filed>;
  /** Takes a step on the newest version of a case unless the body names one. */
  act(who: CastName, resource: string, caseId: string, body?: object): Promise<Reply<Step>>;
  /** As `act`, and throws when refused. */
  step(who: CastName, resource: string, caseId: string, body?: object): Promise<Step>;
  /** What the requester does on his own case: `rating`, `reopening` …; `my-case` alone reads it. */
  asRequester(of: Filed, resource?: string, body?: object): Promise<Reply>;
  /** Uploads a photo and answers its id. */
  photo(who: Who, name?: string): Promise<string>;
  caseOf(who: CastName, id: string): Promise<Reply>;
};

/** A request as a citizen would tell it on the telephone. */
export const LAMP = {
  title: '园林路路灯不亮',
  body: '园林路 12 号门前的路灯三天不亮，晚上走路看不清。',
  classCode: '1101',
  place: { areaCode: GRID, text: '园林路 12 号' },
  channel: 'phone',
  requester: { name: '汪小示', phone: '13800138000' },
} as const;

/** The same as filed by the resident himself. */
export const LAMP_BY_RESIDENT = {
  text: LAMP.body,
  classCode: LAMP.classCode,
  place: { kind: 'area', areaCode: GRID, detail: '园林路 12 号' },
  name: '汪小示',
  phone: '13800138000',
  anonymous: false,
  publishConsent: true,
  fileIds: [],
} as const;

/** Waste that a grid worker finds on his round. */
export const WASTE = {
  title: '垃圾桶旁堆了建筑垃圾',
  body: '垃圾桶旁边有一堆建筑垃圾，挡住人行道。',
  classCode: '0901',
  place: { areaCode: GRID, text: '小区东门' },
} as const;

export function openDesk(test: TestApp, players: Readonly<Record<CastName, Player>>): Desk {
  const call: Desk['call'] = async (who, method, path, body, headers = {}) => {
    const response = await test.server.inject({
      method,
      url: path,
      headers: { ...(who ? { cookie: players[who].cookie } : {}), 'accept-language': 'zh-CN', ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const json = /json/.test(String(response.headers['content-type'])) && response.body !== '';
    const parsed: Json = json ? response.json() : response.body;
    const failed = response.statusCode >= 400;
    return { status: response.statusCode, code: failed ? parsed.code : null, body: parsed, headers: response.headers };
  };
  const versionOf = async (id: string) => (await call('dispatcher', 'GET', `/api/cases/${id}`)).body.version ?? 1;
  const act: Desk['act'] = async (who, resource, caseId, body = {}) => {
    const expectedVersion = 'expectedVersion' in body ? body.expectedVersion : await versionOf(caseId);
    return call(who, 'POST', `/api/cases/${caseId}/${resource}`, { expectedVersion, ...body });
  };
  return {
    call,
    act,
    step: async (who, resource, caseId, body) => good(`${who} ${resource}`, await act(who, resource, caseId, body)),
    file: async (who, over = {}) => good('filing', await call(who, 'POST', '/api/cases', { ...LAMP, ...over })),
    report: async (who, over = {}) =>
      good('report', await call(who, 'POST', '/api/grid/reports', { ...WASTE, ...over })),
    async fileAsResident(over = {}) {
      const receipt = good('filing', await call(null, 'POST', '/api/public/cases', { ...LAMP_BY_RESIDENT, ...over }));
      const found = await call('dispatcher', 'GET', `/api/case-numbers/${receipt.number}`);
      return { ...receipt, id: found.body.id };
    },
    async asRequester({ number, queryCode }, resource, body) {
      const token = good('tracking', await call(null, 'POST', '/api/public/tracking', { number, queryCode })).token;
      const path = `/api/public/my-case${resource ? `/${resource}` : ''}`;
      return call(null, resource ? 'POST' : 'GET', path, body, { authorization: `Bearer ${token}` });
    },
    photo: (who, name = 'photo.jpg') => upload(call, who, name),
    caseOf: (who, id) => call(who, 'GET', `/api/cases/${id}`),
  };
}

/** The body of a success; throws with the problem otherwise. */
function good(what: string, reply: Reply): Json {
  if (reply.status >= 300) throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

let drawn: Promise<Buffer> | undefined;

async function upload(call: Desk['call'], who: Who, name: string): Promise<string> {
  drawn ??= sharp({ create: { width: 64, height: 48, channels: 3, background: '#4a7' } })
    .jpeg()
    .toBuffer();
  const { payload, headers } = multipart(await drawn, name, 'image/jpeg');
  return good('photo', await call(who, 'POST', who ? '/api/files' : '/api/public/files', payload, headers)).id;
}

/** One file as a browser's form sends it. */
export function multipart(bytes: Uint8Array, name: string, type: string): { payload: Buffer; headers: Headers } {
  const boundary = 'gongzhi-test-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
