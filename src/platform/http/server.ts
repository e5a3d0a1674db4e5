import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import type { App, Module, Route, TargetResolver } from '../app.ts';
import type { Actor } from '../auth/actor.ts';
import type { ReadTx } from '../database/database.ts';
import { type Locale, negotiate } from '../i18n/texts.ts';
import { serveMetrics } from '../observe/serve-metrics.ts';
import { inSpan } from '../observe/trace.ts';
import { serveApiDocs } from './api-docs.ts';
import { answerClientErrors } from './client-errors.ts';
import {
  BYTES_PER_SECOND,
  type ConnectionLimits,
  rawAnswer,
  REQUESTS_OF_CONNECTION,
  serverOptions,
  watchConnections,
} from './connections.ts';
import type { Contract, TargetKind } from './contract.ts';
import { refusalOfError } from './errors.ts';
import { MEBIBYTE } from './limits.ts';
import { refuseForeignOrigin } from './origin.ts';
import { type Policies, policiesFor } from './policies.ts';
import { openApiDocument } from './openapi.ts';
import { plainProblem, problemOf } from './problem.ts';
import { addressKey, costOf } from './rates.ts';
import { HTTP_REFUSALS } from './refusals.ts';
import { serve } from './serve.ts';
import { createTogether } from './together.ts';
import { isScreen, sendPage, serveWeb } from './web-files.ts';

/** Says who a request comes from; a refusal when its credentials are no longer good. */
export type ActorResolver = (request: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly address: string;
  /** Pattern of the route: under `/api/public/` nobody acts as an officer. */
  readonly path: string;
  /** Asked by a page by itself: does not keep an idle session alive. */
  readonly passive: boolean;
  /** The transaction of `signInActor` in which it is looked up; without one in a transaction of its own. */
  readonly tx?: ReadTx | undefined;
}) => Promise<Actor>;

export type ServerParts = {
  readonly app: App;
  readonly modules: readonly Module[];
  readonly resolveActor: ActorResolver;
  /** Folder of the built web applications; null serves the API alone. */
  readonly webFolder: string | null;
  readonly version: string;
};

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    locale: Locale;
  }
  interface FastifyContextConfig {
    contract?: Contract;
  }
}

/** Builds the HTTP server: every module's routes, problem details, API docs, health, static web. It does not listen. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { app, modules } = parts;
  const statuses = joinStatuses(modules);
  const policies = policiesFor(app.config.baseUrl.startsWith('https:'));
  const limits: ConnectionLimits = {
    seconds: app.config.slowSeconds,
    bytesPerSecond: BYTES_PER_SECOND,
    requests: REQUESTS_OF_CONNECTION,
    connections: app.config.connections,
  };
  const answer = (request: FastifyRequest, reply: FastifyReply, error: unknown) =>
    sendProblem(app, statuses, request, reply, refusalOfError(error, request, app));
  const server = Fastify({
    // We log requests ourselves (logRequests): Fastify's own lines would hold the URL.
    logger: false,
    trustProxy: trustedProxies(app.config.trustProxy),
    bodyLimit: MEBIBYTE,
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    http: serverOptions(limits),
    keepAliveTimeout: serverOptions(limits).keepAliveTimeout,
    requestTimeout: serverOptions(limits).requestTimeout,
    // What the router cannot read passes no hook.
    frameworkErrors: (error, request, reply) => {
      reply.headers(policies.headers);
      request.locale = localeOf(request);
      void answer(request, reply, error);
    },
    clientErrorHandler: answerClientErrors(app, policies, statuses),
  });
  server.decorateRequest('actor', null);
  server.decorateRequest('locale', 'zh-CN');
  const refuseWith = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) =>
    sendProblem(app, statuses, request, reply, refusal);

  guardConnections(server, app, policies, statuses, limits);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(policies.headers);
    request.locale = localeOf(request);
    if (closing.has(server)) {
      reply.header('connection', 'close');
      return refuseWith(request, reply, refuse('http.unavailable', { seconds: 10 }));
    }
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      return refuseWith(request, reply, refuse('http.bad_request'));
    }
    const refusal = chargeAddress(app, request) ?? refuseForeignOrigin(request, app.config.baseUrl);
    return refusal ? refuseWith(request, reply, refusal) : undefined;
  });
  server.setErrorHandler(async (error, request, reply) => answer(request, reply, error));
  server.addHook('preClose', async () => {
    closing.add(server);
    app.hub.close();
  });
  await registerPlugins(server, app);
  logRequests(server, app);
  serveMetrics(server, app);
  const contracts = await registerRoutes(server, parts, refuseWith);
  registerHealth(server, app);
  await serveApiDocs(server, () => openApiDocument(contracts, statuses, parts.version));
  const screen = async (request: FastifyRequest, reply: FastifyReply) => {
    const folder = isScreen(request) ? parts.webFolder : null;
    const sent = folder === null ? null : await sendPage(folder, policies, request, reply);
    return sent ?? refuseWith(request, reply, refuse('http.not_found'));
  };
  if (parts.webFolder) await serveWeb(server, parts.webFolder, screen);
  server.setNotFoundHandler(screen);
  return server;
}

/** Servers that are stopping: what still comes over a connection that is kept is told to come again. */
const closing = new WeakSet<FastifyInstance>();

const localeOf = (request: FastifyRequest): Locale =>
  negotiate(String(request.headers['x-language'] ?? request.headers['accept-language'] ?? ''));

/**
 * `true` means one proxy, right in front: what it adds is the last address in X-Forwarded-For. Those before it come from
 * the caller, who can write what he likes.
 */
function trustedProxies(setting: App['config']['trustProxy']) {
  return setting === true ? (_address: string, hop: number) => hop === 0 : setting;
}

/** Policies also on what Fastify does not write, and an end for connections that dawdle. */
function guardConnections(
  server: FastifyInstance,
  app: App,
  policies: Policies,
  statuses: ReadonlyMap<string, number>,
  limits: ConnectionLimits,
): void {
  server.server.prependListener('request', (_request, response) => {
    for (const [name, value] of Object.entries(policies.headers)) response.setHeader(name, value);
  });
  server.server.on('checkExpectation', (_request, response: ServerResponse) => {
    for (const [name, value] of Object.entries(policies.headers)) response.setHeader(name, value);
    const { status, body } = plainProblem(app, statuses, 'http.expectation_failed');
    response.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' });
    response.end(body);
  });
  const late = () => rawAnswer(408, policies.headers, plainProblem(app, statuses, 'http.timeout').body);
  const stop = watchConnections(server.server, limits, late);
  server.addHook('onClose', async () => stop());
}

/** Taken before anything is looked up; who turns out to be signed in gets it back and pays from his account. */
function chargeAddress(app: App, request: FastifyRequest): Refusal | null {
  const contract = request.routeOptions.config.contract;
  const seconds = app.rates.take('address', addressKey(request.ip), contract ? costOf(contract) : 1);
  return seconds === 0 ? null : refuse('http.too_many_requests', { seconds });
}

function chargeAccount(app: App, request: FastifyRequest, actor: Actor, contract: Contract): Refusal | null {
  const key =
    actor.kind === 'officer' ? actor.userId : actor.kind === 'resident' ? (actor.phoneIndex ?? actor.caseId) : null;
  if (key === null || actor.kind === 'anonymous') return null;
  const cost = costOf(contract);
  app.rates.give('address', addressKey(request.ip), cost);
  const seconds = app.rates.take('account', `${actor.kind} ${key}`, cost);
  return seconds === 0 ? null : refuse('http.too_many_requests', { seconds });
}

async function registerPlugins(server: FastifyInstance, app: App): Promise<void> {
  await server.register(cookie);
  await server.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  await server.register(multipart, {
    limits: { files: 1, fileSize: app.config.fileSizeLimit, fields: 10 },
    throwFileSizeLimit: true,
  });
}

async function registerRoutes(
  server: FastifyInstance,
  parts: ServerParts,
  refuseWith: (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => Promise<FastifyReply>,
): Promise<Contract[]> {
  const { app, modules } = parts;
  const targets = new Map<TargetKind, TargetResolver>();
  for (const module of modules) {
    for (const [kind, resolver] of Object.entries(module.targets?.(app) ?? {})) {
      targets.set(kind as TargetKind, resolver);
    }
  }
  const routes = modules.flatMap((module) => module.routes(app));
  checkContracts(app, modules, routes);
  const statuses = joinStatuses(modules);
  const together = createTogether(app);
  for (const route of routes) {
    const { contract } = route;
    server.route({
      method: contract.method,
      url: contract.path,
      bodyLimit: contract.bodyLimit ?? MEBIBYTE,
      config: { contract },
      handler: (request, reply) =>
        inSpan('request', { 'http.route': contract.path, 'http.request.method': contract.method }, async () => {
          const identify = async (tx: ReadTx | undefined) => {
            const actor = await parts.resolveActor({
              headers: request.headers,
              address: request.ip,
              path: contract.path,
              passive: contract.passive === true,
              tx,
            });
            request.actor = actor;
            return chargeAccount(app, request, actor, contract) ?? { actor, locale: request.locale };
          };
          const outcome = await serve(app, targets, route, request, reply, identify, statuses, together);
          if (isRefusal(outcome)) return refuseWith(request, reply, outcome);
          if (reply.sent || reply.raw.headersSent) return reply;
          if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
          return reply.code(outcome.status).send(outcome.answer);
        }),
    });
  }
  return routes.map((route) => route.contract);
}

/** A route without a permission, an id twice, an action nobody holds, a refusal without status or text: no start. */
function checkContracts(app: App, modules: readonly Module[], routes: readonly Route[]): void {
  const statuses = joinStatuses(modules);
  const granted = new Set([...app.permissions.values()].flatMap((actions) => [...actions]));
  const seen = new Set<string>();
  for (const { contract } of routes) {
    if (seen.has(contract.id)) throw new Error(`contract ${contract.id} is declared twice`);
    seen.add(contract.id);
    if (!contract.access) throw new Error(`route ${contract.id} declares no permission`);
    if (contract.access.kind === 'action' && !granted.has(contract.access.action)) {
      throw new Error(`route ${contract.id}: no role holds ${contract.access.action}`);
    }
    for (const code of contract.refusals) {
      if (!statuses.has(code)) throw new Error(`route ${contract.id}: refusal ${code} has no status`);
    }
  }
  for (const code of statuses.keys()) {
    if (app.texts['zh-CN'][`refusal.${code}`] === undefined) throw new Error(`refusal ${code} has no text`);
  }
}

function joinStatuses(modules: readonly Module[]): ReadonlyMap<string, number> {
  const statuses = new Map<string, number>(Object.entries(HTTP_REFUSALS));
  for (const module of modules) {
    for (const [code, status] of Object.entries(module.refusals)) statuses.set(code, status);
  }
  return statuses;
}

async function sendProblem(
  app: App,
  statuses: ReadonlyMap<string, number>,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): Promise<FastifyReply> {
  const problem = problemOf(refusal, { texts: app.texts, locale: request.locale, statuses, requestId: request.id });
  if ((problem.status === 429 || problem.status === 503) && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', String(refusal.details.seconds ?? 5));
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}

/** One line a request: route pattern, never the URL, which could carry what a person typed. */
function logRequests(server: FastifyInstance, app: App): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    if (route === '/api/health' || route === '/api/ready') return;
    // Reading is the bulk of all requests; what was changed or refused is worth a line by default.
    const level = request.method === 'GET' && reply.statusCode < 400 ? 'debug' : 'info';
    app.log[level](
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        actor: request.actor?.kind,
      },
      'request',
    );
  });
}

function registerHealth(server: FastifyInstance, app: App): void {
  server.get('/api/health', async () => ({ status: 'up' }));
  server.get('/api/ready', async (_request, reply) => {
    const database = await app.database.healthy();
    return reply.code(database ? 200 : 503).send({ status: database ? 'ready' : 'database_away' });
  });
}
