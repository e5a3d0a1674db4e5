import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How long a connection may dawdle. Node's own limits are looked at every 30 s unless told, know nothing of a reader
 * that takes a byte a second, and would cut off an honest photo on a slow phone: so what counts here is progress.
 */
export type ConnectionLimits = {
  /** For the headers; and how far behind `bytesPerSecond` a body or an answer may fall. */
  readonly seconds: number;
  /** Slower than any phone that still loads pages. */
  readonly bytesPerSecond: number;
  /** Connections at a time; more are refused. */
  readonly connections: number;
  /** Requests over one connection; with the answer to the last it is closed, so that nobody keeps a place for ever. */
  readonly requests: number;
};

export const BYTES_PER_SECOND = 2048;
export const REQUESTS_OF_CONNECTION = 10_000;
/** However fast, a request of the largest size is in by then. */
const REQUEST_SECONDS = 900;
export const HEADER_BYTES = 16 * 1024;

/** What Node is to watch; the rest is `watchConnections`. */
export function serverOptions(limits: ConnectionLimits) {
  return {
    headersTimeout: limits.seconds * 1000,
    // Limits that are looked at rarely are no limits.
    connectionsCheckingInterval: Math.min(1000, limits.seconds * 250),
    maxHeaderSize: HEADER_BYTES,
    requestTimeout: REQUEST_SECONDS * 1000,
    keepAliveTimeout: 10_000,
    noDelay: true,
    // Asked for by us, so that the refusal looks like every other.
    requireHostHeader: false,
  };
}

/** Bytes so far, when they were looked at, and the seconds of dawdling that are left. */
type Direction = { at: number; bytes: number; left: number } | null;

/** One connection: what is under way in each direction, since when and how far. */
type Watched = {
  incoming: IncomingMessage | null;
  requests: number;
  /** Bytes the connection had brought when the body began. */
  receiving: Direction;
  sending: Direction;
  response: ServerResponse | null;
};

/** Closes connections that fall behind; answers how to stop watching. */
export function watchConnections(server: Server, limits: ConnectionLimits, answer408: () => string): () => void {
  const watched = new Map<Socket, Watched>();
  server.maxConnections = limits.connections;
  const onConnection = (socket: Socket) => {
    watched.set(socket, { incoming: null, requests: 0, receiving: null, sending: null, response: null });
    socket.once('close', () => watched.delete(socket));
  };
  const onRequest = (incoming: IncomingMessage, response: ServerResponse) => {
    const connection = watched.get(incoming.socket);
    if (!connection) return;
    connection.incoming = incoming;
    connection.response = response;
    connection.requests += 1;
    // Node's own limit tells the caller, and goes on answering one who does not listen, without our headers.
    if (connection.requests >= limits.requests) response.shouldKeepAlive = false;
    connection.receiving = { at: performance.now(), bytes: incoming.socket.bytesRead, left: limits.seconds };
  };
  server.on('connection', onConnection);
  server.prependListener('request', onRequest);
  const turn = setInterval(
    () => {
      const now = performance.now();
      for (const [socket, connection] of watched) {
        if (isSlowSender(socket, connection, limits, now)) cut(socket, connection, answer408());
        else if (isSlowReader(socket, connection, limits, now)) socket.resetAndDestroy();
      }
    },
    Math.min(1000, limits.seconds * 250),
  );
  turn.unref();
  return () => {
    clearInterval(turn);
    server.off('connection', onConnection);
    server.off('request', onRequest);
  };
}

function isSlowSender(socket: Socket, connection: Watched, limits: ConnectionLimits, now: number): boolean {
  const { incoming, receiving } = connection;
  if (!incoming || !receiving) return false;
  // Complete, or answered without reading the rest: from here on it is the reader's turn.
  if (incoming.complete || incoming.destroyed) {
    connection.receiving = null;
    return false;
  }
  // What has arrived and was not taken yet is our own slowness.
  if (incoming.readableLength >= incoming.readableHighWaterMark || socket.isPaused()) receiving.at = now;
  return isBehind(receiving, socket.bytesRead, limits, now);
}

function isSlowReader(socket: Socket, connection: Watched, limits: ConnectionLimits, now: number): boolean {
  const waiting = socket.writableLength + (connection.response?.writableLength ?? 0);
  if (waiting === 0) {
    connection.sending = null;
    return false;
  }
  const sent = socket.bytesWritten - socket.writableLength;
  connection.sending ??= { at: now, bytes: sent, left: limits.seconds };
  return isBehind(connection.sending, sent, limits, now);
}

/**
 * Everyone may dawdle for `seconds`. Bytes win them back, at the least speed, and never more than that: a burst at the
 * beginning must not buy an hour of silence.
 */
function isBehind(way: NonNullable<Direction>, bytes: number, limits: ConnectionLimits, now: number): boolean {
  const won = (bytes - way.bytes) / limits.bytesPerSecond;
  way.left = Math.min(limits.seconds, way.left + won) - (now - way.at) / 1000;
  way.bytes = bytes;
  way.at = now;
  return way.left < 0;
}

/** Says why, if nothing was said yet, and does not wait for it to be heard. */
function cut(socket: Socket, connection: Watched, answer: string): void {
  if (connection.response?.headersSent === false && socket.writable) socket.write(answer);
  socket.destroySoon();
  setTimeout(() => socket.destroy(), 1000).unref();
}

/** An answer to what never became a request, as bytes. */
export function rawAnswer(status: number, headers: Readonly<Record<string, string>>, body: string): string {
  const all = {
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
