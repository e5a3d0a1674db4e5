import { connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Sends bytes as they are and answers what came until the server closed, or `milliseconds` were over. */
export function sendRaw(port: number, bytes: string | Uint8Array, milliseconds = 3000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(end, milliseconds);
    socket.setEncoding('latin1').on('data', (part) => {
      answer += part;
    });
    socket.on('close', end).on('error', end);
    socket.on('connect', () => socket.write(bytes));
  });
}

/** A connection that does what `begin` and `each` do and says when the server ended it, in milliseconds; null: never. */
export function dawdle(
  port: number,
  options: { begin: (socket: Socket) => void; each?: (socket: Socket) => void; everyMs: number; patienceMs: number },
): Promise<number | null> {
  return new Promise((resolve) => {
    const started = performance.now();
    const socket = connect(port, '127.0.0.1');
    const finish = (at: number | null) => {
      clearInterval(turn);
      clearTimeout(end);
      socket.destroy();
      resolve(at);
    };
    const turn = setInterval(() => socket.writable && options.each?.(socket), options.everyMs);
    const end = setTimeout(() => finish(null), options.patienceMs);
    socket.on('connect', () => options.begin(socket));
    socket.on('error', () => undefined);
    socket.on('end', () => finish(performance.now() - started));
    socket.on('close', () => finish(performance.now() - started));
  });
}

/** The port of a listening server. */
export function portOf(server: FastifyInstance): number {
  return (server.server.address() as AddressInfo).port;
}
