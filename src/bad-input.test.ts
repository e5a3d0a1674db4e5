import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type County, testCounty } from './testing/county.ts';
import { type BadRequest, FIELDS, MATTERS, STEPS, type Scene } from './testing/bad-requests.ts';
import { LAMP, LAMP_BY_RESIDENT, multipart, type Reply, type Who } from './testing/desk.ts';
import { caseAt } from './testing/ways.ts';

let county: County;
let scene: Scene;
beforeAll(async () => {
  county = await testCounty();
  const registered = await county.fileAsResident();
  const working = await caseAt(county, 'in_progress');
  const close = { from: '2026-03-10', note: '并入其他类别。' };
  await county.call('administrator', 'POST', '/api/catalogue/classes/1107/closure', close);
  scene = { registered, working, closedOffice: await closedOffice() };
});
afterAll(() => county.close());

/** An office that is no more: from today on it takes nothing. */
async function closedOffice(): Promise<string> {
  const id = await county.body('youth_league');
  const { body } = await county.call('administrator', 'GET', `/api/organisations/${id}`);
  const ending = { version: body.organisation.version, endsOn: '2026-03-10', successorId: null };
  await county.call('administrator', 'POST', `/api/organisations/${id}/closure`, ending);
  return id;
}

const TABLES = [
  ...['cases.case_file', 'cases.event', 'cases.event_content', 'cases.case_text', 'cases.number_serial'],
  ...['requesters.requester', 'platform.file', 'platform.outbox', 'platform.timer', 'platform.idempotency'],
];
const counted = (): Promise<Record<string, number>> =>
  county.read(async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of TABLES) {
      const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.raw(table)}`.execute(tx);
      counts[table] = rows[0]?.n ?? -1;
    }
    return counts;
  });

let before: Record<string, number>;
beforeEach(async () => {
  before = await counted();
});

/** Sends it in both languages: a stable code, words for people, and nothing written. */
async function refused(row: BadRequest): Promise<void> {
  const titles: string[] = [];
  for (const language of ['zh-CN', 'en']) {
    const answer = await county.call(row.who ?? null, 'POST', row.path(scene), row.body(scene), {
      'accept-language': language,
    });
    expect([row.what, answer.status, answer.code]).toEqual([row.what, row.status, row.code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    titles.push(answer.body.title);
    if (row.field) expect(fieldsOf(answer)).toContainEqual(row.field);
    for (const error of answer.body.errors ?? []) expect(error.message.length).toBeGreaterThan(3);
  }
  const [zh = '', en = ''] = titles;
  expect(zh).toMatch(/^[^{]*\p{Script=Han}[^{]*$/u);
  expect(en).toMatch(/^[A-Z“][^{]{10,}$/);
  expect(await counted()).toEqual(before);
}

const fieldsOf = (answer: Reply) =>
  (answer.body.errors ?? []).map((error: { path: string; code: string }) => [error.path, error.code]);

describe('what cannot be taken', () => {
  test.each(FIELDS)('$what', refused);
  test.each(MATTERS)('$what', refused);
  test.each(STEPS)('$what', refused);

  test('a class that was closed', async () => {
    const answer = await county.call('dispatcher', 'POST', '/api/cases', { ...LAMP, classCode: '1107' });

    expect([answer.status, answer.code]).toEqual([422, 'cases.class_closed']);
    expect(await counted()).toEqual(before);
  });

  test.each([
    ['half a JSON', '{"text": "路', 'application/json', 400, 'http.bad_json'],
    ['no JSON at all', 'text=路灯', 'application/x-www-form-urlencoded', 415, 'http.unsupported_media_type'],
    ['two megabytes', JSON.stringify({ text: 'x'.repeat(2_000_000) }), 'application/json', 413, 'http.body_too_large'],
  ])('%s', async (_what, payload, type, status, code) => {
    const answer = await county.call(null, 'POST', '/api/public/cases', payload, { 'content-type': type });

    expect([answer.status, answer.code, answer.body.title.length > 5]).toEqual([status, code, true]);
    expect(await counted()).toEqual(before);
  });
});

describe('markup', () => {
  test('in a text is text: kept as written, answered as JSON, never as a page', async () => {
    const markup = '<script>alert(1)</script><img src=x onerror=alert(2)> & "路灯"';
    const filed = await county.fileAsResident({ text: markup });
    const { body, headers } = await county.caseOf('dispatcher', filed.id);

    expect(body.body).toBe(markup);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(String(headers['content-security-policy'])).toContain("script-src 'self'");
  });
});

describe('photos', () => {
  const send = async (bytes: Uint8Array, name: string, type: string, who: Who = null) => {
    const { payload, headers } = multipart(bytes, name, type);
    return county.call(who, 'POST', who ? '/api/files' : '/api/public/files', payload, headers);
  };

  test.each([
    ['of 30 MB', () => Buffer.alloc(30 * 1024 * 1024, 1), 'big.jpg', 'image/jpeg', 413, 'files.too_large'],
    [
      'that is a program',
      () => Buffer.from('MZ\x90\x00\x03'.padEnd(400, '\0'), 'latin1'),
      'photo.jpg',
      'image/jpeg',
      415,
      /^files\.type_/,
    ],
    [
      'that is a page',
      () => Buffer.from('<html><script>alert(1)</script></html>'),
      'photo.png',
      'image/png',
      415,
      /^files\.type_/,
    ],
    [
      'that is a drawing with a script',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'a.svg',
      'image/svg+xml',
      415,
      /^files\.type_/,
    ],
    [
      'that is broken',
      () => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(300)]),
      'a.jpg',
      'image/jpeg',
      422,
      'files.unreadable',
    ],
    ['without a byte', () => Buffer.alloc(0), 'a.jpg', 'image/jpeg', 422, 'files.empty'],
  ])('%s', async (_what, bytes, name, type, status, code) => {
    const answer = await send(bytes(), name, type);

    expect([answer.status, answer.code]).toEqual([
      status,
      typeof code === 'string' ? code : expect.stringMatching(code),
    ]);
    expect(answer.body.title.length).toBeGreaterThan(5);
    expect(await counted()).toEqual(before);
  });

  test('of another’s request cannot be taken along', async () => {
    const fileIds = [await county.photo(null)];
    await county.fileAsResident({ fileIds });
    const after = await counted();
    const again = await county.call(null, 'POST', '/api/public/cases', { ...LAMP_BY_RESIDENT, fileIds });

    expect([again.status, again.code]).toEqual([409, 'files.already_attached']);
    expect(await counted()).toEqual(after);
  });
});

describe('a query code that is guessed', () => {
  const guess = (number: string, queryCode: string, address = '10.1.1.1') =>
    county.server.inject({
      method: 'POST',
      url: '/api/public/tracking',
      payload: { number, queryCode },
      remoteAddress: address,
    });

  test('is limited, with the time to wait; an unknown number answers alike', async () => {
    const unknown = await guess('20260310-999999-9', 'AAAAAAAA', '10.9.9.9');
    const codes: number[] = [];
    for (let turn = 0; turn < 12; turn += 1)
      codes.push((await guess(scene.registered.number, `WRONG${turn}23`)).statusCode);

    expect(codes[0]).toBe(unknown.statusCode);
    expect(codes.at(-1)).toBe(429);
    const limited = await guess(scene.registered.number, scene.registered.queryCode);
    expect(limited.json()).toMatchObject({ code: 'open.too_many_tries', details: { seconds: expect.any(Number) } });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('does not keep the requester out for long: later the right code opens', async () => {
    county.later(24);
    expect((await guess(scene.registered.number, scene.registered.queryCode)).statusCode).toBe(200);
  });
});
