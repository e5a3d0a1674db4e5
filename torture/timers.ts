import { sql } from 'kysely';
import { pino } from 'pino';
import { compose } from '../src/compose.ts';
import { clockTimers } from '../src/modules/cases/record.ts';
import type { CaseState } from '../src/modules/cases/rules/state.ts';
import { systemActor } from '../src/platform/auth/actor.ts';
import { loadConfig } from '../src/platform/config/config.ts';

export type TimerCheck = { readonly open: number; readonly timers: number; readonly wrong: readonly string[] };

type Row = { number: string; facts: CaseState };
type TimerRow = { subject: string; name: string; due_at: Date };

/** Whether every running clock of every case has its timer, and no timer stands without a clock. */
export async function checkTimers(dataDir: string): Promise<TimerCheck> {
  const config = loadConfig({ ...process.env, GONGZHI_DATA: dataDir }, new Map());
  const composed = await compose(config, { log: pino({ level: 'silent' }), say: () => undefined, mode: 'join' });
  try {
    return await composed.app.database.read(systemActor(config.tenant, 'check'), async (tx) => {
      const cases = (await sql<Row>`SELECT number, facts FROM cases.case_file`.execute(tx)).rows;
      const timers = await sql<TimerRow>`
        SELECT subject::text, name, due_at FROM platform.timer WHERE kind = 'case.clock'`.execute(tx);
      const kept = new Map(timers.rows.map((one) => [`${one.subject} ${one.name}`, one.due_at.toISOString()]));
      const wrong: string[] = [];
      let open = 0;
      for (const { number, facts } of cases) {
        const wanted = clockTimers(config.tenant, facts);
        if (wanted.length > 0) open += 1;
        for (const { subject, name, dueAt } of wanted) {
          const due = kept.get(`${subject} ${name}`);
          if (due !== dueAt.toISOString()) wrong.push(`${number}: ${name} due ${dueAt.toISOString()}, timer ${due}`);
          kept.delete(`${subject} ${name}`);
        }
      }
      for (const [timer, due] of kept) wrong.push(`a timer without a clock: ${timer} ${due}`);
      return { open, timers: timers.rows.length, wrong };
    });
  } finally {
    await composed.close();
  }
}
