import { cpus, totalmem } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Figure, ratioOf } from './figure.ts';

export type Report = {
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  readonly node: string;
  readonly database: string;
  readonly figures: readonly Figure[];
};

export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`;
}

const HEAD = [
  'figure',
  'cases',
  'measured',
  'floor',
  'ratio',
  'p50',
  'p99',
  'target',
  'CPU Node + database',
  'trips',
  'WAL',
  'memory',
];

/** The table as Markdown; what was missed is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    figure.size,
    `${short(figure.value)} ${figure.unit}`,
    figure.floor ? `${short(figure.floor.value)} (${figure.floor.what})` : '',
    shortOr(ratioOf(figure), (ratio) => ratio.toFixed(2)),
    shortOr(figure.p50, milliseconds),
    shortOr(figure.p99, milliseconds),
    figure.target ? `${figure.target.met ? '✓' : '✗ **missed**'} ${figure.target.text}` : '',
    figure.cpuNode === undefined ? '' : `${milliseconds(figure.cpuNode)} + ${milliseconds(figure.cpuDatabase ?? 0)}`,
    figure.roundTrips === undefined ? '' : `${figure.roundTrips} (${figure.statements} statements)`,
    shortOr(figure.wal, (bytes) => `${short(bytes)} B`),
    shortOr(figure.memory, (megabytes) => `${Math.round(megabytes)} MB`),
  ]);
  return [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function notesOf(figures: readonly Figure[]): string {
  return figures
    .flatMap((figure) => (figure.notes ?? []).map((note) => `- ${figure.what}, ${figure.size}: ${note}`))
    .join('\n');
}

const WIDTH = 60;

/** Memory over time, a line a point; at most forty of them. */
function curvesOf(figures: readonly Figure[]): string {
  return figures
    .flatMap((figure) => {
      const points = figure.curve ?? [];
      if (points.length === 0) return [];
      const every = Math.ceil(points.length / 40);
      const most = Math.max(...points.map(({ megabytes }) => megabytes));
      const lines = points
        .filter((_, at) => at % every === 0)
        .map(({ second, megabytes }) => {
          const bar = '█'.repeat(Math.round((megabytes / most) * WIDTH));
          return `${String(second).padStart(6)} s ${bar} ${Math.round(megabytes)} MB`;
        });
      return [`${figure.what}, ${figure.size}:\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`];
    })
    .join('\n');
}

function shortOr<T>(value: T | null | undefined, told: (value: T) => string): string {
  return value === null || value === undefined ? '' : told(value);
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function milliseconds(value: number): string {
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} ms`;
}

/** Table and notes, with what they were measured on. */
export function markdownOf(report: Report): string {
  const lines = [
    `Measured ${report.date} on ${report.machine}, ${report.node}, ${report.database}, by`,
    `\`${report.command}\`. The load generator shares the machine.`,
  ];
  return `${lines.join('\n')}\n\n${tableOf(report.figures)}\n\n${notesOf(report.figures)}\n\n${curvesOf(report.figures)}`;
}

const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

/** Puts the report between the marks of a document. */
export function writeInto(path: string, report: Report): void {
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for the figures: put ${BEGIN} and ${END} into it`);
  writeFileSync(path, `${text.slice(0, from + BEGIN.length)}\n${markdownOf(report)}${text.slice(to)}`);
}
