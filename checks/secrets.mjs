// Nothing that opens a door stands in a committed file: keys, tokens, passwords in addresses.
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

const RULES = [
  { what: 'a private key', find: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*\n?[A-Za-z0-9+/=]{16,}/ },
  { what: 'an access key of Amazon', find: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'an access key of Alibaba Cloud', find: /\bLTAI[0-9A-Za-z]{16,24}\b/ },
  { what: 'an access key of Tencent Cloud', find: /\bAKID[0-9A-Za-z]{32}\b/ },
  { what: 'a token of GitHub', find: /\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{60,})\b/ },
  { what: 'a token of GitLab', find: /\bglpat-[\w-]{20,}/ },
  { what: 'a token of npm', find: /\bnpm_[0-9A-Za-z]{36}\b/ },
  { what: 'a token of Slack', find: /\bxox[abprs]-[\w-]{20,}/ },
  { what: 'a key of Google', find: /\bAIza[\w-]{35}\b/ },
  { what: 'a signed token', find: /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/ },
  { what: 'a registry’s credentials', find: /\/\/[^\s/]+\/:_(?:authToken|password|auth)\s*=/ },
];
/** Passwords in addresses and long values beside a telling name; invented ones say so or stand in a test. */
const LOOSE = [
  {
    what: 'a password in an address',
    find: /\b[a-z][a-z+]*:\/\/[^\s:@/'"`$]+:([^\s@/'"`${}]{8,})@(?!localhost|127\.)/g,
  },
  {
    what: 'a secret with a value',
    find: /(?:password|passwd|secret|token|api_?key|access_?key)["']?\s*[:=]\s*["']([A-Za-z0-9+/_=-]{20,})["']/gi,
  },
];
const INVENTED = /example|demo|test|invented|placeholder|changeme|password|secret|xxxx|hunter2/i;

/** One of each, put together here so that this file holds none. */
const PLANTED = [
  `-----BEGIN ${'PRIVATE'} KEY-----\n${'MIGHAgEAMBMGByqGSM49'.repeat(2)}`,
  `AKIA${'QWERTYUIOPASDFGH'}`,
  `LTAI${'5tQwErTyUiOpAsDf'}`,
  `AKID${'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6'}`,
  `ghp_${'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8'}`,
  `glpat-${'q1w2e3r4t5y6u7i8o9p0'}`,
  `npm_${'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8'}`,
  `xoxb-${'123456789012-abcdefghijkl'}`,
  `AIza${'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k'}`,
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3In0', 'q1w2e3r4t5y6u7i8o9p0q1'].join('.'),
  `//registry.invalid/:_auth${'Token'}=abc`,
];
const PLANTED_LOOSE = [`postgres://app:${'Tr0ub4dor&3x'}@db.gov.cn/x`, `const apiKey = '${'q1w2E3r4T5y6U7i8O9p0'}'`];

const problems = [];
RULES.forEach(({ what, find }, index) => {
  if (!find.test(PLANTED[index] ?? '')) problems.push(`the rule for ${what} overlooks one that was planted`);
});
LOOSE.forEach((rule, index) => {
  if (hits(rule, PLANTED_LOOSE[index] ?? '').length === 0)
    problems.push(`the rule for ${rule.what} overlooks one that was planted`);
});

function hits({ find }, text) {
  return [...text.matchAll(find)].filter(([, value = '']) => !INVENTED.test(value) && looksRandom(value));
}

/** Letters of both kinds or signs, and digits: words and names of things do not look so. */
function looksRandom(value) {
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z&+/=!?#%^*]/.test(value);
}

function committedFiles() {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 };
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
    return listed.split('\0').filter(Boolean);
  } catch {
    return globSync('**', { exclude: (path) => /^(node_modules|dist|data|\.cache|\.git|screenshots)$/.test(path) });
  }
}

let read = 0;
for (const file of committedFiles()) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > 5_000_000 || file === 'package-lock.json') continue;
  if (/\.(key|pem|p12|pfx|jks|kdbx)$|(^|\/)(id_rsa|id_ed25519|\.env(\..*)?|\.netrc|\.pgpass)$/.test(file)) {
    problems.push(`${file}: a file of this kind holds secrets; it does not belong under version control`);
  }
  const text = readFileSync(file, 'latin1');
  read += 1;
  for (const { what, find } of RULES) if (find.test(text)) problems.push(`${file}: ${what}`);
  // Tests and documents invent passwords; what is real is found by the rules above.
  if (/\.test\.tsx?$|^(docs|e2e|torture|checks)\/|\/testing\//.test(file)) continue;
  for (const rule of LOOSE)
    for (const [whole] of hits(rule, text)) problems.push(`${file}: ${rule.what}: ${whole.slice(0, 24)}…`);
}

for (const problem of problems) console.error(problem);
console.log(`${read} files read by ${basename(import.meta.filename)}, ${RULES.length + LOOSE.length} rules`);
process.exitCode = problems.length === 0 ? 0 : 1;
