import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Verified = {
  readonly code: number | null;
  readonly cases: number;
  readonly events: number;
  readonly broken: readonly unknown[];
};

/** The platform's own command, as an operator would run it. */
export function verify(dataDir: string): Promise<Verified> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/gongzhi.mjs', 'verify', '--json'], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, GONGZHI_DATA: dataDir, GONGZHI_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part) => (out += part));
    child.stderr.setEncoding('utf8').on('data', (part) => (err += part));
    child.once('error', reject);
    child.once('close', (code) => {
      try {
        const { chains, history } = JSON.parse(out);
        resolve({ code, cases: chains.cases, events: chains.events, broken: [...chains.broken, ...history.faults] });
      } catch {
        reject(new Error(`verify ended with ${code}: ${out}${err}`));
      }
    });
  });
}
