// Takes every screen at 390 and 1440 px in both languages into screenshots/, and says what is wrong with them.
//   node checks/screenshots.mjs                          on a demo of its own
//   node checks/screenshots.mjs --url http://localhost:8080 --only portal --width 390 --lang en
// Taking them is TypeScript, which the Node of this machine may not run; this finds one that does.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findNode } from '../bin/find-node.mjs';

const program = fileURLToPath(new URL('take-screenshots.ts', import.meta.url));
const { status } = spawnSync(findNode(), [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
