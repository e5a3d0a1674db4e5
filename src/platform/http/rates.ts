import { isIPv6 } from 'node:net';
import type { Contract } from './contract.ts';

/**
 * How much one caller may ask for. Every request has a cost; an address and an account each have a
 * bucket of tokens that fills again by the minute. What a signed-in person asks for is charged to his account alone, so
 * that a service desk behind one address is not held back by its colleagues.
 *
 * Buckets live in this process: with several behind one address each grants its own. What must hold across all of them,
 * tries to sign in and codes for phones, is counted in the database as well.
 */
export type RateSettings = {
  /** Tokens a minute, and as many at once. */
  readonly address: number;
  readonly account: number;
  /** Buckets kept; beyond it those longest unused are forgotten. */
  readonly kept?: number;
};

export const RATES: RateSettings = { address: 3000, account: 600 };
const KEPT = 50_000;

export type RateKind = 'address' | 'account';

export type Rates = {
  /** Takes `cost` tokens; answers 0, or the seconds until there are enough. */
  take(kind: RateKind, key: string, cost: number): number;
  /** Gives tokens back that another bucket was charged for. */
  give(kind: RateKind, key: string, cost: number): void;
  readonly size: () => number;
};

type Bucket = { tokens: number; at: number };

/** `now` in milliseconds. */
export function createRates(settings: RateSettings, now: () => number): Rates {
  const buckets = new Map<string, Bucket>();
  const kept = settings.kept ?? KEPT;
  const find = (kind: RateKind, key: string): Bucket => {
    const name = `${kind} ${key}`;
    const known = buckets.get(name);
    const at = now();
    const full = settings[kind];
    const bucket = known ?? { tokens: full, at };
    bucket.tokens = Math.min(full, bucket.tokens + (Math.max(0, at - bucket.at) * full) / 60_000);
    bucket.at = at;
    // Taken out and put in again, it stands last among those to be forgotten.
    if (known) buckets.delete(name);
    buckets.set(name, bucket);
    const oldest = buckets.keys().next();
    if (buckets.size > kept && oldest.value !== undefined) buckets.delete(oldest.value);
    return bucket;
  };
  return {
    take(kind, key, cost) {
      const bucket = find(kind, key);
      // No cost is more than a full bucket, else it could never be paid.
      const price = Math.min(cost, settings[kind]);
      if (bucket.tokens >= price) {
        bucket.tokens -= price;
        return 0;
      }
      return Math.max(1, Math.ceil(((price - bucket.tokens) * 60) / settings[kind]));
    },
    give(kind, key, cost) {
      const bucket = find(kind, key);
      bucket.tokens = Math.min(settings[kind], bucket.tokens + Math.min(cost, settings[kind]));
    },
    size: () => buckets.size,
  };
}

/** The buckets, or none where the settings leave it to a proxy. */
export function configuredRates(config: { readonly rateLimits: boolean }, now: () => Date): Rates {
  if (config.rateLimits) return createRates(RATES, () => now().getTime());
  return { take: () => 0, give: () => undefined, size: () => 0 };
}

/** What a call costs: as its contract says, else 1 for reading and 3 for anything that writes. */
export function costOf(contract: Pick<Contract, 'cost' | 'perMinute' | 'method'>): number {
  if (contract.cost !== undefined) return contract.cost;
  if (contract.perMinute !== undefined) return Math.max(1, Math.ceil(RATES.account / contract.perMinute));
  return contract.method === 'GET' ? 1 : 3;
}

/** One household has a whole /64 of IPv6; counting each address of it would count nothing. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address) || address.includes('%')) return address;
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return `${[...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':')}::/64`;
}
