import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isRefusal, type Refusal, refuse } from '../../kit/result.ts';
import type { App, Module, Route, TargetResolver } from '../app.ts';
import type { Actor } from '../auth/actor.ts';
import { type Locale, negotiate } from '../i18n/texts.ts';
import { serveApiDocs } from './api-docs.ts';
import type { Contract, TargetKind } from './contract.ts';
import { openApiDocument } from './openapi.ts';
import { problemOf } from './problem.ts';
import { HTTP_REFUSALS } from './refusals.ts';
import { serve } from './serve.ts';
import { pageFor, serveWeb } from './web-files.ts';

/** Says who a request comes from; a refusal when its credentials are no longer good. */
export type ActorResolver = (request: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly address: string;
  /** Pattern of the route: under `/api/public/` nobody acts as an officer. */
  readonly path: string;
  /** Asked by a page by itself: does not keep an idle session alive. */
  readonly passive: boolean;
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

const MEBIBYTE = 1024 * 1024;

/** Builds the HTTP server: every module's routes, problem details, API docs, health, static web. It does not listen. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { app, modules } = parts;
  const statuses = joinStatuses(modules);
  const server = Fastify({
    // We log requests ourselves (logRequests): Fastify's own lines would hold the URL.
    logger: false,
    trustProxy: app.config.trustProxy,
    bodyLimit: MEBIBYTE,
    connectionTimeout: 20_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 10_000,
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  server.decorateRequest('actor', null);
  server.decorateRequest('locale', 'zh-CN');
  const refuseWith = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) =>
    sendProblem(app, statuses, request, reply, refusal);

  server.addHook('onRequest', async (request) => {
    request.locale = negotiate(String(request.headers['x-language'] ?? request.headers['accept-language'] ?? ''));
  });
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const refusal = refusalOfError(error, request, app);
    return refuseWith(request, reply, refusal);
  });
  server.addHook('preClose', async () => app.hub.close());
  await registerPlugins(server, app);
  logRequests(server, app);
  const contracts = await registerRoutes(server, parts, refuseWith);
  registerHealth(server, app);
  await serveApiDocs(server, openApiDocument(contracts, statuses, parts.version));
  if (parts.webFolder) await serveWeb(server, parts.webFolder);
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    // A part of an older build that is gone must be seen to be gone, not answered with a page.
    const isScreen = request.method === 'GET' && !path.startsWith('/api/') && !path.includes('/assets/');
    const page = parts.webFolder && isScreen ? pageFor(parts.webFolder, path) : null;
    if (!page) return refuseWith(request, reply, refuse('http.not_found'));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
  return server;
}

async function registerPlugins(server: FastifyInstance, app: App): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: app.config.baseUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  await server.register(cookie);
  await server.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  await server.register(multipart, {
    limits: { files: 1, fileSize: app.config.fileSizeLimit, fields: 10 },
    throwFileSizeLimit: true,
  });
  if (app.config.rateLimits) {
    await server.register(rateLimit, {
      global: true,
      max: 3000,
      timeWindow: 60_000,
      errorResponseBuilder: (_request, context) =>
        Object.assign(new Error('too many requests'), { statusCode: 429, seconds: Math.ceil(context.ttl / 1000) }),
    });
  }
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
  for (const route of routes) {
    const { contract } = route;
    server.route({
      method: contract.method,
      url: contract.path,
      bodyLimit: contract.bodyLimit ?? MEBIBYTE,
      config: {
        contract,
        ...(contract.perMinute && app.config.rateLimits
          ? { rateLimit: { max: contract.perMinute, timeWindow: 60_000 } }
          : {}),
      },
      handler: async (request, reply) => {
        const actor = await parts.resolveActor({
          headers: request.headers,
          address: request.ip,
          path: contract.path,
          passive: contract.passive === true,
        });
        request.actor = actor;
        const foreign = refuseForeignOrigin(app, request);
        if (foreign) return refuseWith(request, reply, foreign);
        const outcome = await serve(app, targets, route, request, reply, { actor, locale: request.locale }, statuses);
        if (isRefusal(outcome)) return refuseWith(request, reply, outcome);
        if (reply.sent || reply.raw.headersSent) return reply;
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
        return reply.code(outcome.status).send(outcome.answer);
      },
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

/** Cookies are same-site; this also refuses state changes whose Origin is another site. */
function refuseForeignOrigin(app: App, request: FastifyRequest): Refusal | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  const origin = request.headers.origin;
  if (origin === undefined) return null;
  const own = new Set([`${request.protocol}://${request.host}`, app.config.baseUrl]);
  return own.has(origin) ? null : refuse('http.origin_refused');
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

/** Maps what Fastify and the database throw. Anything unknown is logged with its stack and answers 500 without it. */
function refusalOfError(error: FastifyError & { seconds?: number }, request: FastifyRequest, app: App): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse('http.bad_json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return refuse('http.body_too_large', { limitMb: limitOf(request, app) });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return refuse('http.unsupported_media_type');
  }
  if (error.statusCode === 429) return refuse('http.too_many_requests', { seconds: error.seconds ?? 60 });
  if (isDatabaseAway(error)) {
    app.log.error({ code: error.code, requestId: request.id }, 'database away');
    return refuse('http.unavailable', { seconds: 5 });
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return refuse('http.bad_request');
  app.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'unexpected error');
  return refuse('http.internal');
}

function limitOf(request: FastifyRequest, app: App): number {
  const limit = request.isMultipart?.() ? app.config.fileSizeLimit : (request.routeOptions.bodyLimit ?? MEBIBYTE);
  return Math.round(limit / MEBIBYTE);
}

const DATABASE_AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
]);

function isDatabaseAway(error: { code?: string; message?: string }): boolean {
  return (
    DATABASE_AWAY.has(error.code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message ?? '')
  );
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
