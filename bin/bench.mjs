#!/usr/bin/env node
// Measures the running platform against its floors, see docs/performance.md. Finds the right Node like the platform itself.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';

const main = fileURLToPath(new URL('../bench/main.ts', import.meta.url));
const { status } = spawnSync(findNode(), [main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
