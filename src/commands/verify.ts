import { pino } from 'pino';
import { compose } from '../compose.ts';
import { checkTenant } from '../modules/cases/index.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { type Arguments, loadConfig } from '../platform/config/config.ts';

/** `verify [--json]`: recomputes every chain; 0 when all hold, 1 with the first broken event of each case otherwise. */
export async function verifyCommand({ flags }: Arguments, say: (line: string) => void): Promise<number> {
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const composed = await compose(config, { log, say: (line) => process.stderr.write(`${line}\n`), mode: 'join' });
  try {
    const actor = systemActor(config.tenant, 'verify');
    const show = process.stderr.isTTY ? (done: number) => process.stderr.write(`\r${done} cases`) : () => undefined;
    const check = await checkTenant((work) => composed.app.database.read(actor, work), actor, show);
    if (flags.has('json')) {
      say(JSON.stringify(check));
    } else {
      say(
        `${check.cases} cases, ${check.events} events, ${check.erased} erased by order, ${check.broken.length} broken`,
      );
      for (const { number, seq, reason } of check.broken) say(`  ${number}: event ${seq}: ${reason}`);
    }
    return check.broken.length === 0 ? 0 : 1;
  } finally {
    await composed.close();
  }
}
