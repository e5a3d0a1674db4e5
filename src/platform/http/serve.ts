import type { FastifyReply, FastifyRequest } from 'fastify';

import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { hasForbiddenCharacters } from '../../kit/text.ts';
import type { App, Call, Route, SharedCall, TargetResolver } from '../app.ts';
import { type Actor, actorId } from '../auth/actor.ts';
import { covers, postsFor } from '../auth/permission.ts';
import { mayBeOfficer, signInActor } from '../auth/resolve-actor.ts';
import type { ReadTx, WriteTx } from '../database/database.ts';
import { goOnAs } from '../database/transaction.ts';
import type { Locale } from '../i18n/texts.ts';
import type { Contract, TargetKind } from './contract.ts';
import { claimKey, type IdempotencyScope, type Keyed, requestHash, storeAnswer } from './idempotency.ts';
import type { Outcome } from './outcome.ts';
import { forbiddenText } from './forbidden-text.ts';
import { invalidInput } from './problem.ts';
import { type Attempt, isDenied, record } from './record.ts';
import type { Together } from './together.ts';

export type Targets = ReadonlyMap<TargetKind, TargetResolver>;

type Caller = { readonly actor: Actor; readonly locale: Locale };
/** Says who asks, and in which language; a refusal when he asks too much. */
export type Identify = (tx: ReadTx | undefined) => Promise<Result<Caller>>;

/** A person and a timer may lock the same rows in another order; whom the database sends back comes again. */
const TRIES = 3;

/**
 * The straight line of one request: who → may he (target, before the body is looked at) → parse → handle → answer,
 * all inside one transaction where the contract has one.
 */
export async function serve(
  app: App,
  targets: Targets,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  identify: Identify,
  statuses: ReadonlyMap<string, number>,
  together: Together,
): Promise<Result<Outcome>> {
  const { contract } = route;
  let attempt: Attempt | null = null;
  const answer = async (tx: ReadTx | undefined): Promise<Result<Outcome>> => {
    const caller = await identify(tx);
    if (isRefusal(caller)) return caller;
    attempt = attemptOf(contract, request, caller.actor);
    return route.handleAll
      ? attendTogether(app, together, route, request, caller)
      : attend(app, targets, route, request, reply, caller, attempt, tx);
  };
  // Who reads is looked up in the transaction he reads in.
  const inOne = contract.effect === 'read' && mayBeOfficer({ headers: request.headers, path: contract.path });
  const outcome = await (inOne ? app.database.read(signInActor(app.config.tenant), answer) : answer(undefined));
  return attempt === null ? outcome : recorded(app, attempt, outcome, statuses);
}

function attemptOf(contract: Contract, request: FastifyRequest, actor: Actor): Attempt {
  return { contract, actor, params: (request.params ?? {}) as Attempt['params'], address: request.ip };
}

/** The outcome, once what is to be recorded of it is. */
async function recorded(
  app: App,
  attempt: Attempt,
  outcome: Result<Outcome>,
  statuses: ReadonlyMap<string, number>,
): Promise<Result<Outcome>> {
  const { contract } = attempt;
  if (isRefusal(outcome)) {
    if (isDenied(attempt, outcome.code, statuses)) await record(app, attempt, 'refused', outcome.code);
  } else if (contract.sensitive && contract.effect !== 'none') {
    await record(app, attempt, 'done');
  }
  return outcome;
}

/** The same line for a call that may share its transaction with others. */
async function attendTogether(
  app: App,
  together: Together,
  route: Route,
  request: FastifyRequest,
  caller: Caller,
): Promise<Result<Outcome>> {
  const { contract } = route;
  const kindRefusal = refuseByKind(app, contract, caller.actor) ?? refuseUnproved(app, contract, caller.actor);
  if (kindRefusal) return kindRefusal;
  const input = parseInput(app, contract, request, caller.locale);
  if (isRefusal(input)) return input;
  const keyed = keyOf(contract, request, caller.actor);
  if (isRefusal(keyed)) return keyed;
  const call = { ...caller, ...input, now: app.now(), requestId: request.id, address: request.ip };
  return together.enter({ route, call: call as SharedCall<Contract>, keyed });
}

async function attend(
  app: App,
  targets: Targets,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  attempt: Attempt,
  begun: ReadTx | undefined,
): Promise<Result<Outcome>> {
  const { contract } = route;
  const kindRefusal = refuseByKind(app, contract, caller.actor) ?? refuseUnproved(app, contract, caller.actor);
  if (kindRefusal) return kindRefusal;

  const load = (tx: ReadTx | undefined) => resolveTarget(app, targets, contract, request, caller.actor, tx);
  const run = async (tx: ReadTx | undefined, loading = load(tx)): Promise<Result<Outcome>> => {
    const target = await loading;
    if (isRefusal(target)) return target;
    const input = parseInput(app, contract, request, caller.locale);
    if (isRefusal(input)) return input;
    const call: Call<Contract, ReadTx | undefined> = {
      ...caller,
      ...input,
      target,
      tx,
      now: app.now(),
      requestId: request.id,
      address: request.ip,
      raw: { request, reply },
    };
    // Such a handler may send its answer by itself, so it is recorded that it will.
    if (contract.sensitive && contract.effect === 'none') await record(app, attempt, 'done');
    const answer = await route.handle(call as unknown as Parameters<Route['handle']>[0]);
    return isRefusal(answer) ? answer : { status: contract.status ?? 200, answer };
  };

  switch (contract.effect) {
    case 'none':
      return run(undefined);
    case 'read':
      if (!begun) return app.database.read(caller.actor, (tx) => run(tx));
      goOnAs(begun, caller.actor);
      return run(begun);
    case 'write':
      return app.database.transact(
        caller.actor,
        (tx) => {
          // What the path points to is asked for together with the key of the call.
          let loading: ReturnType<typeof load> | undefined;
          const ahead = () => {
            loading = load(tx);
            loading.catch(() => undefined);
          };
          return once(app, contract, request, caller.actor, tx, ahead, () => run(tx, loading));
        },
        { tries: TRIES },
      );
  }
}

/** Runs `work` once per idempotency key; a repeated POST gets the first one's answer. */
async function once(
  app: App,
  contract: Contract,
  request: FastifyRequest,
  actor: Actor,
  tx: WriteTx,
  ahead: () => void,
  work: () => Promise<Result<Outcome>>,
): Promise<Result<Outcome>> {
  const keyed = keyOf(contract, request, actor);
  if (isRefusal(keyed)) return keyed;
  if (keyed === null) return work();
  const { scope, hash } = keyed;
  const claiming = claimKey(tx, app.vault, scope, contract.id, hash, app.now());
  ahead();
  const claim = await claiming;
  if (claim.state === 'refused') return claim.refusal;
  if (claim.state === 'replay') return { status: claim.status, answer: claim.answer };
  const outcome = await work();
  if (!isRefusal(outcome)) storeAnswer(tx, app.vault, scope, outcome.status, outcome.answer);
  return outcome;
}

/** The key of a POST by which a repeat is known; null without one. */
function keyOf(contract: Contract, request: FastifyRequest, actor: Actor): Result<Keyed | null> {
  const key = request.headers['idempotency-key'];
  if (contract.method !== 'POST' || key === undefined || contract.unkept) return null;
  if (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key)) return refuse('http.bad_request');
  const scope: IdempotencyScope = { tenant: actor.tenant, actorKey: actorKeyOf(actor), key };
  return { scope, route: contract.id, hash: requestHash(contract.method, request.url, request.body) };
}

function actorKeyOf(actor: Actor): string {
  return actor.kind === 'resident' ? `resident:${actor.caseId ?? actor.phoneIndex ?? ''}` : actorId(actor);
}

function refuseByKind(app: App, contract: Contract, actor: Actor): Refusal | null {
  const { access } = contract;
  switch (access.kind) {
    case 'public':
      return null;
    case 'signed_in':
      return actor.kind === 'officer' ? null : refuse('auth.required');
    case 'resident':
      return actor.kind === 'resident' ? null : refuse('auth.required');
    case 'action': {
      if (actor.kind !== 'officer') return refuse('auth.required');
      const posts = postsFor(app.permissions, actor, access.action);
      if (posts.length === 0) return refuse('auth.forbidden');
      if (access.target === 'tenant' && !covers(posts, tenantPrefix(app))) return refuse('auth.forbidden');
      return null;
    }
  }
}

/**
 * Whose post needs a second factor is answered nothing before he gave one; what must not be done at an unlocked desk needs
 * an officer who proved himself a moment ago.
 */
function refuseUnproved(app: App, contract: Contract, actor: Actor): Refusal | null {
  if (actor.kind !== 'officer' || contract.access.kind === 'public') return null;
  if (actor.session?.secondFactor === 'missing' && !contract.withoutSecondFactor) {
    return refuse('auth.second_factor_needed');
  }
  if (!contract.fresh) return null;
  const seconds = app.config.proofSeconds;
  const provedAt = actor.session?.provedAt.getTime() ?? Number.NEGATIVE_INFINITY;
  return app.now().getTime() - provedAt <= seconds * 1000 ? null : refuse('auth.proof_needed', { seconds });
}

/** The division prefix of the whole jurisdiction: 4 digits for a prefecture-level city, else 6. */
export function tenantPrefix(app: Pick<App, 'config'>): string {
  return app.config.jurisdiction.replace(/(?:00)+$/, '');
}

async function resolveTarget(
  app: App,
  targets: Targets,
  contract: Contract,
  request: FastifyRequest,
  actor: Actor,
  tx: ReadTx | undefined,
): Promise<Result<unknown>> {
  const { access } = contract;
  if (access.kind !== 'action' || !('param' in access)) return null;
  const resolver = targets.get(access.target);
  if (!resolver) throw new Error(`no resolver for target ${access.target} of ${contract.id}`);
  const id = String((request.params as Record<string, unknown>)[access.param] ?? '');
  if (hasForbiddenCharacters(id)) return refuse('http.not_found');
  const lock = contract.effect === 'write';
  if (tx) return resolver(tx, actor, access.action, id, { lock });
  return app.database.read(actor, (readTx) => resolver(readTx, actor, access.action, id, { lock: false }));
}

type Input = { params: unknown; query: unknown; body: unknown };

function parseInput(app: App, contract: Contract, request: FastifyRequest, locale: Locale): Result<Input> {
  const input: Input = { params: undefined, query: undefined, body: undefined };
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = contract[part];
    if (!schema) continue;
    const parsed = schema.safeParse(request[part] ?? (part === 'body' ? {} : undefined), { reportInput: true });
    if (!parsed.success) {
      return part === 'params' ? refuse('http.not_found') : invalidInput(parsed.error.issues, app.texts, locale);
    }
    const forbidden = forbiddenText(parsed.data);
    if (forbidden) {
      return part === 'params' ? refuse('http.not_found') : invalidInput([forbidden], app.texts, locale);
    }
    input[part] = parsed.data;
  }
  return input;
}
