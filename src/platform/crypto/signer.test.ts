import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSigner, SIGNING_ALGORITHMS, verifySignature } from './signer.ts';
import { sm2Identity, sm2PublicKey, sm2Sign, sm2Verify } from './sm2.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const run = promisify(execFile);
const openssl = await run('openssl', ['version']).then(
  ({ stdout }) => stdout.startsWith('OpenSSL 3'),
  () => false,
);

describe('GB/T 32905 SM3', () => {
  test.each([
    ['abc', '66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732'],
  ])('digests %s as the standard prints it', (message, digest) => {
    expect(createHash('sm3').update(message).digest()).toEqual(hex(digest));
  });
});

describe('GB/T 32918.5 SM2', () => {
  const secret = hex('3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8');
  const publicKey = hex(
    '04 09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020' +
      'CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13',
  );
  const k = 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n;
  const r = hex('F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3');
  const s = hex('B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA');
  const signature = Buffer.concat([hex('3046022100'), r, hex('022100'), s]);
  const message = Buffer.from('message digest');

  test('derives the public key, the identity digest and the signature of its example', () => {
    expect(sm2PublicKey(secret)).toEqual(publicKey);
    expect(sm2Identity(publicKey)).toEqual(
      hex('B2E14C5C 79C6DF5B 85F4FE7E D8DB7A26 2B9DA7E0 7CCB0EA9 F4747B8C CDA8A4F3'),
    );
    expect(sm2Sign(secret, message, () => k)).toEqual(signature);
    expect(sm2Verify(publicKey, message, signature)).toBe(true);
  });

  test('refuses every changed byte, also of the encoding', () => {
    for (let at = 0; at < signature.length; at++) {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sm2Verify(publicKey, message, changed)).toBe(false);
    }
    expect(sm2Verify(publicKey, Buffer.from('message digesT'), signature)).toBe(false);
    expect(sm2Verify(publicKey, message, Buffer.concat([signature, Buffer.of(0)]))).toBe(false);
    expect(sm2Verify(publicKey, message, Buffer.alloc(0))).toBe(false);
  });
});

describe('the signer', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongzhi-signer-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const fileOf = (name: string) => join(folder, 'keys', `${name}.pem`);

  test.each(SIGNING_ALGORITHMS)(
    '%s: one key for all starts, for its owner only; outsiders can verify',
    async (name) => {
      const source = { signingAlgorithm: name, signingKeyFile: fileOf(name) };
      const [first, second] = await Promise.all([loadSigner(source), loadSigner(source)]);
      expect((await stat(source.signingKeyFile)).mode & 0o777).toBe(0o600);
      expect(second.keyId).toBe(first.keyId);
      const bytes = Buffer.from('root of 2026-11-22T08:00:00Z');
      const signature = first.sign(bytes);
      expect(verifySignature(second.publicKey, bytes, signature)).toBe(true);
      expect(second.verify(Buffer.from('root of 2026-11-22T08:00:01Z'), signature)).toBe(false);
    },
  );

  test('an Ed25519 key where SM2 is configured is refused with what to do', async () => {
    await loadSigner({ signingAlgorithm: 'Ed25519', signingKeyFile: fileOf('mixed') });
    const wrong = loadSigner({ signingAlgorithm: 'SM2', signingKeyFile: fileOf('mixed') });
    await expect(wrong).rejects.toThrow(/holds a key for Ed25519, but SM2 is configured/);
  });

  test('a file that is no key is refused, not overwritten', async () => {
    const file = join(folder, 'broken.pem');
    await writeFile(file, 'no key');
    await expect(loadSigner({ signingAlgorithm: 'SM2', signingKeyFile: file })).rejects.toThrow('not a private key');
  });

  test.skipIf(!openssl)('OpenSSL accepts what SM2 signs (skipped where no OpenSSL 3 is installed)', async () => {
    const signer = await loadSigner({ signingAlgorithm: 'SM2', signingKeyFile: fileOf('SM2') });
    const [key, message, signature] = ['key.pem', 'message', 'signature'].map((name) => join(folder, name));
    for (let round = 0; round < 8; round++) {
      await writeFile(key ?? '', signer.publicKey);
      await writeFile(message ?? '', `round ${round}`);
      await writeFile(signature ?? '', signer.sign(Buffer.from(`round ${round}`)));
      const identity = ['-pkeyopt', 'distid:1234567812345678', '-rawin', '-digest', 'sm3'];
      const files = ['-pubin', '-inkey', key ?? '', '-in', message ?? '', '-sigfile', signature ?? ''];
      const { stdout } = await run('openssl', ['pkeyutl', '-verify', ...files, ...identity]);
      expect(stdout).toContain('Verified Successfully');
    }
  });
});
