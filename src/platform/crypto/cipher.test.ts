import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CIPHER_NAMES, cipherByFormat, cipherOf, missingForSm4 } from './cipher.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const run = (name: string, key: Buffer, iv: Buffer | null, plain: Buffer) => {
  const cipher = createCipheriv(name, key, iv);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
};
const KEY = hex('0123456789abcdeffedcba9876543210');

describe('GB/T 32907 SM4', () => {
  test('encrypts the example of its annex, and the same a million times over', () => {
    expect(run('sm4-ecb', KEY, null, KEY)).toEqual(hex('681edf34d206965e86b3e94f536e4246'));
    const cipher = createCipheriv('sm4-ecb', KEY, null);
    cipher.setAutoPadding(false);
    let block = KEY;
    for (let round = 0; round < 1_000_000; round++) block = cipher.update(block);
    expect(block).toEqual(hex('595298c7c6fd271f0402f804c33d3f66'));
  });

  // draft-ribose-cfrg-sm4-10, appendix A.2.
  const words = Buffer.from('AA'.repeat(8) + 'BB'.repeat(8) + 'CC'.repeat(8) + 'DD'.repeat(8), 'hex');
  const iv = hex('000102030405060708090a0b0c0d0e0f');
  test('in CBC and CTR does what the published examples print', () => {
    const cbc = hex('78ebb11cc40b0a48312aaeb2040244cb4cb7016951909226979b0d15dc6a8f6d');
    expect(
      run(
        'sm4-cbc',
        KEY,
        iv,
        hex(
          `${'aa'.repeat(4)}${'bb'.repeat(4)}${'cc'.repeat(4)}${'dd'.repeat(4)}${'ee'.repeat(4)}${'ff'.repeat(4)}${'aa'.repeat(4)}${'bb'.repeat(4)}`,
        ),
      ),
    ).toEqual(cbc);
    const ctr = hex('ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7');
    expect(run('sm4-ctr', KEY, iv, words)).toEqual(ctr);
  });
});

describe('HMAC-SM3', () => {
  test('is HMAC as RFC 2104 builds it, over SM3', () => {
    const key = randomBytes(32);
    const pad = (byte: number) => Buffer.from(Buffer.concat([key, Buffer.alloc(32)]).map((each) => each ^ byte));
    const inner = createHash('sm3').update(pad(0x36)).update('abc').digest();
    const outer = createHash('sm3').update(pad(0x5c)).update(inner).digest();
    expect(createHmac('sm3', key).update('abc').digest()).toEqual(outer);
  });
});

describe('NIST AES-256-GCM', () => {
  // The GCM specification's test cases 13, 14 and 16.
  test.each([
    ['00'.repeat(32), '00'.repeat(12), '', '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
    [
      '00'.repeat(32),
      '00'.repeat(12),
      '00'.repeat(16),
      '',
      'cea7403d4d606b6e074ec5d3baf39d18',
      'd0d1c8a799996bf0265b98b5d48ab919',
    ],
    [
      'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
      'cafebabefacedbaddecaf888',
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'feedfacedeadbeeffeedfacedeadbeefabaddad2',
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
      '76fc6ece0f4e1768cddf8853bb2d551b',
    ],
  ])('opens published vectors %#', (key, nonce, plain, aad, body, tag) => {
    const cipher = createCipheriv('aes-256-gcm', hex(key), hex(nonce)).setAAD(hex(aad));
    expect(Buffer.concat([cipher.update(hex(plain)), cipher.final()])).toEqual(hex(body));
    expect(cipher.getAuthTag()).toEqual(hex(tag));
    expect(cipherOf('aes-256-gcm').open(hex(key), hex(nonce + body + tag), hex(aad))).toEqual(hex(plain));
    const decipher = createDecipheriv('aes-256-gcm', hex(key), hex(nonce)).setAAD(hex(aad)).setAuthTag(hex(tag));
    expect(Buffer.concat([decipher.update(hex(body)), decipher.final()])).toEqual(hex(plain));
  });
});

describe.each(CIPHER_NAMES)('sealing with %s', (name) => {
  const cipher = cipherOf(name);
  const key = randomBytes(32);
  const plain = Buffer.from('汪秀英 13800138000');

  test('opens with the same key and surroundings alone, every time under another nonce', () => {
    const sealed = cipher.seal(key, plain, Buffer.from('a'));
    expect(cipher.open(key, sealed, Buffer.from('a'))).toEqual(plain);
    expect(cipher.seal(key, plain, Buffer.from('a'))).not.toEqual(sealed);
    expect(() => cipher.open(key, sealed, Buffer.from('b'))).toThrow();
    expect(() => cipher.open(randomBytes(32), sealed, Buffer.from('a'))).toThrow();
    expect(sealed.includes(plain)).toBe(false);
  });

  test('notices every changed bit, and bytes cut off', () => {
    const sealed = cipher.seal(key, plain, Buffer.from('a'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cipher.open(key, changed, Buffer.from('a'))).toThrow();
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => cipher.open(key, sealed.subarray(0, length), Buffer.from('a'))).toThrow();
    }
  });

  test('moves no byte between what is sealed and what surrounds it', () => {
    const sealed = cipher.seal(key, Buffer.from(''), Buffer.from('context'));
    expect(() => cipher.open(key, Buffer.concat([Buffer.from('t'), sealed]), Buffer.from('contex'))).toThrow();
  });

  test('is known by its first byte', () => {
    expect(cipherByFormat(cipher.format)).toBe(cipher);
  });
});

test('SM4 that OpenSSL lacks is named', () => {
  expect(missingForSm4('sm4-ctr', ['aes-256-gcm'], ['sha256'])).toEqual(['sm4-ctr', 'sm3']);
  expect(missingForSm4('sm4-ctr', ['sm4-ctr'], ['sm3'])).toEqual([]);
  expect(cipherByFormat(9)).toBeNull();
});
