import { pino } from 'pino';
import type { Config } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { spreadTables } from '../platform/database/spread.ts';

export async function migrateCommand(config: Config, say: (line: string) => void): Promise<number> {
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
  const opened = await openDatabase(config, { log, say, mode: 'join' });
  say(`${opened.migrated.length} migrations applied`);
  await opened.close();
  return 0;
}

/** `cluster`: the step that only a Citus cluster needs, after the migrations. */
export async function clusterCommand(config: Config, say: (line: string) => void): Promise<number> {
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
  const opened = await openDatabase(config, { log, say, mode: 'join' });
  say(await spreadTables(opened.ownerUrl));
  await opened.close();
  return 0;
}
