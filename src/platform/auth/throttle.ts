/**
 * How sign-in slows down. Three counters over the last quarter of an hour, none of which lets a stranger keep the
 * holder out: the long wait hangs on account AND address; the wait of an account alone is short and is not applied to
 * addresses from which its holder signed in before.
 */
export const SIGN_IN_RULES = {
  windowSeconds: 900,
  /** Five failures of one account from one address, then 10 s, 20 s, 40 s … up to 15 minutes. */
  pair: { free: 5, firstWait: 10, longestWait: 900 },
  /** Guessing one account from many addresses: 30 failures, then one try in 30 s. */
  account: { free: 30, wait: 30 },
  /** Guessing many accounts from one address; an office shares one: 60 failures, then one try in 30 s. */
  address: { free: 60, wait: 30 },
  knownAddressDays: 30,
} as const;

export type FailureCount = { readonly count: number; readonly last: Date | null };

export type SignInHistory = {
  readonly pair: FailureCount;
  readonly account: FailureCount;
  readonly address: FailureCount;
  /** The account's holder signed in from this address within `knownAddressDays`. */
  readonly knownAddress: boolean;
};

/** Seconds until the next try is looked at; 0 when it may be made now. */
export function secondsUntilNextTry(history: SignInHistory, now: Date): number {
  const { pair, account, address } = SIGN_IN_RULES;
  const over = history.pair.count - pair.free;
  const pairWait = over < 0 ? 0 : Math.min(pair.longestWait, pair.firstWait * 2 ** over);
  const accountWait = history.knownAddress || history.account.count < account.free ? 0 : account.wait;
  const addressWait = history.address.count < address.free ? 0 : address.wait;
  return Math.max(
    remaining(history.pair.last, pairWait, now),
    remaining(history.account.last, accountWait, now),
    remaining(history.address.last, addressWait, now),
  );
}

function remaining(last: Date | null, wait: number, now: Date): number {
  if (!last || wait === 0) return 0;
  return Math.max(0, Math.ceil((last.getTime() + wait * 1000 - now.getTime()) / 1000));
}
