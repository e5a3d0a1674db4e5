#!/usr/bin/env node
// The way in. Runs under whatever Node the machine has; the program itself needs a newer one, which is found here.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';
import { serverMemory } from './server-memory.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];

let node;
try {
  node = findNode();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
// Half of a start is reading sources; what was compiled once is kept. Where nothing can be written, Node goes without.
const compiled = join(dirname(main), '..', '.cache', 'compiled');
const words = process.argv.slice(2);
const memory = words[0] === 'start' ? serverMemory(process.env) : { flags: [], environment: {} };
const child = spawn(node, [...memory.flags, main, ...words], {
  stdio: 'inherit',
  env: {
    NODE_COMPILE_CACHE: compiled,
    ...process.env,
    ...memory.environment,
    // What the program starts itself (a build, a test) must meet the same Node.
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  },
});

// A Ctrl-C reaches the child by itself, as part of the terminal's group; a second signal would mean "at once".
let interrupted = false;
for (const signal of FORWARDED) {
  process.on(signal, () => {
    const fromTerminal = signal === 'SIGINT' && process.stdin.isTTY === true;
    if (!fromTerminal || interrupted) child.kill(signal);
    interrupted = signal === 'SIGINT';
  });
}
child.on('error', (error) => {
  console.error(`Gongzhi could not be started with ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
});
