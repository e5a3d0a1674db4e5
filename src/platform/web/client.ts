import type { z } from 'zod';
import type { FieldError, RefusalDetails } from '../../kit/result.ts';
import type { AnswerOf, Contract } from '../http/contract.ts';
import { isNobodyThere, PASSIVE_HEADER } from './activity.ts';
import { noteServerTime } from './clock.ts';
import { randomKey } from './keys.ts';
import { currentLocale } from './locale.ts';

/**
 * What the server refused, or what went wrong on the way. `title` and `detail` come in the reader's language; for
 * codes that begin with `client.` there was no answer and the texts stand in the web catalogue (`refusal.<code>`).
 */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly details: RefusalDetails;

  constructor(problem: {
    status: number;
    code: string;
    title?: string | undefined;
    detail?: string | undefined;
    errors?: readonly FieldError[] | undefined;
    details?: RefusalDetails | undefined;
  }) {
    super(`${problem.status} ${problem.code}`);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title ?? '';
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.details = problem.details ?? {};
  }
}

/** True for a refusal with this code. */
export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code);
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : never;
type ParamsIn<C> = C extends Contract<infer P, z.ZodType, z.ZodType, z.ZodType> ? InputOf<P> : never;
type QueryIn<C> = C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? InputOf<Q> : never;
type BodyIn<C> = C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? InputOf<B> : never;

/** A part that the contract does not have may not be given; one without required fields may be left out. */
type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : Record<string, never> extends Value
    ? { readonly [K in Name]?: Value }
    : { readonly [K in Name]: Value };

export type Options = {
  /** Kept by the caller over several tries of the same thing; made here when left out. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Proof of a resident, who has no session cookie; sent as `Authorization: Bearer`. */
  readonly token?: string;
};

export type Input<C extends Contract> = Part<'params', ParamsIn<C>> &
  Part<'query', QueryIn<C>> &
  Part<'body', BodyIn<C>> &
  Options;

type Given = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown } & Options;
type CallArguments<C extends Contract> =
  Record<string, never> extends Input<C> ? [input?: Input<C>] : [input: Input<C>];

/** Waits before the second and third try when the network failed; a POST keeps its key, so it cannot double. */
const PAUSES = [300, 1_200];

/**
 * Calls an endpoint by its contract. Answers the contract's answer; throws `ProblemError` for refusals (any 4xx, 5xx)
 * and with code `client.offline` when no answer came after three tries. An aborted signal throws its own AbortError.
 */
export async function call<C extends Contract>(contract: C, ...[input]: CallArguments<C>): Promise<AnswerOf<C>> {
  return (await ask(contract, input ?? {}, readAnswer)) as AnswerOf<C>;
}

/** Calls an endpoint that answers a file, and hands it to the browser to save under `name`. Throws as `call` does. */
export async function download<C extends Contract>(contract: C, name: string, input: Input<C>): Promise<void> {
  const file = (await ask(contract, input, readFile)) as Blob;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function ask(contract: Contract, given: Given, read: (response: Response) => Promise<unknown>): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLocale() };
  if (contract.method === 'POST') headers['idempotency-key'] = given.idempotencyKey ?? randomKey();
  if (isNobodyThere()) headers[PASSIVE_HEADER] = '1';
  if (given.token !== undefined) headers.authorization = `Bearer ${given.token}`;
  const form = given.body instanceof FormData ? given.body : undefined;
  if (given.body !== undefined && form === undefined) headers['content-type'] = 'application/json';
  const request: RequestInit = { method: contract.method, headers, credentials: 'same-origin' };
  if (given.body !== undefined) request.body = form ?? JSON.stringify(given.body);
  if (given.signal) request.signal = given.signal;
  const attempt = async () => read(await send(address(contract, given), request, canRepeat(contract)));
  return withChallenges(attempt);
}

/** Asks the person for what the server wants first; answers whether that was given, so that the call is repeated. */
export type Challenge = (problem: ProblemError) => Promise<boolean>;

/** Refusals that the person can put right on the spot: prove himself, sign in again, give a second factor. */
const CHALLENGES = new Set(['auth.proof_needed', 'auth.required', 'client.signed_out', 'auth.second_factor_needed']);

let answer: Challenge | undefined;

/** Names who asks the person when a refusal can be put right on the spot; answers how to take that back. */
export function answerChallenges(challenge: Challenge): () => void {
  answer = challenge;
  return () => {
    if (answer === challenge) answer = undefined;
  };
}

/** Runs `attempt`, and once more when the person gave the proof that the server asked for. */
export async function withChallenges<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!isProblem(error) || !CHALLENGES.has(error.code) || !(await answer?.(error))) throw error;
    return attempt();
  }
}

function canRepeat(contract: Contract): boolean {
  return contract.method !== 'PATCH';
}

/** Builds path and query of a contract's endpoint, e.g. for links to files and exports. */
export function address(
  contract: Pick<Contract, 'path'>,
  given: { readonly params?: unknown; readonly query?: unknown } = {},
): string {
  const params = (given.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = contract.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((given.query ?? {}) as Readonly<Record<string, unknown>>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(url: string, request: RequestInit, repeat: boolean): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const pause = repeat ? PAUSES[attempt] : undefined;
    try {
      const response = await fetch(url, request);
      noteServerTime(response.headers.get('date'));
      if (![502, 503, 504].includes(response.status) || pause === undefined) return response;
    } catch (error) {
      if (request.signal?.aborted) throw error;
      if (pause === undefined) throw new ProblemError({ status: 0, code: 'client.offline' });
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw problemOf(response.status, text);
}

async function readFile(response: Response): Promise<Blob> {
  if (response.ok) return response.blob();
  throw problemOf(response.status, await response.text());
}

const STANDARD = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'errors', 'details']);

/** What an answer without a problem document means: a proxy speaks while the platform is down or starting. */
function codeWithoutProblem(status: number): string {
  if (status === 401) return 'client.signed_out';
  return [502, 503, 504].includes(status) ? 'client.unavailable' : 'client.unexpected';
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads problem+json; anything else (a proxy's page) becomes `client.unexpected`. */
export function problemOf(status: number, text: string): ProblemError {
  const body = parsed(text);
  if (typeof body?.code !== 'string') {
    return new ProblemError({ status, code: codeWithoutProblem(status) });
  }
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !STANDARD.has(name)));
  return new ProblemError({
    status,
    code: body.code,
    title: typeof body.title === 'string' ? body.title : undefined,
    detail: typeof body.detail === 'string' ? body.detail : undefined,
    errors: Array.isArray(body.errors) ? (body.errors as FieldError[]) : undefined,
    details: (typeof body.details === 'object' && body.details !== null ? body.details : rest) as RefusalDetails,
  });
}

/**
 * Sends a file with progress (0…1), which fetch cannot tell. Answers the parsed answer; throws `ProblemError` as
 * `call` does. Not repeated by itself: give the same `idempotencyKey` when the person tries again.
 */
export function upload(url: string, form: FormData, options: UploadOptions = {}): Promise<unknown> {
  const idempotencyKey = options.idempotencyKey ?? randomKey();
  return withChallenges(() => sendForm(url, form, { ...options, idempotencyKey }));
}

type UploadOptions = Options & { readonly onProgress?: (part: number) => void };

function sendForm(url: string, form: FormData, options: UploadOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', currentLocale());
    if (options.idempotencyKey) request.setRequestHeader('idempotency-key', options.idempotencyKey);
    if (options.token !== undefined) request.setRequestHeader('authorization', `Bearer ${options.token}`);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.responseText === '' ? undefined : JSON.parse(request.responseText));
      } else reject(problemOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new ProblemError({ status: 0, code: 'client.offline' })));
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
