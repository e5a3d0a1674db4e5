import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { csvLine } from '../../kit/csv.ts';
import { say, type Texts } from '../../platform/i18n/texts.ts';
import type { Rejection } from './import-cases.ts';
import { REPORT_COLUMNS } from './rules/row.ts';

export type Report = {
  add(rejection: Rejection): void;
  /** Refusal code → how many rows. */
  reasons(): Readonly<Record<string, number>>;
  /** Answers the path of the report, or null when nothing was rejected and none was written. */
  close(): Promise<string | null>;
};

/** Rejected rows as a table of the same columns with the reason beside, to be corrected and imported again. */
export function openReport(path: string, columns: readonly string[], texts: Texts): Report {
  const added = Object.values(REPORT_COLUMNS);
  const all = [...columns.filter((name) => !(added as readonly string[]).includes(name)), ...added];
  const reasons: Record<string, number> = {};
  let stream: ReturnType<typeof createWriteStream> | null = null;
  const write = (cells: readonly string[]) => stream?.write(`${csvLine(cells)}\r\n`);
  const open = () => {
    stream = createWriteStream(path);
    // The mark tells Excel that this is UTF-8.
    stream.write('\uFEFF');
    write(all);
  };
  return {
    reasons: () => reasons,
    add: ({ line, row, sourceId, refusal }) => {
      reasons[refusal.code] = (reasons[refusal.code] ?? 0) + 1;
      if (stream === null) open();
      const cells: Readonly<Record<string, string>> = {
        ...row,
        [REPORT_COLUMNS.sourceId]: sourceId ?? '',
        [REPORT_COLUMNS.line]: String(line),
        [REPORT_COLUMNS.code]: refusal.code,
        [REPORT_COLUMNS.reason]: say(texts, 'zh-CN', `refusal.${refusal.code}`, refusal.details),
      };
      write(all.map((name) => cells[name] ?? ''));
    },
    close: async () => {
      if (stream === null) return null;
      stream.end();
      await once(stream, 'close');
      return path;
    },
  };
}
