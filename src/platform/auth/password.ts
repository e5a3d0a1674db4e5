import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * argon2id with 32 MiB, 3 passes, 1 lane: above the floor of OWASP's password storage advice (19 MiB, 2 passes), and
 * 60–90 ms on the small servers this runs on. Kept in the stored string, so that raising it leaves old ones readable.
 */
export const PASSWORD_COST: PasswordCost = { memory: 32_768, passes: 3, parallelism: 1 };

/** `memory` in KiB. */
export type PasswordCost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

const SALT_BYTES = 16;
const TAG_BYTES = 32;

const digest = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** A PHC string: `$argon2id$v=19$m=32768,t=3,p=1$salt$tag`. */
export async function hashPassword(password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await digest('argon2id', {
    ...cost,
    message: password.normalize('NFKC'),
    nonce: salt,
    tagLength: TAG_BYTES,
  });
  const settings = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${settings}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** False for a wrong password and for a string that is no argon2id hash. */
export async function verifyPassword(stored: { readonly hash: string; readonly password: string }): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored.hash);
  if (!parts) return false;
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const given = await digest('argon2id', {
    message: stored.password.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(given, expected);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
