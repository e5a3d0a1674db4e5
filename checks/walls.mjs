// The walls between modules: the sources keep them, every source file was read, and every rule finds its planted break.
import { globSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

const PLANTED = 'checks/planted/';

async function violationsUnder(root) {
  const rules = JSON.parse(JSON.stringify(config.forbidden).replaceAll('^src/', `^${root}src/`));
  const { output } = await cruise([`${root}src`], {
    ...config.options,
    validate: true,
    ruleSet: { forbidden: rules },
  });
  const read = new Set(
    output.modules.map((module) => module.source).filter((source) => source.startsWith(`${root}src/`)),
  );
  return { found: output.summary.violations.filter(({ rule }) => rule.severity === 'error'), read };
}

const problems = [];
const comments = Object.fromEntries(config.forbidden.map(({ name, comment }) => [name, comment]));

const ours = await violationsUnder('');
for (const { rule, from, to, cycle } of ours.found) {
  const circle = cycle ? ` (circle: ${cycle.map(({ name }) => name).join(' → ')})` : '';
  problems.push(`${rule.name}: ${from} → ${to}${circle}${comments[rule.name] ? `\n    ${comments[rule.name]}` : ''}`);
}

const unread = globSync('src/**/*.{ts,tsx}').filter((file) => !ours.read.has(file) && !file.endsWith('.d.ts'));
for (const file of unread) problems.push(`not read: ${file}. The walls say nothing about a file that was not read.`);

const planted = await violationsUnder(PLANTED);
const bitten = new Set(planted.found.map(({ rule }) => rule.name));
for (const { name } of config.forbidden) {
  if (!bitten.has(name)) problems.push(`the rule ${name} did not find the break planted for it in ${PLANTED}`);
}

for (const problem of problems) console.error(problem);
console.log(
  `${ours.read.size} source files read, ${config.forbidden.length} rules, ${planted.found.length} planted breaks found`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
