// Every text a user reads stands in a catalogue, in both languages, and every key the code asks for is there.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseSync } from 'vite';

const LOCALES = ['zh-CN', 'en'];
const CHINESE = /\p{Script=Han}/u;
const LETTERS = /\p{L}{2,}/u;
/** Attributes whose value a person reads or hears. */
const READ_ATTRIBUTES = /^(alt|title|label|placeholder|aria-label|aria-description|aria-roledescription)$/;
/**
 * Screens: their strings are looked at closely. How a date is put together is grammar and stands in time.ts; example
 * files that people download and fill in are data and stand in samples.ts.
 */
const SCREEN = /^src\/(web\/|platform\/web\/(?!time\.ts)|modules\/[^/]+\/ui\/)/;
const problems = [];

/** All catalogues: `texts.ts`, its parts in `texts/` and `*-texts.ts` export objects with one record for each language. */
async function loadCatalogues() {
  const keys = new Set();
  for (const file of globSync('src/**/{texts.ts,*-texts.ts,texts/*.ts}')) {
    const exports = await import(resolve(file)).catch((error) => problems.push(`${file}: ${error.message}`));
    for (const texts of Object.values(exports)) {
      if (texts?.['zh-CN'] && texts.en) checkCatalogue(file, texts, keys);
    }
  }
  return keys;
}

function checkCatalogue(file, texts, keys) {
  // Names may differ, as a thing is called by its Chinese name in one text and by its English name or code in the other.
  const places = (text) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).size;
  for (const key of new Set(LOCALES.flatMap((locale) => Object.keys(texts[locale])))) {
    keys.add(key);
    const [zh, en] = LOCALES.map((locale) => texts[locale][key]);
    const isSeparator = zh !== undefined && en !== undefined && `${zh}${en}`.trim() === '';
    if (!isSeparator && (!zh?.trim() || !en?.trim()))
      problems.push(`${file}: ${key} is empty or missing in one language`);
    else if (places(zh) !== places(en))
      problems.push(`${file}: ${key} has {${places(zh)}} in zh-CN, {${places(en)}} in en`);
  }
}

/** Walks a syntax tree of the ESTree kind, parents given along. */
function walk(node, visit, parents = []) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit, parents);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') visit(node, parents);
  const path = typeof node.type === 'string' ? [...parents, node] : parents;
  for (const [name, child] of Object.entries(node)) if (name !== 'loc') walk(child, visit, path);
}

/** The catalogue keys a call asks for: strings exact, templates as patterns. */
function keysAsked(call) {
  const callee = call.callee.type === 'MemberExpression' ? call.callee.property : call.callee;
  const name = callee?.name;
  if (name === 't') return keysIn(call.arguments[0]);
  if (name === 'say') return keysIn(call.arguments[2]); // say(texts, locale, key)
  if (name === 'refuse') return keysIn(call.arguments[0]).map((key) => ({ ...key, prefix: 'refusal.' }));
  return [];
}

function keysIn(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return [{ exact: node.value }];
  if (node?.type === 'TemplateLiteral') return [{ parts: node.quasis.map((part) => part.value.cooked) }];
  if (node?.type === 'ConditionalExpression') return [...keysIn(node.consequent), ...keysIn(node.alternate)];
  if (node?.type === 'LogicalExpression') return [...keysIn(node.left), ...keysIn(node.right)];
  return [];
}

/** Keys in tables, e.g. labels of a menu: three words or more, the first two those of known keys. */
function isLostKey(keys, node) {
  if (node.type !== 'Literal' || !/^[a-z_]+(\.[a-z0-9_]+){2,}$/.test(node.value)) return false;
  const family = `${node.value.split('.').slice(0, 2).join('.')}.`;
  const all = [...keys];
  const isPrefix = all.some((key) => key.startsWith(`${node.value}.`));
  return !keys.has(node.value) && !isPrefix && all.some((key) => key.startsWith(family));
}

function isKnown(keys, { exact, parts, prefix = '' }) {
  if (exact !== undefined) return keys.has(prefix + exact);
  if (parts.every((part) => part === '')) return true;
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${prefix.replace('.', '\\.')}${escaped.join('.+')}$`);
  return [...keys].some((key) => pattern.test(key));
}

/** Text that a person would read, standing in a screen's code. */
function textInScreen(node, parents) {
  const parent = parents.at(-1);
  if (node.type === 'JSXText') return LETTERS.test(node.value) ? node.value.trim() : null;
  if (node.type === 'TemplateElement') return CHINESE.test(node.value.cooked ?? '') ? node.value.cooked : null;
  if (node.type !== 'Literal' || typeof node.value !== 'string') return null;
  if (CHINESE.test(node.value)) return node.value;
  // Our own components may take the last word of a key.
  const isOurs = /^[A-Z]/.test(String(parents.at(-2)?.name?.name ?? ''));
  if (isOurs && /^[a-z][a-z0-9_.]*$/.test(node.value)) return null;
  const isRead = parent?.type === 'JSXAttribute' && READ_ATTRIBUTES.test(String(parent.name.name ?? ''));
  return isRead && LETTERS.test(node.value) ? node.value : null;
}

function checkSource(file, source, keys) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) problems.push(`${file}: ${errors[0].message}`);
  const line = (node) => source.slice(0, node.start).split('\n').length;
  walk(program, (node, parents) => {
    if (node.type === 'CallExpression') {
      for (const key of keysAsked(node)) {
        if (!isKnown(keys, key)) {
          problems.push(`${file}:${line(node)}: no text ${key.prefix ?? ''}${key.exact ?? key.parts.join('…')}`);
        }
      }
    }
    if (isLostKey(keys, node)) problems.push(`${file}:${line(node)}: no text ${node.value}`);
    const text = SCREEN.test(file) && !file.endsWith('/samples.ts') ? textInScreen(node, parents) : null;
    if (text) problems.push(`${file}:${line(node)}: a text in code: ${text.slice(0, 60)}`);
  });
}

// A screen with seven mistakes; a check that overlooks them there overlooks them everywhere.
checkSource('src/web/planted.tsx', readFileSync('checks/planted/texts.tsx', 'utf8'), new Set(['a.key']));
const noticed = problems.splice(0).length;
if (noticed !== 7) problems.push(`of the 7 mistakes in checks/planted/texts.tsx this check notices ${noticed}`);

const keys = await loadCatalogues();
const files = globSync('src/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.tsx?$|\.d\.ts$|\/testing(\/|\.ts$)|texts\.ts$|\/texts\//.test(file),
);
for (const file of files) checkSource(file, readFileSync(file, 'utf8'), keys);

for (const problem of new Set(problems)) console.error(problem);
console.log(`${keys.size} texts in two languages, ${files.length} files read`);
process.exitCode = problems.length === 0 ? 0 : 1;
