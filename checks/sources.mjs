// What may not stand in any committed file, and what may not stand in rules/.
import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const TEXT_FILE = /\.(ts|tsx|mjs|cjs|js|json|md|sql|css|html|svg|yml|yaml|csv|txt|sh)$|(^|\/)(\.[\w-]+|run|LICENSE)$/;
const own = import.meta.filename;

/** Files under version control, or every file where there is no git. */
function committedFiles() {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 };
    return execFileSync('git', ['ls-files', '-z'], options).split('\0').filter(Boolean);
  } catch {
    return globSync('**', { exclude: (path) => /^(node_modules|dist|data|\.cache|\.git|screenshots)$/.test(path) });
  }
}

/** Paths of this very machine: the project, its neighbours, the home folder. */
function machinePaths() {
  const parent = dirname(process.cwd());
  const neighbours = parent === '/' ? [] : readdirSync(parent).map((name) => join(parent, name));
  return [process.cwd(), ...neighbours, homedir()].filter((path) => path.split('/').length > 2 || path.length > 5);
}

const FORBIDDEN = [
  { what: 'a path of somebody’s machine', find: /\/(home|Users)\/[a-z][\w-]*\/|\/root\/\w/ },
  { what: 'the address of a package registry', find: /registry\.(npmjs|yarnpkg|npmmirror)|npm\.pkg\.github|verdaccio/ },
  { what: 'the number of an issue', find: /\b(issues?|pull request|PR|fix(es|ed)?|close[sd]?)\s+#\d+|\(#\d+\)/i },
  { what: 'unfinished work', find: /\b(TO[D]O|FIX[M]E|X{3})\b/ },
  { what: 'a silenced compiler', find: /@ts-(ignore|nocheck)/ },
];

/** One line of each kind; a pattern that overlooks its own overlooks all. */
const PLANTED = [
  '/home/somebody/x',
  ['registry', 'npmjs', 'org'].join('.'),
  'fixes #12',
  '// TODO later',
  '// @ts-ignore',
];

const problems = [];
PLANTED.forEach((line, index) => {
  if (!FORBIDDEN[index]?.find.test(line)) problems.push(`the pattern for ${FORBIDDEN[index]?.what} overlooks: ${line}`);
});
const files = committedFiles().filter((file) => TEXT_FILE.test(file) && !file.startsWith('package-lock'));
const ours = machinePaths();
let read = 0;
for (const file of files) {
  if (join(process.cwd(), file) === own || !statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
  read += 1;
  const text = readFileSync(file, 'utf8');
  for (const { what, find } of FORBIDDEN) report(file, text, find, what);
  for (const path of ours) if (text.includes(path)) report(file, text, path, 'a path of this machine');
}

/** Rules get time, chance and settings as arguments; else the same case would be judged differently tomorrow. */
for (const file of globSync('src/**/rules/**/*.ts').filter((name) => !name.endsWith('.test.ts'))) {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, (comment) =>
    comment.replace(/[^\n]/g, ' '),
  );
  report(
    file,
    code,
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bcrypto\b/,
    'time or chance in rules',
  );
}

/** Whoever hands out a table writes its cells through kit/csv.ts, which keeps formulas from running. */
for (const file of globSync('src/**/*.{ts,tsx}').filter((name) => !/\.test\.tsx?$/.test(name))) {
  report(
    file,
    readFileSync(file, 'utf8'),
    /csv-stringify|\.join\(','\)\)\.join\('\\r?\\n'\)/,
    'a table not written by csvLine',
  );
}

/** Calls to other machines go through platform/http/outgoing.ts, which looks at where they lead. */
for (const file of globSync('src/**/*.ts').filter((name) => !/\.test\.ts$|testing\/|\/(ui|web)\//.test(name))) {
  if (file === join('src', 'platform', 'http', 'outgoing.ts')) continue;
  report(
    file,
    readFileSync(file, 'utf8'),
    /\bfetch\(|^import \{[^}]*\b(request|get)\b[^}]*\} from 'node:https?'|\bundici\b/,
    'a call past outgoing.ts',
  );
}

function report(file, text, find, what) {
  text.split('\n').forEach((line, index) => {
    const hit = typeof find === 'string' ? line.includes(find) : find.test(line);
    if (hit) problems.push(`${file}:${index + 1}: ${what}: ${line.trim().slice(0, 120)}`);
  });
}

for (const problem of problems) console.error(problem);
console.log(`${read} files read by ${basename(own)}`);
process.exitCode = problems.length === 0 ? 0 : 1;
