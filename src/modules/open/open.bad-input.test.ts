import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LOCALES } from '../../platform/i18n/texts.ts';
import { sql } from 'kysely';
import { LAMP, lampPhoto, openPortal, type Portal, THURSDAY } from './testing/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
beforeEach(() => portal.setNow(THURSDAY));
afterAll(() => portal.close());

/** The refusal's sentence in both languages; fails when one is missing or only a key. */
async function sentences(path: string, body: unknown): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const locale of LOCALES) {
    const { body: problem } = await portal.ask('POST', path, { body, locale });
    said[locale] = problem.title;
    expect(problem.title, locale).not.toMatch(/^refusal\.|\{\w+\}/);
    for (const error of problem.errors ?? []) expect(error.message, locale).not.toMatch(/^field\.|\{\w+\}/);
  }
  expect(said['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
  expect(said.en).not.toMatch(/[\u4e00-\u9fff]/);
  return said;
}

const FILE = '/api/public/cases';
const FIELDS: readonly (readonly [string, unknown, string, string])[] = [
  ['text missing', { ...LAMP, text: undefined }, 'text', 'field.missing'],
  ['text blank', { ...LAMP, text: ' \u3000\n' }, 'text', 'field.too_short'],
  ['text a number', { ...LAMP, text: 12345 }, 'text', 'field.wrong_type'],
  ['text too long', { ...LAMP, text: '灯'.repeat(2001) }, 'text', 'field.too_long'],
  ['text far too long', { ...LAMP, text: '灯'.repeat(9000) }, 'text', 'field.too_long'],
  ['text with a NUL byte', { ...LAMP, text: '路灯坏了\u0000' }, 'text', 'field.forbidden_characters'],
  ['text with a lone surrogate', { ...LAMP, text: '路灯坏了\ud83d' }, 'text', 'field.forbidden_characters'],
  ['name with a NUL byte', { ...LAMP, name: '王\u0000' }, 'name', 'field.forbidden_characters'],
  ['place of no known kind', { ...LAMP, place: { kind: 'moon' } }, 'place.kind', 'field.invalid'],
  ['point beyond the globe', { ...LAMP, place: { kind: 'point', lon: 200, lat: 31 } }, 'place.lon', 'field.too_big'],
  [
    'area that is no code',
    { ...LAMP, place: { kind: 'area', areaCode: "1' OR 1" } },
    'place.areaCode',
    'field.invalid',
  ],
  ['class that is no code', { ...LAMP, classCode: '11\u0000' }, 'classCode', 'field.invalid'],
  ['consent as a word', { ...LAMP, publishConsent: 'yes' }, 'publishConsent', 'field.wrong_type'],
  ['eleven photos', { ...LAMP, fileIds: Array(11).fill(crypto.randomUUID()) }, 'fileIds', 'field.too_big'],
  ['a foreign organisation', { ...LAMP, organisationId: crypto.randomUUID() }, '', 'field.unknown_field'],
];

describe('a filing that does not parse', () => {
  test.each(FIELDS)('%s', async (_name, body, path, code) => {
    const { status, code: general, body: problem } = await portal.ask('POST', FILE, { body });
    expect({ status, general }).toEqual({ status: 400, general: 'http.invalid_input' });
    expect(problem.errors).toContainEqual(expect.objectContaining({ path, code }));
    await sentences(FILE, body);
  });

  test('is refused whole, even when it is no JSON', async () => {
    expect(await portal.ask('POST', FILE, { raw: '{"text":' })).toMatchObject({ status: 400, code: 'http.bad_json' });
    const huge = `{"text":"${'a'.repeat(1_200_000)}"}`;
    expect(await portal.ask('POST', FILE, { raw: huge })).toMatchObject({ status: 413, code: 'http.body_too_large' });
  });
});

describe('a filing that cannot be taken', () => {
  const at = (areaCode: string) => ({ ...LAMP, place: { kind: 'area', areaCode, detail: null } });
  const REFUSED: readonly (readonly [string, unknown, string])[] = [
    ['a place in another county', at('110101001'), 'cases.place_outside'],
    ['a place that does not exist', at('421181999'), 'cases.area_closed'],
    ['a class nobody knows', { ...LAMP, classCode: '9901' }, 'cases.class_unknown'],
    ['a telephone number too short', { ...LAMP, phone: '12345' }, 'requesters.bad_phone'],
    ['a photo that was never uploaded', { ...LAMP, fileIds: [crypto.randomUUID()] }, 'files.not_found'],
  ];

  test.each(REFUSED)('%s', async (_name, body, code) => {
    expect((await portal.ask('POST', FILE, { body })).code).toBe(code);
    await sentences(FILE, body);
  });

  test('a class that was closed', async () => {
    await portal.write((tx) =>
      sql`UPDATE catalogue.class SET valid_to = ${THURSDAY} WHERE tenant_id = 421181 AND code = '1102'`.execute(tx),
    );
    const { status, code } = await portal.ask('POST', FILE, { body: { ...LAMP, classCode: '1102' } });
    expect(status).toBe(422);
    expect(code).toMatch(/^cases\.class_(unknown|closed)$/);
  });

  test('leaves no number behind that could be opened', async () => {
    const before = await portal.file();
    await portal.ask('POST', FILE, { body: at('110101001') });
    const after = await portal.file();
    expect(Number(after.number.slice(9, 15))).toBe(Number(before.number.slice(9, 15)) + 1);
  });
});

describe('markup and odd signs', () => {
  test('are kept as text and given back as text', async () => {
    const text = '<script>alert(1)</script> & "引号" <b>粗</b> 𠮷😀';
    const receipt = await portal.file({ text, classCode: '1101' });
    const { body, headers } = await portal.ask('GET', '/api/public/my-case', { token: await portal.proof(receipt) });
    expect(body.text).toBe(text);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('addresses made up by hand', () => {
  test.each([
    ['/api/public/cases/nothing', 404],
    ['/api/public/cases/%00', 404],
    ['/api/public/cases?after=%00', 400],
    ['/api/public/cases?after=bm9uc2Vuc2V8eA', 400],
    ['/api/public/cases?after=MjAyNi0wMS0wMSBub25zZW5zZXwwMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA', 400],
    ['/api/public/cases?limit=1000', 400],
    ['/api/public/cases?area=42118%27', 400],
    ['/api/public/cases?classCode=%00', 400],
    ['/api/public/cases?state=burnt', 400],
    ['/api/public/map?unknown=1', 400],
    ['/api/public/grids/1', 404],
  ])('%s answers %i', async (path, status) => {
    expect((await portal.ask('GET', path)).status).toBe(status);
  });
});

describe('steps on one’s own request', () => {
  test.each([
    ['rating', { solved: 'maybe', satisfaction: 'satisfied' }, 'solved', 'field.not_listed'],
    ['rating', { solved: 'solved' }, 'satisfaction', 'field.missing'],
    ['reopening', { reason: '' }, 'reason', 'field.too_short'],
    ['withdrawal', {}, 'reason', 'field.missing'],
    ['supplements', { text: '\u0000\u0000' }, 'text', 'field.forbidden_characters'],
  ])('%s with %j', async (step, body, path, code) => {
    const token = await portal.proof(await portal.file());
    const answer = await portal.ask('POST', `/api/public/my-case/${step}`, { token, body });
    expect(answer).toMatchObject({ status: 400, code: 'http.invalid_input' });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, code }));
  });

  test('out of turn are refused with what stands against them', async () => {
    const token = await portal.proof(await portal.file());
    const rated = { solved: 'solved', satisfaction: 'satisfied' };
    const early = await portal.ask('POST', '/api/public/my-case/rating', { token, body: rated });
    expect(early).toMatchObject({ status: 409, code: 'cases.wrong_state' });
    const reopened = await portal.ask('POST', '/api/public/my-case/reopening', { token, body: { reason: '还没好' } });
    expect(reopened).toMatchObject({ status: 409, code: 'cases.wrong_state' });
  });
});

describe('photos', () => {
  async function upload(bytes: Buffer, name: string, type: string) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    const request = new Request('http://portal/', { method: 'POST', body: form });
    const answer = await portal.server.inject({
      method: 'POST',
      url: '/api/public/files',
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      payload: Buffer.from(await request.arrayBuffer()),
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  test('of 30 MB are refused with both sizes', async () => {
    const { status, body } = await upload(Buffer.alloc(30 * 1024 * 1024, 1), 'lamp.jpg', 'image/jpeg');
    expect({ status, code: body.code }).toEqual({ status: 413, code: 'files.too_large' });
    expect(body.title).toContain('30 MB');
  });

  test('that are something else are refused', async () => {
    const page = await upload(Buffer.from('<html><script>alert(1)</script>'), 'lamp.jpg', 'image/jpeg');
    expect(page).toMatchObject({ status: 415, body: { code: 'files.type_unsupported' } });
    const png = await sharp(await lampPhoto())
      .png()
      .toBuffer();
    expect(await upload(png, 'lamp.jpg', 'image/jpeg')).toMatchObject({
      status: 415,
      body: { code: 'files.type_mismatch' },
    });
  });

  test('belong to the one request they were filed with', async () => {
    const { body } = await upload(await lampPhoto(), 'lamp.jpg', 'image/jpeg');
    const receipt = await portal.file({ fileIds: [body.id] });
    const own = await portal.ask('GET', '/api/public/my-case', { token: await portal.proof(receipt) });
    expect(own.body.images).toMatchObject([{ id: body.id, width: 320, height: 240 }]);
    const again = await portal.ask('POST', FILE, { body: { ...LAMP, fileIds: [body.id] } });
    expect(again).toMatchObject({ status: 409, code: 'files.already_attached' });
  });
});
