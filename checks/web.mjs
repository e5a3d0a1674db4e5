// The two web applications build, and what each loads first stays small: gzipped JavaScript of the entry and all that
// it imports statically. Residents' phones are slow and their data costs money.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWeb, WEB_FOLDER } from '../src/web/build.ts';

const MOST_KB = { public: 60, office: 350 };

function firstLoad(shell) {
  const folder = join(WEB_FOLDER, shell);
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  const seen = new Set();
  const follow = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) follow(next);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) follow(key);
  // The texts of the reader's language come before anything is shown: the longer of the two counts.
  const texts = Object.keys(manifest).filter((key) => key.includes('?locale='));
  const size = (key) => readFileSync(join(folder, manifest[key].file)).length;
  const [longest] = texts.sort((one, other) => size(other) - size(one));
  if (longest) follow(longest);
  return [...seen].map((key) => {
    const { file } = manifest[key];
    return { file, kb: gzipSync(readFileSync(join(folder, file)), { level: 6 }).length / 1000 };
  });
}

await buildWeb({ force: process.argv.includes('--force') });
const sizes = [];
for (const [shell, most] of Object.entries(MOST_KB)) {
  const files = firstLoad(shell);
  const sum = files.reduce((total, { kb }) => total + kb, 0);
  sizes.push(`${shell} ${sum.toFixed(0)} of ${most} kB`);
  if (sum > most) {
    console.error(`${shell} loads ${sum.toFixed(1)} kB of JavaScript first, more than ${most} kB:`);
    for (const { file, kb } of files.sort((a, b) => b.kb - a.kb))
      console.error(`  ${kb.toFixed(1).padStart(6)} kB ${file}`);
    process.exitCode = 1;
  }
}
console.log(`first load: ${sizes.join(', ')}`);
