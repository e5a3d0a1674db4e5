import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Statement } from './listen-in.ts';

export type PlainRoutes = {
  readonly url: string;
  /** What each route sends to the database, trip after trip. */
  readonly sequences: readonly (readonly (readonly Statement[])[])[];
};

const PROCESS = fileURLToPath(new URL('./plain-process.ts', import.meta.url));

/** Runs `work` beside a bare Fastify server with a route for each sequence: `/plain/0`, `/plain/1`, … and `/empty`. */
export async function besidePlainRoutes<T>(routes: PlainRoutes, work: (url: string) => Promise<T>): Promise<T> {
  const child = fork(PROCESS, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  try {
    const listening = new Promise<number>((resolve, reject) => {
      child.once('message', (port) => resolve(Number(port)));
      child.once('exit', (code) => reject(new Error(`the plain server ended with ${code}`)));
    });
    child.send(routes);
    return await work(`http://127.0.0.1:${await listening}`);
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
}
