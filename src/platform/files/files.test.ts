import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import type { Module } from '../app.ts';
import { type Actor, systemActor } from '../auth/actor.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { zip } from '../testing/zip.ts';
import {
  attachFiles,
  confirmRelease,
  eraseFile,
  fileInfos,
  filePosition,
  filesModule,
  findFile,
  prepareRelease,
  residentFileLinks,
  withdrawRelease,
} from './index.ts';

/** Stands for the module that owns files: an officer sees what belongs to a case, and what he uploaded. */
const owningModule: Module = {
  name: 'owning',
  texts: { 'zh-CN': {}, en: {} },
  refusals: {},
  grants: {},
  contracts: [],
  routes: () => [],
  targets: () => ({
    file: async (tx, actor, _action, id) => {
      const file = await findFile(tx, id);
      const own = actor.kind === 'officer' && file?.createdBy === actor.userId;
      return file && (file.owner || own) ? file : refuse('files.not_found');
    },
  }),
};

let desk: TestApp;
let handler: { userId: string; cookie: string };
let other: { userId: string; cookie: string };
const resident: Actor = { kind: 'resident', tenant: 421181, caseId: null, phoneIndex: 'x' };
const post = { organisationId: crypto.randomUUID(), role: 'handler', scope: ['421181'], lanes: null } as const;
const officer = (userId: string): Actor => ({ kind: 'officer', tenant: 421181, userId, name: '', posts: [] });
const newCase = () => ({ kind: 'case', id: crypto.randomUUID() });

beforeAll(async () => {
  desk = await testApp({ modules: [filesModule, owningModule] });
  handler = await desk.signIn('handler', [post]);
  other = await desk.signIn('other', [post]);
});
afterAll(() => desk.close());

async function photo(width = 600, height = 400, background = '#3a7'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Huawei', Copyright: '汪秀英' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '31/1 10/1 2340/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '115/1 0/1 3000/100',
      },
    })
    .toBuffer();
}

function send(bytes: Buffer, name: string, type: string, cookie?: string) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const url = cookie ? '/api/files' : '/api/public/files';
  return desk.server.inject({ method: 'POST', url, payload: form, headers: cookie ? { cookie } : {} });
}
const get = (url: string, headers: Record<string, string> = {}) => desk.server.inject({ url, headers });
const attach = (actor: Actor, ids: readonly string[], owner: { kind: string; id: string }) =>
  desk.app.database.transact(actor, (tx) => attachFiles(tx, actor, ids, owner));
async function uploadPhoto(cookie?: string): Promise<string> {
  return (await send(await photo(), 'lamp.jpg', 'image/jpeg', cookie)).json().id;
}
async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(join(desk.app.config.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('an uploaded photo', () => {
  test('comes back smaller in what it tells: no maker, no name, no place', async () => {
    const answer = await send(await photo(), 'lamp.jpg', 'image/jpeg', handler.cookie);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ type: 'image/jpeg', width: 600, height: 400 });
    const stored = await get(`/api/files/${answer.json().id}`, { cookie: handler.cookie });
    expect(stored.headers['content-type']).toBe('image/jpeg');
    const { exif, iptc, xmp } = await sharp(stored.rawPayload).metadata();
    expect([exif, iptc, xmp]).toEqual([undefined, undefined, undefined]);
    expect(stored.rawPayload.includes(Buffer.from('Huawei'))).toBe(false);
  });

  test('keeps its place sealed, for whoever may know it', async () => {
    const id = await uploadPhoto();
    const place = await desk.app.database.read(resident, (tx) => filePosition(tx, desk.app.vault, id));
    expect(place?.lat).toBeCloseTo(31.1732, 4);
    expect(place?.lon).toBeCloseTo(115.0083, 4);
  });

  test('stands upright and within 4096 pixels', async () => {
    const lying = await sharp(await photo(5000, 2000))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await send(lying, 'big.jpg', 'image/jpeg')).json()).toMatchObject({ width: 1638, height: 4096 });
  });

  test('has a thumbnail; a document has none', async () => {
    const id = await uploadPhoto(handler.cookie);
    const thumbnail = await get(`/api/files/${id}/thumbnail`, { cookie: handler.cookie });
    expect(thumbnail.headers['content-type']).toBe('image/webp');
    expect((await sharp(thumbnail.rawPayload).metadata()).width).toBe(480);
    const pdf = (await send(Buffer.from('%PDF-1.4\n%%EOF'), 'a.pdf', 'application/pdf', handler.cookie)).json();
    expect(pdf.thumbnailUrl).toBeNull();
    expect((await get(`/api/files/${pdf.id}/thumbnail`, { cookie: handler.cookie })).json()).toMatchObject({
      code: 'files.not_an_image',
    });
  });
});

describe('what is refused', () => {
  const png = () =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
  const refusalOf = async (bytes: Buffer, name: string, type: string) => (await send(bytes, name, type)).json();

  test('a photo that is no photo, or another kind than it says', async () => {
    const image = await png();
    expect(await refusalOf(image, 'a.jpg', 'image/jpeg')).toMatchObject({ status: 415, code: 'files.type_mismatch' });
    expect(await refusalOf(image, 'a.png', 'image/jpeg')).toMatchObject({ code: 'files.type_mismatch' });
    expect(await refusalOf(image, 'a.pdf', 'application/octet-stream')).toMatchObject({ code: 'files.type_mismatch' });
    expect((await send(image, 'a.png', 'application/octet-stream')).statusCode).toBe(201);
  });

  test.each([
    ['<html><script>alert(1)</script></html>', 'a.jpg', 'image/jpeg'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'a.svg', 'image/svg+xml'],
    ['MZ\x90\x00\x03', 'a.exe', 'application/octet-stream'],
    ['GIF89a\x01\x00\x01\x00\x80\x00\x00', 'a.gif', 'image/gif'],
    ['\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'a.heic', 'image/heic'],
  ])('a kind that is not on the list: %j', async (text, name, type) => {
    expect(await refusalOf(Buffer.from(text, 'latin1'), name, type)).toMatchObject({
      status: 415,
      code: 'files.type_unsupported',
    });
  });

  test('a photo cut short, and an empty one', async () => {
    const whole = await photo();
    expect(await refusalOf(whole.subarray(0, 400), 'a.jpg', 'image/jpeg')).toMatchObject({
      status: 422,
      code: 'files.unreadable',
    });
    expect(await refusalOf(Buffer.alloc(0), 'a.jpg', 'image/jpeg')).toMatchObject({ code: 'files.empty' });
  });

  test('30 MB, saying how large it was and what is allowed', async () => {
    const base = await desk.server.listen({ port: 0, host: '127.0.0.1' });
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(30 * 1024 * 1024)], { type: 'image/jpeg' }), 'a.jpg');
    const answer = await fetch(`${base}/api/public/files`, { method: 'POST', body: form });
    const problem = await answer.json();
    expect(problem).toMatchObject({ status: 413, code: 'files.too_large', details: { size: 30, limit: 20 } });
    expect(JSON.stringify(problem)).toContain('30 MB，最多 20 MB');
  });

  test('30 MB that were not announced, once the limit is passed', async () => {
    const problem = await refusalOf(Buffer.alloc(30 * 1024 * 1024, 1), 'a.jpg', 'image/jpeg');
    expect(problem).toMatchObject({ status: 413, code: 'files.too_large', details: { limit: 20 } });
  });

  test('a small file that unfolds to a billion pixels, before it is unfolded', async () => {
    const huge = await sharp({
      create: { width: 16_000, height: 9_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(huge.length).toBeLessThan(2_000_000);
    expect(await refusalOf(huge, 'a.png', 'image/png')).toMatchObject({
      code: 'files.too_many_pixels',
      details: { megapixels: 144 },
    });
  });

  test('a document that unfolds without end', async () => {
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const bomb = zip([
      { name: '[Content_Types].xml', content: Buffer.from(`<Override ContentType="${type}.main+xml"/>`), stored: true },
      { name: 'word/document.xml', content: Buffer.alloc(30 * 1024 * 1024, 'a') },
    ]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusalOf(bomb, 'a.docx', type)).toMatchObject({ code: 'files.archive_bomb' });
  });

  test('a body that is no form, or has no file', async () => {
    const json = await desk.server.inject({ method: 'POST', url: '/api/public/files', payload: { file: 'x' } });
    expect(json.json()).toMatchObject({ status: 400, code: 'files.no_file' });
    const form = new FormData();
    form.append('words', 'only');
    const empty = await desk.server.inject({ method: 'POST', url: '/api/public/files', payload: form });
    expect(empty.json()).toMatchObject({ status: 400, code: 'files.no_file' });
    const headers = { 'content-type': 'multipart/form-data' };
    const bare = await desk.server.inject({ method: 'POST', url: '/api/public/files', headers, payload: '{"file":1}' });
    expect(bare.json()).toMatchObject({ status: 400, code: 'http.bad_request' });
  });

  test('leaves nothing on the disk', async () => {
    const before = await filesOnDisk();
    await send(Buffer.from('nothing'), 'a.jpg', 'image/jpeg');
    expect(await filesOnDisk()).toEqual(before);
  });
});

/** An archive with one stored entry, as an office suite begins its documents. */
const document = (name: string, text: string) => zip([{ name, content: Buffer.from(text), stored: true }]);

describe('documents', () => {
  test.each([
    ['docx', 'wordprocessingml.document'],
    ['xlsx', 'spreadsheetml.sheet'],
  ])('of an office suite (%s) are known by what is in them', async (ending, kind) => {
    const type = `application/vnd.openxmlformats-officedocument.${kind}`;
    const listed = `<Types><Override ContentType="${type}.main+xml"/></Types>`;
    const sent = await send(document('[Content_Types].xml', listed), `a.${ending}`, type);
    expect(sent.json()).toMatchObject({ type });
    const bare = await send(document('readme.txt', 'hello'), `a.${ending}`, type);
    expect(bare.json()).toMatchObject({ code: 'files.type_unsupported' });
  });

  test('are saved under their own name, never opened in the page', async () => {
    const sent = await send(Buffer.from('%PDF-1.4\n%%EOF'), '情况说明(1).pdf', 'application/pdf', handler.cookie);
    const answer = await get(`/api/files/${sent.json().id}`, { cookie: handler.cookie });
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[0-9a-f-]+\.pdf"; filename\*=UTF-8''%E6%83%85/,
    );
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    expect(answer.body).toBe('%PDF-1.4\n%%EOF');
  });
});

describe('attaching', () => {
  test('gives files to a case, once, and answers their hashes', async () => {
    const ids = [await uploadPhoto(handler.cookie), await uploadPhoto(handler.cookie)];
    const owner = newCase();
    const hashes = await attach(officer(handler.userId), ids, owner);
    if (isRefusal(hashes)) throw new Error(hashes.code);
    expect([...hashes.keys()].sort()).toEqual([...ids].sort());
    expect(hashes.get(ids[0] ?? '')).toMatch(/^[0-9a-f]{64}$/);
    expect(await attach(officer(handler.userId), ids, owner)).toEqual(hashes);
    expect(await attach(officer(handler.userId), ids, newCase())).toMatchObject({ code: 'files.already_attached' });
  });

  test("is for one's own uploads", async () => {
    const id = await uploadPhoto(handler.cookie);
    const publicId = await uploadPhoto();
    expect(await attach(officer(other.userId), [id], newCase())).toMatchObject({ code: 'files.not_found' });
    expect(await attach(resident, [id], newCase())).toMatchObject({ code: 'files.not_found' });
    expect(await attach(officer(handler.userId), [publicId], newCase())).toMatchObject({ code: 'files.not_found' });
    expect(await attach(resident, [crypto.randomUUID()], newCase())).toMatchObject({ code: 'files.not_found' });
    expect(isRefusal(await attach(resident, [publicId], newCase()))).toBe(false);
  });

  test('stops at ten from the public', async () => {
    const owner = newCase();
    const ids: string[] = [];
    for (let turn = 0; turn < 11; turn += 1) ids.push(await uploadPhoto());
    expect(isRefusal(await attach(resident, ids.slice(0, 9), owner))).toBe(false);
    expect(await attach(resident, ids.slice(9), owner)).toMatchObject({
      code: 'files.too_many',
      details: { limit: 10 },
    });
    expect(isRefusal(await attach(resident, ids.slice(9, 10), owner))).toBe(false);
  });

  test('of one file to two cases at once succeeds for one', async () => {
    const id = await uploadPhoto();
    const both = await Promise.all([attach(resident, [id], newCase()), attach(resident, [id], newCase())]);
    expect(both.filter((each) => isRefusal(each)).map((each) => (each as Refusal).code)).toEqual([
      'files.already_attached',
    ]);
  });
});

describe('an upload that nothing takes in', () => {
  const fire = async (id: string) => {
    const purge = filesModule.timers?.(desk.app)['files.purge'];
    const system = systemActor(421181, 'timers');
    const timer = { tenant: 421181, kind: 'files.purge', subject: id, name: '', dueAt: new Date(), payload: {} };
    await desk.app.database.transact(system, (tx) => purge?.(timer, tx, new Date()) ?? Promise.resolve());
    // The bytes go after the commit.
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const timers = (id: string) =>
    desk.app.database.read(systemActor(421181, 'test'), async (tx) => {
      const found = await sql<{ due_at: Date }>`
        SELECT due_at FROM platform.timer WHERE tenant_id = 421181 AND kind = 'files.purge' AND subject = ${id}`.execute(
        tx,
      );
      return found.rows;
    });

  test('is removed after a day, thumbnail and all', async () => {
    const id = await uploadPhoto();
    const [timer] = await timers(id);
    expect((timer?.due_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await fire(id);
    expect((await filesOnDisk()).filter((name) => name.startsWith(id))).toEqual([]);
    expect(await desk.app.database.read(resident, (tx) => fileInfos(tx, [id]))).toEqual([]);
  });

  test('stays once it is attached', async () => {
    const id = await uploadPhoto();
    await attach(resident, [id], newCase());
    expect(await timers(id)).toEqual([]);
    await fire(id);
    expect((await filesOnDisk()).filter((name) => name.startsWith(id))).toHaveLength(2);
  });
});

describe('who sees a file', () => {
  test('its uploader before it is attached, and nobody else', async () => {
    const id = await uploadPhoto(handler.cookie);
    expect((await get(`/api/files/${id}`, { cookie: handler.cookie })).statusCode).toBe(200);
    expect((await get(`/api/files/${id}`, { cookie: other.cookie })).statusCode).toBe(404);
    expect((await get(`/api/files/${id}`)).statusCode).toBe(401);
    expect((await get(`/api/public/files/${id}`)).statusCode).toBe(404);
  });

  test('a resident by a link made for him, for this file and two hours', async () => {
    const [id, second] = [await uploadPhoto(), await uploadPhoto()];
    const { url, thumbnailUrl } = residentFileLinks(desk.app.vault, id, new Date());
    expect((await get(url)).statusCode).toBe(200);
    expect((await get(thumbnailUrl)).headers['content-type']).toBe('image/webp');
    expect((await get(url.replace(id, second))).statusCode).toBe(404);
    const old = residentFileLinks(desk.app.vault, id, new Date(Date.now() - 7_201_000));
    expect((await get(old.url)).statusCode).toBe(404);
  });

  test('his browser asks again without loading again', async () => {
    const id = await uploadPhoto(handler.cookie);
    const first = await get(`/api/files/${id}`, { cookie: handler.cookie });
    expect(first.headers['cache-control']).toBe('private, max-age=300');
    const again = await get(`/api/files/${id}`, {
      cookie: handler.cookie,
      'if-none-match': String(first.headers.etag),
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('release to the public', () => {
  const release = async (id: string, regions: { x: number; y: number; width: number; height: number }[]) => {
    const actor = officer(handler.userId);
    const prepared = await prepareRelease(desk.app, actor, id, regions);
    if (isRefusal(prepared)) throw new Error(prepared.code);
    await desk.app.database.transact(actor, (tx) => confirmRelease(desk.app, tx, actor, [prepared], new Date()));
    return prepared.key;
  };

  test('shows the blurred version and never the other', async () => {
    const noise = await sharp({
      create: {
        width: 400,
        height: 200,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: 'black',
      },
    })
      .png()
      .toBuffer();
    const { id } = (await send(noise, 'plate.png', 'image/png', handler.cookie)).json();
    await release(id, [{ x: 0.5, y: 0, width: 0.5, height: 1 }]);
    const shown = (await get(`/api/public/files/${id}`)).rawPayload;
    const half = (left: number, bytes: Buffer) =>
      sharp(bytes).extract({ left, top: 0, width: 200, height: 200 }).raw().toBuffer();
    const stored = (await get(`/api/files/${id}`, { cookie: handler.cookie })).rawPayload;
    expect((await half(0, shown)).equals(await half(0, stored))).toBe(true);
    const blurred = await half(200, shown);
    const colours = new Set(
      Array.from({ length: blurred.length / 3 }, (_, at) => blurred.subarray(at * 3, at * 3 + 3).toString('hex')),
    );
    expect(colours.size).toBeLessThanOrEqual(36);
    expect((await get(`/api/public/files/${id}/thumbnail`)).headers['content-type']).toBe('image/webp');
  });

  test('again replaces what was shown, and withdrawing ends it', async () => {
    const id = await uploadPhoto(handler.cookie);
    const first = await release(id, []);
    await release(id, [{ x: 0, y: 0, width: 1, height: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await filesOnDisk()).filter((name) => name.startsWith(first))).toEqual([]);
    const actor = officer(handler.userId);
    await desk.app.database.transact(actor, (tx) => withdrawRelease(desk.app, tx, actor, [id]));
    expect((await get(`/api/public/files/${id}`)).statusCode).toBe(404);
  });

  test('is for photos', async () => {
    const { id } = (await send(Buffer.from('%PDF-1.4\n%%EOF'), 'a.pdf', 'application/pdf', handler.cookie)).json();
    expect(await prepareRelease(desk.app, officer(handler.userId), id, [])).toMatchObject({
      code: 'files.not_an_image',
    });
  });
});

describe('erasing', () => {
  test('removes the bytes and the hash, and keeps what the chain holds', async () => {
    const id = await uploadPhoto(handler.cookie);
    const actor = officer(handler.userId);
    const hashes = await attach(actor, [id], newCase());
    const order = { order: '2026-17', at: new Date() };
    await desk.app.database.transact(actor, (tx) => eraseFile(desk.app, tx, actor, id, order));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await filesOnDisk()).filter((name) => name.startsWith(id))).toEqual([]);
    expect((await get(`/api/files/${id}`, { cookie: handler.cookie })).json()).toMatchObject({
      status: 410,
      code: 'files.erased',
    });
    const kept = await desk.app.database.read(actor, (tx) => findFile(tx, id));
    expect(kept?.sha256).toBeNull();
    expect(kept?.commitment).toBe((hashes as ReadonlyMap<string, string>).get(id));
  });
});

describe('the folder store', () => {
  test('never overwrites, keeps files for their owner, and takes no path for a key', async () => {
    const key = crypto.randomUUID();
    await desk.app.files.put(key, Buffer.from('one'));
    await expect(desk.app.files.put(key, Buffer.from('two'))).rejects.toThrow('EEXIST');
    const path = join(desk.app.config.dataDir, 'files', key.slice(-4, -2), key.slice(-2), key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(desk.app.files.put('../../etc/passwd', Buffer.from('x'))).rejects.toThrow('not a key');
    await expect(desk.app.files.read(crypto.randomUUID()).toArray()).rejects.toThrow('ENOENT');
    await desk.app.files.remove(key);
    await desk.app.files.remove(key);
  });
});
