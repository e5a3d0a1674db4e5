import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Config } from '../config/config.ts';
import { type AddressKind, addressKind } from './addresses.ts';

/**
 * The one way out of the platform over HTTP: gateways, webhooks, single sign-on, key services. Only hosts on a list are
 * called, only at addresses that were looked at, within a time and up to a size.
 */
export type OutgoingCalls = {
  /** Calls `url`, or throws `OutgoingFailed`. Any status is an answer. Redirects are followed for GET alone, if asked. */
  request(url: string | URL, call?: OutgoingCall): Promise<OutgoingAnswer>;
};

export type OutgoingCall = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the first look-up to the last byte; 10 s unless told. */
  readonly timeoutMs?: number;
  /** Largest answer; 1 MiB unless told. */
  readonly maxBytes?: number;
  /** How many redirects to follow; 0 unless told, and then a redirect is refused. */
  readonly redirects?: number;
};

export type OutgoingAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type OutgoingRules = {
  /** `sms.example.gov.cn`, `*.example.gov.cn` for everything below it, with `:port` if only that one is meant. */
  readonly hosts: readonly string[];
  /** Hosts, written alike, that may lie on this machine or in the operator's own network. They need no second entry. */
  readonly privateHosts: readonly string[];
};

/** All addresses of a name. Tests give their own. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type OutgoingFailure =
  | 'scheme_refused'
  | 'host_refused'
  | 'address_refused'
  | 'redirect_refused'
  | 'answer_too_large'
  | 'timeout'
  | 'unreachable';

/** Why a call did not bring an answer. The message names neither path nor content. */
export class OutgoingFailed extends Error {
  override readonly name = 'OutgoingFailed';
  readonly code: OutgoingFailure;

  constructor(code: OutgoingFailure, host: string, cause?: unknown) {
    super(`outgoing call to ${host}: ${code}`, { cause });
    this.code = code;
  }
}

const MEBIBYTE = 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that speak to one host alone. */
const CREDENTIALS = /^(authorization|cookie|proxy-authorization|x-gongzhi-.*)$/i;

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

export function createOutgoing(rules: OutgoingRules, resolve: Resolve = resolveAll): OutgoingCalls {
  return {
    async request(url, call = {}) {
      const signal = AbortSignal.timeout(call.timeoutMs ?? 10_000);
      let target = new URL(url);
      let headers = call.headers ?? {};
      for (let left = call.redirects ?? 0; ; left -= 1) {
        const address = await pin(rules, resolve, target, signal);
        const answer = await exchange(target, address, { ...call, headers }, signal);
        const location = answer.headers.location;
        if (!REDIRECTS.has(answer.status) || typeof location !== 'string') return answer;
        const next = URL.canParse(location, target) ? new URL(location, target) : null;
        const downgrade = target.protocol === 'https:' && next?.protocol !== 'https:';
        if (left <= 0 || next === null || downgrade || (call.method ?? 'GET') !== 'GET') {
          throw new OutgoingFailed('redirect_refused', target.host);
        }
        if (next.origin !== target.origin) {
          headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.test(name)));
        }
        target = next;
      }
    },
  };
}

/** What the settings allow: the hosts listed there, and those that other settings name. */
export function configuredOutgoing(
  config: Pick<Config, 'outgoingHosts' | 'outgoingPrivateHosts' | 'smsUrl' | 'ssoIssuer' | 'assistantUrl'>,
  resolve?: Resolve,
): OutgoingCalls {
  const named = [config.smsUrl, config.ssoIssuer, config.assistantUrl].flatMap((url) =>
    url === null ? [] : new URL(url).host,
  );
  return createOutgoing(
    { hosts: [...config.outgoingHosts, ...named], privateHosts: config.outgoingPrivateHosts },
    resolve,
  );
}

/** Whether the list names the host (and its port, where it says one). */
export function isListed(hosts: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname.replace(/\.$/, '').toLowerCase();
  return hosts.some((entry) => {
    const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry.trim().toLowerCase());
    const name = match?.[1];
    if (name === undefined || (match?.[2] !== undefined && match[2] !== port)) return false;
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : host === name;
  });
}

/**
 * Looks the name up once and answers the address to connect to, so that a name that changes its mind between check and
 * connection gains nothing. One bad address among several refuses them all.
 */
async function pin(rules: OutgoingRules, resolve: Resolve, url: URL, signal: AbortSignal): Promise<string> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new OutgoingFailed('scheme_refused', url.host);
  if (url.username !== '' || url.password !== '') throw new OutgoingFailed('host_refused', url.host);
  const mayBePrivate = isListed(rules.privateHosts, url);
  if (!mayBePrivate && !isListed(rules.hosts, url)) throw new OutgoingFailed('host_refused', url.host);
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(literal) ? [literal] : await lookUp(resolve, url, signal);
  const allowed: readonly AddressKind[] = mayBePrivate ? ['public', 'private'] : ['public'];
  const [first] = addresses;
  if (first === undefined) throw new OutgoingFailed('unreachable', url.host);
  if (!addresses.every((address) => allowed.includes(addressKind(address)))) {
    throw new OutgoingFailed('address_refused', url.host);
  }
  return first;
}

async function lookUp(resolve: Resolve, url: URL, signal: AbortSignal): Promise<readonly string[]> {
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new OutgoingFailed('timeout', url.host)), { once: true });
  });
  try {
    return await Promise.race([resolve(url.hostname), expired]);
  } catch (error) {
    throw error instanceof OutgoingFailed ? error : new OutgoingFailed('unreachable', url.host, error);
  }
}

/** One request to one address. The name still stands in Host and is what the certificate must be for. */
function exchange(url: URL, address: string, call: OutgoingCall, signal: AbortSignal): Promise<OutgoingAnswer> {
  const family = isIP(address);
  const pinned: LookupFunction = (_host, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  // A new connection each time: one that is kept might have been made under other rules.
  const options: RequestOptions = {
    method: call.method ?? 'GET',
    headers: { 'user-agent': 'gongzhi', ...call.headers, ...lengthOf(call.body) },
    lookup: pinned,
    agent: false,
    signal,
    maxHeaderSize: 16 * 1024,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(failureOf(error, url, signal));
    const make = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = make(url, options, (answer) => {
      collect(answer, call.maxBytes ?? MEBIBYTE, url).then(resolve, fail);
    });
    request.on('error', fail);
    request.end(call.body);
  });
}

function lengthOf(body: string | Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

async function collect(answer: IncomingMessage, most: number, url: URL): Promise<OutgoingAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) {
      answer.destroy();
      throw new OutgoingFailed('answer_too_large', url.host);
    }
    parts.push(part);
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) };
}

function failureOf(error: unknown, url: URL, signal: AbortSignal): OutgoingFailed {
  if (error instanceof OutgoingFailed) return error;
  return new OutgoingFailed(signal.aborted ? 'timeout' : 'unreachable', url.host, error);
}
