import type { z } from 'zod';

/**
 * One contract per endpoint: input, output, refusals, and who may call it. Server, client types, OpenAPI and the
 * permission matrix derive from it. Contracts import nothing of Node, so that screens can use them.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route. A route without `access` does not start.
 * - `public`: anyone. `signed_in`: any officer with a session. `resident`: a requester proved by code.
 * - `action`: an officer with a post whose role grants the action. `target` names what the path parameter `param`
 *   points to; the module that owns the target kind resolves it and says whether it is in the actor's scope, BEFORE
 *   the body is looked at. `tenant`: the post must cover the whole jurisdiction. `visible`: the handler lists only
 *   what the actor may see.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'resident' }
  | { readonly kind: 'action'; readonly action: string; readonly target: 'tenant' | 'visible' }
  | { readonly kind: 'action'; readonly action: string; readonly target: TargetKind; readonly param: string };

export type TargetKind = 'case' | 'area' | 'organisation' | 'post' | 'file' | 'joint' | 'duty_call';

/** What the route does with the transaction: `read` and `write` run the handler inside one, `none` gives it none. */
export type Effect = 'read' | 'write' | 'none';

export type Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  /** `module.verb_noun`, unique; the OpenAPI operationId. */
  readonly id: string;
  readonly method: Method;
  /** Fastify path, e.g. `/api/cases/:id/dispatch`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly effect: Effect;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** HTTP status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Codes this route may answer with beside the general ones. */
  readonly refusals: readonly string[];
  /** Largest body in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /**
   * Needs a fresh proof: the officer gave a password or a second factor within `proofSeconds` (120 unless configured).
   * For what must not be done at an unlocked desk: unmasking, exports, posts, accounts, keys. The office asks and
   * repeats the call by itself; whoever holds the action of such a route also needs a second factor.
   */
  readonly fresh?: boolean;
  /**
   * Shows what not everybody may see of somebody: each answer is recorded before it is given, and no answer is given
   * that could not be recorded. Refused attempts of officers are recorded on every route.
   */
  readonly sensitive?: boolean;
  /**
   * The answer holds what must not lie about: it is not kept for repeats, so a repeated POST is done once more (and
   * logged once more).
   */
  readonly unkept?: boolean;
  /** Answered also to officers who have yet to give the second factor their post needs: what leads there. */
  readonly withoutSecondFactor?: boolean;
  /** Asked by pages by themselves (counts, event streams): does not keep an idle session alive. */
  readonly passive?: boolean;
  /** Requests an account may make in a minute, if it makes no others; another way to say `cost`. */
  readonly perMinute?: number;
  /** Tokens a call takes from its caller's bucket (rates.ts); 1 for reading and 3 for writing unless told. */
  readonly cost?: number;
};

/** Declares a contract, keeping its schemas' types and its effect, from which the handler's transaction follows. */
export function defineContract<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
  const E extends Effect = Effect,
>(
  contract: Contract<Params, Query, Body, Answer> & { readonly effect: E },
): Contract<Params, Query, Body, Answer> & { readonly effect: E } {
  return contract;
}

export type ParamsOf<C> = C extends Contract<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<C> = C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<C> = C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type AnswerOf<C> = C extends Contract<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.input<A> : never;
