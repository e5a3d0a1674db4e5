import type { Actor } from './auth/actor.ts';
import type { Auth } from './auth/auth.ts';
import type { Grants, Permissions } from './auth/permission.ts';
import type { Config } from './config/config.ts';
import type { Signer } from './crypto/signer.ts';
import type { ManagedVault } from './crypto/create-vault.ts';
import type { SealedTable } from './crypto/reseal.ts';
import type { Database, ReadTx, WriteTx } from './database/database.ts';
import type { EventHub } from './events/hub.ts';
import type { FileStore } from './files/file-store.ts';
import type { AnswerOf, BodyOf, Contract, ParamsOf, QueryOf, TargetKind } from './http/contract.ts';
import type { OutgoingCalls } from './http/outgoing.ts';
import type { Rates } from './http/rates.ts';
import type { Locale, Texts } from './i18n/texts.ts';
import type { Log } from './log.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Notifier } from './notify/notifier.ts';
import type { OutboxEvent } from './outbox/outbox.ts';
import type { Timer } from './timers/timers.ts';
import type { Worker } from './worker.ts';
import type { Result } from '../kit/result.ts';

/** What every module gets at composition time. Nothing in it knows a module. */
export type App = {
  readonly config: Config;
  readonly database: Database;
  readonly vault: ManagedVault;
  /** Signs what leaves the platform and must be checkable outside. */
  readonly signer: Signer;
  readonly files: FileStore;
  readonly auth: Auth;
  readonly notifier: Notifier;
  /** The only way to call another machine over HTTP. */
  readonly outgoing: OutgoingCalls;
  /** Who may ask for how much; the server charges every request. Phone numbers are counted in the database. */
  readonly rates: Rates;
  /** Numbers for whoever runs the platform; modules add their own. */
  readonly metrics: Metrics;
  readonly log: Log;
  /** Open pages of this process; what is told here reaches those of other processes, too. */
  readonly hub: EventHub;
  readonly texts: Texts;
  readonly permissions: Permissions;
  /** The clock; tests move it. */
  readonly now: () => Date;
};

/** What a handler gets. `tx` is the transaction of the contract's effect; for effect `none` use `app.database`. */
export type Call<C extends Contract, Tx> = {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly params: ParamsOf<C>;
  readonly query: QueryOf<C>;
  readonly body: BodyOf<C>;
  /** What the target resolver loaded for `access.param`; the resolver's module knows its type. */
  readonly target: unknown;
  readonly tx: Tx;
  readonly now: Date;
  readonly requestId: string;
  /** The caller's address, for rate limits and audit only. */
  readonly address: string;
  /** Raw Fastify request and reply, for files and event streams alone. */
  readonly raw: { readonly request: unknown; readonly reply: unknown };
};

type TxOf<C extends Contract> = C['effect'] extends 'write' ? WriteTx : C['effect'] extends 'read' ? ReadTx : undefined;

export type Handler<C extends Contract> = (call: Call<C, TxOf<C>>) => Promise<Result<AnswerOf<C>>>;

/** One of several calls that share a transaction. */
export type SharedCall<C extends Contract> = Omit<Call<C, undefined>, 'tx' | 'target' | 'raw'>;

/**
 * Handles calls of several callers in one transaction; answers each in order. Whether a call is refused is decided before
 * anything is written for it, so that its refusal costs the others nothing. What it throws costs all of them this
 * transaction: each is then tried in one of its own.
 */
export type SharedHandler<C extends Contract> = (
  tx: WriteTx,
  calls: readonly SharedCall<C>[],
  now: Date,
) => Promise<readonly Result<AnswerOf<C>>[]>;

export type Route = {
  readonly contract: Contract;
  readonly handle: Handler<Contract>;
  /** Where calls that come at the same time share a transaction, see `http/together.ts`. */
  readonly handleAll?: SharedHandler<Contract>;
};

/** Ties a handler to its contract; the only way to make a route. */
export function route<C extends Contract>(contract: C, handle: Handler<C>): Route {
  return { contract, handle: handle as unknown as Handler<Contract> };
}

/** A writing route whose calls may share a transaction: for what arrives in crowds, and leads nowhere that must be locked. */
export function sharedRoute<C extends Contract & { readonly effect: 'write' }>(
  contract: C,
  handleAll: SharedHandler<C>,
): Route {
  const handle: Handler<C> = async (call) => {
    const [answer] = await handleAll(call.tx as WriteTx, [call], call.now);
    if (answer === undefined) throw new Error(`${contract.id} gave one call no answer`);
    return answer;
  };
  return { ...route(contract, handle), handleAll: handleAll as unknown as SharedHandler<Contract> };
}

/**
 * Loads what a path parameter points to and says whether the actor may do `action` there.
 * Answer a refusal with a `…not_found` code for what the actor may not even see, `auth.forbidden` for what he sees but
 * may not do. `lock` asks for FOR UPDATE.
 */
export type TargetResolver = (
  tx: ReadTx,
  actor: Actor,
  action: string,
  id: string,
  options: { readonly lock: boolean },
) => Promise<Result<unknown>>;

/** What a consumer goes by. */
type Followed = {
  readonly name: string;
  /** Event kinds, `case.*` for a whole family. */
  readonly kinds: readonly string[];
  /** Kinds of those families that mean nothing to it: an import of thousands is then no work for it. */
  readonly except?: readonly string[];
};

/** Takes events one by one, those of a subject in their order. */
export type EventConsumer = Followed & {
  readonly handle: (event: OutboxEvent, tx: WriteTx) => Promise<void>;
};

/**
 * Takes many events at once, oldest first, several of one subject among them. Another process may be taking others of the
 * same subject meanwhile, so it goes by what is stored now, not by the order of events.
 */
export type BatchConsumer = Followed & {
  readonly handleAll: (events: readonly OutboxEvent[], tx: WriteTx) => Promise<void>;
};

/** Reacts to outbox events after their transaction committed; runs at least once, so it must be idempotent. */
export type OutboxConsumer = EventConsumer | BatchConsumer;

/** Runs in the transaction that deletes the timer; exactly once. */
export type TimerHandler = (timer: Timer, tx: WriteTx, now: Date) => Promise<void>;

/** A module as main.ts sees it. */
export type Module = {
  readonly name: string;
  readonly texts: Texts;
  /** Refusal code → HTTP status (4xx). */
  readonly refusals: Readonly<Record<string, number>>;
  readonly grants: Grants;
  readonly contracts: readonly Contract[];
  /** Tables whose columns hold what the vault sealed. */
  readonly sealed?: readonly SealedTable[];
  readonly routes: (app: App) => readonly Route[];
  readonly targets?: (app: App) => Readonly<Partial<Record<TargetKind, TargetResolver>>>;
  readonly consumers?: (app: App) => readonly OutboxConsumer[];
  /** Beginnings of the kinds of outbox events that open pages hear of, e.g. `case.`; their payload says whom they concern. */
  readonly live?: readonly string[];
  readonly timers?: (app: App) => Readonly<Record<string, TimerHandler>>;
  /** Work that goes on until stopped: deliveries, clean-up. Started once a process, after the server listens. */
  readonly workers?: (app: App) => readonly Worker[];
};
